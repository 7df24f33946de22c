"""From news to telling, over the fakes: what leaves, what waits, what becomes an officer's."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from chassis.testing.clock import FakeClock
from contracts.notifications import ContactReason, MessageKind, Safety
from contracts.telling import Tell
from notifications.adapters.memory.ledgers import MemoryLedgers
from notifications.adapters.memory.seals import MemorySeals
from notifications.adapters.providers.memory import MemoryProvider
from notifications.application.ledger import Alarm
from notifications.application.providers import CannotTell, Delivery, NotNow, Refused, Unclear
from notifications.domain.errors import NewsOfSomebodyElse
from notifications.domain.facts import Fact, MessageDelivered, MessageFailed, MessageSent, NewsSeen, OfficerContactDue
from notifications.domain.messages import RETRIES, MessageState
from notifications.domain.verdicts import Verdict
from support.notifications_world import ADDRESS, AMIRA, BEN, EVENINGS, HOME, World, email_promise, news_of

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
LEASE_IS_OVER = timedelta(seconds=26)


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock(NOON)


@pytest.fixture
def ledgers(clock: FakeClock) -> MemoryLedgers:
    return MemoryLedgers(clock)


@pytest.fixture
def world(ledgers: MemoryLedgers, clock: FakeClock) -> World:
    return World(ledgers, clock, MemorySeals(), MemoryProvider())


def facts(ledgers: MemoryLedgers, kind: type[Fact]) -> list[Fact]:
    return [fact for fact in ledgers.state.facts if isinstance(fact, kind)]


def asked_of_officers(ledgers: MemoryLedgers) -> list[ContactReason]:
    return [fact.reason for fact in ledgers.state.facts if isinstance(fact, OfficerContactDue)]


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


# After a crash


class Crash(BaseException):
    """kill -9: nothing after it runs."""


def crash() -> None:
    raise Crash


async def test_a_crash_between_hand_over_and_record_sends_nothing_twice(
    world: World, clock: FakeClock, ledgers: MemoryLedgers
) -> None:
    """Guard: recovery by reference. The provider has the message; we don't know."""
    await world.agree(email_promise())
    await world.hear(news_of())
    await world.tell()
    world.provider.before_answer = crash
    with pytest.raises(Crash):
        await world.carry()
    world.provider.before_answer = None
    assert (await world.message(news_of())).state is MessageState.HANDED

    await world.carry()
    assert len(world.provider.outbox) == 1, "the lease still runs: nobody touches it"
    clock.advance(LEASE_IS_OVER)
    await world.carry()
    assert len(world.provider.outbox) == 1
    assert (await world.message(news_of())).state is MessageState.SENT
    assert len(facts(ledgers, MessageSent)) == 1


async def test_after_a_crash_a_message_that_never_arrived_is_checked_again_and_sent(
    world: World, clock: FakeClock
) -> None:
    """Guard: recovery by reference."""
    await world.agree(email_promise())
    await world.hear(news_of())
    await world.tell()
    world.provider.before_answer = crash
    with pytest.raises(Crash):
        await world.carry()
    world.provider.before_answer = None
    reference = world.provider.outbox.pop().reference

    clock.advance(LEASE_IS_OVER)
    await world.carry()
    await world.next_step(news_of())
    assert [letter.reference for letter in world.provider.outbox] == [reference]


async def test_after_a_crash_a_message_that_is_no_longer_safe_stays_unsent(
    world: World, clock: FakeClock, ledgers: MemoryLedgers
) -> None:
    """Guards: recovery by reference, fire-time re-check."""
    await world.agree(email_promise())
    await world.hear(news_of())
    await world.tell()
    world.provider.before_answer = crash
    with pytest.raises(Crash):
        await world.carry()
    world.provider.before_answer = None
    world.provider.outbox.clear()

    clock.advance(LEASE_IS_OVER)
    await world.agree(email_promise(safe=Safety.NOT_SAFE), read=1)
    await world.carry()
    await world.next_step(news_of())
    assert world.provider.outbox == []
    assert asked_of_officers(ledgers) == [ContactReason.NO_SAFE_CHANNEL]


