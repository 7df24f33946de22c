"""One person under two ids: her news goes on under one of them, and what she was told under the other is told."""

from datetime import timedelta

import pytest
from chassis.testing.clock import FakeClock
from contracts.notifications import ContactReason
from notifications.decisions.verdicts import Verdict, WhyNot
from notifications.ledger.memory import MemoryLedgers
from notifications.officer_contacts.facts import OfficerContactWithdrawn
from support.notifications_telling import asked_of_officers, facts
from support.notifications_world import EVENINGS, NOON, World, email_promise, news_of

TOLD = NOON + timedelta(minutes=5)


async def test_what_goes_on_under_another_id_leaves_no_more_under_this_one(world: World) -> None:
    await world.agree(email_promise(times=EVENINGS))
    await world.hear(news_of())
    await world.withdraw(news_of(), moved=True)
    record = await world.decision(news_of())
    assert (record.verdict, record.why) == (Verdict.WITHDRAWN, WhyNot.ANOTHER_ID.value)


@pytest.mark.parametrize("how", ["seen", "contact"])
async def test_what_she_was_told_and_goes_on_under_another_id_is_not_put_right(
    world: World, ledgers: MemoryLedgers, how: str
) -> None:
    await world.agree(email_promise())
    await world.hear(news_of())
    await (world.see(news_of()) if how == "seen" else world.contact(news_of()))
    await world.withdraw(news_of(), moved=True)
    assert asked_of_officers(ledgers) == []


async def test_nor_is_it_when_an_officer_says_afterwards_that_they_had_told_it(
    world: World, ledgers: MemoryLedgers
) -> None:
    await world.agree(email_promise())
    await world.hear(news_of())
    await world.withdraw(news_of(), moved=True)
    await world.contact(news_of())
    assert asked_of_officers(ledgers) == []


async def test_an_officer_who_was_to_tell_it_under_this_id_is_not_to_any_more(
    world: World, ledgers: MemoryLedgers
) -> None:
    await world.hear(news_of())
    await world.withdraw(news_of(), moved=True)
    assert asked_of_officers(ledgers) == [ContactReason.NO_SAFE_CHANNEL]
    assert len(facts(ledgers, OfficerContactWithdrawn)) == 1


async def test_what_was_to_be_put_right_and_is_hers_under_another_id_is_not_put_right(
    world: World, ledgers: MemoryLedgers
) -> None:
    await world.agree(email_promise())
    await world.hear(news_of())
    await world.see(news_of())
    await world.withdraw(news_of())
    assert asked_of_officers(ledgers) == [ContactReason.NOT_THEIRS]
    await world.withdraw(news_of(), moved=True)
    assert len(facts(ledgers, OfficerContactWithdrawn)) == 1


async def test_what_moved_and_is_nobodys_of_hers_after_all_is_put_right(world: World, ledgers: MemoryLedgers) -> None:
    await world.agree(email_promise())
    await world.hear(news_of())
    await world.see(news_of())
    await world.withdraw(news_of(), moved=True)
    await world.withdraw(news_of())
    assert asked_of_officers(ledgers) == [ContactReason.NOT_THEIRS]


async def test_who_is_two_persons_after_all_is_owed_her_own_again(world: World) -> None:
    await world.agree(email_promise())
    await world.hear(news_of())
    await world.withdraw(news_of(), moved=True)
    await world.hear(news_of())
    assert (await world.decision(news_of())).pending


async def test_what_she_was_told_under_another_id_is_told(world: World, clock: FakeClock) -> None:
    clock.advance(timedelta(hours=1))
    await world.agree(email_promise())
    await world.hear(news_of(told_at=TOLD))
    record = await world.decision(news_of())
    assert (record.owed, record.why, record.told_at) == (False, WhyNot.ANOTHER_ID.value, TOLD)


async def test_what_was_told_under_another_id_is_owed_when_that_is_taken_back(world: World, clock: FakeClock) -> None:
    clock.advance(timedelta(hours=1))
    await world.agree(email_promise())
    await world.hear(news_of(told_at=TOLD))
    await world.hear(news_of())
    assert (await world.decision(news_of())).pending


async def test_what_she_was_told_under_another_id_and_is_not_hers_is_put_right(
    world: World, ledgers: MemoryLedgers
) -> None:
    await world.agree(email_promise())
    await world.hear(news_of(told_at=TOLD))
    await world.withdraw(news_of())
    assert asked_of_officers(ledgers) == [ContactReason.NOT_THEIRS]


async def test_under_an_id_that_she_left_nobody_is_told_that_nothing_has_changed(
    world: World, clock: FakeClock, ledgers: MemoryLedgers
) -> None:
    await world.agree(email_promise(days=28))
    await world.hear(news_of())
    await world.see(news_of())
    await world.withdraw(news_of(), moved=True)
    for interval in (1, 2):
        clock.advance(timedelta(days=28))
        await world.break_silence()
        await world.carry()
        assert asked_of_officers(ledgers) == [ContactReason.SILENCE] * interval
    assert world.provider.outbox == []
