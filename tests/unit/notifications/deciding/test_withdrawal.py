"""News that was not this victim's after all: it leaves no more, and where it was told, a person puts it right."""

from datetime import timedelta

import pytest
from chassis.testing.clock import FakeClock
from contracts.notifications import ContactReason
from notifications.decisions.verdicts import Verdict, WhyNot
from notifications.ledger.memory import MemoryLedgers
from notifications.messages.message import MessageState
from notifications.officer_contacts.facts import OfficerContactDue, OfficerContactWithdrawn
from notifications.transaction.ledger import Alarm
from support.notifications_telling import asked_of_officers, facts
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


async def test_what_she_was_only_notified_of_is_owed_no_more_and_nobody_is_alarmed(
    world: World, ledgers: MemoryLedgers
) -> None:
    await world.agree(email_promise())
    await world.hear(news_of())
    await world.tell_and_carry()
    await world.withdraw(news_of())
    record = await world.decision(news_of())
    assert (record.owed, record.why) == (False, WhyNot.NOT_THEIRS.value)
    assert asked_of_officers(ledgers) == []


@pytest.mark.parametrize("how", ["seen", "contact"])
async def test_who_was_told_somebody_elses_news_hears_so_from_an_officer(
    world: World, ledgers: MemoryLedgers, how: str
) -> None:
    await world.agree(email_promise())
    await world.hear(news_of())
    await (world.see(news_of()) if how == "seen" else world.contact(news_of()))
    for _ in range(2):
        await world.withdraw(news_of())
    assert asked_of_officers(ledgers) == [ContactReason.NOT_THEIRS]
    assert asked(ledgers)[0].news == (news_of().news_id,)


async def test_an_officer_who_may_have_told_it_is_asked_to_put_it_right_instead(
    world: World, ledgers: MemoryLedgers
) -> None:
    """They may have told it on the telephone and have recorded nothing yet."""
    await world.hear(news_of())
    await world.withdraw(news_of())
    to_tell, to_put_right = asked(ledgers)
    [withdrawn] = withdrawn_of(ledgers)
    assert withdrawn.contact_id == to_tell.contact_id
    assert (to_put_right.reason, to_put_right.news) == (ContactReason.NOT_THEIRS, (news_of().news_id,))
    assert not (await world.decision(news_of())).owed


async def test_so_is_one_who_was_asked_because_she_had_not_looked(world: World, ledgers: MemoryLedgers) -> None:
    await world.agree(email_promise())
    await world.hear(news_of())
    await world.tell_and_carry()
    await world.remind(await world.open_duty(news_of()))
    await world.withdraw(news_of())
    assert asked_of_officers(ledgers) == [ContactReason.NOT_SEEN, ContactReason.NOT_THEIRS]


async def test_what_is_hers_after_all_is_not_put_right(world: World, ledgers: MemoryLedgers) -> None:
    await world.hear(news_of())
    await world.contact(news_of())
    await world.withdraw(news_of())
    await world.hear(news_of())
    [*_, to_put_right] = asked(ledgers)
    assert [fact.contact_id for fact in withdrawn_of(ledgers)][-1] == to_put_right.contact_id
    await world.withdraw(news_of())
    assert asked_of_officers(ledgers)[-2:] == [ContactReason.NOT_THEIRS] * 2


async def test_another_victims_news_stays(world: World) -> None:
    await world.agree(email_promise(), victim=BEN)
    await world.hear(news_of(victim=BEN))
    await world.withdraw(news_of(victim=BEN), victim=AMIRA)
    assert (await world.decision(news_of(victim=BEN))).pending


async def test_news_that_never_came_is_withdrawn_from_nobody(world: World, ledgers: MemoryLedgers) -> None:
    await world.withdraw(news_of())
    assert ledgers.state.news == {}
    assert asked_of_officers(ledgers) == []


def asked(ledgers: MemoryLedgers) -> list[OfficerContactDue]:
    return [fact for fact in facts(ledgers, OfficerContactDue) if isinstance(fact, OfficerContactDue)]


def withdrawn_of(ledgers: MemoryLedgers) -> list[OfficerContactWithdrawn]:
    return [fact for fact in facts(ledgers, OfficerContactWithdrawn) if isinstance(fact, OfficerContactWithdrawn)]
