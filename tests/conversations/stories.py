"""What people do in many stories, said once."""

from __future__ import annotations

from compassbot.model.deliberations import GATHERED
from compassbot.words import Words
from tests.office import Colleague, Office

DILEMMA = {
    "situation": "Een moeder met twee kinderen krijgt elke week boodschappen van haar zus. Zij heeft bijstand.",
    "moment": "Zij vraagt mij of ze dat moet melden.",
    "question": "Mag ik de boodschappen laten rusten?",
    "option_a": "Ik noteer de boodschappen als gift.",
    "cost_a": "Zij raakt een deel van haar uitkering kwijt.",
    "option_b": "Ik laat het rusten.",
    "cost_b": "Ik behandel haar anders dan anderen.",
    "department": "inkomen",
    "time": "days",
}
CODES = {
    "theme": "income-gifts",
    "cause": "rule",
    "block": "weighing",
    "principles": ("responsibility",),
    "often": "structural",
    "departments": ("inkomen", "schulden"),
    "sentence": "De regel over giften maakt geen verschil tussen hulp en inkomen.",
}
TURNS: tuple[dict[str, object], ...] = (
    {"question": ""},
    {"choice": "a"},
    {
        "stake-responsibility": "3",
        "stake-listening": "2",
        "principle": "responsibility",
        "why": "Zij vertrouwt op ons.",
    },
    {"who": "resident", "matters": "Dat zij eerlijk mag zijn zonder straf."},
    {"option": "Samen met haar uitzoeken wat de regel toestaat."},
    {
        "choice": "b",
        "principle": "listening",
        "why": "De regel is hier niet voor gemaakt.",
        "cost": "Uitleg aan controle.",
    },
    {"same": "Wij willen allemaal dat zij eerlijk kan zijn.", "different": ""},
)
AGREEMENT = {"agreement": "Wij leggen dit voor aan het team beleid.", "owner": "teamleider Inkomen"}
TAPS = {"values": "yes", "sides": "a-bit", "voice": "yes", "next-step": "yes", "recurs": "yes"}


async def shares(colleague: Colleague, **changes: object) -> None:
    """Share a dilemma, both pages."""
    await colleague.says("/kompas dilemma")
    await colleague.fills(**{**DILEMMA, **changes})
    await colleague.fills()
    assert not colleague.refused


async def takes_turn(colleague: Colleague, **answers: object) -> None:
    """Answer the open round of the last dilemma, and the department where it is asked."""
    await colleague.presses(Words(colleague.language)("join"))
    assert colleague.form, colleague.said
    if any(question.name == "department" for question in colleague.form.questions):
        answers = {"department": colleague.department} | answers
    await colleague.fills(**answers)
    assert not colleague.refused, colleague.refused


async def gather(author: Colleague, group: list[Colleague]) -> None:
    """Let everybody join in the first round, which waits for the case holder's answer."""
    await takes_turn(group[0], question="Hoe lang al?")
    for colleague in group[1:]:
        await takes_turn(colleague, **TURNS[0])
    await author.presses(Words(author.language)("asked-reply"))
    await author.fills(answer="Sinds een half jaar.")
    if len(group) < GATHERED:
        await author.office.open_rounds_close()


async def to_round(author: Colleague, group: list[Colleague], number: int) -> None:
    """Live through the rounds of the last dilemma up to the one with this number, counted from 1."""
    await gather(author, group)
    for turn in TURNS[1 : number - 1]:
        for colleague in group:
            await takes_turn(colleague, **turn)
    assert any(f" {number} " in said.card().title for said in author.office.chat.said)


async def deliberate(author: Colleague, group: list[Colleague], **codes: object) -> None:
    """Live through a whole deliberation on the last dilemma, to the last tap."""
    await to_round(author, group, 8)
    await concludes(group[0], **codes)
    for colleague in group:
        await takes_turn(colleague, agree="yes", share="yes")
    for colleague in group:
        await takes_turn(colleague, **TAPS)


async def concludes(colleague: Colleague, **codes: object) -> None:
    """Propose an agreement and codes, both pages."""
    await takes_turn(colleague, **AGREEMENT)
    await colleague.fills(**{**CODES, **codes})
    assert not colleague.refused, colleague.refused


def group_of(office: Office) -> list[Colleague]:
    """Return five colleagues of three departments."""
    return office.people("Joost of wmo", "Mei of belastingen", "Sanne of jeugd", "Daan of wmo", "Noor of jeugd")


async def lives_the_week(office: Office) -> None:
    """Live through the whole main job: the same in every chat."""
    fatma = office.person("Fatma of inkomen")
    manager = office.person("Ilse of wmo", "manager")
    group = group_of(office)
    joost = group[0]

    await shares(fatma)
    assert DILEMMA["question"] in office.channel
    assert "fatma" not in office.channel.lower()
    assert "Jouw dilemma 1" in fatma.inbox

    await takes_turn(joost, question="Hoe lang krijgt zij die boodschappen al?")
    assert "Hoe lang krijgt zij" in fatma.inbox
    for colleague in group[1:]:
        await takes_turn(colleague, question="")
    assert "Ronde 1 van 10" in office.thread  # the case holder is awaited
    await fatma.presses("Geef antwoord")
    await fatma.fills(answer="Sinds een half jaar.")
    assert "Inbrenger: Sinds een half jaar." in office.thread
    assert "Ronde 2 van 10" in office.thread

    for turn in TURNS[1:5]:
        for colleague in group:
            await takes_turn(colleague, **turn)
    assert "Nog niemand noemde: iemand met ervaringskennis, een andere afdeling" in office.thread
    judgement = {**TURNS[5], "why": "Ik zou het doen."}
    for colleague in group[:-1]:
        await takes_turn(colleague, **judgement)
    assert "Ik zou het doen" not in office.thread
    assert "Wij wachten nog op 1 collega" in office.thread
    await takes_turn(
        group[-1], choice="a", principle="equality", why="Anders is het oneerlijk voor anderen.", cost="Zij."
    )
    assert "Ik zou het doen" in office.thread
    assert "B · 80%" in office.thread
    assert "Ook dit is gezegd" in office.thread
    assert "4 collega’s kozen anders dan in hun eerste reactie" in office.thread

    for colleague in group:
        await takes_turn(colleague, **TURNS[6])
    await concludes(group[1])
    for colleague in group:
        await takes_turn(colleague, agree="yes", share="yes", keep="Let op de kinderen." if colleague is joost else "")
    assert "5 collega’s zijn het eens" in office.thread
    for colleague in group:
        await takes_turn(colleague, **TAPS)
    assert "Het gesprek is klaar" in office.thread

    await office.waits(until="monday 08:00")
    assert "Giften en boodschappen" in office.learning
    assert "5 of meer" in office.learning
    assert "Giften en boodschappen" in manager.inbox
    for text in (office.learning, manager.inbox):
        assert not any(name in text.lower() for name in ("fatma", "joost", "mei", "sanne"))

    await manager.presses("Volgende stap")
    await manager.fills(
        state="decided", reason="Vanaf januari tellen giften tot een vast bedrag niet mee.", owner="teamleider Inkomen"
    )
    assert "Er is een besluit" in office.thread
    assert "Er is een besluit" in fatma.inbox

    await office.waits(days=40)
    assert "Is de afspraak nagekomen?" in fatma.inbox
    await office.waits(days=5)
    assert "Terugkijken: is de afspraak nagekomen?" in office.thread
