"""A message that waits for an officer does not wait unnoticed."""

from collections.abc import AsyncIterator, Callable
from datetime import UTC, datetime

import pytest
from chassis.clock import SystemClock
from chassis.database import Pool, open_pool
from intake.documents.document import Document, DocumentKind, DocumentState
from intake.documents.store import DatabaseDocumentBook
from intake.documents.waiting_alarms import WaitingAlarms
from prometheus_client import CollectorRegistry

pytestmark = pytest.mark.servers

# A Friday at noon: the second working day after it is the Tuesday.
CAME = datetime(2026, 11, 20, 12, tzinfo=UTC)
TUESDAY_AT_HALF_PAST_FOUR = datetime(2026, 11, 24, 16, 30, tzinfo=UTC)
TUESDAY_EVENING = datetime(2026, 11, 24, 17, 30, tzinfo=UTC)


@pytest.fixture
async def pool(database: Callable[[str], str]) -> AsyncIterator[Pool]:
    async with open_pool(database("intake")) as opened:
        yield opened


async def keep(pool: Pool, state: DocumentState, *, looked_at: bool = False) -> None:
    document = Document(
        id=SystemClock().new_id(),
        kind=DocumentKind.HEARING,
        about="an-invented-hearing",
        digest=b"",
        sealed=b"sealed",
        received_at=CAME,
        retain_until=TUESDAY_EVENING,
        state=state,
    )
    book = DatabaseDocumentBook(pool)
    assert await book.apply([book.keeping(document)])
    if looked_at:
        assert await book.apply([book.deciding(document, by="officer-1")])


async def seen(pool: Pool, at: datetime) -> tuple[float | None, float | None]:
    """How many wait, and how many for too long, as Prometheus sees it."""
    registry = CollectorRegistry()
    async with pool.acquire() as connection:
        await connection.execute("UPDATE business_clock SET ahead = $1::timestamptz - clock_timestamp()", at)
    await WaitingAlarms(DatabaseDocumentBook(pool), registry=registry).look()
    names = ("intake_documents_waiting", "intake_documents_waiting_too_long")
    waiting, too_long = (registry.get_sample_value(name) for name in names)
    return waiting, too_long


@pytest.mark.parametrize("state", [DocumentState.HELD, DocumentState.PARKED, DocumentState.QUESTION])
async def test_after_two_working_days_what_nobody_decided_calls_a_person(pool: Pool, state: DocumentState) -> None:
    await keep(pool, state)
    assert await seen(pool, TUESDAY_AT_HALF_PAST_FOUR) == (1, 0)
    assert await seen(pool, TUESDAY_EVENING) == (1, 1)


async def test_what_waits_for_nobody_or_was_looked_at_calls_nobody(pool: Pool) -> None:
    await keep(pool, DocumentState.APPLIED)
    await keep(pool, DocumentState.WAITING)
    await keep(pool, DocumentState.PARKED, looked_at=True)
    assert await seen(pool, TUESDAY_EVENING) == (0, 0)
