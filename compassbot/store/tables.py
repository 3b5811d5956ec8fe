"""The tables. No column holds a person's chat id beside a dilemma: `who` is always a keyed hash."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa


class Moment(sa.TypeDecorator[datetime]):
    """A point in time, kept as UTC without a zone and read back with one."""

    impl = sa.DateTime
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Any) -> datetime | None:
        """Return the moment in UTC, without its zone."""
        return value.astimezone(UTC).replace(tzinfo=None) if value else None

    def process_result_value(self, value: datetime | None, dialect: Any) -> datetime | None:
        """Return the moment with its zone, UTC."""
        return value.replace(tzinfo=UTC) if value else None


metadata = sa.MetaData(
    naming_convention={
        "ix": "ix_%(column_0_label)s",
        "uq": "uq_%(table_name)s_%(column_0_name)s",
        "pk": "pk_%(table_name)s",
    }
)


def _id() -> sa.Column[str]:
    return sa.Column("id", sa.String(40), primary_key=True)


def _text(name: str) -> sa.Column[str]:
    return sa.Column(name, sa.Text, nullable=False, server_default="")


def _code(name: str, *, key: bool = False, index: bool = False) -> sa.Column[str]:
    return sa.Column(name, sa.String(120), primary_key=key, index=index, nullable=False)


def _flag(name: str) -> sa.Column[bool]:
    return sa.Column(name, sa.Boolean, nullable=False, default=False)


seen = sa.Table(
    "seen",
    metadata,
    sa.Column("event", sa.String(200), primary_key=True),
    sa.Column("at", Moment, nullable=False, index=True),
)
"""Events that were handled: a platform that delivers one again does no harm."""

keys = sa.Table("keys", metadata, _code("name", key=True), sa.Column("wrapped", sa.LargeBinary, nullable=False))
"""Keys, each wrapped by the master key, which is not in the database. A deleted row is a lock thrown away."""

settings = sa.Table("settings", metadata, _code("name", key=True), sa.Column("value", sa.JSON, nullable=False))

people = sa.Table(
    "people",
    metadata,
    sa.Column("person", sa.String(200), primary_key=True),
    sa.Column("department", sa.String(120), nullable=False, server_default=""),
    sa.Column("language", sa.String(5), nullable=False, server_default=""),
)
"""What a person told about themselves, so that it is asked once."""

roles = sa.Table("roles", metadata, sa.Column("person", sa.String(200), primary_key=True), _code("role", key=True))

dilemmas = sa.Table(
    "dilemmas",
    metadata,
    _id(),
    sa.Column("number", sa.Integer, nullable=False, unique=True),
    _code("status", index=True),
    _code("department"),
    _code("method"),
    sa.Column("minutes", sa.Integer, nullable=False),
    _code("place"),
    *(_text(n) for n in ("situation", "moment", "question", "option_a", "cost_a", "option_b", "cost_b")),
    sa.Column("round", sa.Integer, nullable=False),
    sa.Column("opened_at", Moment, nullable=False),
    sa.Column("closes_at", Moment, nullable=False, index=True),
    _flag("extended"),
    _flag("edited"),
    sa.Column("closed_at", Moment, index=True),
    sa.Column("sealed_author", sa.LargeBinary),
)

participants = sa.Table("participants", metadata, _code("dilemma", key=True), _code("who", key=True))
"""Who takes part, by a hash whose key goes when the dilemma closes."""

standing = sa.Table(
    "standing",
    metadata,
    _code("dilemma", key=True),
    _code("quarter", key=True, index=True),
    _code("who", key=True),
    _code("department"),
)
"""How many different people stand behind a finding, by a hash whose key goes when the quarter is frozen."""

answers = sa.Table(
    "answers",
    metadata,
    _code("dilemma", key=True),
    _code("round", key=True),
    _code("who", key=True),
    sa.Column("content", sa.JSON, nullable=False),
)

questions = sa.Table(
    "questions", metadata, _id(), _code("dilemma", index=True), _code("who"), _text("question"), _text("answer")
)
"""Clarifying questions to the case holder, and the answers."""

agreements = sa.Table(
    "agreements",
    metadata,
    sa.Column("dilemma", sa.String(40), primary_key=True),
    _text("agreement"),
    _text("owner"),
    sa.Column("look_back", sa.Date, nullable=False, index=True),
    _code("status", index=True),
    sa.Column("asked_at", Moment),
)
"""What a group agreed. Status: proposed, agreed, asked, done, dropped."""

kept = sa.Table("kept", metadata, _code("dilemma", key=True), _code("who", key=True), _code("answer"), _text("why"))
"""Whether an agreement was kept, in the eyes of each who answered."""

findings = sa.Table(
    "findings",
    metadata,
    _id(),
    _code("week", index=True),
    _code("theme"),
    _code("cause"),
    _code("block"),
    sa.Column("principles", sa.JSON, nullable=False),
    _flag("structural"),
    sa.Column("departments", sa.JSON, nullable=False),
    _text("sentence"),
    _flag("final"),
)
"""Codes, not stories. `final` once the group agreed."""

signals = sa.Table(
    "signals",
    metadata,
    _id(),
    sa.Column("theme", sa.String(120), nullable=False, unique=True),
    _code("state"),
    _text("reason"),
    _text("owner"),
    _code("since_week"),
)

signal_steps = sa.Table(
    "signal_steps",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    _code("signal", index=True),
    _code("state"),
    _text("reason"),
    _text("owner"),
    sa.Column("at", Moment, nullable=False),
)

published = sa.Table(
    "published",
    metadata,
    sa.Column("line", sa.String(200), primary_key=True),
    _code("week", key=True, index=True),
    sa.Column("content", sa.JSON, nullable=False),
)
"""What was said of each line and which people (hashes) stood behind it, so that no difference tells more."""

digests = sa.Table(
    "digests",
    metadata,
    sa.Column("week", sa.String(10), primary_key=True),
    sa.Column("content", sa.JSON, nullable=False),
    sa.Column("pictures", sa.JSON, nullable=False),
    sa.Column("at", Moment, nullable=False),
)

pictures = sa.Table("pictures", metadata, _id(), sa.Column("png", sa.LargeBinary, nullable=False))

drafts = sa.Table(
    "drafts",
    metadata,
    _code("who", key=True),
    _code("form", key=True),
    sa.Column("sealed", sa.LargeBinary, nullable=False),
    sa.Column("at", Moment, nullable=False, index=True),
)
"""What somebody was typing, sealed."""

audit = sa.Table(
    "audit",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("at", Moment, nullable=False, index=True),
    _code("actor"),
    _code("action"),
    _text("object"),
    _code("result"),
)
"""What administrators, facilitators and managers did with their rights; never who posted what."""

outbox = sa.Table(
    "outbox",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    _code("lane"),
    _code("kind"),
    _code("chat"),
    sa.Column("address", sa.LargeBinary, nullable=False),
    _code("subject", index=True),
    _code("under"),
    _text("packed"),
    sa.Column("due_at", Moment, nullable=False),
    sa.Column("attempts", sa.Integer, nullable=False, default=0),
    sa.Column("claimed_until", Moment),
    sa.Column("failures", sa.Integer, nullable=False, server_default="0"),
    sa.Column("again_at", Moment),
    sa.Column("trouble", sa.String(120), nullable=False, server_default=""),
    sa.Index("ix_outbox_lane_due_at_id", "lane", "due_at", "id"),
    sqlite_autoincrement=True,
)
"""What must be sent, in order of `due_at` within a lane. The address is sealed; a row that was sent is gone.

