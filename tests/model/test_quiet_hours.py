"""Quiet hours: when the bot leaves people alone, and how much time that leaves; also when the clock changes."""

from __future__ import annotations

from datetime import datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from compassbot.model.quiet_hours import HERE, QuietHours

USUAL = QuietHours()


def at(text: str) -> datetime:
    """Return a local moment, as "2026-11-17 10:00"."""
    return datetime.fromisoformat(text).replace(tzinfo=HERE)


@pytest.mark.parametrize(
    ("moment", "opens"),
    [
        ("2026-11-17 10:00", "2026-11-17 10:00"),
        ("2026-11-17 07:59", "2026-11-17 08:00"),
        ("2026-11-17 18:00", "2026-11-18 08:00"),
        ("2026-11-17 17:59", "2026-11-17 17:59"),
        ("2026-11-20 18:00", "2026-11-23 08:00"),
        ("2026-11-21 12:00", "2026-11-23 08:00"),
        ("2026-11-22 23:59", "2026-11-23 08:00"),
        ("2026-11-23 03:00", "2026-11-23 08:00"),
    ],
)
def test_the_next_open_moment(moment: str, opens: str) -> None:
    """Evenings, nights and weekends lead to the next working morning; working time to itself."""
    assert USUAL.next_open(at(moment)) == at(opens)


@pytest.mark.parametrize(
    ("moment", "minutes", "end"),
    [
        ("2026-11-17 10:00", 60, "2026-11-17 11:00"),
        ("2026-11-17 17:00", 120, "2026-11-18 09:00"),
        ("2026-11-20 17:30", 60, "2026-11-23 08:30"),
        ("2026-11-17 20:00", 600, "2026-11-18 18:00"),
        ("2026-11-16 08:00", 3000, "2026-11-20 18:00"),
    ],
)
def test_only_working_time_counts(moment: str, minutes: float, end: str) -> None:
    """A week of ten-hour days is from Monday morning to Friday evening."""
    assert USUAL.after(at(moment), minutes) == at(end)


@pytest.mark.parametrize(("friday", "monday"), [("2027-03-26", "2027-03-29"), ("2026-10-23", "2026-10-26")])
def test_a_weekend_in_which_the_clock_changes_takes_no_working_time(friday: str, monday: str) -> None:
    """An hour more or less in the night of Sunday moves nobody's deadline on Monday."""
    assert USUAL.next_open(at(f"{friday} 18:00")) == at(f"{monday} 08:00")
    assert USUAL.after(at(f"{friday} 17:30"), 60) == at(f"{monday} 08:30")


def test_without_quiet_weekends_a_night_with_a_clock_change_has_its_true_length() -> None:
    """Open around the clock, sixty minutes are sixty minutes also across the change."""
    open_always = QuietHours(time(8), time(8), weekends=False)
    start = at("2027-03-28 01:30")
    assert open_always.after(start, 60) - start.astimezone(HERE) == timedelta(hours=1)
    assert open_always.after(start, 60).astimezone(HERE).hour == 3


def test_a_quiet_hour_by_day_is_skipped_too() -> None:
    """Begin before end: the lunch break is quiet."""
    lunch = QuietHours(time(12), time(13))
    assert lunch.next_open(at("2026-11-17 12:15")) == at("2026-11-17 13:00")
    assert lunch.after(at("2026-11-17 11:30"), 60) == at("2026-11-17 13:30")


def test_the_same_time_for_both_leaves_the_weekend_quiet_only() -> None:
    """Tuesday night is open then, Saturday is not."""
    weekend = QuietHours(time(8), time(8))
    assert weekend.next_open(at("2026-11-17 23:00")) == at("2026-11-17 23:00")
    assert weekend.next_open(at("2026-11-21 10:00")) == at("2026-11-23 00:00")


moments = st.datetimes(  # without a zone, as it asks; ours is given to each
    datetime.fromisoformat("2026-01-01"), datetime.fromisoformat("2028-12-31")
).map(lambda naive: naive.replace(tzinfo=HERE))
hours = st.builds(
    QuietHours,
    st.times().map(lambda t: t.replace(second=0, microsecond=0)),
    st.sampled_from([time(8), time(7, 30), time(0)]),
    st.booleans(),
)


@given(hours, moments)
def test_the_next_open_moment_is_open_and_never_in_the_past(quiet: QuietHours, moment: datetime) -> None:
    """Whatever is chosen: the moment found is not before, and is itself open."""
    opens = quiet.next_open(moment)
    assert opens >= moment
    assert quiet.next_open(opens) == opens


@given(hours, moments, st.integers(1, 3000), st.integers(1, 3000))
def test_more_time_never_ends_earlier(quiet: QuietHours, moment: datetime, less: int, more: int) -> None:
    """A longer round closes later, and a round never closes before it opened."""
    short, long = sorted((less, more))
    assert moment <= quiet.next_open(moment) < quiet.after(moment, short) <= quiet.after(moment, long)
