"""A person at a real Chromium: what they see, press and fill in, and whether axe-core finds fault with it."""

from __future__ import annotations

import re
import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import axe_playwright_python
from playwright.async_api import Locator, Page, async_playwright

PICTURES = Path(__file__).parents[2] / "docs" / "pictures"
AXE = Path(axe_playwright_python.__file__).parent / "axe.min.js"
PHONE, DESKTOP = {"width": 360, "height": 740}, {"width": 1440, "height": 900}
QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
PATIENCE = 15_000  # milliseconds


def chromium() -> str | None:
    """Return the Chromium of this machine; None for the one that playwright installed itself."""
    found = (shutil.which(name) for name in ("chromium", "chromium-browser", "google-chrome"))
    return next((path for path in found if path), None)


@dataclass
class Screen:
    """One browser window. `who` is the person that the visitor is now."""

    page: Page
    address: str
    language: str
    size: str
    who: str = "fatma"

    async def goes(self, who: str, where: str = "dilemmas", thread: str = "") -> None:
        """Look at a place as somebody."""
        self.who = who
        await self.page.goto(f"{self.address}/as/{who}/{where}" + (f"/{thread}" if thread else ""))
        close = self.page.locator("[data-welcome-close]")
        if await close.count():
            await close.click()

    async def says(self, line: str) -> None:
        """Type a line and send it."""
        box = self.page.locator(".room textarea, .room [role=combobox]").first
        await box.fill(line)
        await box.press("Escape")  # the list of commands
        await box.press("Enter")

    async def presses(self, label: str) -> None:
        """Press the last button with these words."""
        await self.button(label).click()

    def button(self, label: str) -> Locator:
        """Return the last button with these words."""
        return self.page.get_by_role("button", name=re.compile(f"^{re.escape(label)}")).last

    @property
    def form(self) -> Locator:
        """Return the form that is open."""
        return self.page.locator("dialog#asked[open] form")

    async def asks(self, name: str) -> bool:
        """Return whether the open form has a question."""
        await self.form.wait_for(timeout=PATIENCE)
        return await self.question(name).count() > 0

    def question(self, name: str) -> Locator:
        """Return a question of the open form."""
        return self.form.locator(f'[data-question="{name}"]')

    async def fills(self, **answers: Any) -> None:
        """Fill in what is named, without sending."""
        await self.form.wait_for(timeout=PATIENCE)
        for name, answer in answers.items():
            for value in answer if isinstance(answer, tuple) else (answer,):
                await self._fill(self.question(name), str(value))

    async def sends(self) -> None:
        """Send the open form, and wait for what comes after it."""
        title = await self.form.locator("h2").inner_text()
        await self.form.locator(".asked-foot button").click()
        await self.page.wait_for_function(
            """before => { const form = document.querySelector("dialog#asked[open] form");
                return !form || form.querySelector("h2").innerText !== before
                    || !form.querySelector("[data-faults]").hidden }""",
            arg=title,
            timeout=PATIENCE,
        )

    async def sees(self, text: str) -> None:
        """Wait until a text is on the page."""
        await self.page.get_by_text(text, exact=False).last.wait_for(state="attached", timeout=PATIENCE)

    async def shows(self, name: str) -> None:
        """Take a picture for the docs, and let axe-core look for faults."""
        await self.page.wait_for_timeout(250)  # what slides in has arrived
        PICTURES.mkdir(parents=True, exist_ok=True)
        await self.page.screenshot(path=PICTURES / f"{self.language}-{name}-{self.size}.png")
        assert await self.faults() == []

    async def faults(self) -> list[str]:
        """Return what axe-core finds wrong, with the first element of each."""
        await self.page.evaluate(AXE.read_text(encoding="utf8"))
        found = await self.page.evaluate("async () => (await axe.run()).violations")
        return [
            f"{one['id']}: {one['nodes'][0]['html'][:200]} {one['nodes'][0].get('failureSummary')}" for one in found
        ]

    async def scrolls_sideways(self) -> bool:
        """Return whether the page is wider than the screen."""
        return bool(await self.page.evaluate("document.documentElement.scrollWidth > window.innerWidth"))

    async def _fill(self, question: Locator, value: str) -> None:
        choice = question.locator(f'input[value="{value}"]')
        if await choice.count() and await choice.first.get_attribute("type") in ("radio", "checkbox"):
            await choice.first.check()
        elif await question.locator("select").count():
            await question.locator("select").select_option(value)
        else:
            await question.locator("textarea, input").first.fill(value)


@asynccontextmanager
async def screen(address: str, language: str, size: str) -> AsyncIterator[Screen]:
    """Open a browser on the office, in a language and at "phone" or "desktop" size."""
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=chromium(), args=QUIET)
        context = await browser.new_context(
            viewport=PHONE if size == "phone" else DESKTOP,  # type: ignore[arg-type]
            locale=f"{language}-{'NL' if language == 'nl' else 'GB'}",
            has_touch=size == "phone",
        )
        page = await context.new_page()
        page.set_default_timeout(PATIENCE)
        faults: list[str] = []
        page.on("pageerror", lambda fault: faults.append(str(fault)))
        yield Screen(page, address, language, size)
        assert faults == []
        await browser.close()
