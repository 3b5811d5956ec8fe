"""What a week's digest says, and what it keeps to itself."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from compassbot.model.digest import Digest, Line, Pressure, Signal, Topic, packed, unpacked
from compassbot.model.findings import Finding, Stander, weeks_before
from compassbot.model.make_digest import USUAL, Due, make_digest, with_signals
from compassbot.model.suppression import Published, Threshold

FIELDS = {"income-gifts": "income", "income-pay": "income", "service-letters": "service", "care-waiting": "care"}
PRINCIPLES = ("listening", "trust")
WEEKS = weeks_before("2026-W47", 30)
NOW = WEEKS[-1]


def people(first: int, last: int) -> frozenset[Stander]:
    """People by number, of two departments in turn."""
    numbers = range(first, last + 1)
    return frozenset(Stander("2026-Q4", str(one), "Werk" if one % 2 else "Wmo") for one in numbers)


LETTERS = Finding(
    id="a",
    week=NOW,
    theme="service-letters",
    cause="communication",
    block="culture",
    principles=("listening",),
    structural=True,
    departments=("Werk", "Wmo"),
    people=people(1, 6),
    sentence="Wij bellen eerst.",
)


def digest(
    *findings: Finding,
    week: str = NOW,
    earlier: tuple[Published, ...] = (),
    signals: tuple[Signal, ...] = (),
    due: tuple[Due, ...] = (),
    threshold: Threshold = USUAL,
) -> Digest:
    """The digest of these findings in this small organisation."""
    return make_digest(
        week, findings, earlier, fields=FIELDS, principles=PRINCIPLES, signals=signals, due=due, threshold=threshold
    )


def after(earlier: Digest, *findings: Finding, week: str = NOW) -> Digest:
    """The digest that comes after another one."""
    return digest(*findings, week=week, earlier=earlier.remember)


def signal(state: str = "received", since: str = NOW, name: str = "s1") -> Signal:
    """A signal about letters."""
    return Signal(name, "service-letters", state, "", "teammanager", since)


def test_a_first_digest_says_of_a_theme_all_that_its_people_support():
    """Theme, band, cause, tendency and a shared sentence: complete, and nothing more."""
    made = digest(LETTERS)
    line = Line("service-letters", "service", 5, "communication", "structural", ("Wij bellen eerst.",), NOW, fresh=True)
    assert (made.first, made.quiet, made.new, made.recurring) == (True, False, (line,), ())
    assert made.pressure == Pressure(PRINCIPLES, ("income", "service", "care"), ((0, 1, 0), (0, 0, 0)))
    assert made.question == Topic("service-letters", "communication")
    assert made.new_signals == ("service-letters",)
    assert [one.line for one in made.remember] == ["theme:service-letters", "cell:listening:service"]


def test_a_week_without_findings_is_quiet():
    """Nothing happened, nothing is said, and nothing is remembered."""
    made = digest()
    assert made.quiet
    assert (made.new, made.recurring, made.remember, made.question) == ((), (), (), None)


def test_what_is_held_back_looks_like_nothing():
    """Four people and nobody give the same digest."""
    assert digest(replace(LETTERS, people=people(1, 4))) == digest()


def test_what_is_held_back_is_carried_over():
    """The week in which enough people stand behind it, it is said."""
    monday = digest(replace(LETTERS, week=WEEKS[-2], people=people(1, 4)), week=WEEKS[-2])
    both = after(monday, replace(LETTERS, week=WEEKS[-2], people=people(1, 4)), replace(LETTERS, people=people(4, 8)))
    assert [line.theme for line in both.new] == ["service-letters"]


def test_the_same_week_made_again_is_the_same_digest():
    """A digest that was sent is what it was, even when a finding came in since."""
    made = digest(LETTERS)
    again = after(made, LETTERS, replace(LETTERS, id="b", people=people(10, 30), cause="rule"))
    assert again == replace(made, remember=())


def test_a_theme_comes_back_as_recurring_and_keeps_its_week():
    """Too few are new, so last week's line is repeated word for word, and the week is quiet."""
    old = replace(LETTERS, week=WEEKS[-2])
    made = after(digest(old, week=WEEKS[-2]), old, replace(LETTERS, id="b", people=people(5, 9), cause="rule"))
    assert made.quiet
    assert made.new == ()
    assert [(line.week, line.cause, line.fresh) for line in made.recurring] == [(WEEKS[-2], "communication", False)]


