"""The longest silence is a promise of its own: none passes without a message or a contact asked of an officer."""

from datetime import UTC, datetime, timedelta

import pytest
from chassis.testing.clock import FakeClock
from contracts.journey import Reach
from contracts.notifications import ContactReason
from contracts.telling import Tell
from notifications.ledger.memory import MemoryLedgers
from notifications.officer_contacts.facts import OfficerContactDue
from notifications.transaction.ledger import Alarm
from support.notifications_telling import asked_of_officers, facts
from support.notifications_world import AMIRA, EVENINGS, NOON, World, email_promise, news_of

INTERVAL = timedelta(days=28)


def due(ledgers: MemoryLedgers) -> datetime:
    """When the promised silence ends."""
    return ledgers.state.alarms[Alarm.NOTHING_CHANGED, AMIRA]


@pytest.mark.parametrize("reason", [ContactReason.DOUBT, ContactReason.OFFICER_FIRST])
async def test_with_an_officers_news_untold_an_officer_is_asked_at_each_interval(
    world: World, clock: FakeClock, ledgers: MemoryLedgers, reason: ContactReason
) -> None:
    doubtful, hard = news_of(reach=Reach.OFFICER), news_of(tell=Tell.OFFICER_FIRST)
    await world.agree(email_promise(days=28))
    await world.hear(doubtful if reason is ContactReason.DOUBT else hard)
    for interval in (1, 2):
        assert due(ledgers) == NOON + interval * INTERVAL
        clock.advance(INTERVAL)
        await world.break_silence()
        await world.carry()
        assert asked_of_officers(ledgers) == [reason, *[ContactReason.SILENCE] * interval]
    assert world.provider.outbox == []
    last = facts(ledgers, OfficerContactDue)[-1]
    assert isinstance(last, OfficerContactDue)
    assert last.news == ()


async def test_unopened_news_is_asked_about_once_and_its_silence_at_each_interval(
    world: World, clock: FakeClock, ledgers: MemoryLedgers
) -> None:
    await world.agree(email_promise(days=28))
    await world.hear(news_of())
    await world.tell_and_carry()
    for _ in range(3):
        clock.advance(INTERVAL)
        await world.break_silence()
    assert asked_of_officers(ledgers) == [ContactReason.NOT_SEEN, ContactReason.SILENCE, ContactReason.SILENCE]


async def test_a_message_restarts_the_interval(world: World, clock: FakeClock, ledgers: MemoryLedgers) -> None:
    await world.agree(email_promise(days=28))
    clock.advance(timedelta(days=20))
    await world.hear(news_of())
    await world.tell_and_carry()
    assert due(ledgers) == NOON + timedelta(days=48)


async def test_an_officers_contact_restarts_the_interval(
    world: World, clock: FakeClock, ledgers: MemoryLedgers
) -> None:
    await world.agree(email_promise(days=28))
    await world.hear(news_of(reach=Reach.OFFICER))
    clock.advance(timedelta(days=20))
    await world.contact(news_of("something else"))
    assert due(ledgers) == NOON + timedelta(days=48)


async def test_news_that_leaves_at_the_next_safe_hour_ends_the_silence_itself(
    world: World, clock: FakeClock, ledgers: MemoryLedgers
) -> None:
    await world.agree(email_promise(times=EVENINGS, days=28))
    clock.advance(INTERVAL)
    await world.hear(news_of())
    await world.break_silence()
    assert due(ledgers) == datetime(2026, 12, 21, 19, tzinfo=UTC)
    clock.advance(timedelta(hours=6))
    await world.tell_and_carry()
    assert due(ledgers) == datetime(2026, 12, 21, 18, tzinfo=UTC) + INTERVAL
    assert asked_of_officers(ledgers) == []


async def test_news_that_did_not_leave_in_its_hour_is_silence(
    world: World, clock: FakeClock, ledgers: MemoryLedgers
) -> None:
    await world.agree(email_promise(times=EVENINGS, days=28))
    clock.advance(INTERVAL)
    await world.hear(news_of())
    await world.break_silence()
    clock.advance(timedelta(hours=7))
    await world.break_silence()
    assert asked_of_officers(ledgers) == [ContactReason.SILENCE]


async def test_a_message_of_no_change_that_became_untrue_is_looked_at_again_at_once(
    world: World, clock: FakeClock, ledgers: MemoryLedgers
) -> None:
    await world.agree(email_promise(days=28))
    clock.advance(INTERVAL)
    await world.break_silence()
    await world.hear(news_of(reach=Reach.OFFICER))
    await world.carry()
    assert world.provider.outbox == []
    assert due(ledgers) == NOON + INTERVAL
