"""The officer's page with somebody on it: names, what is due, and the two forms."""

from datetime import UTC, datetime, timedelta

import httpx2
import pytest
from chassis.security.principal import Principal
from chassis.testing.clock import FakeClock
from fastapi import FastAPI, Request
from witness_care.application.desk import Desk
from witness_care.domain.due import DueItem, DueKind, VictimDue
from witness_care.entrypoints.web import web_router

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
OFFICER = Principal(subject="officer-1", client_id="witness-care", roles=frozenset({"officer"}), scopes=frozenset())


def waiting(name: str, *items: DueItem) -> VictimDue:
    return VictimDue(victim_id="v-1", name=name, contact_officer=OFFICER.subject, items=items, as_of=NOW)


def due(what: str, *, at: datetime) -> DueItem:
    return DueItem(
        victim_id="v-1", kind=DueKind.CONTACT, key="c-1", what=what, news_ids=("n-1",), duty_keys=("d-1",), due_at=at
    )


class Caseload:
    def __init__(self, mine: list[VictimDue], unassigned: list[VictimDue]) -> None:
        self._lists = mine, unassigned

    async def of(self, officer: str) -> tuple[list[VictimDue], list[VictimDue]]:
        assert officer == OFFICER.subject
        return self._lists

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
    app = FastAPI()
    app.include_router(web_router(Desk(NoStore()), caseload, signin=SignedIn(), clock=FakeClock(NOW)))  # type: ignore[arg-type]
    async with httpx2.AsyncClient(transport=httpx2.ASGITransport(app), base_url="http://desk") as client:
        answer = await client.get("/")
    assert answer.status_code == 200
    return answer.text


@pytest.fixture
def overdue() -> DueItem:
    return due("Tell them yourself: they were notified and have not looked", at=NOW - timedelta(hours=1))


async def test_a_victim_of_mine_is_shown_with_what_is_due(overdue: DueItem) -> None:
    shown = await page(Caseload([waiting("Amira Hassan", overdue)], []))
    assert "Amira Hassan" in shown
    assert "have not looked" in shown
    assert 'value="n-1|d-1"' in shown
    assert "Overdue since 24 November 2026 at 11:00am" in shown


async def test_a_victim_of_nobodys_can_be_taken_over(overdue: DueItem) -> None:
    shown = await page(Caseload([], [waiting("Ben Okoro", overdue)]))
    assert "Ben Okoro" in shown
    assert "1 due" in shown
    assert 'action="/take-over"' in shown


async def test_a_victim_who_waits_for_nothing_is_shown_too() -> None:
    assert "Amira Hassan" in await page(Caseload([waiting("Amira Hassan")], [waiting("Ben Okoro")]))