def test_a_theme_with_enough_new_people_is_said_anew():
    """Five new people: the band grows and the line is this week's."""
    old = replace(LETTERS, week=WEEKS[-2])
    made = after(digest(old, week=WEEKS[-2]), old, replace(LETTERS, id="b", people=people(7, 12)))
    assert [(line.people, line.week, line.fresh) for line in made.recurring] == [(10, NOW, True)]
    assert not made.quiet
    assert made.new_signals == ()


def test_only_the_last_thirteen_weeks_count():
    """A finding of fourteen weeks ago says nothing any more."""
    assert digest(replace(LETTERS, week=WEEKS[-14])).quiet
    assert not digest(replace(LETTERS, week=WEEKS[-13])).quiet


def test_a_cause_leads_when_enough_people_and_more_than_for_another_stand_behind_it():
    """Two causes with as many people each: neither leads."""
    other = replace(LETTERS, id="b", cause="rule", people=people(11, 16))
    assert digest(LETTERS, other).new[0].cause == ""
    assert digest(LETTERS, replace(other, people=people(11, 17))).new[0].cause == "rule"


def test_a_cause_that_too_few_people_named_is_not_said():
    """The theme has enough people; no cause of its own has."""
    made = digest(replace(LETTERS, people=people(1, 4)), replace(LETTERS, id="b", cause="rule", people=people(6, 8)))
    assert [(line.people, line.cause) for line in made.new] == [(5, "")]


def test_whether_it_is_structural_follows_the_larger_supported_side():
    """Six people say incident, seven say structural."""
    incident = replace(LETTERS, id="b", structural=False, people=people(11, 17))
    assert digest(LETTERS, incident).new[0].tendency == "incidental"


def test_a_sentence_is_shared_only_when_its_own_group_is_large_enough():
    """A small group's sentence stays out, though the theme as a whole may be said."""
    small = replace(LETTERS, id="b", people=people(11, 13), sentence="Van drie mensen.")
    assert digest(LETTERS, small).new[0].sentences == ("Wij bellen eerst.",)


def test_two_sentences_at_most_the_newest_first():
    """A line stays short."""
    many = [
        replace(LETTERS, id=str(number), week=week, sentence=f"Zin {number}.") for number, week in enumerate(WEEKS[-4:])
    ]
    assert digest(*many).new[0].sentences == ("Zin 3.", "Zin 2.")


def test_at_most_five_new_themes_the_others_wait_for_next_week():
    """A digest fits on a screen; what did not fit is said a week later."""
    fields = {f"theme-{number}": "income" for number in range(7)}
    findings = [
        replace(LETTERS, id=theme, theme=theme, people=people(10 * place, 10 * place + 5))
        for place, theme in enumerate(fields)
    ]
    first = make_digest(NOW, findings, (), fields=fields, principles=PRINCIPLES)
    assert [line.theme for line in first.new] == ["theme-0", "theme-1", "theme-2", "theme-3", "theme-4"]
    later = weeks_before("2026-W48", 1)[0]
    second = make_digest(later, findings, first.remember, fields=fields, principles=PRINCIPLES)
    assert [line.theme for line in second.new] == ["theme-5", "theme-6"]
    assert len(second.recurring) == 5


def test_a_principle_is_under_more_pressure_where_more_people_say_so():
    """Levels follow the bands: some, more, most."""
    made = digest(
        replace(LETTERS, people=people(1, 60)),
        replace(LETTERS, id="b", theme="care-waiting", people=people(101, 130)),
        replace(LETTERS, id="c", theme="income-pay", people=people(201, 206)),
    )
    assert made.pressure.levels == ((1, 3, 2), (0, 0, 0))


