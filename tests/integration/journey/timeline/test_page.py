"""The page: each sees only her own, in plain words, and opening an item is being told."""

import asyncio
import re
from datetime import timedelta

import msgspec
import pytest
from chassis.key_ring import KeyRing
from chassis.timers import DueTimer
from chassis.vault.composing import Draft, EventComposer
from contracts.events import parse_event
from contracts.ids import VictimId
from journey.errors import NotificationsAway
from journey.facts.fact import EventKey, news_id_of
from journey.tellings.providers.notifications import MemoryNotifications
from journey.tellings.sightings import REPORT_SEEN, SightingReports
from support.journey_facts import (
    AMIRA,
    BORIS,
    CASE,
    MONDAY,
    OTHER_CASE,
    Journey,
    crime_reported,
    investigation_stopped,
    linked,
    retracted,
    told_in_person,
    trial,
    verdict,
    with_body,
)
from support.journey_site import EXIT, SUBJECTS, Site


async def test_a_contact_person_without_a_number_can_still_be_asked_for(site: Site, journey: Journey) -> None:
    said = {"officer": "officer-7", "role": "witness-care-officer"}
    await journey.intake(journey.event("witness-care.contact-assigned", said, case=None, victim=AMIRA))
    async with await site.signed_in(AMIRA) as browser:
        assert "Phone 101 and ask for them" in (await browser.get("/")).text


async def test_what_is_late_says_so_on_the_page(site: Site, journey: Journey) -> None:
    await journey.intake(linked(journey, AMIRA), trial(journey, "set", at=MONDAY - timedelta(days=700)))
    async with await site.signed_in(AMIRA) as browser:
        assert "This is late, and you can ask why." in (await browser.get("/")).text


async def test_of_several_crimes_each_is_told_by_its_day(site: Site, journey: Journey) -> None:
    await journey.intake(linked(journey, AMIRA), crime_reported(journey), trial(journey, "set"))
    later = MONDAY + timedelta(days=1)
    await journey.intake(linked(journey, AMIRA, case=OTHER_CASE), crime_reported(journey, case=OTHER_CASE, at=later))
    async with site.bearing(SUBJECTS[AMIRA], "victim") as client:
        status = (await client.get(f"/victims/{AMIRA}")).json()
    assert status["where_things_are"] == [
        "The crime recorded on 24 November 2026: the police are looking into the crime.",
        "The crime recorded on 23 November 2026: the case is in court. There is a date for the trial.",
    ]


async def test_the_page_needs_a_sign_in_and_leads_there(site: Site) -> None:
    async with site.client() as client:
        answer = await client.get("/")
    assert answer.status_code == 303
    assert answer.headers["location"] == "/signin?return_to=/"


async def test_an_unseen_update_shows_only_whom_it_is_from(site: Site, journey: Journey) -> None:
    await journey.intake(linked(journey, AMIRA), trial(journey, "changed"))
    async with await site.signed_in(AMIRA) as browser:
        page = (await browser.get("/")).text
    assert "There is an update from the court" in page
    assert "Open this update" in page
    assert "a witness was ill" not in page


async def test_hard_news_is_not_on_her_page_before_her_officer_told_her(site: Site, journey: Journey) -> None:
    """Guard: an officer before anything else."""
    stopped = investigation_stopped(journey)
    await journey.intake(linked(journey, AMIRA), stopped)
    async with await site.signed_in(AMIRA) as browser, site.bearing("officer-1", "officer") as officer:
        before = (await browser.get("/")).text
        shown = (await officer.get(f"/victims/{AMIRA}/timeline")).json()["entries"]
        await journey.apply(told_in_person(journey, AMIRA, stopped))
        after = (await browser.get("/")).text
    assert not any(word in before for word in ("stop", "no further action"))
    assert "30 November 2026: somebody gets in touch with you." in before
    assert "police.no-further-action-decided.v1" in [entry["type"] for entry in shown]
    assert "The police decided to take no further action" in after


async def test_where_news_waits_for_an_officer_the_page_says_that_something_is_checked(
    site: Site, journey: Journey
) -> None:
    stopped = investigation_stopped(journey)
    await journey.intake(linked(journey, AMIRA), crime_reported(journey, backfill=True), stopped)
    async with await site.signed_in(AMIRA) as browser, site.bearing("officer-1", "officer") as officer:
        before = (await browser.get("/")).text
        assert "being checked" not in (await officer.get(f"/victims/{AMIRA}")).text
        await journey.apply(told_in_person(journey, AMIRA, stopped))
        after = (await browser.get("/")).text
    assert "Something new is being checked" in before
    assert "The police are looking into the crime." not in before
    assert "being checked" not in after


