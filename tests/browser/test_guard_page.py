"""The page on which the guard shows what it found: calm on each screen, by keyboard, and for a screen reader."""

from __future__ import annotations

import pytest

from compassbot.words import Words
from tests.browser.screen import Screen, screen
from tests.conversations.stories import DILEMMA
from tests.serving import Server

WIDTHS = {"phone": {"width": 390, "height": 844}, "desktop": {"width": 1280, "height": 800}}
TEXTS = {
    "nl": {
        "situation": "Mevrouw Yilmaz is de moeder van Roos. Zij belt elke week vanaf 06-12345678, en woont op Kerkstraat 12. "
        "Haar man is de enige huisarts in het dorp.",
        "moment": "Roos vraagt mij of haar moeder dat moet melden.",
    },
    "en": {
        "situation": "Ms Yilmaz is the mother of Roos. She calls each week from 06-12345678, and lives at Kerkstraat 12. "
        "Her husband is the only dentist in the village.",
        "moment": "Roos asks me whether her mother must report that.",
    },
}
NAMES = ("situation", "moment", "question", "option_a", "cost_a", "option_b", "cost_b")


async def _types(window: Screen, language: str) -> None:
    texts = {name: DILEMMA[name] for name in NAMES} | TEXTS[language]
    await window.goes("fatma")
    await window.says(f"{Words(language)('command')} dilemma")
    await window.fills(**texts, time="days")
    await window.sends()


@pytest.mark.parametrize("size", WIDTHS)
@pytest.mark.parametrize("language", ["nl", "en"])
async def test_what_was_found_is_shown_on_every_screen_and_accepted_with_one_press(
    server: Server, language: str, size: str
) -> None:
    """Before and after stand together, nothing lies outside the screen, axe finds no fault, and one press posts it."""
    words = Words(language)
    async with screen(server.address, language, size) as window:
        await window.page.set_viewport_size(WIDTHS[size])  # type: ignore[arg-type]
        await _types(window, language)
        await window.sees(words("guard-title"))
        marked = window.question("situation").locator(".marked-text")
        assert await marked.inner_text() == TEXTS[language]["situation"]
        assert await marked.locator("mark.must").all_inner_texts() == ["Yilmaz", "06-12345678", "Kerkstraat 12"]
        assert await marked.locator("mark.may").all_inner_texts() == ["Roos"]
        assert await marked.locator("mark.note").count() == 1
        reasons = window.question("situation").locator(".reasons li")
        assert words("guard-phone") in await reasons.nth(2).inner_text()
        assert words("guard-becomes") in (await reasons.nth(2).text_content() or "")
        assert not await window.scrolls_sideways()
        assert await window.faults() == []
        await window.sends()
        _, _, posted = words("share-thanks-title", number=0).partition("0")  # whether at work or at night
        await window.sees(posted.strip())
        assert "Yilmaz" not in await window.page.locator("main").inner_text()


async def test_a_word_is_put_back_by_keyboard_alone(server: Server) -> None:
    """Tab and Space say that a word is no name, Enter posts it: the dilemma has it as it was typed."""
    async with screen(server.address, "nl", "desktop") as window:
        await _types(window, "nl")
        await window.question("sure-situation").locator("input").first.focus()
        await window.page.keyboard.press("Space")
        for _ in range(10):
            await window.page.keyboard.press("Tab")
            if await window.page.evaluate("document.activeElement.matches('.asked-foot .primary')"):
                break
        await window.page.keyboard.press("Enter")
        await window.sees("Roos vraagt mij of haar moeder dat moet melden.")


async def test_a_line_with_a_number_is_not_sent_and_stays_where_it_was_typed(server: Server) -> None:
    """What colleagues type to each other is read as well; a name that is none goes out when it is sent once more."""
    async with screen(server.address, "nl", "desktop") as window:
        await window.goes("fatma")
        await window.says("Bel haar op 06-12345678")
        await window.sees("Dit lijkt een telefoonnummer: “06-12345678”.")
        box = window.page.locator(".room textarea").first
        assert await box.input_value() == "Bel haar op 06-12345678"
        assert await window.page.locator(".line .typed").count() == 0
        await window.says("Samira komt straks langs")
        await window.sees("Verstuur het dan nog een keer.")
        await box.press("Enter")
        await window.page.locator(".line .typed").wait_for()
        assert await box.input_value() == ""


async def test_a_picture_is_refused_with_the_reason(server: Server) -> None:
    """Pasting a picture into a message or a form does nothing, and says why."""
    paste = """element => { const carried = new DataTransfer(); carried.items.add(new File(["x"], "x.png", {type: "image/png"}));
        element.dispatchEvent(new ClipboardEvent("paste", {clipboardData: carried, bubbles: true, cancelable: true})) }"""
    async with screen(server.address, "nl", "phone") as window:
        await window.goes("fatma")
        await window.page.locator(".room textarea").first.evaluate(paste)
        await window.sees("Een foto of bestand kan hier niet")
        await window.says("/kompas dilemma")
        await window.form.wait_for()
        await window.question("situation").locator("textarea").evaluate(paste)
        assert "foto of bestand" in await window.form.locator("[data-wrong]").inner_text()
