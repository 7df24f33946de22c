"""After a crash, and after what providers answer: nothing is sent twice, and nothing is left unknown."""

from datetime import timedelta

import pytest
from chassis.testing.clock import FakeClock
from contracts.notifications import ContactReason, Safety
from notifications.delivery.provider import CannotTell, Delivery, NotNow, Refused, Unclear
from notifications.ledger.memory import MemoryLedgers
from notifications.messages.facts import MessageDelivered, MessageFailed, MessageSent
from notifications.messages.message import RETRIES, MessageState
from support.notifications_telling import asked_of_officers, facts
from support.notifications_world import AMIRA, World, email_promise, news_of

LEASE_IS_OVER = timedelta(seconds=26)


class Crash(BaseException):
    """kill -9: nothing after it runs."""


async def crash_while_carrying(world: World) -> None:
    """The provider has the message, and we end before it has answered."""

    def crash() -> None:
        raise Crash

    world.provider.before_answer = crash
    with pytest.raises(Crash):
        await world.carry()
    world.provider.before_answer = None


async def test_a_crash_between_hand_over_and_record_sends_nothing_twice(
    world: World, clock: FakeClock, ledgers: MemoryLedgers
) -> None:
    """Guard: recovery by reference. The provider has the message; we don't know."""
    await world.agree(email_promise())
    await world.hear(news_of())
    await world.tell()
    await crash_while_carrying(world)
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
    await crash_while_carrying(world)
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
    await crash_while_carrying(world)
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
    await crash_while_carrying(world)

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
