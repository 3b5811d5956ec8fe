"""The office can be used without a mouse, in the dark, and where something is not there."""

from __future__ import annotations

import pytest

from tests.browser.screen import Screen, screen
from tests.conversations.stories import DILEMMA
from tests.serving import Server

TYPED = ("situation", "moment", "question", "option_a", "cost_a", "option_b", "cost_b")


async def _focused(window: Screen) -> str:
    return str(
        await window.page.evaluate(
            "() => (document.activeElement.closest('[data-question]') || {dataset: {}}).dataset.question"
            " || document.activeElement.getAttribute('aria-label') || document.activeElement.labels?.[0]?.textContent"
            " || document.activeElement.innerText || ''"
        )
    )


async def _tabs_to(window: Screen, what: str) -> None:
    for _ in range(80):
        await window.page.keyboard.press("Tab")
        if (await _focused(window)).strip().startswith(what):
            return
    raise AssertionError(f"Tab does not reach {what!r}")


async def test_a_dilemma_is_shared_by_keyboard_alone(server: Server) -> None:
    """Tab, type, arrows and Enter lead from the channel to a posted dilemma; completion fills in the command."""
    async with screen(server.address, "nl", "desktop") as window:
        await window.page.goto(server.address)
        await window.page.keyboard.press("Tab")
        assert await _focused(window) == "Direct naar de berichten"
        await _tabs_to(window, "Bericht in dilemma’s")
        await window.page.keyboard.type("/kompas dil")
        await window.page.keyboard.press("ArrowDown")
        await window.page.keyboard.press("Enter")
        if not await window.form.count():
            await window.page.keyboard.press("Enter")
        await window.form.wait_for()
        for name in TYPED:
            await _tabs_to(window, name)
            await window.page.keyboard.type(DILEMMA[name])
        await _tabs_to(window, "time")
        await window.page.keyboard.press("ArrowDown")
        await window.page.keyboard.press("Tab")
        await window.page.keyboard.press("Enter")
        await window.sees("Zo zien je collega’s het")
        await _tabs_to(window, "Plaats het dilemma")
        await window.page.keyboard.press("Enter")
        await window.sees("Dilemma 1 is geplaatst")
        assert await window.page.locator("dialog[open]").count() == 0


async def test_escape_leaves_a_form_and_loses_nothing(server: Server) -> None:
    """Escape closes the form at once; what was typed stands there when it is opened again, after a reload too."""
    async with screen(server.address, "nl", "phone") as window:
        await window.goes("fatma")
        await window.says("/kompas dilemma")
        await window.fills(moment="Zij vraagt of ik het zeker weet.")
        await window.page.keyboard.press("Escape")
        await window.form.wait_for(state="detached")
        await window.page.wait_for_timeout(500)
        await window.page.reload()
        await window.says("/kompas dilemma")
        await window.form.wait_for()
        assert await window.question("moment").locator("textarea").input_value() == "Zij vraagt of ik het zeker weet."


async def test_a_mistake_is_shown_beside_its_question(server: Server) -> None:
    """What is missing is said beside each question and in a summary that has the focus; the rest stays."""
    async with screen(server.address, "en", "phone") as window:
        await window.goes("fatma")
        await window.says("/compass dilemma")
        await window.fills(situation="🙂🙂🙂", moment="She asks me.")
        await window.sends()
        assert await window.question("question").locator(".wrong").is_visible()
        assert await window.question("moment").locator("textarea").input_value() == "She asks me."
        assert await window.page.evaluate("document.activeElement.hasAttribute('data-faults')")
        await window.shows("missing")


@pytest.mark.parametrize("size", ["phone", "desktop"])
async def test_no_page_has_a_fault_in_the_dark_either(server: Server, size: str) -> None:
    """axe-core finds nothing on the office, its menus, an empty channel, the inbox and a page that is not there."""
    async with screen(server.address, "nl", size) as window:
        await window.page.emulate_media(color_scheme="dark")
        await window.page.goto(server.address)
        assert await window.faults() == []
        await window.page.locator("[data-welcome-close]").click()
        for where in ("dilemmas", "learning", "general", "@kompas"):
            await window.goes("fatma", where)
            assert await window.faults() == [], where
            assert not await window.scrolls_sideways(), where
        await window.page.locator("[popovertarget=clock]").click()
        assert await window.faults() == []
        await window.page.goto(f"{server.address}/as/nobody/dilemmas")
        assert await window.faults() == []


async def test_two_windows_see_the_same_at_once(server: Server) -> None:
    """What one person says appears in the window of another without a reload, and is announced."""
    async with screen(server.address, "nl", "desktop") as mine, screen(server.address, "nl", "desktop") as theirs:
        await mine.goes("fatma", "general")
        await theirs.goes("joost", "general")
        await mine.says("Goedemorgen & <tot> *straks*")
        await theirs.sees("Goedemorgen & <tot> *straks*")
        await theirs.page.wait_for_function("document.getElementById('announce').innerText.length > 0")
