"""Names of people: in any case, from anywhere, with their edges where they belong."""

from __future__ import annotations

import pytest

from compassbot import guard


def people(text: str) -> list[str]:
    """The names found in a text."""
    return [text[f.start : f.end] for f in guard.read(text) if f.kind == "person"]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Mevrouw Yıldız-Koç weigert de hulp en haar zoon Emre snapt dat.", ["Yıldız-Koç", "Emre"]),
        ("mw el amrani belde, haar dochter soukaina slaapt bij mij op de bank", ["el amrani", "soukaina"]),
        ("dhr. van der Linden betaalt zijn huur niet", ["van der Linden"]),
        ("Ik sprak met de heer J.P. de Groot over zijn schulden.", ["J.P. de Groot"]),
        ("Beste Nkechi,\n\nMag ik dit melden?\n\nGroet,\nTjitske", ["Nkechi", "Tjitske"]),
        ("Klant Murat K. is weer dakloos.", ["Murat K."]),
    ],
)
def test_a_name_is_found_with_its_edges(text: str, names: list[str]) -> None:
    """Particles, initials and a last initial belong to a name; titles and roles do not."""
    assert people(text) == names


@pytest.mark.parametrize("name", ["Warsame", "Oyelaran", "Kowalczyk", "Habtemariam", "Soekhlal", "Nguyen", "Hoekstra"])
@pytest.mark.parametrize("case", [str.title, str.lower, str.upper], ids=["title", "lower", "upper"])
def test_a_surname_after_a_title_is_found_in_any_case(name: str, case: type[str]) -> None:
    """A word that no dictionary has, after a title, is a name however it is typed."""
    text = f"Ik was gisteren bij mevrouw {case(name)} en ze huilde."
    assert [found.lower() for found in people(text)] == [name.lower()]


def test_two_names_are_two() -> None:
    """Names with "en" or a comma between them are found apart."""
    assert people("Samira en Youssef gaan scheiden, zegt mevrouw Jansen.") == ["Samira", "Youssef", "Jansen"]


def test_every_mention_follows_the_first() -> None:
    """What is a name once is one everywhere, also in small letters and with an s of possession."""
    found = people("Mevrouw Okonkwo belde. Okonkwo huilde. Ik heb okonkwo beloofd te wachten; Okonkwo's zoon weet het.")
    assert [name.lower() for name in found] == ["okonkwo"] * 4


def test_the_role_before_a_name_is_kept_for_the_suggestion() -> None:
    """What a person is to the case matters, so it stands in the proposal."""
    (found,) = guard.read("De buurvrouw Samira Haddad hoorde alles.")
    assert "buurvrouw" in found.suggestion


@pytest.mark.parametrize(
    "text",
    [
        "Volgens Hannah Arendt en Kant is dat geen excuus, en Jan Modaal snapt het ook niet.",
        "De klant werkt bij Albert Heijn in Almere en heeft schulden bij Klarna en Wehkamp.",
        "De flats aan de Willem de Zwijgerlaan worden gesloopt, zegt Ymere.",
        "Op maandag 3 maart beslist het college over de Participatiewet en de Wmo.",
        "Een Syrische vader en een Poolse moeder uit Ter Apel vragen hulp bij Veilig Thuis.",
        "mevrouw wil haar uitkering terug en meneer zwijgt",
    ],
)
@pytest.mark.parametrize("case", [str, str.lower], ids=["typed", "lower"])
def test_what_everyone_knows_is_nobody_here(text: str, case: type[str]) -> None:
    """Thinkers, shops, streets, towns, days and nations name no resident."""
    assert people(case(text)) == []


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Groet,\n\nH. ten Broeke", ["H. ten Broeke"]),
        ("@Joris van der Wiel kijk jij even mee?", ["Joris van der Wiel"]),
        ("Volgens de schuldhulpconsulent, Doortje, kan het nog.", ["Doortje"]),
        ("Ik sprak de heer G.W. Vlaams over zijn huur.", ["G.W. Vlaams"]),
    ],
)
def test_a_name_is_told_by_what_stands_around_it(text: str, names: list[str]) -> None:
    """Initials, a role put together of two words, and an at sign all make an ordinary word a name."""
    assert people(text) == names


@pytest.mark.parametrize(
    "text",
    [
        "Daar denkt staatssecretaris Dubbelman anders over dan minister Van Oosterveen.",
        "er staat een mazda voor de deur en een roos in het raam",
        "Zij spreekt Tigrinya en hij Papiaments.",
        "Van de uitslag hangt alles af.",
        "They sit side by side, and we go step by step.",
    ],
)
def test_a_thing_or_somebody_in_the_papers_is_nobody_here(text: str) -> None:
    """Ministers, makes, languages and what is counted with "een" are no residents."""
    assert people(text) == []
