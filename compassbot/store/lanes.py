"""The questions about letters that wait: which may leave, and when the next may. None looks at more than it must."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.functions import FunctionElement

from compassbot.store.ready import Ready
from compassbot.store.tables import outbox, rests

VACUUM = "VACUUM (SKIP_LOCKED) outbox"


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


def _many(name: str) -> sa.BindParameter[Sequence[str]]:
    return sa.bindparam(name, expanding=True, type_=outbox.c.lane.type)


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
_AWAKE = ANY.where(outbox.c.lane.not_in(_many("lanes"))).with_for_update(of=outbox, skip_locked=True)
MOST = _AWAKE.where(~sa.and_(_UPDATE, outbox.c.chat.in_(_many("paced"))))
ONE_UPDATE = _AWAKE.where(_UPDATE, outbox.c.chat == sa.bindparam("chat"))
CLAIM = (
    sa.update(outbox)
    .where(outbox.c.id.in_(sa.bindparam("ids", expanding=True)))
    .values(
        claimed_until=_moment("until"),
        attempts=outbox.c.attempts + sa.case((outbox.c.claimed_until.is_(None), 0), else_=1),
    )
)
_NEXT = sa.case((outbox.c.again_at > outbox.c.due_at, outbox.c.again_at), else_=outbox.c.due_at)
_FIRST = sa.select(sa.func.min(_NEXT)).where(OneOf(outbox.c.id, _heads()))
NEXT_DUE = Ready(_FIRST)
_FREE = sa.case((outbox.c.claimed_until > _NEXT, outbox.c.claimed_until), else_=_NEXT)
NEXT_AFTER = Ready(sa.select(sa.func.min(_FREE)).where(OneOf(outbox.c.id, _heads()), _moment("now") < _FREE))
"""When the next may leave that may not leave now. A claim ends then: who made it may be no more."""
NEXT_REST = Ready(sa.select(sa.func.min(rests.c.until)).where(rests.c.until > _moment("now")))


def tidy(engine: sa.Engine) -> None:
    """Let PostgreSQL forget what was deleted from the outbox: else a claim steps over each letter that ever left."""
    if engine.dialect.name == "postgresql":
        with engine.connect() as connection:
            connection.execution_options(isolation_level="AUTOCOMMIT").exec_driver_sql(VACUUM)
