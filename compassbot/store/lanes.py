"""The questions about letters that wait: which may leave, and when the next may. None looks at more than it must."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.functions import FunctionElement

from compassbot.store.ready import Ready
from compassbot.store.tables import outbox, rests

VACUUM = "VACUUM (SKIP_LOCKED) outbox"
LEASE = timedelta(seconds=10)
"""How long a claim holds. Who is at work on a letter claims it again before that; who is no more does not."""
LONGEST_HELD = timedelta(days=7)
"""No letter is held for longer: one that seems to be was written while the clock was wrong."""


@dataclass(frozen=True, slots=True)
class Resting:
    """What may not leave although it is due: `lanes` that rest, and for chats with a pace their changes of cards.

    Of the changes in `paced` chats at most one may leave at a time, and none while the chat is not in `open`.
    `who` is the process that asks: what it wrote itself about rests, it knows better.
    """

    lanes: Sequence[str] = ()
    paced: Sequence[str] = ()
    open: Sequence[str] = ()
    who: str = ""


class OneOf(FunctionElement[Any]):
    """`column IN (query)`, said so that PostgreSQL looks each up by its key, and does not read the table for it."""

    type = sa.types.NullType()  # of a Boolean SQLAlchemy would ask SQLite whether it "= 1": that hides the key
    name = "one_of"
    inherit_cache = True


@compiles(OneOf)
def _in(element: OneOf, compiler: Any, **kw: Any) -> str:
    column, query = element.clauses
    return f"{compiler.process(column, **kw)} IN {compiler.process(query, **kw)}"


@compiles(OneOf, "postgresql")
def _any(element: OneOf, compiler: Any, **kw: Any) -> str:
    column, query = element.clauses
    return f"{compiler.process(column, **kw)} = ANY (ARRAY{compiler.process(query, **kw)})"


class Among(FunctionElement[Any]):
    """`column IN (values)`, with all values in one parameter: the statement stays the same, however many there are."""

    type = sa.types.NullType()
    name = "among"
    inherit_cache = True


@compiles(Among)
def _in_json(element: Among, compiler: Any, **kw: Any) -> str:
    column, values = element.clauses
    return f"{compiler.process(column, **kw)} IN (SELECT value FROM json_each({compiler.process(values, **kw)}))"  # noqa: S608 - parts of a statement


@compiles(Among, "postgresql")
def _in_array(element: Among, compiler: Any, **kw: Any) -> str:
    column, values = element.clauses
    return f"{compiler.process(column, **kw)} = ANY ({compiler.process(values, **kw)})"


def _among(column: sa.Column[Any], name: str) -> Among:
    many = sa.JSON().with_variant(postgresql.ARRAY(column.type), "postgresql")
    return Among(column, sa.bindparam(name, type_=many))


def _heads() -> sa.ScalarSelect[int]:
    """Return the ids of the first letter of each lane: it steps from lane to lane, and never looks at the rest."""
    first = sa.select(sa.func.min(outbox.c.lane).label("lane")).cte("lanes", recursive=True)
    following = outbox.alias("following")
    after = sa.select(sa.func.min(following.c.lane)).where(following.c.lane > first.c.lane).scalar_subquery()
    lanes = first.union_all(sa.select(after).where(first.c.lane.is_not(None)))
    head = outbox.alias("head")
    earliest = sa.select(head.c.id).where(head.c.lane == lanes.c.lane).order_by(head.c.due_at, head.c.id).limit(1)
    return sa.select(earliest.scalar_subquery()).where(lanes.c.lane.is_not(None)).scalar_subquery()


def _moment(name: str) -> sa.BindParameter[datetime]:
    return sa.bindparam(name, type_=outbox.c.due_at.type)


def _may_leave() -> sa.Select[Any]:
    """Return the query for what may leave. A moment too far ahead was written while the clock was wrong."""
    now, wrong, lease = _moment("now"), _moment("wrong"), _moment("lease")
    due = sa.or_(outbox.c.due_at <= now, outbox.c.due_at > wrong)
    again, until = outbox.c.again_at, outbox.c.claimed_until
    tried = sa.or_(again.is_(None), again <= now, again > wrong)
    free = sa.or_(until.is_(None), until < now, until > lease)
    mine = sa.or_(rests.c.lane == outbox.c.lane, sa.and_(rests.c.lane == outbox.c.chat, outbox.c.kind == "update"))
    rest = sa.and_(mine, rests.c.until > now, rests.c.until <= wrong, rests.c.who != sa.bindparam("who"))
    found = sa.select(outbox).where(OneOf(outbox.c.id, _heads()), due, tried, free, ~sa.exists().where(rest))
    return found.order_by(outbox.c.due_at, outbox.c.id).limit(sa.bindparam("most", type_=sa.Integer))


_UPDATE = outbox.c.kind == "update"
ANY = _may_leave()
_AWAKE = ANY.where(sa.not_(_among(outbox.c.lane, "lanes"))).with_for_update(of=outbox, skip_locked=True)
MOST = _AWAKE.where(sa.not_(sa.and_(_UPDATE, _among(outbox.c.chat, "paced"))))
ONE_UPDATE = _AWAKE.where(_UPDATE, outbox.c.chat == sa.bindparam("chat"))
_ANY, _MOST, _ONE_UPDATE = Ready(ANY), Ready(MOST), Ready(ONE_UPDATE)
_AGAIN = outbox.c.attempts + sa.case((outbox.c.claimed_until.is_(None), 0), else_=1)
_CLAIM = Ready(
    sa.update(outbox).where(_among(outbox.c.id, "ids")).values(claimed_until=_moment("until"), attempts=_AGAIN)
)
_NAMES = [column.name for column in outbox.c]
_NEXT = sa.case((outbox.c.again_at > outbox.c.due_at, outbox.c.again_at), else_=outbox.c.due_at)
_FIRST = sa.select(sa.func.min(_NEXT)).where(OneOf(outbox.c.id, _heads()))
NEXT_DUE = Ready(_FIRST)
_FREE = sa.case((outbox.c.claimed_until > _NEXT, outbox.c.claimed_until), else_=_NEXT)
NEXT_AFTER = Ready(sa.select(sa.func.min(_FREE)).where(OneOf(outbox.c.id, _heads()), _moment("now") < _FREE))
"""When the next may leave that may not leave now. A claim ends then: who made it may be no more."""
NEXT_REST = Ready(sa.select(sa.func.min(rests.c.until)).where(rests.c.until > _moment("now")))


def due(connection: sa.Connection, now: datetime, most: int, resting: Resting) -> list[dict[str, Any]]:
    """Return the rows of what may leave: at most so many, and beside them one change of a card for each open chat."""
    values = _moments(now) | {"lanes": list(resting.lanes), "who": resting.who}
    found = _MOST.soon(connection, **values, paced=list(resting.paced), most=most)
    changes = [_ONE_UPDATE.soon(connection, **values, chat=chat, most=1) for chat in resting.open]
    return [dict(zip(_NAMES, row, strict=True)) for rows in (found, *changes) for row in rows()]


def claim(connection: sa.Connection, ids: Sequence[int], now: datetime) -> None:
    """Keep letters from others for a lease, and count those that somebody claimed before."""
    _CLAIM.later(connection, ids=list(ids), until=now + LEASE)


def may_leave(connection: sa.Connection, now: datetime, who: str) -> bool:
    """Return whether something would leave now, if no lane of the process `who` had to rest."""
    return _ANY.first(connection, **_moments(now), most=1, who=who) is not None


def _moments(now: datetime) -> dict[str, Any]:
    """Return until when something is due, and from when on a moment or a lease is too far ahead to be right."""
    # A claim by a process whose clock is a little ahead, or who looked at it a little later, is no mistake: hence twice.
    return {"now": now, "wrong": now + LONGEST_HELD, "lease": now + 2 * LEASE}


def tidy(engine: sa.Engine) -> None:
    """Let PostgreSQL forget what was deleted from the outbox: else a claim steps over each letter that ever left."""
    if engine.dialect.name == "postgresql":
        with engine.connect() as connection:
            connection.execution_options(isolation_level="AUTOCOMMIT").exec_driver_sql(VACUUM)
