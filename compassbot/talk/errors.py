"""What can go wrong, in one tree.

    TalkError
    ├── Refused        what was filled in cannot stand: a sentence for each question; nothing is lost
    ├── NotAllowed     this person may not do this: a sentence that says who can
    ├── Closed         what the person pressed is gone or over: a sentence that says what now
    └── NotSent        a message did not leave
        ├── Wait       the platform asks to come back after so many seconds
        ├── Unreachable    the place, person or message is gone; trying again will not help
        ├── NotInvited     the bot is not in that place: it leaves as soon as somebody invites it
        ├── NotConnected   the platform does not let us in: it leaves as soon as an administrator mends that
        └── Unsure     it may have arrived: the answer got lost

Everything else that is raised is a fault of ours: it is logged without content, the person gets a
short sentence with a reference number, and the event is not marked as seen.
"""

from collections.abc import Mapping


class TalkError(Exception):
    """The root of the tree."""


class Refused(TalkError):
    """The form is shown again with a sentence beside each question that is named; `""` names the form."""

    def __init__(self, why: Mapping[str, str]) -> None:
        """Take a sentence for each question, by its name, in the person's language."""
        super().__init__("; ".join(why.values()))
        self.why = dict(why)


class NotAllowed(TalkError):
    """The person gets this sentence, privately: the Markdown of a Text, so that it can mention who can."""


class Closed(TalkError):
    """The person gets this sentence, privately: the Markdown of a Text."""


class NotSent(TalkError):
    """A message did not leave for its place."""


class Wait(NotSent):
    """The platform asks to come back later."""

    def __init__(self, seconds: float) -> None:
        """Take the pause that the platform asked for, in seconds."""
        super().__init__(f"asked to wait {seconds} s")
        self.seconds = seconds


class Unreachable(NotSent):
    """The place, the person or the message is gone."""


class NotInvited(NotSent):
    """The bot may not write in that place as things are: somebody there must invite it."""

    def __init__(self, why: str = "not_in_channel") -> None:
        """Take the platform's own code for it."""
        super().__init__(why)
        self.why = why


class NotConnected(NotSent):
    """The platform does not let us in: the token is no longer good, the app was removed, or it may not do this."""

    def __init__(self, why: str) -> None:
        """Take the platform's own code for it, such as token_revoked or missing_scope."""
        super().__init__(why)
        self.why = why


class Unsure(NotSent):
    """The connection broke after the message was sent: it may have arrived."""
