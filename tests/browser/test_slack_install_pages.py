"""The pages that add the app to a workspace, in a real Chromium: on a phone and a desk, in Dutch and English."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import AsyncIterator
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
import uvicorn

from compassbot.words import Words
from tests.browser.screen import Screen, screen
from tests.slack.many import Building, building


@pytest.fixture
async def server(tmp_path: Path) -> AsyncIterator[tuple[Building, str]]:
    """The app, and the address at which it is served."""
    async with building(tmp_path, "") as made, made.process():
        with socket.create_server(("127.0.0.1", 0)) as listening:
            served = uvicorn.Server(uvicorn.Config(made.app, log_config=None, access_log=False, lifespan="off"))
            serving = asyncio.create_task(served.serve(sockets=[listening]))
            yield made, f"http://127.0.0.1:{listening.getsockname()[1]}"
            served.should_exit = True
            await serving


async def looks_well(window: Screen, title: str, sentence: str, picture: Path) -> None:
    """A page says what it must, fits on the screen, can be used by everybody, and what can be pressed is large."""
    page = window.page
    await page.screenshot(path=picture, full_page=True)
    assert await page.locator("html").get_attribute("lang") == window.language
    assert await page.title() == title
    assert await page.locator("h1").all_inner_texts() == [title]
    assert sentence in await page.locator("main").inner_text()
    assert not await window.scrolls_sideways()
    assert await window.faults() == []
    for button in await page.locator("a.button").all():
        box = await button.bounding_box()
        assert box
        assert box["height"] >= 44


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("size", ["phone", "desktop"])
async def test_the_pages_are_clear_to_everybody(
    server: tuple[Building, str], tmp_path: Path, language: str, size: str, scheme: str
) -> None:
    """The page to begin on, the one after it, and two that say why it did not work and how to go on."""
    made, address = server
    words = Words(language)
    async with screen(address, language, size) as window:
        page = window.page
        await page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
        await page.goto(f"{address}/slack/install")
        pictures = tmp_path / f"{language}-{size}-{scheme}"
        pictures.mkdir()
        await looks_well(window, words("slack-install-title"), words("slack-install-may-not"), pictures / "begin.png")
        link = await page.get_by_role("link", name=words("slack-install-add")).get_attribute("href")
        assert link
        [state] = parse_qs(urlsplit(link).query)["state"]
        back = f"{address}/slack/oauth_redirect"
        await page.goto(f"{back}?state={state}&code={await made.slack.allows('T0WERK', 'U0ILSE')}")
        done = words("slack-install-done-title")
        await looks_well(window, done, words("slack-install-step-choose"), pictures / "done.png")
        assert (await made.tenant("T0WERK")).team == "T0WERK"

        await page.goto(f"{back}?state={state}&code=again")
        sorry = words("slack-install-not-title")
        await looks_well(window, sorry, words("slack-install-browser"), pictures / "browser.png")
        await page.goto(f"{back}?error=access_denied&state={state}")
        await looks_well(window, sorry, words("slack-install-denied"), pictures / "denied.png")
        await page.get_by_role("link", name=words("slack-install-again")).click()
        await window.sees(words("slack-install-may-not"))
