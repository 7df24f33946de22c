"""The officer's desk on a real PostgreSQL: what others say makes the due list, and what officers do empties it."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from importlib.resources import files
from typing import Any

import httpx2
import pytest
from chassis.consumer.events import Arrival, read
from chassis.database import Pool, open_pool
from chassis.security.sessions import PostgresSessions
from chassis.testing.clock import FakeClock
from chassis.testing.issuer import FakeIssuer
from chassis.vault.composing import Draft, EventComposer
from chassis.vault.memory import MemoryVault
from contracts.catalogue import parse_data
from contracts.envelope import Envelope
from contracts.ids import VictimId
from support.foundations import UNUSED, foundation_of
from witness_care.adapters.read_models.desk_writer import KNOWN, DeskWriter
from witness_care.main import build_app
from witness_care.settings import WitnessCareSettings

AMIRA = VictimId("0193aaaa-0000-7000-8000-000000000001")
BEN = VictimId("0193aaaa-0000-7000-8000-000000000002")
CASE = "0193bbbb-0000-7000-8000-000000000001"
NEWS, DUTY, CONTACT = (f"0193cccc-0000-7000-8000-00000000000{n}" for n in (1, 2, 3))
OTHER_DUTY = "0193cccc-0000-7000-8000-000000000004"
MADE, WHEN = "0193dddd-0000-7000-8000-000000000001", datetime(2026, 3, 2, 9, tzinfo=UTC)
SETTINGS = WitnessCareSettings(
    **UNUSED,
    public_url="https://desk.example.org",
    intake_url="unused",
    journey_url="unused",
    notifications_url="unused",
)
PERSON = {"name": "Robin Example", "role": "witness-care-officer", "phone": "020 7946 0000"}


class World:
    """A desk being served, and the others who tell it things."""

    def __init__(self, pool: Pool, http: httpx2.AsyncClient, issuer: FakeIssuer, composer: EventComposer) -> None:
        self.pool, self.http, self.issuer, self.composer = pool, http, issuer, composer
        self.sessions = PostgresSessions(pool, clock=FakeClock())
        self._told = 0

    async def hear(self, type_: str, data: dict[str, Any], *, victim: VictimId = AMIRA) -> None:
        """Apply one event of another service, sealed as it would come."""
        self._told += 1
        envelope = Envelope(id=f"event-{self._told}", source="urn:test", type=type_, time=WHEN, victimid=victim)
        draft = Draft(envelope, parse_data(type_, data), "s", None, victim, f"victim/{victim}")
        (event,) = await self.composer.compose([draft])
        arrival = Arrival("topic", 0, self._told, self._told, AMIRA, WHEN, None, event.body)
        async with self.pool.acquire() as connection, connection.transaction():
            await DeskWriter().apply(connection, [read(arrival, known=KNOWN)])

    async def call(self, method: str, path: str, body: object = None, *, officer: str = "officer-1") -> httpx2.Response:
        headers = self.issuer.headers(subject=officer, roles=("officer",))
        return await self.http.request(method, path, json=body, headers=headers)

    async def sent(
        self, path: str, form: dict[str, str], *, officer: str, site: str = "same-origin"
    ) -> httpx2.Response:
        """Send a form of the page, as a browser in which this officer is signed in does."""
        headers = await self._signed_in(officer) | {"Sec-Fetch-Site": site}
        return await self.http.post(path, data=form, headers=headers)

    async def page(self, *, officer: str) -> httpx2.Response:
        """The desk in that browser."""
        return await self.http.get("/", headers=await self._signed_in(officer))

    async def _signed_in(self, officer: str) -> dict[str, str]:
        session = await self.sessions.open(officer, roles=("officer",))
        return {"Cookie": f"__Host-witness-care-session={session}", "Accept": "text/html"}

    async def due(self, *, officer: str = "officer-1") -> dict[str, Any]:
        answer = await self.call("GET", "/due", officer=officer)
        assert answer.status_code == 200, answer.text
        found: dict[str, Any] = answer.json()
        return found


@pytest.fixture
async def world(database: Callable[[str], str]) -> AsyncIterator[World]:
    async with open_world(database("witness_care")) as opened:
        yield opened


@asynccontextmanager
async def open_world(dsn: str) -> AsyncIterator[World]:
    clock, issuer, vault = FakeClock(), FakeIssuer(), MemoryVault(clock=FakeClock())
    async with open_pool(dsn) as pool, httpx2.AsyncClient() as outward:
        foundation = foundation_of(SETTINGS, pool=pool, outside=outward, clock=clock, issuer=issuer, vault=vault)
        async with pool.acquire() as connection:
            await connection.execute("UPDATE log_head SET epoch = 1")
        app = build_app(foundation, readiness={})
        async with httpx2.AsyncClient(transport=httpx2.ASGITransport(app), base_url="https://desk") as http:
            yield World(pool, http, issuer, foundation.composer)


async def a_named_victim_with_a_contact_due(world: World) -> None:
    victim = {"issuer": "north-force", "number": "V-1"}
    crime = {"scheme": "crime-reference", "issuer": "north-force", "value": "NF/1/26"}
    await world.hear("police.victim-identified.v1", {"references": [crime], "victim": victim, "name": "Amira Example"})
    await world.hear("journey.duty-opened.v1", a_duty())
    await world.hear("notifications.officer-contact-due.v1", a_contact_due())


def a_duty() -> dict[str, Any]:
    at = WHEN.isoformat()
    later = (WHEN + timedelta(days=1)).isoformat()
    return {
        "duty_key": DUTY,
        "duty_id": "R9-OUTCOME",
        "news_id": NEWS,
        "case_id": CASE,
        "owner": "witness-care",
        "opened_at": at,
        "due_at": later,
        "reminder_at": later,
        "code_edition": "2020",
    }


def some_news(news_id: str, event_type: str) -> dict[str, Any]:
    event = {"event_id": "event-9", "event_source": "urn:test", "event_type": event_type, "case_id": CASE}
    at = {"occurred_at": WHEN.isoformat(), "recorded_at": WHEN.isoformat()}
    return {"news_id": news_id, **event, **at, "reach": "victim"}


def a_contact_due() -> dict[str, Any]:
    return {
        "contact_id": CONTACT,
        "reason": "no-safe-channel",
        "news_ids": [NEWS],
        "duty_keys": [DUTY],
        "due_by": WHEN.isoformat(),
    }


async def test_a_victim_waits_under_her_name_until_an_officer_takes_over(world: World) -> None:
    await a_named_victim_with_a_contact_due(world)
    assert [victim["name"] for victim in (await world.due())["unassigned"]] == ["Amira Example"]

    taken = await world.call("POST", f"/victims/{AMIRA}/contact-person", PERSON)

    assert taken.status_code == 204, taken.text
    due = await world.due()
    assert due["unassigned"] == []
    assert [item["kind"] for item in due["mine"][0]["items"]] == ["contact", "duty"]
    assert (await world.due(officer="officer-2"))["mine"] == []


async def test_a_contact_that_names_the_news_ends_what_was_due_for_it(world: World) -> None:
    await a_named_victim_with_a_contact_due(world)
    await world.call("POST", f"/victims/{AMIRA}/contact-person", PERSON)
    record = {
        "contact_id": MADE,
        "made_at": WHEN.isoformat(),
        "how": "phone",
        "news_ids": [NEWS],
        "duty_keys": [DUTY],
    }

    answers = [await world.call("POST", f"/victims/{AMIRA}/contacts", record) for _ in range(2)]

    assert [answer.status_code for answer in answers] == [204, 204], answers[0].text
    assert (await world.due())["mine"][0]["items"] == []
    await world.hear("journey.duty-met.v1", {"duty_key": DUTY, "met_by": "contact", "at": WHEN.isoformat()})
    assert (await world.due())["mine"][0]["items"] == []
    async with world.pool.acquire() as connection:
        made = await connection.fetchval("SELECT count(*) FROM log WHERE type = 'witness-care.contact-made.v1'")
    assert made == 1


async def test_a_contact_that_meets_a_duty_to_tell_has_told_its_news(world: World) -> None:
    await a_named_victim_with_a_contact_due(world)
    await world.hear("journey.duty-opened.v1", {**a_duty(), "duty_key": OTHER_DUTY, "duty_id": "R4-REFERRAL"})
    await world.call("POST", f"/victims/{AMIRA}/contact-person", PERSON)
    made = {"contact_id": MADE, "made_at": WHEN.isoformat(), "how": "phone"}

    await world.call("POST", f"/victims/{AMIRA}/contacts", {**made, "duty_keys": [OTHER_DUTY]})
    assert [item["kind"] for item in (await world.due())["mine"][0]["items"]] == ["contact", "duty"]

    again = {**made, "contact_id": OTHER_DUTY, "duty_keys": [DUTY]}
    answer = await world.call("POST", f"/victims/{AMIRA}/contacts", again)
    assert answer.status_code == 204, answer.text
    assert (await world.due())["mine"][0]["items"] == []


@pytest.mark.parametrize("field", ["news_ids", "duty_keys"])
async def test_a_contact_that_names_no_id_is_refused(world: World, field: str) -> None:
    await a_named_victim_with_a_contact_due(world)
    record = {"contact_id": MADE, "made_at": WHEN.isoformat(), "how": "phone", field: ["the trial"]}
    refused = await world.call("POST", f"/victims/{AMIRA}/contacts", record)
    assert refused.status_code == 422, refused.text
    assert "the trial" not in refused.text


async def test_news_seen_before_the_contact_was_asked_for_leaves_nothing_due(world: World) -> None:
    await world.hear("notifications.news-seen.v1", {"news_id": NEWS, "seen_at": WHEN.isoformat()})
    await world.hear("notifications.officer-contact-due.v1", a_contact_due())
    await world.call("POST", f"/victims/{AMIRA}/contact-person", PERSON)
    assert (await world.due())["mine"][0]["items"] == []


async def test_a_handover_ends_when_the_next_officer_takes_over(world: World) -> None:
    await a_named_victim_with_a_contact_due(world)
    await world.call("POST", f"/victims/{AMIRA}/contact-person", PERSON)
    await world.call("POST", f"/victims/{AMIRA}/contact-person", PERSON, officer="officer-2")
    assert (await world.due())["mine"] == []
    assert len((await world.due(officer="officer-2"))["mine"]) == 1
    again = await world.call("POST", f"/victims/{AMIRA}/contact-person", PERSON, officer="officer-2")
    assert again.status_code == 409


async def test_an_officer_finds_a_colleagues_victim_on_the_page_and_takes_over(world: World) -> None:
    await a_named_victim_with_a_contact_due(world)
    await world.call("POST", f"/victims/{AMIRA}/contact-person", PERSON)
    chosen = {"colleague": "officer-1"}
    seen = await world.sent("/colleagues", chosen, officer="officer-2")
    assert "single point of contact in place of Robin Example" in seen.text
    assert "Amira Example" in seen.text
    assert "Robin Example, witness care officer, 020 7946 0000" in seen.text
    assert (await world.sent("/colleagues", chosen, officer="officer-2", site="cross-site")).status_code == 403

    form = {"victim": AMIRA, "giver": "officer-1", "name": "Sam Sample", "role": "police-officer"}
    assert (await world.sent("/take-over", form, officer="officer-2", site="cross-site")).status_code == 403
    assert (await world.sent("/take-over", form, officer="officer-2")).headers["location"] == "/?said=taken-over"

    assert [victim["name"] for victim in (await world.due(officer="officer-2"))["mine"]] == ["Amira Example"]
    assert (await world.due())["mine"] == []
    late = await world.sent("/take-over", form | {"name": "Kim Late"}, officer="officer-3")
    assert late.status_code == 409
    assert "Somebody else became this victim" in late.text
    assert "Sam Sample, police officer" in (await world.sent("/colleagues", {}, officer="officer-3")).text


async def test_who_answers_to_a_victim_is_known_also_from_before_the_page_showed_it(world: World) -> None:
    await a_named_victim_with_a_contact_due(world)
    await world.call("POST", f"/victims/{AMIRA}/contact-person", PERSON | {"name": "An Earlier One"})
    await world.call("POST", f"/victims/{AMIRA}/contact-person", PERSON, officer="officer-2")
    async with world.pool.acquire() as connection:
        await connection.execute("ALTER TABLE victim DROP COLUMN assigned")
        await connection.execute((files("witness_care.migrations") / "assigned.sql").read_text(encoding="utf-8"))
    assert "Robin Example, witness care officer: 1 victim" in (await world.sent("/colleagues", {}, officer="o")).text


async def test_what_is_due_says_what_there_is_to_tell_and_whether_it_still_holds(world: World) -> None:
    await a_named_victim_with_a_contact_due(world)
    await world.hear("journey.news-arrived.v1", some_news(NEWS, "court.trial-date-changed.v1"))
    contact, owed = (await world.due())["unassigned"][0]["items"]
    assert contact["about"] == owed["about"]
    assert contact["what"] == "Tell them yourself: no channel is agreed as safe"
    assert contact["about"][0]["what"] == "The court moved the date of the trial"
    assert contact["about"][0]["standing"] == "stands"
    later = some_news(MADE, "court.event-retracted.v1") | {"corrects_news": NEWS, "retracts": True}
    await world.hear("journey.news-arrived.v1", later)
    contact, _ = (await world.due())["unassigned"][0]["items"]
    assert contact["about"][0]["standing"] == "retracted"


async def test_news_about_somebody_else_is_due_no_more_and_not_to_be_told(world: World) -> None:
    await a_named_victim_with_a_contact_due(world)
    for news_id in (NEWS, MADE):
        await world.hear("journey.news-arrived.v1", some_news(news_id, "court.trial-date-changed.v1"))
    both = {"contact_id": MADE, "news_ids": [NEWS, MADE], "duty_keys": []}
    await world.hear("notifications.officer-contact-due.v1", a_contact_due() | both)
    await world.hear("journey.news-withdrawn.v1", {"news_id": NEWS, "at": WHEN.isoformat()})
    items = [item for item in (await world.due())["unassigned"][0]["items"] if item["kind"] == "contact"]
    assert [(item["key"], [line["standing"] for line in item["about"]]) for item in items] == [
        (MADE, ["not-theirs", "stands"])
    ]


async def test_who_was_told_somebody_elses_news_is_to_hear_so(world: World) -> None:
    await a_named_victim_with_a_contact_due(world)
    wrong = {"contact_id": MADE, "news_ids": [], "reason": "not-theirs"}
    await world.hear("notifications.officer-contact-due.v1", a_contact_due() | wrong)
    (item,) = [item for item in (await world.due())["unassigned"][0]["items"] if item["key"] == MADE]
    assert item["what"].startswith("Put it right")


async def test_a_contact_that_keeps_a_promise_without_news_says_so(world: World) -> None:
    await a_named_victim_with_a_contact_due(world)
    await world.hear("notifications.officer-contact-due.v1", a_contact_due() | {"contact_id": MADE, "news_ids": []})
    (silent,) = [item for item in (await world.due())["unassigned"][0]["items"] if item["key"] == MADE]
    assert silent["what"].startswith("Be in touch, though nothing is new")


@pytest.mark.parametrize(("met_by", "overtaken"), [("event", True), ("seen", False)])
async def test_a_contact_about_what_was_overtaken_says_so(world: World, met_by: str, overtaken: bool) -> None:  # noqa: FBT001
    await a_named_victim_with_a_contact_due(world)
    await world.hear("journey.duty-met.v1", {"duty_key": DUTY, "met_by": met_by, "at": WHEN.isoformat()})
    (contact,) = (await world.due())["unassigned"][0]["items"]
    assert contact["overtaken"] is overtaken


async def items(world: World) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = (await world.due())["unassigned"][0]["items"]
    return found


async def look_first(world: World) -> list[str]:
    return [item["key"] for item in await items(world) if item["what"].startswith("Look at this first")]


async def test_what_was_in_doubt_is_looked_at_first_until_the_doubt_is_cleared(world: World) -> None:
    doubtful = some_news(NEWS, "court.trial-date-changed.v1") | {"reach": "officer"}
    await world.hear("journey.news-arrived.v1", doubtful)
    await world.hear("notifications.officer-contact-due.v1", a_contact_due() | {"reason": "doubt"})
    before = await items(world)
    assert await look_first(world) == [CONTACT]

    cleared = {"event_source": "urn:test", "event_id": "event-9", "by": {"kind": "officer", "subject": "officer-1"}}
    await world.hear("intake.doubt-cleared.v1", cleared)
    await world.hear("journey.news-arrived.v1", doubtful | {"reach": "victim"})

    assert await look_first(world) == []
    after = await items(world)
    assert [item["what"] for item in after] == ["Tell them: this was in doubt, and no longer is"]
    assert [item | {"what": ""} for item in after] == [item | {"what": ""} for item in before]
    await world.hear("journey.news-arrived.v1", doubtful)
    assert await look_first(world) == [], "what is applied again changes nothing"


async def test_a_contact_in_doubt_that_comes_after_the_doubt_was_cleared_needs_no_look(world: World) -> None:
    await world.hear("journey.news-arrived.v1", some_news(NEWS, "court.trial-date-changed.v1"))
    await world.hear("notifications.officer-contact-due.v1", a_contact_due() | {"reason": "doubt"})
    assert await look_first(world) == []


async def test_a_doubt_cleared_about_one_fact_or_one_victim_leaves_the_other_in_doubt(world: World) -> None:
    both = a_contact_due() | {"reason": "doubt", "news_ids": [NEWS, MADE]}
    first, second = (some_news(news, "court.trial-date-changed.v1") for news in (NEWS, MADE))
    await world.hear("journey.news-arrived.v1", first)
    await world.hear("journey.news-arrived.v1", second | {"reach": "officer"})
    await world.hear("journey.news-arrived.v1", second, victim=BEN)
    await world.hear("notifications.officer-contact-due.v1", both)
    assert await look_first(world) == [CONTACT]


async def test_the_newest_promise_says_how_a_victim_may_be_reached(world: World) -> None:
    await a_named_victim_with_a_contact_due(world)
    assert (await world.due())["unassigned"][0]["reach"] is None
    window = {"days": ["monday"], "starts": "09:00", "ends": "17:00"}
    for version, safe in ((2, "not-safe"), (1, "safe")):
        channels = [{"kind": "phone", "safe": safe}]
        said = {"version": version, "channels": channels, "windows": [window], "agreed_by": "victim"}
        await world.hear("notifications.contact-promise-agreed.v1", said)
    reach = (await world.due())["unassigned"][0]["reach"]
    assert {"kind": "phone", "safe": "not-safe"} in reach["channels"]
    assert {"kind": "sms", "safe": "unknown"} in reach["channels"]
    assert reach["windows"] == [window]


async def test_the_page_says_by_which_clock_the_safe_hours_are_and_which_language_was_chosen(world: World) -> None:
    await a_named_victim_with_a_contact_due(world)
    await world.call("POST", f"/victims/{AMIRA}/contact-person", PERSON)
    window = {"days": ["monday"], "starts": "09:00", "ends": "17:00"}
    said = {"version": 1, "windows": [window], "language": "cy", "agreed_by": "victim"}
    await world.hear("notifications.contact-promise-agreed.v1", said)
    shown = await world.page(officer="officer-1")
    assert "Safe hours, UK time: Monday, 9am to 5pm." in shown.text
    assert "in Welsh" in shown.text


async def test_an_unknown_victim_is_not_found_and_other_roles_may_do_nothing(world: World) -> None:
    assert (await world.call("POST", f"/victims/{AMIRA}/contact-person", PERSON)).status_code == 404
    victim = world.issuer.headers(subject="amira", roles=("victim",))
    assert (await world.http.get("/due", headers=victim)).status_code == 403
    assert (await world.http.get("/due")).status_code == 401


async def test_a_contact_with_one_victim_tells_no_other_her_news(world: World) -> None:
    await a_named_victim_with_a_contact_due(world)
    await world.hear("journey.duty-opened.v1", a_duty() | {"duty_key": MADE}, victim=BEN)
    await world.call("POST", f"/victims/{BEN}/contact-person", PERSON)
    wrong = {"contact_id": MADE, "made_at": WHEN.isoformat(), "how": "phone", "news_ids": [NEWS], "duty_keys": [DUTY]}
    assert (await world.call("POST", f"/victims/{BEN}/contacts", wrong)).status_code == 204
    await world.hear("notifications.officer-contact-due.v1", a_contact_due() | {"contact_id": BEN})
    (amira,) = (await world.due())["unassigned"]
    assert [item["kind"] for item in amira["items"]] == ["contact", "contact", "duty"]


async def test_a_name_that_was_wrong_is_put_right_and_one_taken_back_is_gone(world: World) -> None:
    await a_named_victim_with_a_contact_due(world)
    crime = {"scheme": "crime-reference", "issuer": "north-force", "value": "NF/1/26"}
    said = {"references": [crime], "victim": {"issuer": "north-force", "number": "V-1"}, "name": "Amira Samplé"}
    amends = {"original_id": "event-1", "corrects_state": "0" * 64, "reason": "Misspelt."}
    right = {"type": "police.victim-identified.v1", "data": said}
    await world.hear("police.event-corrected.v1", amends | {"replacement": right})
    assert [victim["name"] for victim in (await world.due())["unassigned"]] == ["Amira Samplé"]
    await world.hear("police.event-retracted.v1", amends | {"original_id": "another"})
    assert [victim["name"] for victim in (await world.due())["unassigned"]] == ["Amira Samplé"]
    await world.hear("police.event-retracted.v1", amends)
    assert [victim["name"] for victim in (await world.due())["unassigned"]] == ["A victim not yet named"]