`attempts` counts every try that may have arrived or failed, `failures` those that failed for sure and by the letter
itself. `again_at` is when it is tried again, and `trouble` what somebody must mend first."""

rests = sa.Table(
    "rests",
    metadata,
    _code("lane", key=True),
    sa.Column("until", Moment, nullable=False),
    _code("who"),
)
"""Lanes, and changes of a whole chat, in which nothing is sent for some seconds; `who` is the process that knows."""

messages = sa.Table(
    "messages",
    metadata,
    _code("subject", key=True),
    sa.Column("sealed", sa.LargeBinary, nullable=False),
)
"""Where each subject was posted, so that it can be updated and answered under."""

web_messages = sa.Table(
    "web_messages",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    _code("place", index=True),
    _code("thread"),
    _text("packed"),
    _text("said"),
    _code("author"),
    _code("only_for", index=True),
    sa.Column("key", sa.String(120), unique=True),
    sa.Column("at", Moment, nullable=False),
    sa.Column("changed", sa.Integer, nullable=False, default=0),
    sqlite_autoincrement=True,
)
"""The web chat's own messages, as Slack or Teams keeps theirs; people in it are keyed hashes."""

web_reads = sa.Table(
    "web_reads",
    metadata,
    _code("who", key=True),
    _code("place", key=True),
    sa.Column("upto", sa.Integer, nullable=False),
)
"""Up to where somebody has read. `who` is one hash of the reader and the place together, and `place` is empty."""

installations = sa.Table(
    "installations",
    metadata,
    sa.Column("team", sa.String(31), primary_key=True),
    sa.Column("sealed", sa.LargeBinary, nullable=False),
    _code("language"),
    sa.Column("since", Moment, nullable=False),
    sa.Column("installed_at", Moment, nullable=False),
    sa.Column("renewing_until", Moment),
    _flag("leaving"),
)
"""The Slack workspaces that installed the app: the bot's token and who installed it, sealed.

Only in the main database; each workspace has a database of its own. `since` is when its database began,
`installed_at` when it was installed last. `leaving` once it is uninstalled, until all of it is gone."""

install_states = sa.Table(
    "install_states",
    metadata,
    sa.Column("state", sa.String(32), primary_key=True),
    sa.Column("at", Moment, nullable=False, index=True),
)
"""Which states of an installation were used: a keyed hash. Each is good once."""
