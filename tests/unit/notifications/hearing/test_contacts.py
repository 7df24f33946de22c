"""A contact tells what it names of what had happened by then, no more; and may be taken back, with all that it told."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from chassis.testing.clock import FakeClock
from contracts.notifications import ContactReason
from notifications.decisions.verdicts import Verdict, WhyNot
from notifications.ledger.memory import MemoryLedgers
from notifications.officer_contacts.facts import OfficerContactDue, OfficerContactWithdrawn
from notifications.transaction.ledger import Alarm
from support.notifications_telling import asked_of_officers, facts
from support.notifications_world import AMIRA, BEN, EVENINGS, NOON, World, email_promise, news_of

EARLIER = NOON - timedelta(days=9)
VERDICT = news_of("verdict")


async def test_a_contact_before_the_verdict_tells_no_verdict_and_meets_no_duty_of_it(
    world: World, ledgers: MemoryLedgers
) -> None:
    await world.agree(email_promise())
    await world.hear(VERDICT)
    key = await world.open_duty(VERDICT)
    await world.contact(VERDICT, duties=[key], made_at=EARLIER)
    assert (await world.decision(VERDICT)).told_at is None
    assert (Alarm.DUTY_REMINDER, key) in ledgers.state.alarms
    await world.tell_and_carry()
    assert len(world.provider.outbox) == 1


async def test_so_too_where_the_contact_is_heard_of_before_the_news(world: World) -> None:
    await world.agree(email_promise())
    await world.contact(VERDICT, made_at=EARLIER)
    await world.hear(VERDICT)
    assert (await world.decision(VERDICT)).pending


async def test_a_contact_about_nothing_ends_only_the_silence(
    world: World, clock: FakeClock, ledgers: MemoryLedgers
) -> None:
    await world.agree(email_promise())
    await world.hear(VERDICT)
    key = await world.open_duty(VERDICT)
    clock.advance(timedelta(days=1))
    await world.contact()
    assert (await world.decision(VERDICT)).pending
    assert (Alarm.DUTY_REMINDER, key) in ledgers.state.alarms
    assert ledgers.state.alarms[Alarm.NOTHING_CHANGED, AMIRA] == NOON + timedelta(days=29)


async def test_what_a_contact_told_is_untold_when_it_is_taken_back_and_leaves_by_a_message(world: World) -> None:
    await world.agree(email_promise())
    await world.hear(VERDICT)
    contact = await world.contact(VERDICT)
    assert (await world.decision(VERDICT)).why == WhyNot.TOLD_BY_OFFICER.value
    await world.take_back(contact)
    await world.tell_and_carry()
    assert len(world.provider.outbox) == 1
    assert (await world.decision(VERDICT)).owed


async def test_what_was_an_officer_s_to_tell_is_theirs_again_by_the_contact_of_then(
    world: World, ledgers: MemoryLedgers
) -> None:
    await world.hear(VERDICT)
    await world.take_back(await world.contact(VERDICT))
    assert asked_of_officers(ledgers) == [ContactReason.NO_SAFE_CHANNEL]
    record = await world.decision(VERDICT)
    assert (record.verdict, record.told_at) == (Verdict.GIVE_TO_OFFICER, None)
    await world.agree(email_promise())
    assert len(facts(ledgers, OfficerContactWithdrawn)) == 1, "a message tells it now"


async def test_who_is_asked_anew_about_what_was_told_has_that_contact_alone(
    world: World, clock: FakeClock, ledgers: MemoryLedgers
) -> None:
    """It happened later than was said then, so that it was not told."""
    await world.hear(VERDICT)
    told = await world.contact(VERDICT)
    clock.advance(timedelta(days=1))
    await world.hear(replace(VERDICT, occurred_at=clock.now()))
    assert asked_of_officers(ledgers) == [ContactReason.NO_SAFE_CHANNEL] * 2
    assert len(facts(ledgers, OfficerContactWithdrawn)) == 1
    await world.take_back(told)
    assert asked_of_officers(ledgers) == [ContactReason.NO_SAFE_CHANNEL] * 2


async def test_so_is_what_was_theirs_to_put_right(world: World, ledgers: MemoryLedgers) -> None:
    await world.hear(VERDICT)
    await world.withdraw(VERDICT)
    righted = await world.contact(put_right=[VERDICT])
    await world.take_back(righted)
    assert asked_of_officers(ledgers)[1:] == [ContactReason.NOT_THEIRS]


async def test_who_is_asked_anew_for_another_reason_has_one_contact_whatever_is_taken_back(
    world: World, ledgers: MemoryLedgers
) -> None:
    await world.hear(VERDICT)
    told = await world.contact(VERDICT)
    await world.withdraw(VERDICT)
    righted = await world.contact(put_right=[VERDICT])
    await world.hear(VERDICT)
    for contact in (told, righted):
        await world.take_back(contact)
    opened = [fact.contact_id for fact in facts(ledgers, OfficerContactDue) if isinstance(fact, OfficerContactDue)]
    gone = [fact for fact in facts(ledgers, OfficerContactWithdrawn) if isinstance(fact, OfficerContactWithdrawn)]
    assert [*opened[:2]] == [fact.contact_id for fact in gone]
    assert len(opened) == 3


async def test_what_she_was_told_otherwise_too_stays_told(world: World, clock: FakeClock) -> None:
    await world.hear(VERDICT)
    contact = await world.contact(VERDICT)
    clock.advance(timedelta(days=1))
    await world.see(VERDICT)
    await world.take_back(contact)
    assert (await world.decision(VERDICT)).told_at == NOON + timedelta(days=1)


async def test_what_she_was_notified_of_is_not_sent_a_second_time(world: World) -> None:
    await world.agree(email_promise())
    await world.hear(VERDICT)
    await world.tell_and_carry()
    await world.take_back(await world.contact(VERDICT))
    await world.tell_and_carry()
    assert len(world.provider.outbox) == 1
    assert (await world.decision(VERDICT)).owed


async def test_a_duty_met_by_it_is_reminded_of_again(world: World, ledgers: MemoryLedgers) -> None:
    await world.hear(VERDICT)
    key = await world.open_duty(VERDICT)
    contact = await world.contact(VERDICT, duties=[key])
    assert (Alarm.DUTY_REMINDER, key) not in ledgers.state.alarms
    await world.take_back(contact)
    assert ledgers.state.alarms[Alarm.DUTY_REMINDER, key] == ledgers.state.duties[key].reminder_at


async def test_another_victim_takes_nothing_back(world: World) -> None:
    await world.hear(VERDICT)
    contact = await world.contact(VERDICT)
    await world.take_back(contact, victim=BEN)
    assert (await world.decision(VERDICT)).told_at == NOON


async def test_news_withdrawn_and_told_afterwards_is_put_right(world: World, ledgers: MemoryLedgers) -> None:
    """The officer spoke with her before the withdrawal and recorded it after, or had not read of it."""
    await world.agree(email_promise())
    await world.hear(VERDICT)
    await world.withdraw(VERDICT)
    assert asked_of_officers(ledgers) == []
    await world.contact(VERDICT)
    assert asked_of_officers(ledgers) == [ContactReason.NOT_THEIRS]


async def test_so_is_what_she_opens_after_it_was_withdrawn(world: World, ledgers: MemoryLedgers) -> None:
    await world.agree(email_promise())
    await world.hear(VERDICT)
    await world.withdraw(VERDICT)
    for _ in range(2):
        await world.see(VERDICT)
    assert asked_of_officers(ledgers) == [ContactReason.NOT_THEIRS]


async def test_what_was_put_right_is_not_asked_for_again(
    world: World, clock: FakeClock, ledgers: MemoryLedgers
) -> None:
    """Whichever is heard of first: the contact that put it right, or that it is not hers."""
    await world.agree(email_promise())
    await world.hear(VERDICT)
    await world.see(VERDICT)
    clock.advance(timedelta(hours=1))
    contact = await world.contact(put_right=[VERDICT])
    await world.withdraw(VERDICT)
    assert asked_of_officers(ledgers) == []
    assert world.provider.outbox == []
    await world.take_back(contact)
    assert asked_of_officers(ledgers) == [ContactReason.NOT_THEIRS]


async def test_what_was_put_right_and_is_told_once_more_is_put_right_once_more(
    world: World, clock: FakeClock, ledgers: MemoryLedgers
) -> None:
    await world.hear(VERDICT)
    await world.contact(VERDICT)
    await world.withdraw(VERDICT)
    clock.advance(timedelta(hours=1))
    await world.contact(put_right=[VERDICT])
    clock.advance(timedelta(hours=1))
    await world.contact(VERDICT)
    assert asked_of_officers(ledgers)[1:] == [ContactReason.NOT_THEIRS] * 2


async def test_what_was_put_right_and_is_hers_after_all_is_told_anew(world: World, clock: FakeClock) -> None:
    await world.agree(email_promise())
    await world.hear(VERDICT)
    await world.see(VERDICT)
    await world.withdraw(VERDICT)
    clock.advance(timedelta(hours=1))
    await world.contact(put_right=[VERDICT])
    clock.advance(timedelta(hours=1))
    await world.hear(news_of("verdict", known_at=clock.now()))
    await world.tell_and_carry()
    assert len(world.provider.outbox) == 1
    assert (await world.decision(VERDICT)).told_at is None


async def test_who_was_told_the_original_meanwhile_hears_of_its_correction_at_once(world: World) -> None:
    """First news is gathered, and the false belief that an officer caused is not left for a day."""
    clear = email_promise(times=EVENINGS)
    await world.agree(replace(clear, terms=replace(clear.terms, at_once=False)))
    right = news_of("right", corrects=VERDICT.news_id)
    await world.hear(VERDICT, right)
    assert (await world.decision(right)).until == datetime(2026, 11, 24, 18, tzinfo=UTC)
    await world.contact(VERDICT)
    assert (await world.decision(right)).until == datetime(2026, 11, 23, 18, tzinfo=UTC)
