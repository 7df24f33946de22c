"""A warning makes what was safe unknown, until somebody agrees anew; what has not left becomes an officer's."""

import pytest
from chassis.testing.clock import FakeClock
from contracts.notifications import ContactReason, Safety
from notifications.deciding.questioning import question_promise
from notifications.errors import PromiseHasMoved
from notifications.ledger.memory import MemoryLedgers
from support.notifications_telling import asked_of_officers
from support.notifications_world import AMIRA, EVENINGS, World, email_promise, news_of


async def warn(ledgers: MemoryLedgers) -> None:
    async with ledgers.begin() as ledger:
        await question_promise(ledger, AMIRA)


def safeties(ledgers: MemoryLedgers) -> set[Safety]:
    return {channel.safety for channel in ledgers.state.in_force[AMIRA].terms.channels}


async def test_nothing_counts_as_safe_once_a_warning_came(world: World, ledgers: MemoryLedgers) -> None:
    await world.agree(email_promise())
    await warn(ledgers)
    assert Safety.SAFE not in safeties(ledgers)
    await world.hear(news_of())
    assert asked_of_officers(ledgers) == [ContactReason.NO_SAFE_CHANNEL]


async def test_what_has_not_left_becomes_an_officer_s_contact(world: World, ledgers: MemoryLedgers) -> None:
    await world.agree(email_promise(times=EVENINGS))
    await world.hear(news_of())
    await warn(ledgers)
    assert asked_of_officers(ledgers) == [ContactReason.NO_SAFE_CHANNEL]
    await world.tell_and_carry()
    assert world.provider.outbox == []


async def test_a_message_that_is_claimed_does_not_leave(world: World, clock: FakeClock, ledgers: MemoryLedgers) -> None:
    await world.agree(email_promise())
    await world.hear(news_of())
    await world.tell()
    await warn(ledgers)
    await world.carry()
    assert world.provider.outbox == []


async def test_what_is_agreed_after_it_holds(world: World, ledgers: MemoryLedgers) -> None:
    await world.agree(email_promise())
    await warn(ledgers)
    with pytest.raises(PromiseHasMoved):
        await world.agree(email_promise(), read=1)
    await world.agree(email_promise(), read=2)
    assert Safety.SAFE in safeties(ledgers)


async def test_what_was_not_safe_stays_so_and_is_questioned_once(world: World, ledgers: MemoryLedgers) -> None:
    await world.agree(email_promise(safe=Safety.NOT_SAFE))
    await warn(ledgers)
    assert safeties(ledgers) == {Safety.NOT_SAFE}
    assert ledgers.state.in_force[AMIRA].version == 1


async def test_where_nothing_was_agreed_a_warning_changes_nothing(ledgers: MemoryLedgers) -> None:
    await warn(ledgers)
    assert ledgers.state.in_force == {}
