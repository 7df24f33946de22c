"""News is a state: what journey says of it last holds, and what has not left is decided by it."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from chassis.testing.clock import FakeClock
from contracts.journey import Reach
from contracts.notifications import ContactReason
from contracts.telling import Tell
from notifications.agreeing.promising import ClearTerms
from notifications.decisions.verdicts import Verdict, WhyNot
from notifications.delivery.provider import Refused
from notifications.errors import NewsOfSomebodyElse
from notifications.ledger.memory import MemoryLedgers
from notifications.messages.message import MessageState
from notifications.officer_contacts.facts import OfficerContactDue, OfficerContactWithdrawn
from notifications.transaction.ledger import Alarm
from support.notifications_telling import asked_of_officers, facts
from support.notifications_world import AMIRA, BEN, EVENINGS, NOON, World, email_promise, news_of

REPLACED = news_of(standing=False)


def gathering() -> ClearTerms:
    """A day's news goes out the evening after."""
    clear = email_promise(times=EVENINGS)
    return replace(clear, terms=replace(clear.terms, at_once=False))


async def test_a_release_held_for_a_safe_hour_does_not_leave_once_another_fact_has_its_place(
    world: World, clock: FakeClock, ledgers: MemoryLedgers
) -> None:
    await world.agree(email_promise(times=EVENINGS))
    await world.hear(news_of())
    await world.hear(REPLACED)
    clock.advance(timedelta(hours=6))
    await world.tell_and_carry()
    record = await world.decision(news_of())
    assert world.provider.outbox == []
    assert (record.verdict, record.why) == (Verdict.NOT_OWED, WhyNot.SUPERSEDED.value)
    assert (Alarm.TELL, AMIRA) not in ledgers.state.alarms


async def test_what_was_replaced_between_claim_and_hand_over_does_not_leave(
    world: World, ledgers: MemoryLedgers
) -> None:
    await world.agree(email_promise())
    await world.hear(news_of())
    await world.tell()
    await world.hear(REPLACED)
    await world.carry()
    assert world.provider.outbox == []
    assert [message.state for message in ledgers.state.messages.values()] == [MessageState.WITHDRAWN]
    assert (await world.decision(news_of())).message_id is None


async def test_an_officer_asked_about_it_only_is_told_that_they_need_not_tell_it(
    world: World, ledgers: MemoryLedgers
) -> None:
    await world.hear(news_of())
    await world.hear(REPLACED)
    [due], [withdrawn] = facts(ledgers, OfficerContactDue), facts(ledgers, OfficerContactWithdrawn)
    assert isinstance(due, OfficerContactDue)
    assert isinstance(withdrawn, OfficerContactWithdrawn)
    assert withdrawn.contact_id == due.contact_id
    assert not (await world.decision(news_of())).owed


async def test_what_stands_again_is_owed_again(world: World, ledgers: MemoryLedgers) -> None:
    await world.hear(news_of())
    await world.hear(REPLACED)
    await world.hear(news_of())
    assert asked_of_officers(ledgers) == [ContactReason.NO_SAFE_CHANNEL] * 2
    assert (await world.decision(news_of())).verdict is Verdict.GIVE_TO_OFFICER


@pytest.mark.parametrize("ended", ["replaced", "not hers"])
async def test_what_she_was_notified_of_and_is_hers_again_is_told_anew(world: World, ended: str) -> None:
    await world.agree(email_promise())
    await world.hear(news_of())
    await world.tell_and_carry()
    await (world.hear(REPLACED) if ended == "replaced" else world.withdraw(news_of()))
    assert not (await world.decision(news_of())).owed
    await world.hear(news_of())
    await world.tell_and_carry()
    assert len(world.provider.outbox) == 2
    assert (await world.decision(news_of())).owed


async def test_a_message_on_its_way_to_the_provider_is_not_followed_by_a_second(
    world: World, ledgers: MemoryLedgers
) -> None:
    await world.agree(email_promise())
    await world.hear(news_of())
    await world.tell()
    [message] = ledgers.state.messages.values()
    async with ledgers.begin() as ledger:
        await ledger.messages.keep(message.handed(1))
    await world.hear(REPLACED)
    await world.hear(news_of())
    await world.tell()
    assert (await world.decision(news_of())).message_id == message.message_id
    assert len(ledgers.state.messages) == 1


