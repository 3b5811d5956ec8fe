"""What may be published, and an attacker who tries to find somebody in it."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import combinations

import pytest

from compassbot.model.digest import Digest
from compassbot.model.findings import Finding, Stander, weeks_before
from compassbot.model.make_digest import make_digest
from compassbot.model.suppression import (
    COMPARED,
    STANDS,
    Published,
    Threshold,
    band,
    count,
    decide,
    forgotten,
    standing,
    supported,
)

FIVE = Threshold()
WEEKS = weeks_before("2026-W47", 40)
NOW = WEEKS[-1]


def people(*numbers: int, quarter: str = "2026-Q4") -> frozenset[Stander]:
    """People by number, those with an even number of Wmo and the others of Werk."""
    return frozenset(Stander(quarter, f"{quarter}/{one}", "Werk" if one % 2 else "Wmo") for one in numbers)


def some(first: int, last: int) -> frozenset[Stander]:
    """People from one number to another."""
    return people(*range(first, last + 1))


def said(who: frozenset[Stander], week: str, line: str = "theme:letters") -> Published:
    """What was said of these people."""
    return Published(line, week, who, 5)


def decided(who: frozenset[Stander], *earlier: Published, line: str = "theme:letters") -> str:
    """What is decided for these people now."""
    return decide(line, who, earlier, NOW, FIVE)


def test_five_people_of_two_departments_may_be_published():
    """The usual threshold is five people and two departments, and it is enough to reach it."""
    assert decided(some(1, 5)) == "publish"


def test_four_people_are_held():
    """One person too few, and nothing is said."""
    assert decided(some(1, 4)) == "hold"


def test_one_department_is_held_however_many_people_it_has():
    """A line never speaks of one department alone."""
    assert not supported(people(1, 3, 5, 7, 9, 11, 13, 15), FIVE)


def test_people_of_two_quarters_are_not_added_up():
    """A hash of another quarter may be the same person, so only the largest quarter counts."""
    both = some(1, 4) | people(1, 2, 3, quarter="2026-Q3")
    assert count(both) == 4
    assert decided(both) == "hold"


def test_two_departments_count_in_the_quarter_that_has_the_people():
    """Five of one department now and one of another last quarter is one department."""
    assert not supported(people(1, 3, 5, 7, 9) | people(2, quarter="2026-Q3"), FIVE)


def test_somebody_who_changed_department_is_one_person():
    """People are counted by who they are."""
    assert count([Stander("2026-Q4", "a", "Werk"), Stander("2026-Q4", "a", "Wmo")]) == 1


def test_somebody_who_named_two_departments_counts_for_one():
    """Five people of Wmo are one department, also when one of them named Jeugd once; a sixth of Werk makes two."""
    five = frozenset(Stander("2026-Q4", name, "Wmo") for name in "abcde")
    named = five | {Stander("2026-Q4", "a", "Jeugd")}
    assert not supported(named, FIVE)
    assert not supported(named | {Stander("2026-Q4", "b", "Jeugd")}, FIVE)
    assert supported(named | {Stander("2026-Q4", "f", "Werk")}, FIVE)


def test_three_departments_are_three_that_nobody_of_them_holds_together():
    """A threshold of three departments is not reached by two and a name that somebody gave once."""
    three = Threshold(departments=3)
    two = some(1, 6) | {Stander("2026-Q4", "2026-Q4/1", "Jeugd")}
    assert not supported(two, three)
    assert supported(two | {Stander("2026-Q4", "2026-Q4/7", "Jeugd")}, three)


def test_somebody_who_named_another_department_is_nobody_new():
    """Who is new and who is gone is told by who they are, within a line and between lines."""
    moved = frozenset(Stander(one.quarter, one.who, "Jeugd") for one in some(1, 5))
    assert decided(moved | people(6), said(some(1, 5), WEEKS[-2])) == "repeat"
    theme = said(some(1, 7) | moved, NOW)
    assert decided(some(1, 8), theme, line="cell:listening:income") == "hold"
    assert decided(some(1, 7), theme, line="cell:listening:income") == "publish"


def test_four_new_people_do_not_change_what_was_said():
    """A difference of two weeks would point at four people, so last week's line is repeated."""
    assert decided(some(1, 9), said(some(1, 5), WEEKS[-2])) == "repeat"


def test_five_new_people_do():
    """Five new people are enough for a new figure."""
    assert decided(some(1, 10), said(some(1, 5), WEEKS[-2])) == "publish"


