"""The pages as people see them, in Chromium: axe finds no fault, on a wide screen or a narrow one."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
import pytest_asyncio
from playwright.async_api import Browser, Page, Route
from sandbox.scenario import cast
from sandbox.scenario.people import let_in
from support.browsing import Window, chromium, open_browser, window
from support.everything import Everything

pytestmark = [pytest.mark.servers, pytest.mark.asyncio(loop_scope="session")]


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def browser() -> AsyncIterator[Browser]:
    executable = chromium()
    if executable is None:
        pytest.skip("no Chromium on the PATH: the pages are not looked at in a browser")
    async with open_browser(executable) as opened:
        yield opened


async def test_a_victims_pages(everything: Everything, browser: Browser) -> None:
    world, address = everything.world, everything.world.addresses.journey
    first, second, *_ = everything.victims.ids.values()
    await let_in(world, cast.POLICE_OFFICER, victim=first, persona=cast.AMIRA)
    await everything.victims.have_news()
    async with window(browser) as amira:
        await amira.sign_in(address, name=cast.AMIRAS_NAME)
        await amira.look("updates, not opened")
        await amira.press("Open this update")
        await amira.look("updates, one opened")
        await closed_entries_are_printed(amira.page)
        assert await entries_open_and_close_together(amira.page)
        await let_in(world, cast.POLICE_OFFICER, victim=second, persona=cast.AMIRA)
        await amira.reload_until_button("Show the updates")
        await amira.look("whose updates to see")
        async with tab_beside(amira, address) as other:
            await amira.press("Show the updates")
            await amira.look("somebody else's updates")
            await everything.victims.have_news()
            await other.get_by_text("This page is not kept up to date any more.").wait_for()
            await amira.page.get_by_text("There is something new.").wait_for()


async def test_the_reference_for_developers(everything: Everything, browser: Browser) -> None:
    address = everything.world.addresses.intake
    async with window(browser) as developer:
        asked: list[str] = []
        developer.page.on("request", lambda request: asked.append(request.url))
        await developer.page.goto(f"{address}/reference")
        await developer.page.get_by_role("heading", name="Throughline intake").wait_for()
        # Redoc's own headings leave out levels.
        await developer.look("the reference of requests", apart="heading-order")
        assert all(url.startswith(address) for url in asked), "the reference is made of nothing from elsewhere"
        await developer.page.get_by_role("link", name="Event types").click()
        await developer.look("the reference of event types")
        await developer.page.get_by_role("link", name="Problems").click()
        await developer.look("the list of problems")
        await developer.page.get_by_role("link", name="You may not do this").first.click()
        await developer.look("a problem")


async def entries_open_and_close_together(page: Page) -> bool:
    """By one button, whose name says what it does next."""
    entries = page.locator(".timeline details")
    await page.get_by_role("button", name="Show all").click()
    opened: bool = await entries.evaluate_all("(all) => all.length > 0 && all.every((entry) => entry.open)")
    await page.get_by_role("button", name="Hide all").click()
    closed: bool = await entries.evaluate_all("(all) => all.every((entry) => !entry.open)")
    return opened and closed


async def closed_entries_are_printed(page: Page) -> None:
    """Waits until all entries show in print, those too that are closed on the screen.

    The browser may lay the page out anew only after it has said that the medium is another.
    """
    await page.evaluate("for (const entry of document.querySelectorAll('details')) { entry.open = false; }")
    await page.emulate_media(media="print")
    await page.wait_for_function(
        """() => document.querySelector('details p') && [...document.querySelectorAll('details p')].every(
            (line) => line.checkVisibility({contentVisibilityAuto: true}))""",
        timeout=5_000,
    )
    await page.emulate_media(media="screen")


async def test_signing_out_lasts_though_the_issuer_knows_the_browser(everything: Everything, browser: Browser) -> None:
    """The issuer signs a person in without asking for an hour; neither Back nor signing in again shows anything."""
    world, address = everything.world, everything.world.addresses.journey
    await let_in(world, cast.POLICE_OFFICER, victim=next(iter(everything.victims.ids.values())), persona=cast.BEN)
    async with window(browser) as ben:
        await ben.sign_in(address, name=cast.BENS_NAME)
        async with tab_beside(ben, address) as other:
            await ben.press("Sign out")
            await ben.page.wait_for_url(f"{address}/signed-out")
            await ben.look("signed out")
            await other.wait_for_url(f"{address}/signed-out", timeout=20_000)
        await ben.page.go_back()
        await ben.page.wait_for_load_state()
        shown = await ben.page.inner_text("body")
        assert "Who are you today?" in shown, shown + ben.page.url
        await ben.page.goto(address)
        await ben.page.get_by_text("Who are you today?").wait_for()
    async with window(browser) as ben:
        await ben.sign_in(address, name=cast.BENS_NAME)
        await ben.page.route("**/exit", lambda route: route.fulfill(body="left"))
        for _ in range(3):
            await ben.page.keyboard.press("Shift")
        await ben.page.wait_for_url("**/exit")


@asynccontextmanager
async def tab_beside(one: Window, address: str) -> AsyncIterator[Page]:
    """Another tab of the same browser, once it listens to what is new."""
    tab = await one.page.context.new_page()
    async with tab.expect_response("**/live"):
        await tab.goto(address)
    yield tab
    await tab.close()


async def test_a_page_open_over_midnight_says_of_which_day_it_is(everything: Everything, browser: Browser) -> None:
    """The stream is answered here, as it would be the day after; what is new is said in the place of what is old."""
    world, address = everything.world, everything.world.addresses.journey
    await let_in(world, cast.POLICE_OFFICER, victim=list(everything.victims.ids.values())[-1], persona=cast.BEN)
    said = ['event: day\ndata: {"day": "2999-01-01"}\nretry: 200\n\n']

    async def answer(route: Route) -> None:
        await route.fulfill(content_type="text/event-stream", body="".join(said))

    async with window(browser) as ben:
        await ben.page.route("**/live", answer)
        await ben.sign_in(address, name=cast.BENS_NAME)
        notice = ben.page.locator("#news")
        day = await notice.get_attribute("data-read-on")
        await notice.get_by_text(f"This page is from {day}. Load it again").wait_for()
        await ben.look("updates of another day")
        said.append("event: changed\ndata: {}\n\n")
        await notice.get_by_text("There is something new. Show it").wait_for()


async def test_an_officers_pages(everything: Everything, browser: Browser) -> None:
    address = everything.world.addresses.witness_care
    async with window(browser) as officer:
        await officer.sign_in(address, name="Ellis Barrow")
        await officer.look("nobody taken over yet")
        await officer.page.get_by_label("Your name").first.fill("Ellis Barrow")
        await officer.press("Become")
        await officer.look("somebody taken over")
        await officer.page.get_by_label("How you were in touch").first.select_option("phone")
        await officer.press("Record this contact")
        await officer.look("a contact without what it needs")
        await officer.press("Open ")
        await officer.look("one victim's page")
        await officer.page.get_by_role("heading", name="What happened, newest first").wait_for()
        assert "cannot be shown" not in await officer.page.inner_text("main")
        await officer.page.goto(f"{address}/questions")
        await officer.look("messages to decide")
        assert "Nothing waits for a decision." in await officer.page.inner_text("main")
        await officer.page.goto(f"{address}/colleagues")
        await officer.look("colleagues")
    async with window(browser) as colleague:
        await colleague.sign_in(address, name="Sgt Dana Marsh")
        await colleague.page.goto(f"{address}/colleagues")
        await colleague.page.get_by_label("Who answers").select_option(index=1)
        await colleague.press("Show their victims")
        await colleague.look("a colleague's victims")
        await colleague.page.get_by_label("Your name").fill("Dana Marsh")
        await colleague.press("Take over those ticked")
        await colleague.look("nobody ticked")
        await colleague.page.get_by_role("checkbox").first.check()
        await colleague.press("Take over those ticked")
        await colleague.look("taken over from a colleague")


async def test_what_is_not_there(everything: Everything, browser: Browser) -> None:
    async with window(browser) as nobody:
        answer = await nobody.page.goto(f"{everything.world.addresses.journey}/nothing-here")
        assert answer is not None
        assert answer.status == 404
        await nobody.look("a page that is not there")
