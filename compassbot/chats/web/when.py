"""When something was said, the way a colleague would say it."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

from compassbot.words import Words

HERE = ZoneInfo("Europe/Amsterdam")


def said_at(at: datetime, now: datetime, words: Words) -> str:
    """Return "vandaag 09:12", "gisteren 16:40", "ma 16 november 09:12"; the year when it is another one."""
    local = at.astimezone(HERE)
    return words("web-day-and-time", day=day(local.date(), now.astimezone(HERE).date(), words), time=clock_time(at))


def day(that: date, today: date, words: Words) -> str:
    """Return "vandaag", "gisteren" or "maandag 16 november"."""
    days = (today - that).days
    if days in (0, 1):
        return words("web-today" if days == 0 else "web-yesterday")
    return full_date(that, words) + (f" {that.year}" if that.year != today.year else "")


def full_date(that: date, words: Words) -> str:
    """Return "maandag 16 november"."""
    weekday, month = words("web-weekday", n=that.isoweekday()), words("web-month", n=that.month)
    return words("web-full-date", weekday=weekday, day=that.day, month=month)


def clock_time(at: datetime) -> str:
    """Return "09:12"."""
    return at.astimezone(HERE).strftime("%H:%M")


def office_time(now: datetime, words: Words) -> str:
    """Return what the clock in the header says: "maandag 16 november 09:12"."""
    local = now.astimezone(HERE)
    return words("web-day-and-time", day=full_date(local.date(), words), time=clock_time(now))
