"""A real browser for the pages, where there is one, and what is asked of every page in it."""

import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from axe_playwright_python.async_playwright import Axe
from playwright.async_api import Browser, ConsoleMessage, Page, ViewportSize, async_playwright
from support.deadline import until

DESK: ViewportSize = {"width": 1280, "height": 900}
NARROW: ViewportSize = {"width": 320, "height": 800}
# No network but the pages', and none of the browser's own errands; the sandbox cannot be had by root.
_ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]


def chromium() -> str | None:
    """Where Chromium is, if it is installed."""
    return next(
        (path for name in ("chromium", "chromium-browser", "google-chrome") if (path := shutil.which(name))), None
    )


@asynccontextmanager
async def open_browser(executable: str) -> AsyncIterator[Browser]:
    """Closed afterwards, with all its windows."""
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=executable, args=_ARGUMENTS)
        try:
            yield browser
        finally:
            await browser.close()


@dataclass
class Window:
    """One page of one person's own; `errors` is what its console complained of."""

    page: Page
    errors: list[str] = field(default_factory=list)

    def hear(self, said: ConsoleMessage) -> None:
        """Note an error, but not the page's own status."""
        about = said.location["url"]
        if said.type == "error" and about != self.page.url:
            self.errors.append(f"{said.text} {about}")

    async def sign_in(self, address: str, *, name: str) -> None:
        """Open the address and be this persona of the sandbox's issuer."""
        await self.page.goto(address)
        await self.look("the sandbox's sign-in")
        await self.page.get_by_text(name).first.click()
        await self.page.wait_for_url(f"{address}/**")

    async def press(self, button: str) -> None:
        """Press the first button whose name begins so, and wait for the page that comes of it."""
        async with self.page.expect_navigation():
            await self.page.get_by_role("button", name=button).first.click()

    async def reload_until_button(self, name: str) -> None:
        """What was done elsewhere takes a moment to come."""

        async def there() -> bool:
            await self.page.reload()
            return await self.page.get_by_role("button", name=name).count() > 0

        await until(there, f"there is a button {name!r}")

    async def look(self, what: str, *, apart: str = "") -> None:
        """Nothing that axe finds fault with, but for one rule, wide and narrow; and nothing to scroll sideways for."""
        for size in (DESK, NARROW):
            await self.page.set_viewport_size(size)
            found = (await Axe().run(self.page)).response["violations"]
            faults = [
                f"{one['id']}: {one['help']} {[node['target'] for node in one['nodes']]}"
                for one in found
                if one["id"] != apart
            ]
            assert not faults, f"{what} at {size['width']} pixels: {faults}"
            width = await self.page.evaluate("document.documentElement.scrollWidth")
            assert width <= size["width"], f"{what} is {width} pixels wide on a window of {size['width']}"


@asynccontextmanager
async def window(browser: Browser) -> AsyncIterator[Window]:
    """A window that shares nothing with others; it must not have complained when it is closed."""
    context = await browser.new_context(viewport=DESK)
    own = Window(await context.new_page())
    own.page.on("pageerror", lambda error: own.errors.append(str(error)))
    own.page.on("console", lambda said: own.hear(said))
    yield own
    await context.close()
    assert not own.errors, own.errors
