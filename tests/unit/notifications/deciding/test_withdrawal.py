"""News that was not this victim's after all: it leaves no more, and where it was told, a person puts it right."""

from datetime import timedelta

import pytest
from chassis.testing.clock import FakeClock
from contracts.journey import Reach
from contracts.notifications import ContactReason
from notifications.decisions.verdicts import Verdict, WhyNot
from notifications.ledger.memory import MemoryLedgers
from notifications.messages.message import MessageState
from notifications.transaction.ledger import Alarm
from support.notifications_telling import asked_of_officers
from support.notifications_world import AMIRA, BEN, EVENINGS, World, email_promise, news_of


async def test_held_news_is_withdrawn_and_nothing_rings(world: World, ledgers: MemoryLedgers) -> None:
    await world.agree(email_promise(times=EVENINGS))
    await world.hear(news_of())
    await world.withdraw(news_of())
    record = await world.decision(news_of())
    assert (record.verdict, record.why) == (Verdict.WITHDRAWN, WhyNot.NOT_THEIRS.value)
    assert (Alarm.TELL, AMIRA) not in ledgers.state.alarms


async def test_a_claimed_message_about_it_does_not_leave(
    world: World, clock: FakeClock, ledgers: MemoryLedgers
) -> None:
    clock.advance(timedelta(hours=6))
    await world.agree(email_promise(times=EVENINGS))
    await world.hear(news_of())
    await world.tell()
    await world.withdraw(news_of())
    await world.carry()
    assert world.provider.outbox == []
    assert [message.state for message in ledgers.state.messages.values()] == [MessageState.WITHDRAWN]


@pytest.mark.parametrize("how", ["sent", "given to an officer"])
async def test_what_she_was_not_told_yet_is_owed_no_more(world: World, how: str) -> None:
    await world.agree(email_promise())
    item = news_of() if how == "sent" else news_of(reach=Reach.OFFICER)
    await world.hear(item)
    await world.tell_and_carry()
    await world.withdraw(item)
    record = await world.decision(item)
    assert (record.owed, record.why) == (False, WhyNot.NOT_THEIRS.value)


@pytest.mark.parametrize("how", ["seen", "contact"])
async def test_who_was_told_somebody_elses_news_hears_so_from_an_officer(
    world: World, ledgers: MemoryLedgers, how: str
) -> None:
    await world.agree(email_promise())
    await world.hear(news_of())
    await (world.see(news_of()) if how == "seen" else world.contact(news_of()))
    await world.withdraw(news_of())
    assert asked_of_officers(ledgers) == [ContactReason.NOT_THEIRS]


async def test_another_victims_news_stays(world: World) -> None:
    await world.agree(email_promise(), victim=BEN)
    await world.hear(news_of(victim=BEN))
    await world.withdraw(news_of(victim=BEN), victim=AMIRA)
    assert (await world.decision(news_of(victim=BEN))).pending
