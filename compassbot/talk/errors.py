"""What can go wrong, in one tree.

    TalkError
    ├── Refused        what was filled in cannot stand: a sentence for each question; nothing is lost
    ├── NotAllowed     this person may not do this: a sentence that says who can
    ├── Closed         what the person pressed is gone or over: a sentence that says what now
    └── NotSent        a message did not leave
        ├── Wait       the platform asks to come back after so many seconds
        ├── Unreachable    the place or person cannot be written to; trying again will not help
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
    """The place is gone, or the bot is not in it."""


class Unsure(NotSent):
    """The connection broke after the message was sent: it may have arrived."""