def test_one_person_who_left_keeps_the_earlier_figure():
    """The difference counts both ways: who is gone as well as who is new."""
    assert decided(some(2, 10), said(some(1, 5), WEEKS[-2])) == "repeat"


def test_a_figure_is_compared_with_all_that_was_said_of_its_line():
    """Enough people differ from last week, but one only from the week before that."""
    earlier = (said(some(1, 5), WEEKS[-3]), said(some(6, 10), WEEKS[-2]))
    assert decided(people(1, 2, 3, 4, 5, 11), *earlier) == "repeat"


def test_a_figure_wholly_around_another_differs_by_enough_people():
    """Subtracting one line from another finds nobody: a cell may be a theme and one person more."""
    theme = said(some(1, 8), NOW)
    assert decided(some(1, 9), theme, line="cell:listening:income") == "hold"
    assert decided(some(1, 7), theme, line="cell:listening:income") == "hold"
    assert decided(some(1, 13), theme, line="cell:listening:income") == "publish"


def test_the_same_people_may_stand_behind_two_lines():
    """Nothing is found by subtracting a figure from itself."""
    assert decided(some(1, 8), said(some(1, 8), NOW), line="cell:listening:income") == "publish"


def test_what_was_said_this_week_is_not_said_otherwise_this_week():
    """Making a digest again says the same, whatever came in meanwhile."""
    assert decided(some(1, 30), said(some(1, 5), NOW)) == "repeat"


def test_a_figure_stands_for_thirteen_weeks_and_no_longer():
    """Its end depends on the calendar alone, so that it tells nothing."""
    assert decided(people(1), said(some(1, 5), WEEKS[-STANDS])) == "repeat"
    assert decided(people(1), said(some(1, 5), WEEKS[-STANDS - 1])) == "hold"


def test_the_latest_figure_is_the_one_repeated():
    """Of two figures that stand, the newer one is said."""
    old, new = said(some(1, 5), WEEKS[-5]), said(some(1, 10), WEEKS[-2])
    assert standing("theme:letters", (new, old), NOW, FIVE) == new


def test_a_figure_on_too_few_people_is_not_repeated_when_the_threshold_is_raised():
    """Who asks for more people from now on does not read last week's five."""
    assert decide("theme:letters", some(1, 6), [said(some(1, 6), WEEKS[-2])], NOW, Threshold(7)) == "hold"


def test_old_figures_keep_what_was_said_and_forget_on_whom():
    """After two quarters no hash can occur again, and the people are not needed any more."""
    old, new = said(some(1, 5), WEEKS[-COMPARED - 1]), said(some(1, 5), WEEKS[-COMPARED])
    assert forgotten((old, new), NOW) == (Published("theme:letters", old.week, frozenset(), 5), new)
    assert decided(some(1, 6), Published("theme:letters", old.week, frozenset(), 5)) == "publish"


@pytest.mark.parametrize(("number", "said"), [(4, 0), (5, 5), (9, 5), (10, 10), (24, 10), (25, 25), (1200, 1000)])
def test_numbers_are_said_in_bands(number: int, said: int):
    """The exact number is never said."""
    assert band(some(1, number), FIVE) == said


def test_the_lowest_band_is_the_threshold():
    """An organisation that asks for seven people reads "7 or more"."""
    assert band(some(1, 8), Threshold(7)) == 7
    assert band(some(1, 8), Threshold(3)) == 5


def test_nobody_can_set_the_threshold_below_three():
    """Two people would know of each other."""
    with pytest.raises(ValueError) as refused:
        Threshold(2)
    assert str(refused.value) == "a figure needs at least 3 people, not 2"


# The attacker


@dataclass(frozen=True)
class Office:
    """A small organisation: what it found in 26 weeks, and the person behind each hash."""

    findings: tuple[Finding, ...]
    persons: Mapping[str, int]


THEMES = {"letters": "service", "gifts": "income", "address": "housing", "pay": "income"}
PRINCIPLES = ("listening", "trust", "craft")


def office(seed: int) -> Office:
    """6 to 30 people of 2 to 4 departments; groups of 2 to 7 of them; some weeks nobody meets."""
    dice = random.Random(seed)
    departments = ["Werk", "Wmo", "Jeugd", "Belastingen"][: dice.randint(2, 4)]
    staff = [(number, dice.choice(departments)) for number in range(dice.randint(6, 30))]
    persons: dict[str, int] = {}
    findings: list[Finding] = []
    for week in WEEKS[-26:]:
        for _ in range(dice.choice([0, 1, 1, 2, 3])):
            findings.append(finding(f"f{len(findings)}", week, dice, staff, persons))
    return Office(tuple(findings), persons)


