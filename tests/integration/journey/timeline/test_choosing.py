"""A sign-in that may see several timelines chooses whose; its session keeps the choice, and no address says it."""

import asyncio
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta

import httpx2
import msgspec
import pytest
from chassis.consumer.events import ConsumedEvent
from contracts.ids import VictimId
from journey.facts.fact import EventKey, Fact, news_id_of
from journey.timeline.choices import Choices
from journey.timeline.store import TimelineTables
from journey.timeline.texts import Closed
from journey.wording.content import REMOVED, Content
from support.journey_facts import (
    AMIRA,
    BORIS,
    MONDAY,
    OTHER_CASE,
    Journey,
    an_id,
    corrected,
    crime_reported,
    data_of,
    linked,
    retracted,
    trial,
    victim_identified,
)
from support.journey_site import ENDED, SUBJECTS, Site

PARENT = SUBJECTS[AMIRA]
STRANGER = an_id("stranger")


@pytest.fixture
async def parent(site: Site, journey: Journey) -> Site:
    """Amira's sign-in may see Boris's timeline too; each has a crime of their own and a name that the police gave."""
    await journey.intake(linked(journey, AMIRA), crime_reported(journey))
    later = MONDAY + timedelta(days=1)
    await journey.intake(linked(journey, BORIS, case=OTHER_CASE), crime_reported(journey, case=OTHER_CASE, at=later))
    await journey.intake(victim_identified(journey, AMIRA, name="Amira Khan"))
    await journey.intake(victim_identified(journey, BORIS, name="Boris Khan", case=OTHER_CASE))
    await site.grant(BORIS, subject=PARENT)
    return site


@dataclass
class Purposes:
    """Opens facts that are not sealed, and remembers what was opened for what."""

    asked: list[tuple[str, str]] = field(default_factory=list)

    async def contents(
        self, facts: Sequence[Fact], *, purpose: str, closed: Mapping[EventKey, Closed]
    ) -> dict[EventKey, Content]:
        assert set(closed) == {fact.key for fact in facts}
        self.asked += [(purpose, fact.type) for fact in facts]
        return {fact.key: Content(msgspec.json.decode(fact.body)["data"]) for fact in facts}


def shown(page: str) -> str:
    """Whose updates the page says that they are."""
    [found] = re.findall("These are the updates <strong>(.*)</strong>", page)
    return str(found)


def offered(page: str) -> list[str]:
    return re.findall(">Show the updates (.*?)</button>", page)


def news_of(event: ConsumedEvent, victim: str) -> str:
    return news_id_of(EventKey(event.header.source, event.header.id), VictimId(victim))


async def choose(browser: httpx2.AsyncClient, victim: str) -> httpx2.Response:
    return await browser.post("/choose", data={"victim_id": victim})


async def rings(site: Site, lines: asyncio.Queue[str]) -> bool:
    """Does the stream say that there is something new, once it has looked again?"""
    site.changes.ring()
    return "changed" in await lines.get()


async def revoke(journey: Journey, victim: str) -> None:
    said = {"subject": PARENT, "revoked_by": "officer-1"}
    await journey.apply(journey.event("witness-care.access-revoked", said, case=None, victim=victim))


async def test_a_sign_in_with_one_timeline_is_asked_nothing(parent: Site) -> None:
    async with await parent.signed_in(BORIS) as browser:
        page = (await browser.get("/")).text
    assert "/choose" not in page
    assert "These are the updates" not in page


async def test_the_choice_says_whose_it_is_and_lasts(parent: Site, journey: Journey) -> None:
    await journey.intake(trial(journey, "set", case=OTHER_CASE, at=MONDAY + timedelta(days=2)))
    async with await parent.signed_in(AMIRA) as browser:
        first = (await browser.get("/")).text
        answer = await choose(browser, BORIS)
        second, again = (await browser.get("/")).text, (await browser.get("/")).text
    assert (shown(first), offered(first)) == ("for Amira Khan", ["for Boris Khan"])
    assert (answer.status_code, answer.headers["location"]) == (303, "/")
    assert (shown(second), offered(second)) == ("for Boris Khan", ["for Amira Khan"])
    assert shown(again) == "for Boris Khan"
    assert "There is an update from the court" in second
    assert "There is an update from the court" not in first


