"""After the sending: reminders, the promised silence, and corrections of what was said."""

from datetime import UTC, datetime, timedelta

import pytest
from chassis.testing.clock import FakeClock
from contracts.notifications import ContactReason, MessageKind
from contracts.telling import Tell
from notifications.decisions.verdicts import Verdict
from notifications.ledger.memory import MemoryLedgers
from notifications.officer_contacts.facts import OfficerContactDue
from notifications.transaction.ledger import Alarm
from support.notifications_telling import asked_of_officers, facts
from support.notifications_world import AMIRA, BEN, EVENINGS, NOON, World, email_promise, news_of


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


async def test_an_open_duty_about_news_without_a_message_is_an_officers_at_its_reminder(
    world: World, ledgers: MemoryLedgers
) -> None:
    await world.agree(email_promise())
    amended = news_of("amended", corrects=news_of().news_id)
    await world.hear(news_of(backfill=True), amended)
    key = await world.open_duty(amended)
    await world.remind(key)
    assert asked_of_officers(ledgers) == [ContactReason.NOT_SEEN]


async def test_what_was_corrected_is_not_reminded_of(world: World, ledgers: MemoryLedgers) -> None:
    await world.agree(email_promise())
    await world.hear(news_of())
    key = await world.open_duty(news_of())
    await world.tell_and_carry()
    await world.hear(news_of("right", corrects=news_of().news_id))
    await world.remind(key)
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


async def test_who_was_told_only_the_correction_hears_that_it_was_taken_back_too(
    world: World, clock: FakeClock
) -> None:
    await world.agree(email_promise(times=EVENINGS))
    await world.hear(news_of("result"))
    await world.hear(news_of("right result", corrects=news_of("result").news_id))
    clock.advance(timedelta(hours=6))
    await world.tell_and_carry()
    await world.see(news_of("right result"))
    await world.hear(news_of("taken back", corrects=news_of("result").news_id, retracts=True))
    await world.tell_and_carry()
    assert (await world.message(news_of("taken back"))).news == (news_of("taken back").news_id,)


async def test_an_unsent_correction_is_withdrawn_when_the_original_is_taken_back(
    world: World, clock: FakeClock
) -> None:
    await world.agree(email_promise(times=EVENINGS))
    await world.hear(news_of("result"))
    await world.hear(news_of("right result", corrects=news_of("result").news_id))
    await world.hear(news_of("taken back", corrects=news_of("result").news_id, retracts=True))
    clock.advance(timedelta(hours=6))
    await world.tell_and_carry()
    assert (await world.decision(news_of("right result"))).verdict is Verdict.WITHDRAWN
    assert world.provider.outbox == []


async def test_who_opened_only_the_correction_has_nothing_left_to_open(
    world: World, clock: FakeClock, ledgers: MemoryLedgers
) -> None:
    await world.agree(email_promise())
    await world.hear(news_of("result"))
    await world.tell_and_carry()
    await world.hear(news_of("right result", corrects=news_of("result").news_id))
    await world.tell_and_carry()
    await world.see(news_of("right result"))
    clock.advance(timedelta(days=28))
    await world.break_silence()
    await world.carry()
    assert len(world.provider.outbox) == 3
    assert asked_of_officers(ledgers) == []
    await world.hear(news_of("taken back", corrects=news_of("result").news_id, retracts=True))
    assert (await world.decision(news_of("taken back"))).owed


async def test_whoever_was_notified_is_told_that_it_was_wrong(world: World) -> None:
    await world.agree(email_promise())
    await world.hear(news_of("result"))
    await world.tell_and_carry()
    await world.hear(news_of("taken back", corrects=news_of("result").news_id, retracts=True, tell=Tell.NOBODY))
    await world.tell_and_carry()
    assert len(world.provider.outbox) == 2
