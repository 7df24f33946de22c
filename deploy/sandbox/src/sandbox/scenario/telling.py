"""From news to told: it waits for a safe hour, one neutral message leaves, she opens each item, nothing is owed."""

import re
from collections.abc import Sequence
from datetime import timedelta

from sandbox.scenario import cast
from sandbox.scenario.answers import Entry, Timeline
from sandbox.scenario.calls import expect
from sandbox.scenario.days import evening_comes
from sandbox.scenario.letters import letters, of_news
from sandbox.scenario.people import in_care_of, status, timeline
from sandbox.scenario.tale import Tale
from sandbox.scenario.waiting import demand, eventually, until
from sandbox.world import World

_ON_THE_PAGE = re.compile(r'name="news_id" value="([0-9a-f-]{36})"')
SAME_ORIGIN = {"Sec-Fetch-Site": "same-origin"}
ASKED_AFTER = timedelta(minutes=2)
"""By then Notify has been asked what became of a message."""


async def news_of(tale: Tale, *types: str) -> list[Entry]:
    """Waits until there is untold news of each of these types ("court.verdict-reached") on Amira's own timeline."""

    async def look() -> list[Entry] | None:
        untold = [entry for entry in (await hers(tale)).of(*types) if entry.to_be_told]
        return untold if {entry.type.rpartition(".")[0] for entry in untold} >= set(types) else None

    async def seen() -> object:
        return [entry.type for entry in (await hers(tale)).entries]

    return await eventually(f"news of {', '.join(types)} on Amira's timeline", look, seen=seen)


async def hers(tale: Tale) -> Timeline:
    """Amira's timeline as she may see it."""
    return await timeline(tale.world, cast.AMIRA, of=tale.known.amira)


async def notified_in_the_evening(tale: Tale, news: Sequence[Entry]) -> None:
    """Nothing leaves before the evening; then one message for all of it."""
    before = len(of_news(await letters(tale.world)))
    await evening_comes(tale.world)
    wanted = {entry.news_id for entry in news}

    async def all_notified() -> bool:
        entries = (await hers(tale)).entries
        return all(entry.notified_at for entry in entries if entry.news_id in wanted)

    await until("a message about the news, in her safe hours", all_notified)
    left = of_news(await letters(tale.world))
    demand(len(left) == before + 1, f"{len(left) - before} messages left for one evening's news")
    await deliveries_are_on_record(tale)


async def deliveries_are_on_record(tale: Tale) -> None:
    """Notify says that all arrived, and minutes later, when it is asked, this is on record; it is not being told."""
    world = tale.world

    async def arrived() -> bool:
        return all(letter.status == "delivered" for letter in await letters(world))

    async def recorded() -> bool:
        seen = await timeline(world, cast.POLICE_OFFICER, of=tale.known.amira)
        return len(seen.of("notifications.message-delivered")) == len(await letters(world))

    await until("every message that left has arrived", arrived)
    await world.clock.advance_by(ASKED_AFTER)
    await until("the arrival of every message is on record", recorded)


async def opens_everything(tale: Tale, *, officer: str) -> None:
    """She signs in and opens every item that waits; that is being told, and nothing is owed to her then."""
    await _open_on_the_page(tale.world)

    async def all_told() -> bool:
        return not any(entry.to_be_told for entry in (await hers(tale)).entries)

    await until("every item that she opened counts as told", all_told)
    await nothing_is_owed(tale, officer=officer)


async def nothing_is_owed(tale: Tale, *, officer: str) -> None:
    """Waits until the officer's list is empty for her and no duty is open."""

    async def empty() -> bool:
        care = await in_care_of(tale.world, officer, victim=tale.known.amira)
        return care is not None and not care.items

    async def no_duty() -> bool:
        return not (await status(tale.world, cast.AMIRA, of=tale.known.amira)).owed

    async def still_due() -> object:
        care = await in_care_of(tale.world, officer, victim=tale.known.amira)
        return [(item.kind, item.what) for item in care.items] if care else "she is not on the list"

    await until("no duty towards Amira is open", no_duty)
    await until(f"the {officer}'s due list is empty for Amira", empty, seen=still_due)


async def told_the_same_evening(tale: Tale, *types: str, officer: str) -> list[Entry]:
    """News of these types comes, she is notified in the evening, opens it all, and nothing is owed."""
    news = await news_of(tale, *types)
    await notified_in_the_evening(tale, news)
    await opens_everything(tale, officer=officer)
    return news


async def nothing_waits_for_her(tale: Tale, *, officer: str) -> None:
    """No item waits on her page, none of it is untold, and no officer is asked to tell her anything. Raises NotSo."""
    world = tale.world
    async with world.browser(cast.AMIRA, at=world.addresses.journey) as browser:
        page = expect(await browser.get("/"), 200).text
    demand(not _ON_THE_PAGE.search(page), "an item waits on her page")
    demand(not any(entry.to_be_told for entry in (await hers(tale)).entries), "her timeline has news")
    care = await in_care_of(world, officer, victim=tale.known.amira)
    demand(care is not None and not care.items, "the officer's list asks for something towards Amira")


async def _open_on_the_page(world: World) -> None:
    async with world.browser(cast.AMIRA, at=world.addresses.journey) as browser:
        page = expect(await browser.get("/"), 200).text
        waiting = list(dict.fromkeys(_ON_THE_PAGE.findall(page)))
        demand(waiting, "nothing on her page waits to be opened")
        for news_id in waiting:
            expect(await browser.post("/seen", data={"news_id": news_id}, headers=SAME_ORIGIN), 200)
        page = expect(await browser.get("/"), 200).text
        demand(not _ON_THE_PAGE.search(page), "an item that she opened still waits on her page")
