"""One suite for what the ledger remembers of duties, of tellings and of contacts asked: in memory and in PostgreSQL."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from chassis.working_days import england_and_wales
from contracts.ids import ContactId, DutyKey
from contracts.journey import Reach
from notifications.decisions.verdicts import WhyNot
from notifications.duties.duty import Duty
from notifications.ledger.ledger import Ledgers
from notifications.tellings.ledger import Telling
from support.notifications_world import AMIRA, BEN, NOON, news_of

LATER = NOON + timedelta(days=1)


async def test_duties_are_found_by_their_news_until_they_are_met(ledgers: Ledgers) -> None:
    duty = Duty(DutyKey("0193a000-0000-7000-8000-0000000000d1"), AMIRA, news_of().news_id, NOON, LATER)
    async with ledgers.begin() as ledger:
        await ledger.duties.open(duty)
        assert await ledger.duties.of(duty.key) == duty
        assert list(await ledger.duties.unmet_about([news_of().news_id])) == [duty]
        await ledger.duties.meet(duty.key)
        assert list(await ledger.duties.unmet_about([news_of().news_id])) == []
        await ledger.duties.open(duty)
        assert list(await ledger.duties.unmet_about([news_of().news_id])) == []
        moved = replace(duty, reminder_at=LATER, due_at=LATER + timedelta(days=1), reach=Reach.OFFICER)
        await ledger.duties.change(moved)
        assert await ledger.duties.of(duty.key) == moved
        assert list(await ledger.duties.unmet_about([news_of().news_id])) == [moved]


async def test_each_way_of_being_told_is_noted_once_and_the_first_counts(ledgers: Ledgers) -> None:
    news = news_of().news_id
    async with ledgers.begin() as ledger:
        assert await ledger.tellings.of(AMIRA, news) is None
        assert await ledger.tellings.note(AMIRA, news, Telling(LATER, WhyNot.SEEN))
        assert not await ledger.tellings.note(AMIRA, news, Telling(NOON, WhyNot.SEEN))
        assert await ledger.tellings.note(AMIRA, news, Telling(NOON, WhyNot.TOLD_BY_OFFICER))
        assert await ledger.tellings.of(AMIRA, news) == Telling(NOON, WhyNot.TOLD_BY_OFFICER)
        assert await ledger.tellings.of(BEN, news) is None


async def test_last_told_only_moves_forward(ledgers: Ledgers) -> None:
    async with ledgers.begin() as ledger:
        assert await ledger.tellings.last(AMIRA) is None
        await ledger.tellings.told(AMIRA, LATER)
        await ledger.tellings.told(AMIRA, NOON)
        assert await ledger.tellings.last(AMIRA) == LATER


async def test_an_officer_is_asked_once_for_each_item(ledgers: Ledgers) -> None:
    one, two = news_of("one").news_id, news_of("two").news_id
    async with ledgers.begin() as ledger:
        await ledger.contacts.ask(ContactId("0193a000-0000-7000-8000-0000000000f1"), AMIRA, [one], to_put_right=False)
        assert list(await ledger.contacts.not_yet_asked(AMIRA, [one, two], to_put_right=False)) == [two]
        assert [await ledger.contacts.asked(AMIRA, each) for each in (one, two)] == [True, False]


async def test_to_put_right_is_asked_apart_from_to_tell(ledgers: Ledgers) -> None:
    one = news_of("one").news_id
    tell, right = ContactId("0193a000-0000-7000-8000-0000000000f1"), ContactId("0193a000-0000-7000-8000-0000000000f2")
    async with ledgers.begin() as ledger:
        await ledger.contacts.ask(right, AMIRA, [one], to_put_right=True)
        assert not await ledger.contacts.asked(AMIRA, one)
        assert list(await ledger.contacts.not_yet_asked(AMIRA, [one], to_put_right=True)) == []
        assert list(await ledger.contacts.not_yet_asked(AMIRA, [one], to_put_right=False)) == [one]
        await ledger.contacts.ask(tell, AMIRA, [one], to_put_right=False)
        assert await ledger.contacts.withdraw(AMIRA, one, to_put_right=True) == right
        assert await ledger.contacts.asked(AMIRA, one)


def test_contacts_fall_due_at_the_end_of_the_next_working_day() -> None:
    """27 November 2026 is a Friday; 25 and 28 December 2026 are bank holidays."""
    calendar = england_and_wales()
    friday, christmas_eve = datetime(2026, 11, 27, 20, tzinfo=UTC), datetime(2026, 12, 24, 12, tzinfo=UTC)
    assert calendar.end_of_work_after(friday, working_days=1) == datetime(2026, 11, 30, 17, tzinfo=UTC)
    assert calendar.end_of_work_after(christmas_eve, working_days=1) == datetime(2026, 12, 29, 17, tzinfo=UTC)


async def test_a_contact_is_withdrawn_with_its_only_item_and_may_be_asked_for_again(ledgers: Ledgers) -> None:
    one, two, three = (news_of(name).news_id for name in ("one", "two", "three"))
    alone, both = ContactId("0193a000-0000-7000-8000-0000000000f1"), ContactId("0193a000-0000-7000-8000-0000000000f2")
    async with ledgers.begin() as ledger:
        await ledger.contacts.ask(alone, AMIRA, [one], to_put_right=False)
        await ledger.contacts.ask(both, AMIRA, [two, three], to_put_right=False)
    async with ledgers.begin() as ledger:
        assert await ledger.contacts.withdraw(BEN, one, to_put_right=False) is None
        found = [await ledger.contacts.withdraw(AMIRA, each, to_put_right=False) for each in (one, one, two)]
        assert found == [alone, None, None]
        assert await ledger.contacts.not_yet_asked(AMIRA, [one, two, three], to_put_right=False) == [one]