async def test_no_address_says_whose_timeline_it_is(parent: Site) -> None:
    async with await parent.signed_in(AMIRA) as browser:
        await choose(browser, BORIS)
        page = (await browser.get("/")).text
    addresses = re.findall(r'(?:href|src|action)="([^"]*)"', page)
    assert "/choose" in addresses
    assert not [address for address in addresses if re.search(r"[0-9a-f]{8}-", address)]
    assert re.findall("<title>(.*)</title>", page) == ["Your updates"]


async def test_nobody_chooses_what_was_not_granted_and_it_answers_like_an_unknown_one(parent: Site) -> None:
    """Guard: another's timeline is not for the choosing."""
    async with await parent.signed_in(BORIS) as browser:
        another, unknown = await choose(browser, AMIRA), await choose(browser, STRANGER)
        page = (await browser.get("/")).text
    assert another.status_code == unknown.status_code == 404
    assert another.content == unknown.content
    assert "Amira" not in page


async def test_another_site_cannot_choose(parent: Site) -> None:
    async with await parent.signed_in(AMIRA) as browser:
        sent = {"Sec-Fetch-Site": "cross-site"}
        answer = await browser.post("/choose", data={"victim_id": BORIS}, headers=sent)
        page = (await browser.get("/")).text
    assert answer.status_code == 403
    assert shown(page) == "for Amira Khan"


async def test_the_choice_ends_with_the_session(parent: Site) -> None:
    async with await parent.signed_in(AMIRA) as browser:
        await choose(browser, BORIS)
        await browser.post("/signout")
    async with await parent.signed_in(AMIRA) as browser:
        assert shown((await browser.get("/")).text) == "for Amira Khan"


async def test_opening_an_update_follows_the_choice(parent: Site, journey: Journey) -> None:
    hers, his = trial(journey, "set"), trial(journey, "set", case=OTHER_CASE, hearing="h-2")
    await journey.intake(hers, his)
    async with await parent.signed_in(AMIRA) as browser:
        await choose(browser, BORIS)
        of_another_page = await browser.post("/seen", data={"news_id": news_of(hers, AMIRA)})
        of_this_page = await browser.post("/seen", data={"news_id": news_of(his, BORIS), "entry": "1"})
    assert of_another_page.status_code == 404
    assert of_this_page.status_code == 303
    timers = await journey.rows("SELECT payload FROM timer")
    assert [timer["payload"]["victim_id"] for timer in timers] == [BORIS]


async def test_a_grant_that_ends_while_chosen_counts_at_once(parent: Site, journey: Journey) -> None:
    """Guard: a choice is checked against what is granted, each time."""
    his = trial(journey, "set", case=OTHER_CASE)
    await journey.intake(his)
    async with await parent.signed_in(AMIRA) as browser:
        await choose(browser, BORIS)
        await revoke(journey, BORIS)
        page = (await browser.get("/")).text
        opened = await browser.post("/seen", data={"news_id": news_of(his, BORIS)})
        chosen = await choose(browser, BORIS)
        await revoke(journey, AMIRA)
        nothing = await browser.get("/")
    assert opened.status_code == chosen.status_code == nothing.status_code == 404
    assert (shown(page), offered(page)) == ("for Amira Khan", [])
    assert "Boris" not in page
    assert not await journey.rows("SELECT 1 FROM timer")


async def test_live_updates_follow_the_choice_and_end_with_the_grant(parent: Site, journey: Journey) -> None:
    session = await parent.sessions.open(PARENT, roles=["victim"])
    await parent.sessions.choose(session, BORIS)
    async with asyncio.timeout(30), parent.listening(session) as lines:
        assert "retry" in await lines.get()
        await journey.intake(trial(journey, "set"))
        assert not await rings(parent, lines)
        await journey.intake(trial(journey, "set", case=OTHER_CASE, hearing="h-2"))
        assert await rings(parent, lines)
        await revoke(journey, BORIS)
        assert await rings(parent, lines)


