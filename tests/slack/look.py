"""A person who looks at the page of local-slack in a real Chromium, and takes pictures of it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from playwright.async_api import Locator, Page, async_playwright

from tests.browser.screen import DESKTOP, PATIENCE, PHONE, QUIET, chromium
from tests.slack.local import LocalSlack


@dataclass
class Look:
    """One browser window on the workspace, as one person."""

    page: Page
    slack: LocalSlack
    user: str

    async def at_channel(self, channel: str, text: str = "") -> None:
        """Look at a channel, and wait until these words are there."""
        await self._goes(f"/archives/{channel}")
        await self.sees(text or self.slack.channels.get(channel, ""))

    async def at_thread(self, channel: str, ts: str, text: str = "") -> None:
        """Look at the thread of a message, and wait until these words are in it."""
        await self.at_channel(channel)
        await self.page.locator(f'.msg[data-ts="{ts}"] .thread-summary').click()
        await self.page.locator(".thread-pane").get_by_text(text).last.wait_for(timeout=PATIENCE)

    async def at_home(self, text: str = "") -> None:
        """Look at App Home, and wait until these words are there."""
        await self.page.locator(".sidebar-item", has_text="Kompas").last.click()
        await self.page.locator(".home").get_by_text(text).last.wait_for(timeout=PATIENCE)

    async def at_direct(self, text: str = "") -> None:
        """Look at the messages of the bot to this person alone."""
        await self.at_channel(await self.slack.direct(self.user), text)

    async def says(self, line: str) -> None:
        """Type a line or a command under the channel, and send it."""
        box = self.page.locator(".composer-input").first
        await box.fill(line)
        await box.press("Enter")

    async def presses(self, words: str) -> None:
        """Press the last button with these words."""
        await self.page.get_by_role("button", name=words).last.click()

    async def fills(self, label: str, value: str) -> None:
        """Fill in a question of the open modal: a text, or an option by its words."""
        question = self.question(label)
        if await question.locator("select").count():
            await question.locator("select").select_option(label=value)
        elif await question.locator(".bk-options").count():
            await question.locator("label", has_text=value).last.click()
        else:
            await question.locator("input").fill(value)

    def question(self, label: str) -> Locator:
        """Return a question of the open modal."""
        return self.page.locator(".modal .bk-input", has=self.page.locator(".bk-label", has_text=label))

    async def sends(self) -> None:
        """Send the open modal."""
        await self.page.locator(".modal .modal-btn.primary").click()

    async def sees(self, text: str) -> None:
        """Wait until these words are on the page."""
        await self.page.get_by_text(text).last.wait_for(state="attached", timeout=PATIENCE)

    async def sees_modal(self, title: str = "") -> None:
        """Wait until a modal is open with this in its title."""
        await self.page.locator(".modal .modal-title", has_text=title).wait_for(timeout=PATIENCE)

    async def cannot_show(self) -> list[str]:
        """Return what the page has no picture of, such as "[video]"."""
        return await self.page.locator(".bk-unknown").all_inner_texts()

    async def picture(self, path: Path) -> Path:
        """Take a picture of the window, and return where it is."""
        path.parent.mkdir(parents=True, exist_ok=True)
        await self.page.evaluate("Promise.all([...document.images].map(one => one.decode().catch(() => 0)))")
        if self.phone:  # Slack on a phone shows one place at a time
            await self.page.add_style_tag(content=".sidebar, .topbar { display: none !important }")
        await self.page.screenshot(path=path)
        if self.phone:
            await self.page.locator("style").last.evaluate("one => one.remove()")
        return path

    @property
    def phone(self) -> bool:
        """Return whether the window is as small as a phone's."""
        size = self.page.viewport_size
        return bool(size and size["width"] < 500)

    async def _goes(self, path: str) -> None:
        await self.page.goto(f"{self.slack.address}{path}")
        await self.page.locator(".topbar select").first.select_option(self.user)


@asynccontextmanager
async def look(slack: LocalSlack, user: str, size: str = "desktop") -> AsyncIterator[Look]:
    """Open a browser on the workspace as somebody, at "desktop" or "phone" size."""
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=chromium(), args=QUIET)
        context = await browser.new_context(viewport=PHONE if size == "phone" else DESKTOP)  # type: ignore[arg-type]
        page = await context.new_page()
        page.set_default_timeout(PATIENCE)
        faults: list[str] = []
        page.on("pageerror", lambda fault: faults.append(str(fault)))
        window = Look(page, slack, user)
        await window.at_channel(next(iter(slack.channels)))
        yield window
        assert faults == []
        await browser.close()
