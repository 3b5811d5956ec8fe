"""What the guard proposes to write: it keeps what matters morally, and hides who it is."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from compassbot.guard import KINDS, REMINDERS, Case, edits, placeholders, read, rewrite
from compassbot.guard.broader import age, quarter, size


def proposed(text: str, language: str = "nl", case: Case | None = None) -> str:
    """Return a text with all suggestions in it, reminders too."""
    return rewrite(text, read(text, language, case))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Mijn klant Samira belt.", "Mijn [klant] belt."),
        ("Zijn moeder mevrouw Yilmaz belt.", "Zijn [moeder] belt."),
        ("Haar zus, Samira de Wit, belt.", "Haar [zus], belt."),
        ("Klant Samira belt en klant Daan Bakker schrijft.", "[klant A] belt en [klant B] schrijft."),
        ("Mijn zoon Daan van 8 gaat niet naar school.", "Mijn [zoon, basisschool] gaat niet naar school."),
        ("Haar dochter Samira (14) blijft thuis.", "Haar [dochter, middelbare school] blijft thuis."),
        ("Mevrouw Yilmaz, geb. 12-03-1980, belt.", "Mevrouw [persoon A], geb. [jaren 1980], belt."),
        ("Mevrouw Yilmaz, geb. 12 maart, belt.", "Mevrouw [persoon A], geb. [eerste kwartaal], belt."),
    ],
)
def test_the_role_stays_and_the_person_goes(text: str, said: str) -> None:
    """Who somebody is to the case stays, once, and an age or a date becomes broader."""
    assert proposed(text) == said


@pytest.mark.parametrize(
    ("text", "kind", "found", "said"),
    [
        ("Zij is de enige orgelbouwer vn t dorp.", "rare_fact", "de enige orgelbouwer vn t dorp", "[ondernemer]"),
        ("Hij is de broer vn die voetballer.", "rare_fact", "de broer vn die voetballer", "[broer van een bekend persoon]"),
        ("Zij is de dochter van een wethouder.", "rare_fact", "de dochter van een wethouder", "[dochter van een bekend persoon]"),
        ("Hij is huisarts in Giethoorn.", "rare_fact", "huisarts in Giethoorn", "[zorgverlener]"),
        ("Een man van 43 met ALS wil naar huis.", "rare_fact", "van 43", "[tussen 40 en 50 jaar]"),
        ("De brand was op 3 maart 2024.", "rare_fact", "3 maart 2024", "[eerste kwartaal van 2024]"),
        ("Zij kreeg een erfenis van € 34.512,50.", "rare_fact", "€ 34.512,50", "[tienduizenden euro's]"),
        ("Hij werkt bij bakkerij Bloem.", "small_organisation", "bakkerij Bloem", "[bakkerij]"),
        ("Zij woont in Zalk.", "small_place", "Zalk", "[dorp]"),
        ("zij woont in biddinghuizen", "small_place", "biddinghuizen", "[dorp]"),
    ],
)  # fmt: skip
def test_what_is_rare_is_a_reminder_with_something_broader(text: str, kind: str, found: str, said: str) -> None:
    """A fact by which people nearby know who it is, is found as a reminder, never as something that stops."""
    first = read(text)[0]
    assert (text[first.start : first.end], first.kind, first.outcome, first.suggestion) == (
        found,
        kind,
        "reminder",
        said,
    )


@pytest.mark.parametrize(
    "text",
    [
        "Zij kreeg € 250 bijzondere bijstand op 3 maart.",
        "De burgemeester van Rotterdam opende het gebouw.",
        "Heeft iemand enige ervaring in de wijk?",
        "Een man van 43 vraagt uitstel.",
        "De enige manier in de gemeente is bezwaar maken.",
        "Wij spraken af bij de bakker.",
        "De school is dicht.",
    ],
)
def test_an_innocent_amount_date_or_age_is_left_alone(text: str) -> None:
    """Only what tells who it is, is mentioned: an author who is reminded of everything reads nothing."""
    assert read(text) == []


def test_a_person_is_the_same_in_all_texts_of_a_case() -> None:
    """By the whole name or a part of it, in whichever order; somebody else is somebody else."""
    case = Case()
    assert (
        proposed("Yilmaz vraagt hulp aan mevrouw De Wit.", case=case)
        == "[persoon A] vraagt hulp aan mevrouw [persoon B]."
    )
    assert proposed("Fatima Yilmaz en Samira de Wit bellen.", case=case) == "[persoon A] en [persoon B] bellen."
    assert proposed("Mevrouw Bakker belt Fatima.", case=case) == "Mevrouw [persoon C] belt [persoon A]."


def test_a_case_goes_on_from_what_was_kept_without_a_name_in_it() -> None:
    """With a disguise, what is kept has no part of any name, and still knows who has which placeholder."""

    def disguise(part: str) -> str:
        return str(sum(map(ord, part)) * 7919 % 100_003)

    first = Case(disguise=disguise)
    proposed("Fatima Yilmaz vraagt hulp.", case=first)
    assert "yilmaz" not in str(first.given).lower()
    again = Case(first.given, disguise=disguise)
    assert proposed("Mevrouw Yilmaz belt Samira de Wit.", case=again) == "Mevrouw [persoon A] belt [persoon B]."


def test_a_placeholder_that_stands_in_the_text_is_given_to_nobody() -> None:
    """Who wrote "[persoon A]" themselves meant somebody, and that is not the next one we find."""
    assert proposed("[persoon A] belt mevrouw Yilmaz.") == "[persoon A] belt mevrouw [persoon B]."


@given(st.lists(st.sampled_from(["klant", "Samira", "zoon", "Daan", "(8)", "van 9", "mevrouw", "Yilmaz", "[klant]", "belt", ".", ","]),
                max_size=12))  # fmt: skip
@settings(max_examples=200, deadline=None)
def test_edits_are_in_order_and_cover_what_was_found(pieces: list[str]) -> None:
    """A role or an age that goes along with a name takes nothing from what stands beside it."""
    text = " ".join(pieces)
    found = read(text)
    made = list(edits(text, found))
    edges = [edge for start, end, _ in made for edge in (start, end)]
    assert edges == sorted(edges)
    assert all(start <= each.start and each.end <= end for (start, end, _), each in zip(made, found, strict=True))
    assert set(placeholders(rewrite(text, found))) >= {each.suggestion for each in found}


@pytest.mark.parametrize("language", ["nl", "en"])
def test_broader_words_are_in_both_languages(language: str) -> None:
    """An age is a band, an amount an order of size, a day a quarter, whatever it is."""
    assert all(age(years, language) for years in range(110))
    assert len({age(years, language) for years in range(110)}) < 12
    assert all(size(10**power, language) for power in range(9))
    assert len({quarter(f"1-{month}-2024", language) for month in range(1, 13)}) == 4


def test_no_kind_is_both_a_reminder_and_an_identifier() -> None:
    """What is only a reminder is known by its kind."""
    assert set(KINDS) & set(REMINDERS) == set()