def test_few_people_never_give_a_high_level():
    """The fullest cell of a small organisation is not dark for being the fullest."""
    assert digest(LETTERS).pressure.levels[0] == (0, 1, 0)


def test_a_finding_on_an_unknown_theme_has_no_cell():
    """A theme that was taken out of the taxonomy still has its line, without a field."""
    made = digest(replace(LETTERS, theme="gone"))
    assert made.pressure.empty
    assert [(line.theme, line.field) for line in made.new] == [("gone", "")]


def test_agreements_to_look_back_on_are_named_when_enough_people_made_them():
    """Two small groups of one theme may be enough together."""
    assert digest(due=(Due("income-pay", people(1, 3)), Due("income-pay", people(4, 6)))).due == ("income-pay",)
    assert digest(due=(Due("income-pay", people(1, 3)),)).due == ()


def test_a_signal_tells_how_long_it_is_in_its_state():
    """After four weeks without a step it waits."""
    told = digest(signals=(signal(since=WEEKS[-4]), signal(since=WEEKS[-5], name="s2"))).signals
    assert [(one.signal.id, one.weeks, one.waiting) for one in told] == [("s2", 4, True), ("s1", 3, False)]


@pytest.mark.parametrize("state", ["done", "declined"])
def test_a_signal_that_ended_is_told_twice_and_never_waits(state: str):
    """Who missed one digest reads it in the next."""
    told = [bool(digest(signals=(signal(state, week),)).signals) for week in WEEKS[-3:]]
    assert told == [False, True, True]


def test_a_step_of_this_week_or_a_wait_is_news():
    """A digest is not quiet when a signal moved, or should have."""
    assert not digest(signals=(signal("decided"),)).quiet
    assert digest(signals=(signal("decided", WEEKS[-2]),)).quiet
    assert not digest(signals=(signal("decided", WEEKS[-5]),)).quiet


def test_five_signals_at_most_and_how_many_more_there_are():
    """News first, then what waits longest."""
    signals = [signal(since=WEEKS[-place], name=f"s{place}") for place in range(1, 8)]
    made = digest(signals=tuple(signals))
    assert [one.signal.id for one in made.signals] == ["s1", "s7", "s6", "s5", "s4"]
    assert made.more_signals == 2


def test_a_theme_that_already_is_an_open_signal_gives_no_second_one():
    """After a decline or when done, it may come up again."""
    assert digest(LETTERS, signals=(signal(),)).new_signals == ()
    assert digest(LETTERS, signals=(signal("done"),)).new_signals == ("service-letters",)


def test_the_order_of_lines_follows_from_what_is_published():
    """Fresh ones first, then by band, then by name: the exact numbers do not show."""
    made = digest(
        replace(LETTERS, theme="income-pay", people=people(1, 8)),
        replace(LETTERS, id="b", theme="care-waiting", people=people(21, 26)),
        replace(LETTERS, id="c", people=people(41, 52)),
    )
    assert [line.theme for line in made.new] == ["service-letters", "care-waiting", "income-pay"]


def test_a_record_of_a_digest_shows_it_again_and_holds_nobody():
    """What was sent can be read years later; no hash of anybody is in it."""
    made = digest(LETTERS, signals=(signal(),), due=(Due("income-pay", people(1, 8)),))
    record = json.loads(json.dumps(packed(made)))
    assert unpacked(record) == replace(made, remember=())
    assert "2026-Q4" not in json.dumps(record)


def test_a_record_can_be_shown_with_the_signals_of_today():
    """A manager who took a step on Tuesday sees it on Wednesday in Monday's digest; the lines stay."""
    made = digest(LETTERS, week=WEEKS[-2])
    today = with_signals(made, [signal("decided", NOW)])
    assert [(one.signal.state, one.weeks) for one in today.signals] == [("decided", 0)]
    assert replace(today, signals=()) == made


def test_a_lower_threshold_says_more():
    """An organisation that asks for three people reads lines on three people."""
    made = digest(replace(LETTERS, people=people(1, 3)), threshold=Threshold(3))
    assert [line.people for line in made.new] == [3]
