"""A silence that an officer was asked to end and did not, or that we end late, is on record as a promise not kept."""

from datetime import UTC, datetime, timedelta

from chassis.testing.clock import FakeClock
from contracts.journey import Reach
from notifications.delivery.provider import Refused
from notifications.keeping_in_touch.facts import SilenceBroken
from notifications.keeping_in_touch.promised_silence import Breach
from notifications.ledger.memory import MemoryLedgers
from notifications.transaction.ledger import Alarm
from support.notifications_telling import facts
from support.notifications_world import AMIRA, EVENINGS, NOON, World, email_promise, news_of

INTERVAL = timedelta(days=28)
ASKED = NOON + INTERVAL
DUE_BY = datetime(2026, 12, 22, 17, tzinfo=UTC)
"""The end of the working day after the first interval's end."""


def broken(ledgers: MemoryLedgers) -> list[Breach]:
    return [fact.breach for fact in facts(ledgers, SilenceBroken) if isinstance(fact, SilenceBroken)]


async def pass_interval(world: World, clock: FakeClock, *, days: float = 28) -> None:
    clock.advance(timedelta(days=days))
    await world.break_silence()
    await world.carry()


async def with_doubt(world: World, *, days: int = 28) -> None:
    await world.agree(email_promise(days=days))
    await world.hear(news_of(reach=Reach.OFFICER))


async def test_where_the_officer_asked_made_no_contact_the_promise_is_broken_once_for_each_interval(
    world: World, clock: FakeClock, ledgers: MemoryLedgers
) -> None:
    await with_doubt(world)
    await pass_interval(world, clock)
    assert broken(ledgers) == [], "the officer has until the end of the next working day"
    await pass_interval(world, clock)
    assert broken(ledgers) == [Breach(NOON, DUE_BY)]
    await pass_interval(world, clock)
    assert broken(ledgers) == [Breach(NOON, DUE_BY), Breach(NOON, datetime(2027, 1, 19, 17, tzinfo=UTC))]


async def test_a_contact_made_in_time_keeps_it(world: World, clock: FakeClock, ledgers: MemoryLedgers) -> None:
    await with_doubt(world)
    await pass_interval(world, clock)
    clock.advance(timedelta(days=1))
    await world.contact()
    await pass_interval(world, clock)
    assert broken(ledgers) == []


async def test_a_message_that_left_meanwhile_keeps_it(world: World, clock: FakeClock, ledgers: MemoryLedgers) -> None:
    await with_doubt(world)
    await pass_interval(world, clock)
    clock.advance(timedelta(days=1))
    await world.hear(news_of("sentence"))
    await world.tell_and_carry()
    await pass_interval(world, clock)
    assert broken(ledgers) == []


async def test_a_contact_taken_back_ended_no_silence(world: World, clock: FakeClock, ledgers: MemoryLedgers) -> None:
    await with_doubt(world)
    await pass_interval(world, clock)
    clock.advance(timedelta(days=1))
    contact = await world.contact()
    clock.advance(timedelta(days=1))
    await world.take_back(contact)
    assert ledgers.state.alarms[Alarm.NOTHING_CHANGED, AMIRA] == ASKED + INTERVAL
    await pass_interval(world, clock, days=26)
    assert broken(ledgers) == [Breach(NOON, DUE_BY)]


async def test_an_officer_asked_over_a_weekend_has_until_monday(
    world: World, clock: FakeClock, ledgers: MemoryLedgers
) -> None:
    """27 November 2026 is a Friday."""
    await with_doubt(world, days=1)
    clock.advance(timedelta(days=3))
    await world.contact()
    for _ in range(4):
        await pass_interval(world, clock, days=1)
    assert broken(ledgers) == []
    await pass_interval(world, clock, days=1)
    assert broken(ledgers) == [Breach(NOON + timedelta(days=3), datetime(2026, 11, 30, 17, tzinfo=UTC))]


async def test_a_message_that_failed_leaves_the_silence_to_an_officer(
    world: World, clock: FakeClock, ledgers: MemoryLedgers
) -> None:
    await world.agree(email_promise(days=28))
    world.provider.answers = [Refused()]
    await pass_interval(world, clock)
    await pass_interval(world, clock)
    assert broken(ledgers) == [Breach(NOON, DUE_BY)]


async def test_a_silence_that_we_ourselves_end_late_is_a_breach(
    world: World, clock: FakeClock, ledgers: MemoryLedgers
) -> None:
    await world.agree(email_promise(days=28))
    await pass_interval(world, clock, days=29.5)
    assert broken(ledgers) == [Breach(NOON, ASKED)]
    assert len(world.provider.outbox) == 1


async def test_one_that_waits_for_the_agreed_hours_is_kept(
    world: World, clock: FakeClock, ledgers: MemoryLedgers
) -> None:
    """It ends on a Saturday, and she may be reached on Monday evening."""
    await world.agree(email_promise(times=EVENINGS, days=26))
    await pass_interval(world, clock, days=26)
    assert ledgers.state.alarms[Alarm.NOTHING_CHANGED, AMIRA] == datetime(2026, 12, 21, 18, tzinfo=UTC)
    await pass_interval(world, clock, days=2.25)
    assert broken(ledgers) == []
    assert len(world.provider.outbox) == 1