async def test_what_she_was_told_stays_told_whatever_is_said_of_it(world: World, ledgers: MemoryLedgers) -> None:
    await world.agree(email_promise())
    await world.hear(news_of())
    await world.tell_and_carry()
    await world.see(news_of())
    before = await world.decision(news_of())
    for said in (REPLACED, news_of(reach=Reach.OFFICER), news_of()):
        await world.hear(said)
        await world.tell_and_carry()
    assert await world.decision(news_of()) == before
    assert len(world.provider.outbox) == 1
    assert asked_of_officers(ledgers) == []


async def test_a_doubt_that_comes_later_stops_the_message_and_asks_an_officer(
    world: World, clock: FakeClock, ledgers: MemoryLedgers
) -> None:
    await world.agree(email_promise(times=EVENINGS))
    await world.hear(news_of())
    await world.hear(news_of(reach=Reach.OFFICER))
    clock.advance(timedelta(hours=6))
    await world.tell_and_carry()
    assert world.provider.outbox == []
    assert asked_of_officers(ledgers) == [ContactReason.DOUBT]


async def test_a_failed_message_is_an_officer_s_though_its_news_is_said_again(
    world: World, ledgers: MemoryLedgers
) -> None:
    await world.agree(email_promise())
    await world.hear(news_of())
    world.provider.answers = [Refused()]
    await world.tell_and_carry()
    await world.hear(news_of(about_at=NOON + timedelta(days=30)))
    await world.tell_and_carry()
    assert asked_of_officers(ledgers) == [ContactReason.SEND_FAILED]
    assert len(ledgers.state.messages) == 1


async def test_news_of_another_victim_under_the_same_id_is_refused_and_changes_nothing(world: World) -> None:
    await world.hear(news_of())
    before = await world.decision(news_of())
    with pytest.raises(NewsOfSomebodyElse):
        await world.hear(replace(news_of(standing=False), victim=BEN))
    assert await world.decision(news_of()) == before


@pytest.mark.parametrize("late", ["linked", "doubt cleared"])
async def test_what_becomes_hers_late_is_gathered_from_then(
    world: World, clock: FakeClock, ledgers: MemoryLedgers, late: str
) -> None:
    await world.agree(gathering())
    if late == "doubt cleared":
        await world.hear(news_of(reach=Reach.OFFICER))
    clock.advance(timedelta(days=2, hours=6, minutes=30))
    await world.hear(news_of(known_at=clock.now()))
    assert ledgers.state.alarms[Alarm.TELL, AMIRA] == datetime(2026, 11, 26, 18, tzinfo=UTC)


async def test_what_is_said_again_of_what_was_hers_already_gathers_no_longer(
    world: World, clock: FakeClock, ledgers: MemoryLedgers
) -> None:
    await world.agree(gathering())
    await world.hear(news_of())
    clock.advance(timedelta(days=1))
    await world.hear(news_of(occurred_at=NOON - timedelta(days=1), known_at=clock.now()))
    assert ledgers.state.alarms[Alarm.TELL, AMIRA] == datetime(2026, 11, 24, 18, tzinfo=UTC)


async def test_a_correction_that_came_before_its_original_keeps_the_original_from_leaving(world: World) -> None:
    await world.agree(email_promise())
    await world.hear(news_of("right", corrects=news_of().news_id))
    await world.hear(news_of())
    await world.tell_and_carry()
    assert (await world.message(news_of("right"))).news == (news_of("right").news_id,)
    assert (await world.decision(news_of())).why == WhyNot.CORRECTED.value


async def test_a_correction_that_is_not_hers_puts_nothing_out_of_place(world: World) -> None:
    await world.agree(email_promise(times=EVENINGS))
    right = news_of("right", corrects=news_of().news_id)
    await world.hear(news_of(), right)
    await world.withdraw(right)
    assert (await world.decision(news_of())).pending
    assert (await world.decision(right)).why == WhyNot.NOT_THEIRS.value


async def test_what_an_officer_may_have_told_is_put_right_though_it_was_replaced_first(world: World) -> None:
    await world.hear(news_of())
    await world.hear(REPLACED)
    await world.agree(email_promise())
    await world.hear(news_of("taken back", corrects=news_of().news_id, retracts=True))
    await world.tell_and_carry()
    assert len(world.provider.outbox) == 1


async def test_a_correction_that_makes_a_person_s_words_needful_is_a_person_s(
    world: World, ledgers: MemoryLedgers
) -> None:
    await world.agree(email_promise())
    await world.hear(news_of())
    says = "police.no-further-action-decided.v1"
    await world.hear(news_of("right", corrects=news_of().news_id, says_type=says, tell=Tell.OFFICER_FIRST))
    assert asked_of_officers(ledgers) == [ContactReason.OFFICER_FIRST]
