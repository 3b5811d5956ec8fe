"""What can go wrong around people: each gets a clear sentence or a clean refusal to start, and loses nothing."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
import yaml

from compassbot.app.parts import house_of
from compassbot.model.yaml_file import YamlFault
from compassbot.settings import Settings
from tests.conversations.stories import DILEMMA, deliberate, group_of, shares, takes_turn
from tests.office import Office

PRINCIPLES = Path("principles.yaml")


def run(office: Office, statement: str) -> None:
    """Do something to the database that no program of ours does."""
    office.parts.database.run_now(lambda books: books.connection.exec_driver_sql(statement))


async def test_a_missing_table_is_told_with_a_number_and_the_form_stays_open(office: Office) -> None:
    """Nothing is half stored; once it is mended the same press works."""
    fatma = office.person("Fatma of inkomen")
    await fatma.says("/kompas dilemma")
    await fatma.fills(**DILEMMA)
    page = fatma.form
    run(office, "ALTER TABLE outbox RENAME TO gone")
    await fatma.fills()
    assert "Er ging iets mis bij ons. Er is niets opgeslagen" in fatma.refused[""]
    assert fatma.form is page
    assert office.channel == ""
    run(office, "ALTER TABLE gone RENAME TO outbox")
    await fatma.again()
    assert DILEMMA["question"] in office.channel


async def test_a_full_disk_is_told_and_trying_again_works(office: Office) -> None:
    """The event is not marked as seen: the same one, delivered again, is handled then."""
    fatma = office.person("Fatma of inkomen")
    await fatma.says("/kompas dilemma")
    await fatma.fills(**{**DILEMMA, "situation": "Een lang verhaal. " * 100})
    page = fatma.form
    run(office, "PRAGMA max_page_count=1")
    for _ in range(30):  # some room is left in the pages that are there
        fatma.form = page
        await fatma.fills()
        if fatma.refused:
            break
        await fatma.says("/kompas dilemma")
        await fatma.fills(**{**DILEMMA, "situation": "Een lang verhaal. " * 100})
        if fatma.refused:
            break
    assert "Er ging iets mis bij ons" in fatma.refused[""]
    before = office.channel
    run(office, "PRAGMA max_page_count=1000000")
    await fatma.again()
    assert not fatma.refused
    if fatma.form and fatma.form.action == "post_dilemma":
        await fatma.fills()
    assert len(office.channel) > len(before)


async def test_a_press_that_breaks_gets_a_sentence_in_the_persons_language(office: Office) -> None:
    """An English reader gets an English sentence with a reference number."""
    ann = office.people("Ann of inkomen", language="en")[0]
    run(office, "ALTER TABLE drafts RENAME TO gone")
    await ann.says("/compass dilemma")
    assert "went wrong" in ann.said
    assert any(len(word.strip(".:")) == 6 for word in ann.said.split())


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("principles: [", "principles.yaml"),
        ("principles: []", "principles.yaml"),
        ("princip: 1", "principles.yaml"),
        ("", "principles.yaml"),
        ("\t- x", "principles.yaml"),
    ],
)
def test_broken_principles_refuse_to_start_with_a_sentence(tmp_path: Path, text: str, says: str) -> None:
    """The sentence names the file, and there is no traceback for a newcomer to read."""
    path = tmp_path / "principles.yaml"
    path.write_text(text)
    with pytest.raises(YamlFault) as fault:
        house_of(Settings(principles=path))
    assert says in str(fault.value)
    assert "Traceback" not in str(fault.value)


def named(principle: dict[str, dict[str, str]], number: int) -> dict[str, object]:
    """Return the texts of a principle under another name."""
    return {language: principle[language] | {"name": f"Eigen {language} {number}"} for language in ("nl", "en")}


def principles(count: int) -> dict[str, object]:
    """Return a file with another number of principles than ours."""
    content = yaml.safe_load(PRINCIPLES.read_text())
    first = content["principles"]
    chosen = [dict(each) for each in first[:count]]
    ids = {each["id"] for each in chosen}
    chosen += [dict(first[0], id=f"own-{number}", **named(first[0], number)) for number in range(count - len(chosen))]
    for each in chosen:
        each["tensions"] = [
            one for one in each.get("tensions", []) if one.get("with") in ids and one["with"] != each["id"]
        ]
    return dict(content, principles=chosen)


@pytest.mark.parametrize("count", [4, 9])
async def test_an_organisation_may_have_four_principles_or_nine(office: Office, tmp_path: Path, count: int) -> None:
    """Looking up and rating works with exactly the principles of the file."""
    path = tmp_path / "own.yaml"
    path.write_text(yaml.safe_dump(principles(count), allow_unicode=True))
    house = house_of(Settings(principles=path))
    assert len(house.principles.principles) == count
    from compassbot.app.parts import make_bot

    office.parts.bot = make_bot(office.parts.database, house, office.parts.hours)
    fatma, joost = office.people("Fatma of inkomen", "Joost of wmo")
    await fatma.says("/kompas principes")
    assert fatma.card
    assert len(fatma.card.buttons) == count
    facilitator = office.person("Ria of wmo", "facilitator")
    await shares(fatma)
    for _ in range(2):
        await facilitator.presses("Sluit deze ronde")
    await joost.presses("Doe mee")
    assert joost.form
    assert sum(question.name.startswith("stake-") for question in joost.form.questions) == count


async def test_a_clock_that_jumps_back_does_nothing_twice(office: Office) -> None:
    """What was done is a row: the digest and the rounds of a day that comes again are not said again."""
    fatma = office.person("Fatma of inkomen")
    await shares(fatma)
    await deliberate(fatma, group_of(office))
    await office.waits(until="monday 09:00")
    said = len(office.chat.said)
    assert "Wat wij leerden" in office.learning
    office.parts.hours.set(office.now - timedelta(days=5))
    await office.waits(until="monday 09:30")
    assert len(office.chat.said) == said


async def test_a_clock_that_jumps_back_does_not_stop_the_conversation(office: Office) -> None:
    """An answer given an hour before the round was opened still counts and is shown."""
    fatma, joost = office.people("Fatma of inkomen", "Joost of wmo")
    await shares(fatma)
    office.parts.hours.set(office.now - timedelta(hours=1))
    await takes_turn(joost, question="Hoe lang al?")
    assert "Hoe lang al?" in office.thread


async def test_a_clock_that_jumps_years_ahead_ends_what_was_open_and_goes_on(office: Office) -> None:
    """One tick does what is due, once; a dilemma shared then works as ever."""
    fatma, joost = office.people("Fatma of inkomen", "Joost of wmo")
    await shares(fatma)
    office.parts.hours.set(office.now + timedelta(weeks=260))
    for _ in range(3):
        await office.parts.clock.tick(office.now)
    assert office.learning.count("Wat wij leerden") == 1
    await shares(joost, question="Mag ik dit nu doen?")
    assert "Mag ik dit nu doen?" in office.channel


async def test_something_that_always_fails_does_not_stop_the_clock(office: Office) -> None:
    """A duty that breaks each time stays due; a day still passes quickly and the rest of it happens."""
    fatma = office.person("Fatma of inkomen")
    await shares(fatma)
    run(office, "ALTER TABLE web_reads RENAME TO unused")
    run(office, "INSERT INTO agreements (dilemma, look_back, status) VALUES ('x', '2020-01-01', 'agreed')")
    run(office, "ALTER TABLE kept RENAME TO unkept")
    run(office, "UPDATE dilemmas SET method = 'gone'")
    await office.waits(minutes=20)
    assert office.now.minute == 20


async def test_an_unknown_command_is_answered_with_what_there_is(office: Office) -> None:
    """A typing error leads to the list, with what was typed cut to a line."""
    joost = office.person("Joost of wmo")
    await joost.says("/kompas dilema " + "x" * 500)
    assert "Ik ken “dilema" in joost.said
    assert "/kompas dilemma" in joost.said
    assert "x" * 100 not in joost.said


async def test_a_button_of_something_that_is_gone_says_so(office: Office) -> None:
    """A forged or very old button gets a sentence that says what to do now."""
    joost = office.person("Joost of wmo")
    await joost.says("/kompas")
    event = joost.last
    assert event
    for action in ("take_turn", "edit_dilemma", "withdraw_dilemma", "reply", "look_back"):
        await joost._does(type(event)("", "press", joost.person, event.place, action, about="nothing:0"))
        assert joost.said == "Dit is er niet meer. Typ /kompas om te zien wat er nu open staat.", action
