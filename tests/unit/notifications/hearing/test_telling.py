"""From news to telling, over the fakes: what leaves, what waits, what becomes an officer's."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from chassis.testing.clock import FakeClock
from contracts.notifications import ContactReason, Safety
from notifications.decisions.verdicts import Verdict
from notifications.errors import NewsOfSomebodyElse
from notifications.ledger.memory import MemoryLedgers
from notifications.messages.facts import MessageSent
from notifications.messages.message import MessageState
from notifications.tellings.facts import NewsSeen
from notifications.transaction.ledger import Alarm
from support.notifications_telling import asked_of_officers, facts
from support.notifications_world import ADDRESS, AMIRA, BEN, EVENINGS, HOME, World, email_promise, news_of


async def test_news_is_told_by_one_neutral_message_and_recorded(world: World, ledgers: MemoryLedgers) -> None:
    await world.agree(email_promise())
    await world.hear(news_of())
    await world.tell_and_carry()

    [letter] = world.provider.outbox
    assert (letter.address, letter.body) == (ADDRESS, f"You have an update. Sign in when it is safe for you. {HOME}")
    assert (await world.decision(news_of())).notified_at is not None
    assert len(facts(ledgers, MessageSent)) == 1
    assert (await world.decision(news_of())).told_at is None, "notified is not told"


async def test_hearing_the_same_news_again_changes_nothing(world: World, ledgers: MemoryLedgers) -> None:
    await world.agree(email_promise())
    for _ in range(3):
        await world.hear(news_of())
        await world.tell_and_carry()
    assert len(world.provider.outbox) == 1
    assert len(ledgers.state.decisions) == 1


async def test_news_due_at_one_moment_leaves_as_one_message(world: World) -> None:
    await world.agree(email_promise())
    await world.hear(news_of("verdict"), news_of("sentence"))
    await world.tell_and_carry()
    assert len(world.provider.outbox) == 1
    assert set((await world.message(news_of("verdict"))).news) == {
        news_of("verdict").news_id,
        news_of("sentence").news_id,
    }


async def test_news_out_of_hours_is_held_and_leaves_when_the_window_opens(
    world: World, clock: FakeClock, ledgers: MemoryLedgers
) -> None:
    await world.agree(email_promise(times=EVENINGS))
    await world.hear(news_of())
    await world.tell_and_carry()
    assert world.provider.outbox == []
    assert ledgers.state.alarms[Alarm.TELL, AMIRA] == datetime(2026, 11, 23, 18, tzinfo=UTC)

    clock.advance(timedelta(hours=6))
    await world.tell_and_carry()
    assert len(world.provider.outbox) == 1


async def test_a_promise_changed_between_due_and_fire_is_the_one_that_counts(
    world: World, clock: FakeClock, ledgers: MemoryLedgers
) -> None:
    """Guard: fire-time re-check. The alarm was set under terms that no longer hold."""
    await world.agree(email_promise(times=EVENINGS))
    await world.hear(news_of())
    clock.advance(timedelta(hours=6))
    await world.agree(email_promise(times=EVENINGS, safe=Safety.NOT_SAFE), read=1)
    await world.tell_and_carry()
    assert world.provider.outbox == []
    assert asked_of_officers(ledgers) == [ContactReason.NO_SAFE_CHANNEL]


async def test_an_alarm_that_rings_late_claims_nothing_outside_safe_hours(
    world: World, clock: FakeClock, ledgers: MemoryLedgers
) -> None:
    """Guard: fire-time re-check. We were down from before the window opened until after it closed."""
    await world.agree(email_promise(times=EVENINGS))
    await world.hear(news_of())
    clock.advance(timedelta(hours=10))
    await world.tell()
    assert ledgers.state.messages == {}
    assert ledgers.state.alarms[Alarm.TELL, AMIRA] == datetime(2026, 11, 24, 18, tzinfo=UTC)


@pytest.mark.parametrize("change", ["unsafe", "closed", "seen", "told", "withdrawn"])
async def test_what_changed_between_claim_and_hand_over_stops_the_message(
    world: World, clock: FakeClock, ledgers: MemoryLedgers, change: str
) -> None:
    """Guard: fire-time re-check, in the transaction that hands the message over."""
    clock.advance(timedelta(hours=6))
    await world.agree(email_promise(times=EVENINGS))
    await world.hear(news_of())
    await world.tell()
    assert (await world.message(news_of())).state is MessageState.CLAIMED

    if change == "unsafe":
        await world.agree(email_promise(times=EVENINGS, safe=Safety.UNKNOWN), read=1)
    elif change == "closed":
        clock.advance(timedelta(hours=3))
    elif change == "seen":
        await world.see(news_of())
    elif change == "told":
        await world.contact(news_of())
    else:
        await world.hear(news_of("retraction", corrects=news_of().news_id, retracts=True))
    await world.carry()

    assert world.provider.outbox == []
    assert [message.state for message in ledgers.state.messages.values()] == [MessageState.WITHDRAWN]


async def test_news_that_was_stopped_by_the_closing_window_leaves_in_the_next_one(
    world: World, clock: FakeClock
) -> None:
    clock.advance(timedelta(hours=6))
    await world.agree(email_promise(times=EVENINGS))
    await world.hear(news_of())
    await world.tell()
    clock.advance(timedelta(hours=3))
    await world.carry()
    assert (await world.decision(news_of())).verdict is Verdict.HOLD_UNTIL
    clock.advance(timedelta(hours=21))
    await world.tell_and_carry()
    assert len(world.provider.outbox) == 1


async def test_without_a_promise_an_officer_is_asked_once(world: World, ledgers: MemoryLedgers) -> None:
    """Guard: unknown = unsafe."""
    await world.hear(news_of())
    await world.hear(news_of())
    await world.tell_and_carry()
    assert world.provider.outbox == []
    assert asked_of_officers(ledgers) == [ContactReason.NO_SAFE_CHANNEL]


async def test_a_backfill_makes_a_decision_and_no_message(world: World, ledgers: MemoryLedgers) -> None:
    """Guard: backfill flag."""
    await world.agree(email_promise())
    await world.hear(news_of(backfill=True))
    await world.tell_and_carry()
    assert world.provider.outbox == []
    assert (await world.decision(news_of())).verdict is Verdict.NOT_OWED
    assert asked_of_officers(ledgers) == []


async def test_news_seen_before_it_reached_us_is_not_owed(world: World) -> None:
    await world.agree(email_promise())
    await world.see(news_of())
    await world.hear(news_of())
    await world.tell_and_carry()
    assert world.provider.outbox == []


async def test_seeing_is_recorded_once(world: World, ledgers: MemoryLedgers) -> None:
    await world.hear(news_of())
    await world.see(news_of())
    await world.see(news_of())
    assert len(facts(ledgers, NewsSeen)) == 1


async def test_somebody_elses_news_cannot_be_seen(world: World) -> None:
    await world.hear(news_of())
    with pytest.raises(NewsOfSomebodyElse):
        await world.see(replace(news_of(), victim=BEN))
