"""Which workspaces installed the app: their tokens, sealed, and which links to install it were used."""

from __future__ import annotations

import hmac
import json
import secrets
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import sqlalchemy as sa

from compassbot.grant import Grant
from compassbot.store.tables import install_states, installations
from compassbot.store.tenants import clear_room, make_room
from compassbot.store.upsert import put, put_new
from compassbot.store.vault import Vault

KEY, STATES = "installations", "install states"
GOOD_FOR = timedelta(minutes=10)
"""How long somebody may take to install the app."""
KEPT_FOR = timedelta(days=1)
"""How long it is kept that a link was used: far longer than it is good for."""
RENEWS_WITHIN = timedelta(seconds=60)
"""How long one process may take to fetch a new token, before another may try."""


class Installations:
    """In the main database only."""

    def __init__(self, connection: sa.Connection, vault: Vault) -> None:
        """Take the connection of the transaction, and its vault."""
        self._connection = connection
        self._vault = vault

    def keep(self, grant: Grant, now: datetime, data_dir: Path) -> None:
        """Keep what a workspace gave: a new one, or one that installed the app again.

        What is left of one that was leaving is gone first: nobody gets back what was forgotten.
        """
        self.forget(grant.team, data_dir)
        row = {
            "team": grant.team,
            "sealed": self._sealed(grant),
            "language": grant.language,
            "since": self._since(grant.team) or now,
            "installed_at": now,
            "renewing_until": None,
            "leaving": False,
        }
        put(self._connection, installations, row)

    def get(self, team: str) -> Grant | None:
        """Return what a workspace gave, or None for one that did not install the app or is leaving."""
        sealed = self._connection.execute(
            sa.select(installations.c.sealed, installations.c.language).where(_is(team), ~installations.c.leaving)
        ).first()
        return self._opened(team, sealed.sealed, sealed.language) if sealed else None

    def enter(self, team: str, data_dir: Path) -> tuple[Grant, datetime] | None:
        """Make room for a workspace that has the app; return what it gave, and when its database began.

        In one transaction, so that nothing is made for one that is forgotten at the same moment.
        """
        since, grant = self._since(team), self.get(team)
        if since is None or grant is None:
            return None
        make_room(self._connection, data_dir, team)
        return grant, since

    def since(self) -> Mapping[str, datetime]:
        """Return all workspaces that have the app, and when the database of each began."""
        query = sa.select(installations.c.team, installations.c.since).where(~installations.c.leaving)
        return {row.team: row.since for row in self._connection.execute(query.order_by(installations.c.team))}

    def may_renew(self, team: str, now: datetime) -> bool:
        """Return whether this process fetches a new token now: one at a time, for a token can be renewed only once."""
        until = installations.c.renewing_until
        free = sa.or_(until.is_(None), until < now)
        claimed = sa.update(installations).where(_is(team), ~installations.c.leaving, free)
        return self._connection.execute(claimed.values(renewing_until=now + RENEWS_WITHIN)).rowcount > 0

    def renewed(self, old: Grant, new: Grant) -> bool:
        """Keep a new token in the place of `old`. Return False, keeping nothing, when another one lies there."""
        self._connection.execute(sa.select(installations.c.team).where(_is(old.team)).with_for_update()).first()
        there = self.get(old.team)
        if there is None or there.refresh != old.refresh:
            return False
        change = {"sealed": self._sealed(new), "renewing_until": None}
        self._connection.execute(sa.update(installations).where(_is(old.team)).values(**change))
        return True

    def not_renewed(self, team: str) -> None:
        """Let another try at once: Slack did not give a new token."""
        self._connection.execute(sa.update(installations).where(_is(team)).values(renewing_until=None))

    def leave(self, team: str, at: datetime | None = None) -> bool:
        """Throw the token of a workspace away, and refuse what comes from it. Return whether there was one.

        `at` is when it was uninstalled: nothing is done for one that was installed again after that.
        """
        here = sa.and_(_is(team), ~installations.c.leaving)
        if at:  # Slack tells it in whole seconds
            here = sa.and_(here, installations.c.installed_at < at + timedelta(seconds=1))
        change = {"sealed": b"", "leaving": True}
        return self._connection.execute(sa.update(installations).where(here).values(**change)).rowcount > 0

    def take_back(self, team: str, at: datetime) -> bool:
        """Throw the token of a workspace away and keep all else. Return whether there was one.

        `at` is when it was taken back, in whole seconds as Slack tells it: a token of that second is a newer one.
        """
        mine = sa.and_(_is(team), ~installations.c.leaving, installations.c.installed_at < at)
        self._connection.execute(sa.select(installations.c.team).where(mine).with_for_update()).first()
        query = sa.select(installations.c.sealed, installations.c.language).where(mine)
        there = self._connection.execute(query).first()
        kept = self._opened(team, there.sealed, there.language) if there else None
        if not (kept and kept.token):
            return False
        without = self._sealed(replace(kept, token="", refresh="", expires_at=None))
        change = {"sealed": without, "renewing_until": None}
        self._connection.execute(sa.update(installations).where(mine).values(**change))
        return True

    def leaving(self) -> list[str]:
        """Return the workspaces that are uninstalled, and of which something may be left."""
        query = sa.select(installations.c.team).where(installations.c.leaving).order_by(installations.c.team)
        return list(self._connection.execute(query).scalars())

    def forget(self, team: str, data_dir: Path) -> None:
        """Let a workspace that is leaving be gone, with all that it kept; nothing for any other."""
        locked = sa.select(installations.c.team).where(_is(team), installations.c.leaving).with_for_update()
        if self._connection.execute(locked).first():
            clear_room(self._connection, data_dir, team)
            self._connection.execute(sa.delete(installations).where(_is(team)))

    def new_state(self, now: datetime) -> str:
        """Return what goes along with somebody who installs the app, and comes back with them.

        Nothing is kept for it: it says itself until when it is good, under a keyed hash.
        """
        body = f"{int((now + GOOD_FOR).timestamp())}-{secrets.token_urlsafe(24)}"
        return f"{body}.{self._vault.hash(STATES, body)}"

    def use_state(self, state: str, now: datetime) -> bool:
        """Return whether this state is ours, still good, and used for the first time."""
        body, _, mark = state.rpartition(".")
        if not hmac.compare_digest(mark.encode(), self._vault.hash(STATES, body).encode()):
            return False
        self._connection.execute(sa.delete(install_states).where(install_states.c.at < now - KEPT_FOR))
        good = now.timestamp() < int(body.partition("-")[0])
        return good and put_new(self._connection, install_states, {"state": mark, "at": now})

    def _since(self, team: str) -> datetime | None:
        """Return when the database of a workspace began, and keep it from being forgotten meanwhile."""
        return self._connection.execute(sa.select(installations.c.since).where(_is(team)).with_for_update()).scalar()

    def _sealed(self, kept: Grant) -> bytes:
        expires = kept.expires_at.isoformat() if kept.expires_at else ""
        return self._vault.seal(KEY, json.dumps([kept.token, kept.refresh, expires, kept.installer]))

    def _opened(self, team: str, sealed: bytes, language: str) -> Grant:
        token, refresh, expires, installer = json.loads(self._vault.unseal(KEY, sealed))
        expires_at = datetime.fromisoformat(expires) if expires else None
        return Grant(team, token, refresh, expires_at, installer, language)


def _is(team: str) -> sa.ColumnElement[bool]:
    return installations.c.team == team
