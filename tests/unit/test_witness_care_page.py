"""The officer's page with somebody on it: names, what is due, and the two forms."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta

import httpx2
import pytest
from chassis.security.principal import Principal
from chassis.testing.clock import FakeClock
from contracts.notifications import ChannelKind, Language, Safety, Weekday
from contracts.witness_care import ContactRole
from fastapi import FastAPI, Request
from witness_care.adapters.wording import news_wording, without_wording
from witness_care.application.desk import Desk
from witness_care.domain.contact import ContactPerson
from witness_care.domain.due import Colleague, DueItem, DueKind, NewsToTell, Standing, VictimDue
from witness_care.domain.reach import Reach, SafeHours
from witness_care.entrypoints.page import choices
from witness_care.entrypoints.web import web_router

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
OFFICER = Principal(subject="officer-1", client_id="witness-care", roles=frozenset({"officer"}), scopes=frozenset())


VICTIM, CONTACT = (f"0193aaaa-0000-7000-8000-00000000000{n}" for n in (1, 2))
ROBIN = ContactPerson(
    officer="officer-2", role=ContactRole.WITNESS_CARE_OFFICER, name="Robin Example", phone="020 7946 0000"
)
EVENINGS = SafeHours(tuple(Weekday)[:5], time(18), time(21))


def waiting(name: str, *items: DueItem, reach: Reach | None = None) -> VictimDue:
    return VictimDue(victim_id=VICTIM, name=name, contact_officer=OFFICER.subject, items=items, as_of=NOW, reach=reach)


def due(what: str, *, at: datetime, standing: Standing = Standing.STANDS) -> DueItem:
    return DueItem(
        victim_id="v-1",
        kind=DueKind.CONTACT,
        key="c-1",
        what=what,
        news_ids=("n-1",),
        duty_keys=("d-1",),
        due_at=at,
        about=(NewsToTell("The court moved the date of the trial", NOW - timedelta(days=1), standing),),
    )


def duty(key: str, *, news: str, at: datetime, by_telling: bool = True) -> DueItem:
    return DueItem(
        victim_id="v-1",
        kind=DueKind.DUTY,
        key=key,
        what=f"The words of {key}",
        news_ids=(news,),
        duty_keys=(key,),
        due_at=at,
        by_telling=by_telling,
    )


class Caseload:
    def __init__(
        self,
        mine: list[VictimDue],
        unassigned: list[VictimDue],
        theirs: dict[ContactPerson, list[VictimDue]] | None = None,
    ) -> None:
        self._lists, self._theirs = (mine, unassigned), theirs or {}

    async def of(self, officer: str) -> tuple[list[VictimDue], list[VictimDue]]:
        assert officer == OFFICER.subject
        return self._lists

    async def colleagues(self, officer: str) -> list[Colleague]:
        assert officer == OFFICER.subject
        return [Colleague(person.officer, person, len(theirs)) for person, theirs in self._theirs.items()]

    async def in_care_of(self, officer: str) -> list[VictimDue]:
        return [
            replace(one, contact=person)
            for person, theirs in self._theirs.items()
            if person.officer == officer
            for one in theirs
        ]

    async def now(self) -> datetime:
        return NOW


class SignedIn:
    async def page(self, request: Request) -> Principal:
        return OFFICER

    async def session(self, request: Request) -> Principal:
        return OFFICER


class NoStore:
    async def change(self, victim_id: object, *, event_id: object, decide: object) -> None:
        raise AssertionError("the page only reads")


async def page(caseload: Caseload) -> str:
    async with opened(caseload) as client:
        answer = await client.get("/")
    assert answer.status_code == 200
    return answer.text


def opened(caseload: Caseload) -> httpx2.AsyncClient:
    app = FastAPI()
    app.include_router(web_router(Desk(NoStore()), caseload, signin=SignedIn(), clock=FakeClock(NOW)))  # type: ignore[arg-type]
    return httpx2.AsyncClient(transport=httpx2.ASGITransport(app), base_url="http://desk")


@pytest.fixture
def overdue() -> DueItem:
    return due("Tell them yourself: they have not looked", at=NOW - timedelta(hours=1))


async def test_a_victim_of_mine_is_shown_with_what_is_due(overdue: DueItem) -> None:
    shown = await page(Caseload([waiting("Amira Hassan", overdue)], []))
    assert "Amira Hassan" in shown
    assert "have not looked" in shown
    assert 'value="n-1|d-1"' in shown
    assert "Overdue since 24 November 2026 at 11am" in shown


async def test_a_victim_of_nobodys_can_be_taken_over(overdue: DueItem) -> None:
    shown = await page(Caseload([], [waiting("Ben Okoro", overdue)]))
    assert "Ben Okoro" in shown
    assert "1 due" in shown
    assert 'action="/take-over"' in shown


async def test_a_victim_who_waits_for_nothing_is_shown_too() -> None:
    assert "Amira Hassan" in await page(Caseload([waiting("Amira Hassan")], [waiting("Ben Okoro")]))


@pytest.mark.parametrize(
    ("channels", "hours", "warning"),
    [
        ({ChannelKind.EMAIL: Safety.SAFE, ChannelKind.PHONE: Safety.NOT_SAFE}, EVENINGS, "Do not phone."),
        ({ChannelKind.EMAIL: Safety.SAFE}, EVENINGS, "Do not phone."),
        ({ChannelKind.SMS: Safety.NOT_SAFE}, EVENINGS, "Do not phone. Do not use text message."),
        ({ChannelKind.PHONE: Safety.SAFE}, EVENINGS, "Do not phone now: this is outside the safe hours."),
    ],
)
async def test_what_is_not_safe_is_said_before_an_officer_picks_up_the_phone(
    channels: Mapping[ChannelKind, Safety], hours: SafeHours, warning: str
) -> None:
    shown = await page(Caseload([waiting("Amira Hassan", reach=Reach(channels, (hours,)))], []))
    assert f"{warning}</strong>" in shown
    assert "Safe hours, UK time: Monday to Friday, 6pm to 9pm." in shown


async def test_a_code_word_is_spoken_of_before_an_officer_gets_in_touch() -> None:
    reach = Reach({ChannelKind.PHONE: Safety.SAFE}, (EVENINGS,))
    assert "code word" not in await page(Caseload([waiting("Amira Hassan", reach=reach)], []))
    agreed = replace(reach, has_code_word=True)
    assert "A code word was agreed" in await page(Caseload([waiting("Amira Hassan", reach=agreed)], []))


async def test_a_victim_who_chose_welsh_is_spoken_to_in_welsh() -> None:
    reach = Reach({ChannelKind.PHONE: Safety.SAFE}, (EVENINGS,))
    assert "Welsh" not in await page(Caseload([waiting("Amira Hassan", reach=reach)], []))
    chosen = replace(reach, language=Language.WELSH)
    assert "speak and write to them in Welsh" in await page(Caseload([waiting("Amira Hassan", reach=chosen)], []))


async def test_no_agreement_means_that_no_way_is_safe() -> None:
    shown = await page(Caseload([waiting("Amira Hassan")], []))
    assert "Do not phone, text or write until you know that it is safe." in shown


async def test_a_phone_that_is_safe_now_needs_no_warning() -> None:
    reach = Reach({ChannelKind.PHONE: Safety.SAFE}, (SafeHours(tuple(Weekday), time(9), time(17)),))
    shown = await page(Caseload([waiting("Amira Hassan", reach=reach)], []))
    assert "Safe: phone." in shown
    assert "Warning" not in shown


async def test_an_officer_sees_what_there_is_to_tell_and_when_it_happened(overdue: DueItem) -> None:
    shown = await page(Caseload([waiting("Amira Hassan", overdue)], []))
    assert "The court moved the date of the trial, 23 November 2026 at midday" in shown


async def test_a_duty_stands_beside_the_contact_about_the_same_news(overdue: DueItem) -> None:
    beside, apart = duty("d-1", news="n-1", at=NOW), duty("d-2", news="n-2", at=NOW)
    shown = await page(Caseload([waiting("Amira Hassan", overdue, beside, apart)], []))
    assert shown.count('type="checkbox"') == 2
    assert 'value="n-1|d-1"' in shown
    assert 'value="n-2|d-2"' in shown
    assert "The words of d-1" in shown


async def test_what_was_taken_back_since_is_not_told_as_true(overdue: DueItem) -> None:
    wrong = due("Tell them yourself", at=NOW, standing=Standing.RETRACTED)
    assert "This was taken back since: it did not happen" in await page(Caseload([waiting("Amira", wrong)], []))


async def test_what_was_overtaken_is_looked_at_before_it_is_told(overdue: DueItem) -> None:
    assert "Look before you tell it" in await page(Caseload([waiting("Amira", replace(overdue, overtaken=True))], []))
    assert "Look before you tell it" not in await page(Caseload([waiting("Amira", overdue)], []))


async def test_what_talking_does_not_end_cannot_be_ticked_as_told() -> None:
    shown = await page(Caseload([waiting("Amira", duty("d-1", news="n-1", at=NOW, by_telling=False))], []))
    assert "The words of d-1" in shown
    assert 'type="checkbox"' not in shown


def test_everything_that_is_told_has_words_for_the_officer_who_tells_it() -> None:
    assert not without_wording(), "give these types words in witness_care.adapters.wording"
    corrected = news_wording("court.event-corrected.v1", original="court.sentence-passed.v1")
    assert corrected == "Put right: the court passed a sentence"


@pytest.mark.parametrize(
    ("entered", "asked"),
    [
        ({}, ["Tick what you told them", "Choose how you were in touch"]),
        ({"how": "phone"}, ["Tick what you told them"]),
        ({"told": f"{CONTACT}|{CONTACT}"}, ["Choose how you were in touch"]),
    ],
)
async def test_a_contact_that_says_too_little_is_asked_for_again(
    overdue: DueItem, entered: dict[str, str], asked: list[str]
) -> None:
    async with opened(Caseload([waiting("Amira", overdue)], [])) as client:
        answer = await client.post("/contact", data={"victim": VICTIM, "contact_id": CONTACT, **entered})
    assert answer.status_code == 422
    assert "<title>Error: What is due</title>" in answer.text
    for words in asked:
        assert answer.text.count(words) == 2, "the same words stand at the top and at the field"
    assert answer.text.count("<li><a href") == len(asked)


async def test_a_name_that_is_missing_is_asked_for_and_the_rest_is_kept(overdue: DueItem) -> None:
    async with opened(Caseload([], [waiting("Ben", overdue)])) as client:
        answer = await client.post(
            "/take-over", data={"victim": VICTIM, "role": "victim-liaison-officer", "phone": "020 7946 0000"}
        )
    assert answer.status_code == 422
    assert '<a href="#name-0">Enter your name' in answer.text
    assert 'value="020 7946 0000"' in answer.text
    assert '<option value="victim-liaison-officer" selected>' in answer.text


async def test_a_line_that_is_none_of_the_pages_own_is_refused(overdue: DueItem) -> None:
    async with opened(Caseload([waiting("Amira", overdue)], [])) as client:
        tampered = {"victim": VICTIM, "contact_id": CONTACT, "how": "phone", "told": "the trial|"}
        assert (await client.post("/contact", data=tampered)).status_code == 422


async def test_an_officer_chooses_the_colleague_by_name() -> None:
    async with opened(Caseload([], [], {ROBIN: [waiting("Ben Okoro")]})) as client:
        assert 'href="/colleagues"' in (await client.get("/")).text
        answer = await client.get("/colleagues")
    assert '<option value="officer-2">Robin Example, witness care officer: 1 victim</option>' in answer.text
    assert "Ben Okoro" not in answer.text, "whose victims nobody asked for stay unnamed"


async def test_an_officer_sees_from_whom_they_would_take_over(overdue: DueItem) -> None:
    async with opened(Caseload([], [], {ROBIN: [waiting("Ben Okoro", overdue)]})) as client:
        answer = await client.post("/colleagues", data={"colleague": ROBIN.officer})
    assert answer.status_code == 200
    assert "is Robin Example, witness care officer, 020 7946 0000. That stays so until you take over." in answer.text
    assert ">Ben Okoro</label>" in answer.text
    assert "Take over those ticked, in place of Robin Example" in answer.text
    assert "Take over all" not in answer.text, "one is all"
    assert '<input type="hidden" name="giver" value="officer-2">' in answer.text
    assert "1 due. Overdue since" in answer.text


@pytest.mark.parametrize(
    ("chosen", "asked"),
    [("", "Choose a colleague"), ("officer-3", "That colleague answers to nobody now. Choose another")],
)
async def test_without_a_colleague_there_is_nobody_to_take_over_from(chosen: str, asked: str) -> None:
    async with opened(Caseload([], [], {ROBIN: [waiting("Ben Okoro")]})) as client:
        answer = await client.post("/colleagues", data={"colleague": chosen})
    assert answer.status_code == 422
    assert "<title>Error: Take over from a colleague</title>" in answer.text
    assert f'<a href="#colleague">{asked}</a>' in answer.text


@pytest.mark.parametrize(
    ("entered", "asked"),
    [
        ({"ticked": VICTIM}, ['<a href="#name-0">Enter your name']),
        ({"name": "Sam Sample"}, ['<a href="#ticked-0">Tick whom you take over']),
        ({}, ['<a href="#name-0">Enter your name', '<a href="#ticked-0">Tick whom you take over']),
    ],
)
async def test_what_is_missing_is_asked_for_beside_the_colleagues_victims(
    entered: dict[str, str], asked: list[str]
) -> None:
    async with opened(Caseload([], [], {ROBIN: [waiting("Ben Okoro"), waiting("Amira Hassan")]})) as client:
        answer = await client.post("/handover", data={"giver": ROBIN.officer, "role": "police-officer", **entered})
    assert answer.status_code == 422
    assert "Take over from Robin Example</h1>" in answer.text
    assert [words for words in asked if words in answer.text] == asked
    assert answer.text.count("<li><a href") == len(asked)
    assert '<option value="police-officer" selected>' in answer.text
    assert (" checked>" in answer.text) == ("ticked" in entered)
    assert "Take over all 2" in answer.text


def test_a_colleague_whose_name_cannot_be_read_can_be_chosen_still() -> None:
    assert choices([Colleague("officer-2", None, 2)]) == {"officer-2": "An officer whose name is not known: 2 victims"}