async def test_another_s_hard_news_and_what_was_taken_back_are_not_said_to_be_checked(
    site: Site, journey: Journey
) -> None:
    stopped, of_another = investigation_stopped(journey), verdict(journey, defendant="d-2")
    await journey.intake(linked(journey, AMIRA, defendant="d-1"), stopped, retracted(journey, stopped), of_another)
    async with await site.signed_in(AMIRA) as browser:
        page = (await browser.get("/")).text
    assert "being checked" not in page


async def test_the_correction_of_hard_news_is_an_officers_to_tell_first_too(site: Site, journey: Journey) -> None:
    stopped = investigation_stopped(journey)
    await journey.intake(linked(journey, AMIRA), stopped, retracted(journey, stopped))
    async with await site.signed_in(AMIRA) as browser:
        page = (await browser.get("/")).text
    assert "There is an update" not in page


async def test_where_things_are_gives_away_nothing_that_she_has_not_opened(site: Site, journey: Journey) -> None:
    date = trial(journey, "set", day="2099-02-02")
    await journey.intake(linked(journey, AMIRA, defendant="d-1"), date, verdict(journey))
    async with await site.signed_in(AMIRA) as browser:
        before = (await browser.get("/")).text
        await journey.apply(told_in_person(journey, AMIRA, date))
        after = (await browser.get("/")).text
    assert "decided on a charge" not in before + after
    assert "There is something newer in what you have not opened yet." in before
    assert "There is an update about a date that you have not opened yet." in before
    assert "witness care tells you" not in before
    assert "The case is in court. There is a date for the trial." in after
    assert "2 February 2099 at 10am: the trial" in after


async def test_opening_an_update_shows_it_and_sets_the_report_on_its_way(site: Site, journey: Journey) -> None:
    event = trial(journey, "changed")
    await journey.intake(linked(journey, AMIRA), event)
    news_id = news_id_of(EventKey(event.header.source, event.header.id), VictimId(AMIRA))
    async with await site.signed_in(AMIRA) as browser:
        answer = await browser.post("/seen", data={"news_id": news_id, "entry": "1"})
        page = (await browser.get("/")).text
    assert (answer.status_code, answer.headers["location"]) == (303, "/#entry-1")
    assert "The court moved the date of the trial" in page
    assert "The reason the court gave: a witness was ill." in page
    assert "Open this update" not in page
    timers = await journey.rows("SELECT key, payload FROM timer WHERE kind = $1", REPORT_SEEN)
    assert [(timer["key"], timer["payload"]["victim_id"]) for timer in timers] == [(news_id, AMIRA)]


async def test_nobody_opens_another_victims_update(site: Site, journey: Journey) -> None:
    event = crime_reported(journey)
    await journey.intake(linked(journey, AMIRA), event)
    news_id = news_id_of(EventKey(event.header.source, event.header.id), VictimId(AMIRA))
    async with await site.signed_in(BORIS) as browser:
        answer = await browser.post("/seen", data={"news_id": news_id})
    assert answer.status_code == 404
    assert not await journey.rows("SELECT 1 FROM timer")


async def test_another_site_cannot_open_an_update(site: Site) -> None:
    async with await site.signed_in(AMIRA) as browser:
        answer = await browser.post("/seen", data={"news_id": AMIRA}, headers={"Sec-Fetch-Site": "cross-site"})
    assert answer.status_code == 403


async def test_a_sighting_is_reported_once_notifications_answers() -> None:
    notifications = MemoryNotifications(away=True)
    timer = DueTimer(REPORT_SEEN, BORIS, MONDAY, {"victim_id": AMIRA, "seen_at": MONDAY.isoformat()})
    reports = SightingReports(notifications)
    with pytest.raises(NotificationsAway):
        await reports.call(timer)
    notifications.away = False
    await reports.call(timer)
    assert notifications.seen == [(AMIRA, BORIS, MONDAY)]


async def test_what_was_taken_back_is_struck_through_with_a_way_to_what_is_right(site: Site, journey: Journey) -> None:
    wrong = crime_reported(journey, backfill=True)
    await journey.intake(linked(journey, AMIRA), wrong, retracted(journey, wrong, backfill=True))
    async with await site.signed_in(AMIRA) as browser:
        page = (await browser.get("/")).text
    assert "<s>The police recorded the crime</s>" in page
    assert "This was wrong: it did not happen." in page


async def test_no_address_on_the_page_holds_an_id_and_the_title_is_neutral(site: Site, journey: Journey) -> None:
    await journey.intake(linked(journey, AMIRA), crime_reported(journey), trial(journey, "set"))
    async with await site.signed_in(AMIRA) as browser:
        page = (await browser.get("/")).text
    addresses = re.findall(r'(?:href|src|action)="([^"]*)"', page)
    assert not [address for address in addresses if re.search(r"[0-9a-f]{8}-", address)]
    assert re.findall("<title>(.*)</title>", page) == ["Your updates"]
    assert "style=" not in page
    assert "<script>" not in page