async def test_a_page_of_another_tab_rings_no_more_for_whom_it_shows(parent: Site, journey: Journey) -> None:
    """Guard: an open stream is for what its session looks at now."""
    session = await parent.sessions.open(PARENT, roles=["victim"])
    async with asyncio.timeout(30), parent.listening(session) as lines:
        await lines.get()
        assert not await rings(parent, lines)
        await parent.sessions.choose(session, AMIRA)
        await journey.intake(trial(journey, "set"))
        assert await rings(parent, lines)
        await parent.sessions.choose(session, BORIS)
        await journey.intake(
            trial(journey, "set", hearing="h-2"), trial(journey, "set", case=OTHER_CASE, hearing="h-3")
        )
        parent.changes.ring()
        assert await lines.get() == ENDED


async def test_a_stream_ends_with_its_session(parent: Site, journey: Journey) -> None:
    session = await parent.sessions.open(PARENT, roles=["victim"])
    async with asyncio.timeout(30), parent.listening(session) as lines:
        await lines.get()
        assert not await rings(parent, lines)
        await parent.sessions.end(session)
        await journey.intake(trial(journey, "set"))
        parent.changes.ring()
        assert (await lines.get()).startswith("event: over")
        assert await lines.get() == ENDED


async def test_a_page_that_shows_anothers_updates_is_told_to_ask_no_more(parent: Site) -> None:
    """The browser opens a broken stream again by itself, with the id that it was given."""
    async with await parent.signed_in(AMIRA) as browser:
        await choose(browser, BORIS)
        answer = await browser.get("/live", headers={"Last-Event-ID": AMIRA})
    assert (answer.status_code, answer.content) == (204, b"")


async def test_without_a_name_each_is_told_by_the_first_day_on_its_page(site: Site, journey: Journey) -> None:
    """The day of the grant is none of them: only officers see it."""
    await site.grant(BORIS, subject=PARENT)
    later = MONDAY + timedelta(days=1)
    await journey.intake(linked(journey, AMIRA, at=later), crime_reported(journey, at=later))
    await journey.intake(victim_identified(journey, AMIRA, name=REMOVED, at=later))
    async with await site.signed_in(AMIRA) as browser:
        page = (await browser.get("/")).text
    assert shown(page) == "that begin on 24 November 2026"
    assert offered(page) == ["that have not begun yet"]


async def test_a_name_that_was_put_right_is_said_as_it_is_right(parent: Site, journey: Journey) -> None:
    wrong = victim_identified(journey, BORIS, name="Ben Khan", case=OTHER_CASE)
    right = {**data_of(wrong), "name": "Bohdan Khan"}
    await journey.intake(wrong, corrected(journey, wrong, right, case=OTHER_CASE, victim=BORIS))
    async with await parent.signed_in(AMIRA) as browser:
        assert offered((await browser.get("/")).text) == ["for Bohdan Khan"]


async def test_a_name_that_was_taken_back_is_not_said(parent: Site, journey: Journey) -> None:
    wrong = victim_identified(journey, BORIS, name="Ben Khan", case=OTHER_CASE)
    await journey.intake(wrong, retracted(journey, wrong, case=OTHER_CASE, victim=BORIS))
    async with await parent.signed_in(AMIRA) as browser:
        assert offered((await browser.get("/")).text) == ["for Boris Khan"]


async def test_telling_them_apart_opens_nothing_but_names(parent: Site, journey: Journey) -> None:
    opening = Purposes()
    choices = Choices(journey.pool, TimelineTables(), opening)
    await choices.among([VictimId(AMIRA), VictimId(BORIS)])
    assert opening.asked == [("whose timeline to choose", "police.victim-identified.v1")] * 2


async def test_two_of_one_name_are_numbered(parent: Site, journey: Journey) -> None:
    await journey.intake(victim_identified(journey, BORIS, name="Amira Khan", case=OTHER_CASE))
    async with await parent.signed_in(AMIRA) as browser:
        page = (await browser.get("/")).text
    assert (shown(page), offered(page)) == ("for Amira Khan (1)", ["for Amira Khan (2)"])
