"""Who is to look at a doubt tells nobody: once it is cleared or gone, nothing is asked of them or put right."""

from dataclasses import replace
from datetime import timedelta

import pytest
from chassis.testing.clock import FakeClock
from contracts.journey import Reach
from contracts.notifications import ContactReason
from notifications.ledger.memory import MemoryLedgers
from notifications.officer_contacts.facts import OfficerContactWithdrawn
from support.notifications_telling import asked_of_officers, facts
from support.notifications_world import EVENINGS, World, email_promise, news_of

DOUBTFUL, CLEARED = news_of(reach=Reach.OFFICER), news_of()
OF_IT = CLEARED.news_id


def withdrawn(ledgers: MemoryLedgers) -> int:
    return len(facts(ledgers, OfficerContactWithdrawn))


async def test_a_doubt_cleared_lets_a_message_tell_it_and_withdraws_the_contact(
    world: World, ledgers: MemoryLedgers
) -> None:
    await world.agree(email_promise())
    await world.hear(DOUBTFUL)
    assert (asked_of_officers(ledgers), withdrawn(ledgers)) == ([ContactReason.DOUBT], 0)
    await world.hear(CLEARED)
    await world.tell_and_carry()
    assert (len(world.provider.outbox), withdrawn(ledgers)) == (1, 1)


async def test_though_its_duty_has_reminded_and_the_duty_reminds_again_before_it_is_due(
    world: World, clock: FakeClock, ledgers: MemoryLedgers
) -> None:
    await world.agree(email_promise(times=EVENINGS))
    await world.hear(DOUBTFUL)
    key = await world.open_duty(DOUBTFUL)
    duty = replace(ledgers.state.duties[key], reach=Reach.OFFICER)
    await world.change_duty(duty)
    await world.remind(key)
    clock.advance(duty.reminder_at - clock.now())
    await world.hear(CLEARED)
    await world.change_duty(replace(duty, reach=Reach.VICTIM))
    assert withdrawn(ledgers) == 1
    clock.advance(duty.due_at - clock.now())
    await world.remind(key)
    assert asked_of_officers(ledgers) == [ContactReason.DOUBT, ContactReason.NOT_SEEN]


async def test_without_a_safe_channel_it_stays_with_the_officer_who_looked(
    world: World, ledgers: MemoryLedgers
) -> None:
    await world.hear(DOUBTFUL)
    await world.hear(CLEARED)
    assert (await world.decision(CLEARED)).why == ContactReason.NO_SAFE_CHANNEL.value
    assert (asked_of_officers(ledgers), withdrawn(ledgers)) == ([ContactReason.DOUBT], 0)
    await world.withdraw(CLEARED)  # From when it was cleared they were to tell it.
    assert asked_of_officers(ledgers) == [ContactReason.DOUBT, ContactReason.NOT_THEIRS], (
        "from then they were to tell it"
    )


@pytest.mark.parametrize("how", ["not hers", "replaced", "retracted", "corrected"])
async def test_what_was_only_looked_at_and_stands_no_more_is_asked_of_nobody(
    world: World, ledgers: MemoryLedgers, how: str
) -> None:
    await world.agree(email_promise())
    await world.hear(DOUBTFUL)
    if how == "not hers":
        await world.withdraw(DOUBTFUL)
    elif how == "replaced":
        await world.hear(news_of(reach=Reach.OFFICER, standing=False))
    else:
        await world.hear(news_of("amended", corrects=OF_IT, retracts=how == "retracted"))
    await world.tell_and_carry()
    assert (asked_of_officers(ledgers), withdrawn(ledgers)) == ([ContactReason.DOUBT], 1)
    assert len(world.provider.outbox) == (1 if how == "corrected" else 0), "who was told nothing hears of no mistake"
    assert not (await world.decision(DOUBTFUL)).owed


@pytest.mark.parametrize("asked", ["for want of a channel", "as she had not looked", "in a silence"])
async def test_who_was_asked_to_tell_it_before_the_doubt_came_is_asked_to_put_it_right(
    world: World, clock: FakeClock, ledgers: MemoryLedgers, asked: str
) -> None:
    if asked != "for want of a channel":
        await world.agree(email_promise())
    await world.hear(CLEARED)
    await world.tell_and_carry()
    if asked == "as she had not looked":
        await world.remind(await world.open_duty(CLEARED))
    elif asked == "in a silence":
        clock.advance(timedelta(days=28))
        await world.break_silence()
    await world.hear(DOUBTFUL)
    await world.withdraw(DOUBTFUL)
    assert asked_of_officers(ledgers)[1:] == [ContactReason.NOT_THEIRS]
