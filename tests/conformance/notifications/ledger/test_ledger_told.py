"""One suite for what the ledger remembers of duties, of tellings and of contacts asked: in memory and in PostgreSQL."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from chassis.working_days import england_and_wales
from contracts.ids import ContactId, DutyKey
from contracts.journey import Reach
from notifications.duties.duty import Duty
from notifications.keeping_in_touch.promised_silence import Asked, Silence
from notifications.ledger.ledger import Ledgers
from notifications.tellings.telling import How, Telling
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


CONTACT, OTHER = (ContactId(f"0193a000-0000-7000-8000-0000000000c{n}") for n in (1, 2))


async def test_each_way_of_being_told_is_noted_once_and_all_of_them_stand(ledgers: Ledgers) -> None:
    news = news_of().news_id
    seen, told = Telling(LATER, How.SEEN), Telling(NOON, How.TOLD, CONTACT)
    async with ledgers.begin() as ledger:
        assert await ledger.tellings.of(AMIRA, news) == []
        assert await ledger.tellings.note(AMIRA, news, seen)
        assert not await ledger.tellings.note(AMIRA, news, Telling(NOON, How.SEEN))
        assert await ledger.tellings.note(AMIRA, news, told)
        assert await ledger.tellings.note(AMIRA, news, replace(told, contact=OTHER))
        assert await ledger.tellings.of(AMIRA, news) == [told, replace(told, contact=OTHER), seen]
        assert await ledger.tellings.of(BEN, news) == []


async def test_a_contact_taken_back_told_nothing_and_stays_so(ledgers: Ledgers) -> None:
    one, two = sorted(news_of(name).news_id for name in ("one", "two"))
    async with ledgers.begin() as ledger:
        assert await ledger.tellings.in_touch(CONTACT, AMIRA, LATER)
        for news in (one, two):
            await ledger.tellings.note(AMIRA, news, Telling(LATER, How.TOLD, CONTACT))
        await ledger.tellings.note(AMIRA, two, Telling(NOON, How.PUT_RIGHT, OTHER))
    async with ledgers.begin() as ledger:
        assert await ledger.tellings.take_back(CONTACT, BEN) == []
        assert await ledger.tellings.take_back(CONTACT, AMIRA) == [one, two]
        assert not await ledger.tellings.in_touch(CONTACT, AMIRA, LATER)
        assert await ledger.tellings.of(AMIRA, one) == []
        assert await ledger.tellings.of(AMIRA, two) == [Telling(NOON, How.PUT_RIGHT, OTHER)]
        assert await ledger.tellings.last(AMIRA) is None


async def test_the_last_telling_is_the_latest_of_what_she_opened_and_of_contacts_that_stand(ledgers: Ledgers) -> None:
    async with ledgers.begin() as ledger:
        assert await ledger.tellings.last(AMIRA) is None
        await ledger.tellings.looked(AMIRA, LATER)
        await ledger.tellings.looked(AMIRA, NOON)
        assert await ledger.tellings.last(AMIRA) == LATER
        await ledger.tellings.in_touch(CONTACT, AMIRA, LATER + timedelta(days=1))
        assert await ledger.tellings.last(AMIRA) == LATER + timedelta(days=1)
        await ledger.tellings.take_back(CONTACT, AMIRA)
        assert await ledger.tellings.last(AMIRA) == LATER


async def test_what_only_a_contact_met_is_open_again_without_it(ledgers: Ledgers) -> None:
    keys = [DutyKey(f"0193a000-0000-7000-8000-0000000000d{n}") for n in (1, 2, 3)]
    duties = [Duty(key, AMIRA, news_of().news_id, NOON, LATER) for key in keys]
    by_both, by_contact, by_other = keys
    async with ledgers.begin() as ledger:
        for duty in duties:
            await ledger.duties.open(duty)
        await ledger.duties.meet(by_other, by=OTHER)
        for key in keys:
            await ledger.duties.meet(key, by=CONTACT)
        await ledger.duties.meet(by_both)
    async with ledgers.begin() as ledger:
        assert [duty.key for duty in await ledger.duties.reopen(CONTACT)] == [by_contact]
        assert [duty.key for duty in await ledger.duties.unmet_about([news_of().news_id])] == [by_contact]


async def test_a_contact_that_was_made_may_be_asked_for_again(ledgers: Ledgers) -> None:
    one = news_of("one").news_id
    async with ledgers.begin() as ledger:
        for to_put_right in (True, False):
            await ledger.contacts.ask(CONTACT, AMIRA, [one], to_put_right=to_put_right)
        await ledger.contacts.made(AMIRA, one, to_put_right=True, by=OTHER)
        assert await ledger.contacts.not_yet_asked(AMIRA, [one], to_put_right=True) == [one]
        assert await ledger.contacts.not_yet_asked(AMIRA, [one], to_put_right=False) == []


async def test_what_a_contact_made_is_open_again_when_it_is_taken_back(ledgers: Ledgers) -> None:
    one, two = news_of("one").news_id, news_of("two").news_id
    async with ledgers.begin() as ledger:
        await ledger.contacts.ask(CONTACT, AMIRA, [one, two], to_put_right=False)
        for each, by in ((one, OTHER), (two, None)):
            await ledger.contacts.made(AMIRA, each, to_put_right=False, by=by)
        assert [await ledger.contacts.asked(AMIRA, each) for each in (one, two)] == [False, False]
        for victim, by in ((BEN, OTHER), (AMIRA, CONTACT)):
            await ledger.contacts.reopen(victim, by=by)
        assert not await ledger.contacts.asked(AMIRA, one)
        await ledger.contacts.reopen(AMIRA, by=OTHER)
        assert [await ledger.contacts.asked(AMIRA, each) for each in (one, two)] == [True, False]


async def test_a_contact_asked_anew_replaces_those_that_were_made_and_are_open_about_nothing(ledgers: Ledgers) -> None:
    one, two, three = (news_of(name).news_id for name in ("one", "two", "three"))
    first, second, third = (ContactId(f"0193a000-0000-7000-8000-0000000000f{n}") for n in (1, 2, 3))
    async with ledgers.begin() as ledger:
        assert await ledger.contacts.ask(first, AMIRA, [one], to_put_right=False) == []
        assert await ledger.contacts.ask(second, AMIRA, [two, three], to_put_right=False) == []
        assert await ledger.contacts.ask(third, AMIRA, [one], to_put_right=False) == []
        for each in (one, two):
            await ledger.contacts.made(AMIRA, each, to_put_right=False, by=OTHER)
        assert await ledger.contacts.ask(third, AMIRA, [one, two], to_put_right=False) == [first]
        await ledger.contacts.reopen(AMIRA, by=OTHER)
        assert await ledger.contacts.withdraw(AMIRA, three, to_put_right=False) == second
        assert await ledger.contacts.withdraw(AMIRA, one, to_put_right=False) is None


async def test_a_contact_that_was_made_is_withdrawn_with_all_that_it_made(ledgers: Ledgers) -> None:
    one, two = news_of("one").news_id, news_of("two").news_id
    async with ledgers.begin() as ledger:
        await ledger.contacts.ask(CONTACT, AMIRA, [one, two], to_put_right=False)
        await ledger.contacts.made(AMIRA, one, to_put_right=False, by=OTHER)
        assert await ledger.contacts.withdraw(AMIRA, one, to_put_right=False) is None
        assert await ledger.contacts.withdraw(AMIRA, two, to_put_right=False) == CONTACT
        await ledger.contacts.reopen(AMIRA, by=OTHER)
        assert not await ledger.contacts.asked(AMIRA, one)


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


async def test_a_silence_comes_back_as_it_was_kept(ledgers: Ledgers) -> None:
    async with ledgers.begin() as ledger:
        assert await ledger.silences.of(AMIRA) == Silence()
        for silence in (Silence(NOON, NOON, Asked(NOON, LATER)), Silence(LATER, NOON)):
            await ledger.silences.keep(AMIRA, silence)
            assert await ledger.silences.of(AMIRA) == silence
        assert await ledger.silences.of(BEN) == Silence()
