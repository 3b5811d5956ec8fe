"""A whole week lived through the page, in a real Chromium: the pictures in docs/ are taken here."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from compassbot.demo.people import load_office
from compassbot.words import Words
from tests.browser.screen import Screen, screen
from tests.serving import Server

TEXTS = {
    "nl": {
        "situation": "Een alleenstaande vader vraagt uitstel voor een boete. Hij belde drie keer en kreeg niemand te pakken. "
        "Mijn naam kent hij: ik ben Sandra de Wit, tel 06-12345678.",
        "moment": "Hij zegt: ik heb het toch geprobeerd?",
        "question": "Mag ik de boete laten vervallen nu wij niet bereikbaar waren?",
        "option_a": "Ik houd de boete in stand.",
        "cost_a": "Hij verliest zijn vertrouwen in ons.",
        "option_b": "Ik laat de boete vervallen.",
        "cost_b": "Anderen die te laat waren betalen wel.",
        "asks": "Wanneer belde hij?",
        "reply": "Op drie werkdagen, steeds in de ochtend.",
        "why": "Wij vragen van hem wat wij zelf niet doen.",
        "matters": "Dat iemand opneemt als hij belt.",
        "option": "Samen bellen met de afdeling die de boete gaf.",
        "cost": "Ik moet het uitleggen aan mijn team.",
        "same": "Wij willen allemaal bereikbaar zijn.",
        "agreement": "Wij bellen zelf terug als iemand drie keer belde.",
        "owner": "teamleider Belastingen",
        "sentence": "Wie ons niet kan bereiken, krijgt toch een boete.",
        "reason": "Vanaf januari bellen wij terug voordat een boete ingaat.",
    },
    "en": {
        "situation": "A single father asks for more time to pay a fine. He called three times and could not reach anybody. "
        "He knows my name: I am Sandra de Wit, phone 06-12345678.",
        "moment": "He says: but I did try, did I not?",
        "question": "May I drop the fine now that we could not be reached?",
        "option_a": "I keep the fine as it is.",
        "cost_a": "He loses his trust in us.",
        "option_b": "I drop the fine.",
        "cost_b": "Others who were late do pay.",
        "asks": "When did he call?",
        "reply": "On three working days, each time in the morning.",
        "why": "We ask of him what we do not do ourselves.",
        "matters": "That somebody answers when he calls.",
        "option": "Call the department that fined him, together.",
        "cost": "I have to explain it to my team.",
        "same": "We all want to be within reach.",
        "agreement": "We call back ourselves when somebody has called three times.",
        "owner": "team leader Taxes",
        "sentence": "People who cannot reach us are fined all the same.",
        "reason": "From January we call back before a fine takes effect.",
    },
}
GROUP = ("joost", "mei", "sanne", "daan", "fatma")


@pytest.fixture(params=[("nl", "phone"), ("en", "desktop")], ids=["nl-phone", "en-desktop"])
def office(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[tuple[Server, str, str]]:
    """The demonstration with its history, in a language, for a size of screen."""
    language, size = request.param
    folder = tmp_path / "data"
    server = Server(folder, ("demo", "--no-browser"), settings={"COMPASSBOT_LANGUAGE": language})
    server.arguments = ("demo", "--no-browser", "--port", str(server.port), "--data-dir", str(folder))
    server.start()
    yield server, language, size
    server.stop()


async def test_a_week_is_lived_through_the_page(office: tuple[Server, str, str]) -> None:
    """Share, deliberate, conclude, read Monday's digest, settle a signal, look back: all by hand, all without a fault."""
    server, language, size = office
    words, texts = Words(language), TEXTS[language]
    async with screen(server.address, language, size) as window:
        await window.page.goto(server.address)
        await window.shows("first-sight")
        await _finds_out_what_is_possible(window, words)
        await _shares(window, words, texts)
        thread = await _newest_thread(window)
        await _deliberates(window, words, texts, thread)
        await _reads_the_digest(window, words, texts)
        await _looks_back(window, words, thread)


async def _finds_out_what_is_possible(window: Screen, words: Words) -> None:
    await window.goes("fatma")
    assert not await window.scrolls_sideways()
    await window.shows("channel")
    await window.says(words("command"))
    await window.sees(words("home-intro"))
    await window.shows("home")
    await window.says(f"{words('command')} principes gastvrijhied")
    await window.sees(words("principle-questions"))
    await window.shows("principle")


async def _shares(window: Screen, words: Words, texts: dict[str, str]) -> None:
    names = ("situation", "moment", "question", "option_a", "cost_a", "option_b", "cost_b")
    await window.says(f"{words('command')} dilemma")
    await window.fills(situation=texts["situation"])
    await window.page.wait_for_timeout(1500)  # what is typed is kept after a pause
    await window.page.keyboard.press("Escape")
    await window.goes("joost")
    await window.goes("fatma")
    await window.says(f"{words('command')} dilemma")
    await window.form.wait_for()
    assert await window.question("situation").locator("textarea").input_value() == texts["situation"]
    await window.shows("share")
    await window.fills(**{name: texts[name] for name in names}, time="today")
    await window.sends()
    await window.sees(words("guard-title"))
    proposed = await window.question("situation").locator("textarea").input_value()
    assert "06-12345678" not in proposed
    assert "Sandra" not in proposed
    await window.shows("guard")
    await window.sends()
    await window.sees(words("share-thanks"))
    await window.shows("shared")