async def test_a_provider_that_cannot_be_asked_makes_an_unknown_outcome_an_officers(
    world: World, clock: FakeClock, ledgers: MemoryLedgers
) -> None:
    world.provider.can_be_asked = False
    await world.agree(email_promise())
    await world.hear(news_of())
    await world.tell()
    world.provider.before_answer = crash
    with pytest.raises(Crash):
        await world.carry()
    world.provider.before_answer = None

    clock.advance(LEASE_IS_OVER)
    await world.carry()
    assert len(world.provider.outbox) == 1
    assert (await world.message(news_of())).state is MessageState.UNKNOWN
    assert asked_of_officers(ledgers) == [ContactReason.UNKNOWN_OUTCOME]


async def test_two_couriers_never_hand_over_the_same_message(world: World, ledgers: MemoryLedgers) -> None:
    await world.agree(email_promise())
    await world.hear(news_of())
    await world.tell()
    [errand] = await ledgers.take_errands(10)
    assert await ledgers.take_errands(10) == []
    await world.courier().run(errand)
    await world.courier().run(errand)
    assert len(world.provider.outbox) == 1


async def test_a_courier_that_was_paused_too_long_hands_nothing_over(
    world: World, ledgers: MemoryLedgers, clock: FakeClock
) -> None:
    """Guard: a bounded gap from decision to hand-over."""
    await world.agree(email_promise())
    await world.hear(news_of())
    await world.tell()
    [errand] = await ledgers.take_errands(10)
    world.seals.before_open = lambda: clock.advance(timedelta(seconds=9))
    await world.courier().run(errand)
    assert world.provider.outbox == []
    assert (await world.message(news_of())).state is MessageState.CLAIMED


# What providers answer


async def test_a_busy_provider_is_tried_again_by_the_schedule_and_then_an_officer_is_asked(
    world: World, ledgers: MemoryLedgers
) -> None:
    world.provider.answers = [NotNow()] * (len(RETRIES) + 1)
    await world.agree(email_promise())
    await world.hear(news_of())
    await world.tell_and_carry()
    for _ in RETRIES:
        await world.next_step(news_of())
    assert (await world.message(news_of())).state is MessageState.FAILED
    assert len(facts(ledgers, MessageFailed)) == 1
    assert asked_of_officers(ledgers) == [ContactReason.SEND_FAILED]


async def test_a_refusal_is_final(world: World, ledgers: MemoryLedgers) -> None:
    world.provider.answers = [Refused()]
    await world.agree(email_promise())
    await world.hear(news_of())
    await world.tell_and_carry()
    assert asked_of_officers(ledgers) == [ContactReason.SEND_FAILED]
    await world.next_step(news_of())
    assert world.provider.outbox == []


async def test_an_unclear_answer_is_asked_about_before_anything_is_sent_again(world: World) -> None:
    """Guard: recovery by reference."""
    world.provider.answers = [Unclear()]
    await world.agree(email_promise())
    await world.hear(news_of())
    await world.tell_and_carry()
    assert (await world.message(news_of())).state is MessageState.HANDED
    world.provider.away = True
    await world.next_step(news_of())
    assert world.provider.outbox == []
    world.provider.away = False
    await world.next_step(news_of())
    await world.next_step(news_of())
    assert len(world.provider.outbox) == 1


async def test_delivery_is_asked_about_until_it_is_final(world: World, ledgers: MemoryLedgers) -> None:
    world.provider.deliveries = [Delivery.ON_ITS_WAY, Delivery.DELIVERED]
    await world.agree(email_promise())
    await world.hear(news_of())
    await world.tell_and_carry()
    await world.next_step(news_of())
    assert (await world.message(news_of())).state is MessageState.SENT
    await world.next_step(news_of())
    assert (await world.message(news_of())).state is MessageState.DELIVERED
    assert len(facts(ledgers, MessageDelivered)) == 1
    assert (await world.decision(news_of())).told_at is None, "delivered is not told"


