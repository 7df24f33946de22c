"""The officer's page in front of a caseload that a test makes up."""

from datetime import UTC, datetime, time, timedelta
from typing import cast

import httpx2
from chassis.security.principal import Principal
from chassis.security.signin import SignIn
from chassis.testing.clock import FakeClock
from contracts.notifications import ChannelKind, Safety, Weekday
from contracts.witness_care import ContactRole
from fastapi import FastAPI, Request
from witness_care.care.person import ContactPerson
from witness_care.contacts.contacts import Contacts
from witness_care.contacts.pages import contact_pages
from witness_care.due.desk_page import DeskPage
from witness_care.due.due import DueItem, DueKind, NewsToTell, Standing, VictimDue
from witness_care.due.ending import EndsBy
from witness_care.due.named import Named
from witness_care.due.pages import due_pages
from witness_care.elsewhere.memory_peers import MemoryPeers
from witness_care.handover.colleague_page import ColleaguePages
from witness_care.handover.colleagues import Colleague, InCare
from witness_care.handover.handover import Handover
from witness_care.handover.pages import handover_pages
from witness_care.reach.reach import Reach, SafeHours
from witness_care.telling.reading import Tellings

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
        about=(NewsToTell("n-1", "The court moved the date of the trial", NOW - timedelta(days=1), standing),),
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
        ends_by=EndsBy.TOLD if by_telling else EndsBy.DONE,
    )


class Caseload:
    def __init__(
        self,
        mine: list[VictimDue],
        unassigned: list[VictimDue],
        theirs: dict[ContactPerson, list[VictimDue]] | None = None,
        *,
        more: int = 0,
    ) -> None:
        self._lists, self._theirs = (mine, unassigned), theirs or {}
        self._more = more

    async def of(self, officer: str) -> tuple[list[VictimDue], list[VictimDue]]:
        assert officer == OFFICER.subject
        return self._lists

    async def one(self, victim_id: str) -> VictimDue | None:
        return next((victim for victims in self._lists for victim in victims if victim.victim_id == victim_id), None)

    async def waiting(self) -> int:
        return len(self._lists[1]) + self._more

    async def overdue_with_nobody(self) -> int:
        found = [victim.soonest for victim in self._lists[1]]
        return sum(1 for soonest in found if soonest is not None and soonest < NOW)

    async def others(self, officer: str) -> list[Colleague]:
        assert officer == OFFICER.subject
        return [Colleague(person.officer, person, len(theirs)) for person, theirs in self._theirs.items()]

    async def in_care_of(self, officer: str) -> InCare:
        found = ((theirs, person) for person, theirs in self._theirs.items() if person.officer == officer)
        return InCare(*next(found, ([], None)))


class SignedIn:
    async def page(self, request: Request) -> Principal:
        return OFFICER

    async def session(self, request: Request) -> Principal:
        return OFFICER

    def session_id(self, request: Request) -> str:
        return "session-1"


class NoStore:
    async def change(self, victim_id: object, *, event_id: object, decide: object) -> None:
        raise AssertionError("the page only reads")

    async def record(self, victim_id: object, *, event_id: object, decide: object) -> None:
        raise AssertionError("the page only reads")

    async def record_try(self, victim_id: object, *, event_id: object, decide: object) -> None:
        raise AssertionError("the page only reads")

    async def take_back(self, victim_id: object, *, event_id: object, decide: object) -> None:
        raise AssertionError("the page only reads")

    async def reach_of(self, victim_id: object) -> Reach | None:
        return Reach({ChannelKind.PHONE: Safety.SAFE}, ())

    async def named(self, victim_id: object, contact: object) -> Named:
        raise AssertionError("the page only reads")

    async def now(self) -> datetime:
        return NOW


async def page(caseload: Caseload) -> str:
    async with opened(caseload) as client:
        answer = await client.get("/")
    assert answer.status_code == 200
    return answer.text


def opened(caseload: Caseload, *, peers: MemoryPeers | None = None) -> httpx2.AsyncClient:
    app, clock, signin, store = FastAPI(), FakeClock(NOW), cast(SignIn, SignedIn()), NoStore()
    desk = DeskPage(caseload, Tellings(peers or MemoryPeers()), clock)
    app.include_router(due_pages(desk, signin=signin))
    app.include_router(contact_pages(Contacts(store), desk, signin=signin))
    app.include_router(
        handover_pages(Handover(store), desk, ColleaguePages(caseload, clock), signin=signin, clock=clock)
    )
    return httpx2.AsyncClient(transport=httpx2.ASGITransport(app), base_url="http://desk")


OVERDUE = due("Tell them yourself: they have not looked", at=NOW - timedelta(hours=1))