async def _newest_thread(window: Screen) -> str:
    await window.goes("joost")
    found = await window.page.locator("a.thread-link").last.get_attribute("href")
    assert found
    return found.rsplit("/", 1)[1]


async def _turn(window: Screen, words: Words, person: str, thread: str, picture: str = "", **answers: object) -> None:
    await window.goes(person, thread=thread)
    await window.presses(words("join"))
    if await window.asks("department"):
        await window.fills(department="jeugd")
    await window.fills(**answers)
    if picture:
        await window.shows(picture)
    await window.sends()
    assert not await window.page.locator("[data-faults]:not([hidden])").count(), picture


async def _deliberates(window: Screen, words: Words, texts: dict[str, str], thread: str) -> None:
    async def everyone(picture: str, **answers: object) -> None:
        for person in GROUP:
            await _turn(window, words, person, thread, picture if person == GROUP[-1] else "", **answers)

    for who in GROUP:
        await _turn(window, words, who, thread, question=texts["asks"] if who == "mei" else "")
    await window.goes("fatma", "@kompas")
    await window.shows("case-holder")
    await window.presses(words("asked-reply"))
    await window.fills(answer=texts["reply"])
    await window.sends()
    await everyone("park", choice="a")
    ratings = {"stake-hospitality": "3", "stake-reliability": "3", "stake-equality": "1"}
    await everyone("principles", **ratings, principle="reliability", why=texts["why"])
    await everyone("perspectives", who="resident", matters=texts["matters"])
    await everyone("alternatives", option=texts["option"])
    for who in GROUP[:-1]:
        judgement = {"choice": "b", "principle": "reliability", "why": texts["why"], "cost": texts["cost"]}
        await _turn(window, words, who, thread, **judgement)
    await window.goes("fatma", thread=thread)
    await window.shows("hidden")
    assert texts["cost"] not in await window.page.locator("#thread-lines").inner_text()
    last = {"choice": "a", "principle": "equality", "why": texts["cost_b"], "cost": texts["cost_a"]}
    await _turn(window, words, GROUP[-1], thread, "judge", **last)
    await window.goes("mei", thread=thread)
    await window.sees(texts["cost"])
    await window.page.locator("#thread-lines").get_by_text(texts["cost"]).first.scroll_into_view_if_needed()
    await window.shows("revealed")
    await everyone("", same=texts["same"])
    await _turn(window, words, "joost", thread, "conclude", agreement=texts["agreement"], owner=texts["owner"])
    await window.fills(theme="service-digital-only", cause="process", block="people-first", often="structural")
    await window.fills(principles=("reliability",), departments=("belastingen", "inkomen"), sentence=texts["sentence"])
    await window.shows("finding")
    await window.sends()
    await everyone("agree", agree="yes", share="yes")
    taps = {"values": "yes", "sides": "a-bit", "voice": "yes", "next-step": "yes", "recurs": "yes"}
    await everyone("evaluate", **taps)
    await window.goes("joost", thread=thread)
    await window.sees(words("ended-title"))
    await window.shows("ended")


async def _reads_the_digest(window: Screen, words: Words, texts: dict[str, str]) -> None:
    manager = load_office().with_role("manager")[0].removeprefix("web:")
    await window.goes(manager, "learning")
    await window.page.locator("[popovertarget=clock]").click()
    await window.page.locator("button[value=monday]").click()
    await window.page.wait_for_load_state()
    await window.sees(words("digest-heading-question"))
    picture = window.page.locator("img.picture").last
    await picture.scroll_into_view_if_needed()
    assert len(await picture.get_attribute("alt") or "") > 40
    await window.page.wait_for_function(
        "document.querySelectorAll('img.picture').length && "
        "[...document.querySelectorAll('img.picture')].at(-1).naturalWidth > 0"
    )
    await window.shows("digest")
    await window.goes(manager, "@kompas")
    await window.presses(re.split(r"\{|:", words("digest-signal-settle", theme="x"))[0])
    await window.fills(state="decided", reason=texts["reason"], owner=texts["owner"])
    await window.shows("settle")
    await window.sends()
    await window.goes("joost", "learning")
    await window.sees(texts["reason"])


async def _looks_back(window: Screen, words: Words, thread: str) -> None:
    for _ in range(6):
        await window.page.locator("[popovertarget=clock]").click()
        await window.page.locator("button[value=monday]").click()
        await window.page.wait_for_load_state()
    await window.goes("fatma", "@kompas")
    await window.presses(words("look-back-answer"))
    await window.fills(kept="yes")
    await window.shows("look-back")
    await window.sends()
    await window.sees(words("look-back-thanks"))