@pytest.mark.parametrize(
    ("delivery", "reason"),
    [(Delivery.FAILED, ContactReason.SEND_FAILED), (Delivery.UNKNOWN, ContactReason.UNKNOWN_OUTCOME)],
)
async def test_what_did_not_or_may_not_have_arrived_is_an_officers(
    world: World, ledgers: MemoryLedgers, delivery: Delivery, reason: ContactReason
) -> None:
    world.provider.deliveries = [delivery]
    await world.agree(email_promise())
    await world.hear(news_of())
    await world.tell_and_carry()
    await world.next_step(news_of())
    assert asked_of_officers(ledgers) == [reason]


async def test_a_message_on_its_way_for_three_days_is_an_unknown_outcome(
    world: World, clock: FakeClock, ledgers: MemoryLedgers
) -> None:
    world.provider.deliveries = [Delivery.ON_ITS_WAY]
    await world.agree(email_promise())
    await world.hear(news_of())
    await world.tell_and_carry()
    clock.advance(timedelta(hours=72))
    await world.next_step(news_of())
    assert asked_of_officers(ledgers) == [ContactReason.UNKNOWN_OUTCOME]


async def test_a_vault_that_is_away_delays_and_an_erased_address_goes_to_an_officer(
    world: World, ledgers: MemoryLedgers
) -> None:
    await world.agree(email_promise())
    await world.hear(news_of())
    await world.tell()
    world.seals.away = True
    await world.carry()
    assert (await world.message(news_of())).state is MessageState.CLAIMED
    world.seals.away = False
    world.seals.erased.add(AMIRA)
    await world.next_step(news_of())
    assert world.provider.outbox == []
    assert asked_of_officers(ledgers) == [ContactReason.SEND_FAILED]


# Duties, silence, corrections


async def test_notified_and_not_seen_by_the_reminder_becomes_an_officers_once(
    world: World, clock: FakeClock, ledgers: MemoryLedgers
) -> None:
    await world.agree(email_promise())
    await world.hear(news_of())
    duty = await world.open_duty(news_of())
    await world.tell_and_carry()
    clock.advance(timedelta(days=3))
    await world.remind(duty)
    await world.remind(duty)
    assert asked_of_officers(ledgers) == [ContactReason.NOT_SEEN]
    [contact] = facts(ledgers, OfficerContactDue)
    assert isinstance(contact, OfficerContactDue)
    assert contact.duties == (duty,)
    assert contact.due_by == ledgers.state.duties[duty].due_at


@pytest.mark.parametrize("how", ["seen", "contact"])
async def test_whoever_was_told_needs_no_reminder(world: World, ledgers: MemoryLedgers, how: str) -> None:
    await world.agree(email_promise())
    await world.hear(news_of())
    duty = await world.open_duty(news_of())
    await (world.see(news_of()) if how == "seen" else world.contact(news_of(), duties=[duty]))
    await world.remind(duty)
    assert asked_of_officers(ledgers) == []


async def test_a_contact_with_one_victim_ends_no_reminder_of_another(world: World, ledgers: MemoryLedgers) -> None:
    for victim in (AMIRA, BEN):
        await world.hear(news_of(victim=victim))
    hers = await world.open_duty(news_of())
    await world.contact(news_of(victim=BEN), duties=[hers])
    assert (Alarm.DUTY_REMINDER, hers) in ledgers.state.alarms
    assert not ledgers.state.duties[hers].met


