"""A safe channel agreed later tells what an officer was to tell only for want of one, and nothing else."""

from datetime import timedelta

import pytest
from chassis.testing.clock import FakeClock
from contracts.journey import Reach
from contracts.notifications import ContactReason, Safety
from contracts.telling import Tell
from notifications.deciding.questioning import question_promise
from notifications.decisions.news import News
from notifications.decisions.verdicts import Verdict, WhyNot
from notifications.ledger.memory import MemoryLedgers
from notifications.officer_contacts.facts import OfficerContactDue, OfficerContactWithdrawn
from support.notifications_telling import asked_of_officers, facts
from support.notifications_world import AMIRA, EVENINGS, World, email_promise, news_of

RIGHT = news_of("right", corrects=news_of().news_id)


def withdrawn(ledgers: MemoryLedgers) -> list[str]:
    found = facts(ledgers, OfficerContactWithdrawn)
    return [fact.contact_id for fact in found if isinstance(fact, OfficerContactWithdrawn)]


def asked(ledgers: MemoryLedgers) -> list[str]:
    return [fact.contact_id for fact in facts(ledgers, OfficerContactDue) if isinstance(fact, OfficerContactDue)]


async def test_what_waited_for_a_channel_is_told_by_it_and_the_contact_withdrawn(
    world: World, ledgers: MemoryLedgers
) -> None:
    await world.hear(news_of(), news_of("sentence"))
    await world.agree(email_promise())
    assert withdrawn(ledgers) == asked(ledgers)
    await world.tell_and_carry()
    assert (await world.message(news_of())).news == (news_of().news_id, news_of("sentence").news_id)


async def test_a_renewal_with_a_channel_frees_it_too(world: World, ledgers: MemoryLedgers) -> None:
    await world.agree(email_promise(safe=Safety.UNKNOWN))
    await world.hear(news_of())
    await world.agree(email_promise(times=EVENINGS), read=1)
    assert withdrawn(ledgers) == asked(ledgers)
    assert (await world.decision(news_of())).verdict is Verdict.HOLD_UNTIL


async def test_so_does_an_agreement_after_a_warning(world: World, ledgers: MemoryLedgers) -> None:
    await world.agree(email_promise(times=EVENINGS))
    await world.hear(news_of())
    async with ledgers.begin() as ledger:
        await question_promise(ledger, AMIRA)
    assert withdrawn(ledgers) == []
    await world.agree(email_promise(), read=2)
    assert withdrawn(ledgers) == asked(ledgers)


async def test_what_stays_unsafe_stays_with_the_officer(world: World, ledgers: MemoryLedgers) -> None:
    await world.hear(news_of())
    await world.agree(email_promise(safe=Safety.UNKNOWN))
    assert (await world.decision(news_of())).verdict is Verdict.GIVE_TO_OFFICER
    assert withdrawn(ledgers) == []


async def test_what_an_officer_told_stays_told(world: World, ledgers: MemoryLedgers) -> None:
    await world.hear(news_of())
    await world.contact(news_of())
    await world.agree(email_promise())
    await world.tell_and_carry()
    assert world.provider.outbox == []
    assert withdrawn(ledgers) == []


@pytest.mark.parametrize("item", [news_of(reach=Reach.OFFICER), news_of(tell=Tell.OFFICER_FIRST)])
async def test_what_needs_a_person_stays_with_the_officer(world: World, ledgers: MemoryLedgers, item: News) -> None:
    await world.hear(item)
    await world.agree(email_promise())
    assert (await world.decision(item)).verdict is Verdict.GIVE_TO_OFFICER
    assert withdrawn(ledgers) == []


@pytest.mark.parametrize("amendment", [RIGHT, news_of("taken back", corrects=RIGHT.corrects, retracts=True)])
async def test_what_was_amended_meanwhile_is_told_as_it_is_now(world: World, amendment: News) -> None:
    await world.hear(news_of(), amendment)
    await world.agree(email_promise())
    await world.tell_and_carry()
    assert (await world.message(amendment)).news == (amendment.news_id,)
    assert (await world.decision(news_of())).why == WhyNot.CORRECTED.value


async def test_a_reminder_asks_an_officer_again(world: World, clock: FakeClock, ledgers: MemoryLedgers) -> None:
    await world.hear(news_of())
    await world.agree(email_promise(times=EVENINGS))
    key = await world.open_duty(news_of())
    clock.advance(timedelta(days=4))
    await world.remind(key)
    assert asked_of_officers(ledgers) == [ContactReason.NO_SAFE_CHANNEL, ContactReason.NOT_SEEN]


async def test_after_a_duty_s_reminder_the_contact_stands_beside_the_message(
    world: World, clock: FakeClock, ledgers: MemoryLedgers
) -> None:
    await world.hear(news_of())
    key = await world.open_duty(news_of())
    clock.advance(timedelta(days=3))
    await world.remind(key)
    await world.agree(email_promise())
    await world.tell_and_carry()
    assert len(world.provider.outbox) == 1
    assert withdrawn(ledgers) == []
