"""Each kind of identifier, with what looks like it and is none."""

from __future__ import annotations

import pytest

from compassbot import guard


def kinds(text: str) -> list[str]:
    """The kinds found, in order."""
    return [found.kind for found in guard.read(text)]


FOUND = [
    ("haar bsn is 123456782", "bsn"),
    ("BSN: 12.34.56.782", "bsn"),
    ("bsn 1234 5678 3 klopt niet, zei hij", "bsn"),
    ("het gaat om 123456782 en die zaak loopt", "bsn"),
    ("rekening NL91 ABNA 0417 1643 00", "iban"),
    ("stort het op nl91abna0417164300 graag", "iban"),
    ("rekening BE71 0961 2345 6769", "iban"),
    ("bel 06-12345678", "phone"),
    ("zijn nummer is 0651 40 22 98", "phone"),
    ("haar nummer is +48 601 234 567", "phone"),
    ("bereikbaar via (0341) 27 88 03", "phone"),
    ("mail naar j.dekker@voorbeeld.nl", "email"),
    ("mail naar piet (at) voorbeeld.nl", "email"),
    ("zij woont op Kerkstraat 12b", "address"),
    ("zij woont lange voorhout 9", "address"),
    ("het pand Achterom 101 A staat leeg", "address"),
    ("he lives at 12 Church Street", "address"),
    ("de brief ging naar 1234 AB Amsterdam", "postcode"),
    ("postcode 2024en", "postcode"),
    ("geboren op 12 maart 1980", "date_of_birth"),
    ("geb. 12-03-1980", "date_of_birth"),
    ("zijn geboortedatum is 1980-03-12", "date_of_birth"),
    ("kenteken GX-482-T", "licence_plate"),
    ("een bestelbus met 9-ztr-61 erop", "licence_plate"),
    ("kenmerk PW/25/00731", "case_number"),
    ("klantnr 3310987", "case_number"),
    ("in SH-77-1403 staat iets anders", "case_number"),
    ("het gaat om DEB-5512", "case_number"),
    ("ingelogd vanaf 84.27.110.93", "ip"),
    ("ingelogd vanaf 2001:db8::8a2e:370:7334", "ip"),
    ("kijk op https://www.facebook.com/roos.vdb", "url"),
    ("vraag het aan @tineke.veldkamp", "username"),
    ("hij logde in als cverbruggen2", "username"),
    ("gisteren sprak ik mevrouw Bakker daarover", "person"),
    ("gisteren sprak ik dhr. t. el khattabi", "person"),
    ("ik heb Mebrahtu gevraagd om te wachten", "person"),
    ("gisteren belde fatma weer", "person"),
]

NOT_FOUND = [
    "volgens art. 17 en artikel 2.5.4 mag het in week 3 van fase 2, zie versie 3.1",
    "in 2024 en 2023 de cijfers, in 2022 EN 2021 ook",
    "het nieuwe beleid geldt sinds 12 maart 2024 en de brief is van 1-1-2025",
    "bel 14 020, 0800-1234 of 088 123 45 67 van de gemeente",
    "@hier @channel @everyone morgen om 09:15",
    "een bedrag van 12.500.000 euro, of € 453.331.476",
    "een nummer van negen cijfers zoals 720031716",
    "kijk op https://www.rijksoverheid.nl/onderwerpen/bijstand",
    "de Participatiewet, de Wmo, het UWV, de SVB, DUO en de BRP",
    "in Groningen, Haarlem en Den Haag doen ze het anders",
    "een Eritrese vader, een Poolse moeder en een Nederlandse school",
    "mevrouw wil niet en meneer vindt dat goed",
    "op maandag 3 februari belt het wijkteam",
    "mail naar info@gemeente-voorbeeld.nl",
    "ABRvS ECLI:NL:RVS:2022:285 en ISO-27001",
]


@pytest.mark.parametrize(("text", "kind"), FOUND)
def test_it_is_found_as_what_it_is(text: str, kind: str) -> None:
    """What identifies somebody is found once, and called by its kind."""
    assert kinds(text) == [kind]