def finding(
    name: str, week: str, dice: random.Random, staff: list[tuple[int, str]], persons: dict[str, int]
) -> Finding:
    """What some of the staff found; `persons` learns who is behind their hashes."""
    quarter = f"Q{(int(week[6:]) - 1) // 13}"
    group = dice.sample(staff, min(len(staff), dice.randint(2, 7)))
    persons.update({f"{quarter}/{number}": number for number, _ in group})
    return Finding(
        id=name,
        week=week,
        theme=dice.choice(list(THEMES)),
        cause=dice.choice(["rule", "process"]),
        block="culture",
        principles=tuple(dice.sample(PRINCIPLES, 2)),
        structural=dice.random() < 0.5,
        departments=(),
        people=frozenset(Stander(quarter, f"{quarter}/{number}", department) for number, department in group),
    )


def lived(office: Office, threshold: Threshold) -> list[Digest]:
    """The digests of 26 weeks, each made with what was published before."""
    published: list[Published] = []
    digests: list[Digest] = []
    for week in WEEKS[-26:]:
        digests.append(
            make_digest(week, office.findings, published, fields=THEMES, principles=PRINCIPLES, threshold=threshold)
        )
        published += digests[-1].remember
    return digests


Figures = Mapping[str, Iterable[tuple[str, frozenset[Stander]]]]


def figures(office: Office, digests: list[Digest]) -> Figures:
    """What the attacker sees of each line, with the week that it tells of and the people who stood there then.

    The people are found in the findings themselves, not in what the publisher says of them.
    """
    seen: defaultdict[str, set[tuple[str, frozenset[Stander]]]] = defaultdict(set)
    for digest in digests:
        for line in (*digest.new, *digest.recurring):
            seen[f"theme:{line.theme}"].add((line.week, behind(office, line.week, theme=line.theme)))
        for published in digest.remember:
            if published.line.startswith("cell:"):
                _, principle, field = published.line.split(":")
                seen[published.line].add((digest.week, behind(office, digest.week, principle=principle, field=field)))
    return seen


def behind(office: Office, week: str, theme: str = "", principle: str = "", field: str = "") -> frozenset[Stander]:
    """Everybody behind a theme, or a principle in a field, in the window that ends with `week`."""
    window = weeks_before(week, 13)
    return frozenset(
        stander
        for one in office.findings
        if window[0] <= one.week <= window[-1]
        and (one.theme == theme or (principle in one.principles and THEMES[one.theme] == field))
        for stander in one.people
    )


def smallest(office: Office, seen: Figures) -> int:
    """The fewest real people that the attacker is pointed at: by a figure, or by a difference of two."""
    found = [len(persons_of(office, who)) for its in seen.values() for _, who in its]
    for its in seen.values():
        for (_, one), (_, other) in combinations(its, 2):
            found += [len(persons_of(office, gone)) for gone in (one - other, other - one) if gone]
    everything = [who for its in seen.values() for _, who in its]
    for one, other in combinations(everything, 2):
        if one < other or other < one:
            found.append(len(persons_of(office, one ^ other)))
    return min(found, default=1000)


def persons_of(office: Office, who: frozenset[Stander]) -> set[int]:
    """The people themselves, whatever the quarter of their hashes."""
    return {office.persons[stander.who] for stander in who}


def test_an_attacker_who_subtracts_all_digests_of_half_a_year_finds_nobody():
    """No figure, no two weeks of a line, and no line inside another point at fewer than five people."""
    published = 0
    for seed in range(200):
        place = office(seed)
        seen = figures(place, lived(place, FIVE))
        published += sum(map(len, map(list, seen.values())))
        assert smallest(place, seen) >= 5, f"organisation {seed}"
    assert published > 1000  # who says nothing is safe too: the digests do say something


def test_the_attacker_does_find_people_where_the_threshold_is_one():
    """The attack works when nothing protects: the test above can fail."""
    careless = Threshold(people=1, departments=1, least=1)
    found = [smallest(place, figures(place, lived(place, careless))) for place in map(office, range(20))]
    assert min(found) == 1
    assert sum(number < 5 for number in found) == 20