async def test_a_sign_in_without_a_grant_finds_nothing(site: Site) -> None:
    session_id = await site.sessions.open("somebody", roles=["victim"])
    async with site.client() as client:
        client.cookies.set("journey-session", session_id)
        answer = await client.get("/")
    assert answer.status_code == 404
    assert "There is nothing here for this sign-in" in answer.text


async def test_a_revoked_grant_counts_at_once(site: Site, journey: Journey) -> None:
    await journey.intake(linked(journey, AMIRA), crime_reported(journey))
    said = {"subject": SUBJECTS[AMIRA], "revoked_by": "officer-1"}
    await journey.intake(journey.event("witness-care.access-revoked", said, case=None, victim=AMIRA))
    async with site.bearing(SUBJECTS[AMIRA], "victim") as client:
        assert (await client.get(f"/victims/{AMIRA}")).status_code == 404


async def test_exit_ends_the_session_and_leads_to_a_neutral_page(site: Site) -> None:
    async with await site.signed_in(AMIRA) as browser:
        answer = await browser.get("/exit")
        assert (answer.status_code, answer.headers["location"]) == (303, EXIT)
        assert "cookies" in answer.headers["clear-site-data"]
        assert not site.sessions._held


@pytest.mark.parametrize("name", ["page.css", "live.js"])
async def test_the_sheet_and_the_script_are_our_own(site: Site, name: str) -> None:
    async with site.client() as client:
        answer = await client.get(f"/static/{name}")
        outside = await client.get("/static/web.py")
    assert answer.status_code == 200
    assert "http" not in answer.text
    assert outside.status_code == 404


async def test_personal_words_open_through_the_vault_and_read_removed_once_erased(site: Site, journey: Journey) -> None:
    plain = crime_reported(journey)
    event = parse_event(msgspec.json.encode({**msgspec.json.decode(plain.body), "caseid": None}))
    draft = Draft.of(*event, stream="case", key=None, subject=f"case/{CASE}")
    [sealed] = await EventComposer(journey.vault, KeyRing.alone(bytes(32))).compose([draft])
    assert b"Burglary" not in sealed.body
    await journey.intake(linked(journey, AMIRA), with_body(plain, sealed.body))
    async with site.bearing(SUBJECTS[AMIRA], "victim") as client:
        shown = (await client.get(f"/victims/{AMIRA}/timeline")).text
        await journey.vault.erase(f"case/{CASE}", reason="asked for")
        erased = (await client.get(f"/victims/{AMIRA}/timeline")).text
    assert "Burglary of a flat" in shown
    assert "Burglary of a flat" not in erased
    assert "[removed]" in erased
    assert ("victim's timeline", f"case/{CASE}") in journey.vault.unwraps


async def test_no_date_is_waited_for_once_the_case_is_over(site: Site, journey: Journey) -> None:
    stopped = investigation_stopped(journey, at=MONDAY + timedelta(hours=1))
    await journey.intake(linked(journey, AMIRA), crime_reported(journey, backfill=True))
    async with await site.signed_in(AMIRA) as browser:
        assert "No date is known yet." in (await browser.get("/")).text
        await journey.intake(stopped, told_in_person(journey, AMIRA, stopped))
        assert "No date is known yet." not in (await browser.get("/")).text


async def test_a_page_and_its_stream_say_of_which_day_in_london_they_are(site: Site, journey: Journey) -> None:
    """So a page that was read before midnight learns of the new day, however late its stream is opened again."""
    await journey.intake(linked(journey, AMIRA), crime_reported(journey))
    days: list[str] = []
    for _ in range(2):
        async with await site.signed_in(AMIRA) as browser:
            page = (await browser.get("/")).text
        session = await site.sessions.open(SUBJECTS[AMIRA], roles=["victim"])
        async with asyncio.timeout(30), site.listening(session) as lines:
            first = await lines.get()
        [day] = re.findall(r'data-day="([0-9-]{10})"', page)
        assert first.startswith(f'event: day\ndata: {{"day": "{day}"}}\n')
        days.append(day)
        await journey.rows("SELECT advance_clock(interval '1 day')")
    assert days[0] < days[1]


async def test_an_open_stream_says_so_when_the_day_has_changed(site: Site, journey: Journey) -> None:
    await journey.intake(linked(journey, AMIRA), crime_reported(journey))
    session = await site.sessions.open(SUBJECTS[AMIRA], roles=["victim"])
    async with asyncio.timeout(30), site.listening(session) as lines:
        before = (await lines.get()).splitlines()[1]
        await journey.rows("SELECT advance_clock(interval '1 day')")
        site.changes.ring()
        kind, after, *_ = (await lines.get()).splitlines()
    assert kind == "event: day"
    assert after > before