@pytest.mark.parametrize("text", NOT_FOUND)
def test_what_only_looks_like_it_is_left_alone(text: str) -> None:
    """Numbers, dates and capitals that point at nobody stay as they are."""
    assert kinds(text) == []


def test_a_number_is_certain_and_a_bare_name_probable() -> None:
    """A telephone number cannot be posted; a single name can, once its author says that it is none."""
    assert [found.certain for found in guard.read("bel Mebrahtu op 06-12345678")] == [False, True]


def test_a_name_with_a_title_initials_or_surname_is_certain() -> None:
    """Evidence beyond the word itself makes a name certain."""
    for text in ("ik sprak mevrouw Bakker", "ik sprak J. de Haan", "ik sprak Fatma Yıldırım"):
        assert [found.certain for found in guard.read(text)] == [True], text


def test_every_mention_of_a_name_is_found() -> None:
    """Once a name is known it is found everywhere: in lower case, in capitals, with an s of possession."""
    text = "Mevrouw Tesfay belde. tesfay wil haar dossier, TESFAY wacht al weken, Tesfays zoon ook."
    assert [text[f.start : f.end] for f in guard.read(text)] == ["Tesfay", "tesfay", "TESFAY", "Tesfay"]


def test_one_person_has_one_placeholder() -> None:
    """The same person is the same placeholder everywhere, and another person another."""
    text = "Samira Benali belde. Later zei Samira dat Joost had gebeld."
    assert (
        guard.rewrite(text, guard.read(text)) == "[persoon A] belde. Later zei [persoon A] dat [persoon B] had gebeld."
    )


def test_the_role_is_kept() -> None:
    """Who somebody is to the case matters morally, so a client becomes "[klant]"."""
    text = "Ik heb mijn klant Samira beloofd te bellen."
    assert guard.rewrite(text, guard.read(text)) == "Ik heb mijn [klant] beloofd te bellen."


def test_a_date_of_birth_becomes_a_decade() -> None:
    """About how old somebody is may matter; the day does not."""
    assert guard.read("geboren op 12 maart 1987")[0].suggestion == "[jaren 1980]"
    assert guard.read("born 12 March 1987", "en")[0].suggestion == "[the 1980s]"


@pytest.mark.parametrize(
    ("date", "decade"),
    [
        ("12-03-87", "[jaren 1980]"), ("12 mrt '80", "[jaren 1980]"), ("12031987", "[jaren 1980]"),
        ("120387", "[jaren 1980]"), ("870312", "[jaren 1980]"), ("1987-03-12", "[jaren 1980]"), ("3/4/05", "[jaren 2000]"),
        ("12 maart", "[eerste kwartaal]"), ("3-4", "[tweede kwartaal]"),
    ],
)  # fmt: skip
def test_a_short_date_of_birth_becomes_a_decade_too(date: str, decade: str) -> None:
    """A year of two digits is a year. Without one what is left is the quarter."""
    text = f"geb. {date}"
    assert guard.rewrite(text, guard.read(text)) == f"geb. {decade}"


def test_suggestions_speak_the_language_asked() -> None:
    """A suggestion is in the language of the author."""
    assert guard.read("06-12345678", "nl")[0].suggestion == "[telefoonnummer]"
    assert guard.read("06-12345678", "en")[0].suggestion == "[telephone number]"


def test_nothing_gives_nothing() -> None:
    """An empty text holds no identifiers."""
    assert guard.read("") == guard.read(" \n ") == []


@pytest.mark.parametrize(
    "typed", ["06\u201112345678", "06\u00a012 34 56 78", "0\u200b612345678", "０６１２３４５６７８"]
)
def test_how_it_is_written_changes_nothing(typed: str) -> None:
    """Odd hyphens, no-break and zero-width spaces and wide digits hide nothing, and offsets are those typed."""
    text = f"bel «{typed}» nu"
    assert [text[f.start : f.end] for f in guard.read(text)] == [typed]


def test_a_name_in_pieces_of_unicode_is_found_whole() -> None:
    """A letter and its accent as two characters are read as one, and replaced as two."""
    text = "mevrouw Zielin\u0301ska belt"
    assert guard.rewrite(text, guard.read(text)) == "mevrouw [persoon A] belt"
