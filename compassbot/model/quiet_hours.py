"""When the bot leaves people alone, and how much time that leaves."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

HERE = ZoneInfo("Europe/Amsterdam")


@dataclass(frozen=True, slots=True)
class QuietHours:
    """From `begin` in the evening to `end` in the morning, and the weekends if `weekends`; local time.

    The same time for both means that only the weekend is quiet.
    """

    begin: time = time(18)
    end: time = time(8)
    weekends: bool = True

    def next_open(self, moment: datetime) -> datetime:
        """Return `moment` itself, or the end of the quiet time it falls in (aware, UTC)."""
        local = moment.astimezone(HERE)
        while self._quiet(local):
            morning = local.replace(hour=self.end.hour, minute=self.end.minute, second=0, microsecond=0)
            local = morning if morning > local and not self._free(morning) else _midnight_after(local)
        return local.astimezone(UTC)

    def after(self, moment: datetime, minutes: float) -> datetime:
        """Return when that many minutes outside the quiet hours have gone by since `moment` (aware, UTC)."""
        left = timedelta(minutes=minutes)
        at = self.next_open(moment)
        while (closing := self._next_close(at)) - at < left:
            left -= closing - at
            at = self.next_open(closing)
        return at + left

    def _free(self, local: datetime) -> bool:
        return self.weekends and local.weekday() >= 5

    def _quiet(self, local: datetime) -> bool:
        clock = local.time()
        if self._free(local):
            return True
        if self.begin < self.end:
            return self.begin <= clock < self.end
        return self.begin != self.end and (clock >= self.begin or clock < self.end)

    def _next_close(self, moment: datetime) -> datetime:
        local = moment.astimezone(HERE)
        evening = local.replace(hour=self.begin.hour, minute=self.begin.minute, second=0, microsecond=0)
        if self.begin == self.end or evening <= local:
            evening = _midnight_after(local)
        return evening.astimezone(UTC)


def _midnight_after(local: datetime) -> datetime:
    day = local.date() + timedelta(days=1)
    return datetime.combine(day, time(), HERE)
