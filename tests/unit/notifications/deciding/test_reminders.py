"""A duty's reminder: after its message may have left, and while an officer still has time to call."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from chassis.testing.clock import FakeClock
from contracts.ids import DutyKey
from contracts.journey import Reach
from contracts.notifications import ContactReason
from notifications.duties.duty import Duty
from notifications.ledger.memory import MemoryLedgers
from notifications.promise.windows import SafeTimes, Weekday, Window
from notifications.transaction.ledger import Alarm
from support.notifications_telling import asked_of_officers
from support.notifications_world import AMIRA, BEN, NOON, World, email_promise, news_of

KEY = DutyKey("0193a000-0000-7000-8000-0000000000d1")
FIVE, TWO = NOON + timedelta(hours=5), NOON + timedelta(hours=2)
DUTY = Duty(KEY, AMIRA, news_of().news_id, reminder_at=NOON, due_at=FIVE)


def hours(opens: int) -> SafeTimes:
    """One safe hour a day."""
    return SafeTimes((Window(frozenset(Weekday), opens * 60, opens * 60 + 60),))


def rings(ledgers: MemoryLedgers) -> datetime | None:
    return ledgers.state.alarms.get((Alarm.DUTY_REMINDER, KEY))


@pytest.mark.parametrize("opens", [13, 15])
async def test_a_message_that_leaves_before_the_deadline_is_waited_for_as_long_as_an_officer_has_time_to_call(
    world: World, clock: FakeClock, ledgers: MemoryLedgers, opens: int
) -> None:
    await world.agree(email_promise(times=hours(opens)))
    await world.hear(news_of())
    await world.change_duty(DUTY)
    await world.remind(KEY)
    assert asked_of_officers(ledgers) == []
    assert rings(ledgers) == TWO
    clock.advance(timedelta(hours=2))
    await world.remind(KEY)
    assert asked_of_officers(ledgers) == [ContactReason.NOT_SEEN]


async def test_a_message_that_would_leave_after_the_deadline_is_not_waited_for(
    world: World, ledgers: MemoryLedgers
) -> None:
    await world.agree(email_promise(times=hours(18)))
    await world.hear(news_of())
    await world.change_duty(DUTY)
    await world.remind(KEY)
    assert asked_of_officers(ledgers) == [ContactReason.NOT_SEEN]


async def test_who_has_read_it_meanwhile_is_not_called(world: World, clock: FakeClock, ledgers: MemoryLedgers) -> None:
    await world.agree(email_promise(times=hours(13)))
    await world.hear(news_of())
    await world.change_duty(DUTY)
    await world.remind(KEY)
    await world.see(news_of())
    clock.advance(timedelta(hours=2))
    await world.remind(KEY)
    assert asked_of_officers(ledgers) == []


@pytest.mark.parametrize(
    ("duty", "reason"),
    [
        (replace(DUTY, reach=Reach.OFFICER, reminder_at=TWO), ContactReason.DOUBT),
        (replace(DUTY, reminder_at=TWO, due_at=NOON), ContactReason.NOT_SEEN),
    ],
    ids=["an officer's", "overdue"],
)
async def test_what_waits_for_an_officer_or_is_overdue_is_asked_at_once(
    world: World, ledgers: MemoryLedgers, duty: Duty, reason: ContactReason
) -> None:
    await world.agree(email_promise(times=hours(18)))
    await world.change_duty(duty)
    assert rings(ledgers) == NOON
    await world.remind(KEY)
    assert asked_of_officers(ledgers) == [reason]


async def test_a_duty_that_was_changed_is_reminded_of_at_its_new_time(world: World, ledgers: MemoryLedgers) -> None:
    await world.change_duty(DUTY)
    await world.change_duty(replace(DUTY, reminder_at=TWO))
    assert rings(ledgers) == TWO
    await world.change_duty(replace(DUTY, news=None))
    assert rings(ledgers) is None


async def test_a_duty_that_is_open_again_is_reminded_of_again(world: World, ledgers: MemoryLedgers) -> None:
    await world.change_duty(DUTY)
    await world.meet_duty(KEY)
    assert rings(ledgers) is None
    await world.change_duty(DUTY)
    await world.remind(KEY)
    assert asked_of_officers(ledgers) == [ContactReason.NOT_SEEN]


async def test_another_victim_s_duty_stays_as_it_is(world: World, ledgers: MemoryLedgers) -> None:
    await world.change_duty(DUTY)
    await world.change_duty(replace(DUTY, victim=BEN, reminder_at=TWO))
    assert ledgers.state.duties[KEY] == DUTY
    assert rings(ledgers) == NOON


@pytest.mark.parametrize("gone", ["replaced", "not hers"])
async def test_nobody_is_reminded_to_tell_what_is_gone_until_it_is_back(
    world: World, ledgers: MemoryLedgers, gone: str
) -> None:
    await world.agree(email_promise(times=hours(18)))
    await world.hear(news_of())
    await world.change_duty(DUTY)
    await (world.hear(news_of(standing=False)) if gone == "replaced" else world.withdraw(news_of()))
    await world.remind(KEY)
    assert asked_of_officers(ledgers) == []
    ledgers.state.alarms.pop((Alarm.DUTY_REMINDER, KEY))
    await world.hear(news_of())
    assert rings(ledgers) == NOON
    await world.remind(KEY)
    assert asked_of_officers(ledgers) == [ContactReason.NOT_SEEN]
