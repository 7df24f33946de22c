"""Whoever decides about a victim may set its timers while fired ones wait for that victim: one order of locks."""

import asyncio
from collections.abc import AsyncIterator, Callable
from datetime import timedelta

import pytest
from notifications.transaction.ledger import Alarm
from support.consuming import until
from support.notifications_service import Service, open_service
from support.notifications_world import AMIRA

pytestmark = pytest.mark.servers


@pytest.fixture
async def service(database: Callable[[str], str]) -> AsyncIterator[Service]:
    async with open_service(database("notifications")) as opened:
        yield opened


async def a_reminder(service: Service) -> str:
    """A duty that is met by telling, whose reminder is due; returns its key."""
    news_id = await service.news()
    now = "2026-11-02T09:00:00Z"
    key = "0193a000-0000-7000-8000-0000000000d1"
    duty = {
        "duty_key": key, "duty_id": "R9-OUTCOME", "case_id": news_id, "news_id": news_id,
        "owner": "police", "code_edition": "2024",
        "opened_at": now, "reminder_at": now, "due_at": now,
    }  # fmt: skip
    await service.hear("journey.duty-opened.v1", duty)
    await service.execute("DELETE FROM timer WHERE kind <> 'duty-reminder'")
    return key


async def fired_while(service: Service) -> "asyncio.Task[None]":
    """Fire what is due; returns once that waits for what another transaction has locked."""
    firing = asyncio.create_task(service.ring())

    async def it_waits() -> bool:
        async with service.pool.acquire() as connection:
            return bool(await connection.fetchval("SELECT count(*) FROM pg_locks WHERE NOT granted"))

    await until(it_waits, what="fired timers that wait")
    return firing


@pytest.mark.parametrize("alarm", [Alarm.TELL, Alarm.NOTHING_CHANGED])
async def test_a_victim_s_timers_are_not_locked_before_the_victim(service: Service, alarm: Alarm) -> None:
    async with service.working.ledgers.begin() as ledger:
        now = await ledger.now()
        await ledger.alarms.set(alarm, AMIRA, now)
    async with service.working.ledgers.begin() as ledger:
        await ledger.lock([AMIRA])
        firing = await fired_while(service)
        async with asyncio.timeout(0.9):
            await ledger.alarms.set(alarm, AMIRA, now + timedelta(days=1))
    await firing


async def test_a_duty_s_reminder_is_not_locked_before_its_victim(service: Service) -> None:
    key = await a_reminder(service)
    async with service.working.ledgers.begin() as ledger:
        await ledger.lock([AMIRA])
        firing = await fired_while(service)
        async with asyncio.timeout(0.9):
            await ledger.alarms.cancel(Alarm.DUTY_REMINDER, key)
    await firing


async def test_a_message_s_step_is_not_locked_before_the_message(service: Service) -> None:
    await service.agree()
    await service.news()
    await service.ring()
    [errand] = await service.working.ledgers.take_errands(1)
    async with service.working.ledgers.begin() as ledger:
        await ledger.alarms.set(Alarm.MESSAGE_STEP, errand.message_id, await ledger.now())
    async with service.working.ledgers.begin() as ledger:
        assert await ledger.messages.held(errand) is not None
        firing = await fired_while(service)
        async with asyncio.timeout(0.9):
            await ledger.alarms.set(Alarm.MESSAGE_STEP, errand.message_id, await ledger.now() + timedelta(days=1))
    await firing