async def test_after_the_promised_silence_the_victim_hears_that_nothing_changed(
    world: World, clock: FakeClock, ledgers: MemoryLedgers
) -> None:
    await world.agree(email_promise(days=28))
    assert ledgers.state.alarms[Alarm.NOTHING_CHANGED, AMIRA] == NOON + timedelta(days=28)
    for beat in (1, 2):
        clock.advance(timedelta(days=28))
        await world.break_silence()
        await world.carry()
        assert len(world.provider.outbox) == beat
        assert ledgers.state.alarms[Alarm.NOTHING_CHANGED, AMIRA] == NOON + timedelta(days=28 * (beat + 1))
    kinds = [message.kind for message in ledgers.state.messages.values()]
    assert kinds == [MessageKind.NOTHING_CHANGED] * 2


async def test_being_told_restarts_the_silence(world: World, clock: FakeClock, ledgers: MemoryLedgers) -> None:
    await world.agree(email_promise(days=28))
    await world.hear(news_of())
    clock.advance(timedelta(days=20))
    await world.see(news_of())
    assert ledgers.state.alarms[Alarm.NOTHING_CHANGED, AMIRA] == NOON + timedelta(days=48)
    clock.advance(timedelta(days=8))
    await world.break_silence()
    await world.carry()
    assert world.provider.outbox == []


async def test_silence_is_broken_only_in_safe_hours(world: World, clock: FakeClock, ledgers: MemoryLedgers) -> None:
    await world.agree(email_promise(times=EVENINGS, days=28))
    clock.advance(timedelta(days=28))
    await world.break_silence()
    await world.carry()
    assert world.provider.outbox == []
    assert ledgers.state.alarms[Alarm.NOTHING_CHANGED, AMIRA] == datetime(2026, 12, 21, 18, tzinfo=UTC)


async def test_nothing_changed_is_never_said_while_an_update_waits_unopened(
    world: World, clock: FakeClock, ledgers: MemoryLedgers
) -> None:
    await world.agree(email_promise(days=28))
    await world.hear(news_of())
    await world.tell_and_carry()
    clock.advance(timedelta(days=28))
    await world.break_silence()
    await world.carry()
    assert len(world.provider.outbox) == 1
    assert asked_of_officers(ledgers) == [ContactReason.NOT_SEEN]


async def test_an_unsent_original_is_withdrawn_and_its_correction_told(world: World, clock: FakeClock) -> None:
    await world.agree(email_promise(times=EVENINGS))
    await world.hear(news_of("result"))
    await world.hear(news_of("right result", corrects=news_of("result").news_id))
    assert (await world.decision(news_of("result"))).verdict is Verdict.WITHDRAWN
    clock.advance(timedelta(hours=6))
    await world.tell_and_carry()
    assert (await world.message(news_of("right result"))).news == (news_of("right result").news_id,)


async def test_a_retraction_of_unsent_news_tells_nobody_anything(world: World, clock: FakeClock) -> None:
    await world.agree(email_promise(times=EVENINGS))
    await world.hear(news_of("result"))
    await world.hear(news_of("taken back", corrects=news_of("result").news_id, retracts=True))
    clock.advance(timedelta(hours=6))
    await world.tell_and_carry()
    assert world.provider.outbox == []


async def test_whoever_was_notified_is_told_that_it_was_wrong(world: World) -> None:
    await world.agree(email_promise())
    await world.hear(news_of("result"))
    await world.tell_and_carry()
    await world.hear(news_of("taken back", corrects=news_of("result").news_id, retracts=True, tell=Tell.NOBODY))
    await world.tell_and_carry()
    assert len(world.provider.outbox) == 2


async def test_a_provider_without_memory_never_gets_a_second_try_after_an_unclear_answer(
    world: World, ledgers: MemoryLedgers
) -> None:
    world.provider.can_be_asked = False
    world.provider.answers = [Unclear()]
    await world.agree(email_promise())
    await world.hear(news_of())
    await world.tell_and_carry()
    await world.next_step(news_of())
    assert asked_of_officers(ledgers) == [ContactReason.UNKNOWN_OUTCOME]
    assert isinstance(await world.provider.find("any"), CannotTell)
