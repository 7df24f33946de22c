"""One suite for the ledger: in memory and in PostgreSQL."""

from dataclasses import replace
from datetime import timedelta

import pytest
from contracts.ids import MessageId
from contracts.journey import Reach
from contracts.notifications import AgreedBy, ChannelKind, MessageKind, Safety
from notifications.deciding.hearing_news import hear_news
from notifications.decisions.decision_record import DecisionRecord
from notifications.decisions.verdicts import HoldUntil, NotOwed, TellNow, WhyNot
from notifications.ledger.ledger import Ledgers
from notifications.messages.ledger import Errand
from notifications.messages.message import Message, MessageState
from notifications.promise.channels import Channel, SealedText
from notifications.promise.contact_promise import ContactPromise
from support.notifications_world import ALWAYS, AMIRA, BEN, EVENINGS, NOON, email_promise, news_of

LATER = NOON + timedelta(days=1)
MESSAGE = Message.claim(
    MessageId("0193a000-0000-7000-8000-0000000000e1"),
    victim=AMIRA,
    channel=ChannelKind.EMAIL,
    kind=MessageKind.NEWS,
    news=(news_of().news_id,),
    promise_version=1,
    at=NOON,
)


async def test_a_promise_is_in_force_and_loads_from_its_stream(ledgers: Ledgers) -> None:
    safe = Channel(ChannelKind.EMAIL, Safety.SAFE, SealedText("sealed"))
    terms = replace(email_promise(times=EVENINGS).terms, channels=(safe,))
    async with ledgers.begin() as ledger:
        assert await ledger.promises.in_force(AMIRA) is None
        assert await ledger.promises.load(AMIRA) is None
        promise = ContactPromise.agree_first(AMIRA, terms=terms, agreed_by=AgreedBy.VICTIM, at=NOON)
        await ledger.promises.save(promise, event_id="first")
    async with ledgers.begin() as ledger:
        loaded = await ledger.promises.load(AMIRA)
        assert loaded is not None
        loaded.agree_again(replace(terms, times=ALWAYS), expected_version=1, agreed_by=AgreedBy.OFFICER, at=LATER)
        await ledger.promises.save(loaded, event_id="second")
    async with ledgers.begin() as ledger:
        in_force, again = await ledger.promises.in_force(AMIRA), await ledger.promises.load(AMIRA)
    assert in_force is not None
    assert again is not None
    assert (in_force.version, in_force.terms) == (2, replace(terms, times=ALWAYS))
    assert (again.version, again.terms, again.agreed_by) == (2, in_force.terms, AgreedBy.OFFICER)


async def test_news_is_as_it_was_said_last(ledgers: Ledgers) -> None:
    said = news_of(reach=Reach.OFFICER, says_type="court.verdict-reached.v1")
    again = replace(said, reach=Reach.VICTIM, standing=False, about_at=LATER, known_at=LATER, withdrawn=True)
    again = replace(again, moved=True, told_at=NOON)
    async with ledgers.begin() as ledger:
        assert await ledger.decisions.heard(said.news_id) is None
        await ledger.decisions.note(said)
        await ledger.decisions.keep(DecisionRecord.first(said, HoldUntil(LATER), at=NOON))
        await ledger.decisions.note(again)
    async with ledgers.begin() as ledger:
        record = await ledger.decisions.of(said.news_id)
        assert await ledger.decisions.heard(said.news_id) == again
    assert record is not None
    assert record.news == again


async def test_whose_news_goes_on_under_another_id_is_known_until_it_is_theirs_again(ledgers: Ledgers) -> None:
    moved = news_of(withdrawn=True, moved=True)
    async with ledgers.begin() as ledger:
        await ledger.decisions.note(moved)
        await ledger.decisions.note(news_of(victim=BEN, withdrawn=True))
    async with ledgers.begin() as ledger:
        assert await ledger.decisions.goes_on_elsewhere(AMIRA)
        assert not await ledger.decisions.goes_on_elsewhere(BEN)
        await ledger.decisions.note(replace(moved, withdrawn=False, moved=False))
        assert not await ledger.decisions.goes_on_elsewhere(AMIRA)


async def test_a_decision_comes_back_as_it_was_kept(ledgers: Ledgers) -> None:
    news = news_of(corrects=news_of("earlier").news_id, retracts=True, case=None)
    held = DecisionRecord.first(news, HoldUntil(LATER), at=NOON)
    claimed = held.decided(TellNow(ChannelKind.EMAIL), at=LATER).claimed(MESSAGE.message_id).notified(LATER)
    async with ledgers.begin() as ledger:
        await ledger.decisions.note(news)
        await ledger.decisions.keep(held)
        assert await ledger.decisions.of(news.news_id) == held
        await ledger.decisions.keep(claimed)
        assert await ledger.decisions.of(news.news_id) == claimed


async def test_a_thread_is_the_original_and_what_amends_it_in_order_for_one_victim(ledgers: Ledgers) -> None:
    original = news_of(recorded_at=LATER + timedelta(days=1))
    second = news_of("second", corrects=original.news_id, recorded_at=LATER)
    first = news_of("first", corrects=original.news_id)
    others = news_of("first", victim=BEN, corrects=original.news_id)
    async with ledgers.begin() as ledger:
        for news in (second, original, first, others):
            await ledger.decisions.note(news)
        assert await ledger.decisions.thread(original.news_id, victim=AMIRA) == [original, first, second]


async def test_what_is_owed_leaves_out_what_was_told_or_never_owed_and_other_victims(ledgers: Ledgers) -> None:
    owed, told, never = news_of("owed"), news_of("told"), news_of("never")
    others = news_of("owed", victim=BEN)
    async with ledgers.begin() as ledger:
        for news in (owed, told, never, others):
            await ledger.decisions.note(news)
            decision = NotOwed(WhyNot.BACKFILL) if news is never else TellNow(ChannelKind.EMAIL)
            record = DecisionRecord.first(news, decision, at=NOON)
            await ledger.decisions.keep(record.told(at=NOON, why=WhyNot.SEEN) if news is told else record)
        assert [record.news for record in await ledger.decisions.owed(AMIRA)] == [owed]


async def test_a_message_comes_back_as_it_was_kept(ledgers: Ledgers) -> None:
    sent = MESSAGE.handed(2).sent("provider-1", LATER)
    async with ledgers.begin() as ledger:
        await ledger.messages.keep(MESSAGE)
        await ledger.messages.keep(sent)
        assert await ledger.messages.of(MESSAGE.message_id) == sent


async def test_a_new_message_is_due_and_leased_to_one_courier_at_a_time(ledgers: Ledgers) -> None:
    """Guard: duplicate claims."""
    async with ledgers.begin() as ledger:
        await ledger.messages.keep(MESSAGE)
    [errand] = await ledgers.take_errands(5)
    assert await ledgers.take_errands(5) == []
    async with ledgers.begin() as ledger:
        assert await ledger.messages.held(Errand(errand.message_id, "somebody else's")) is None
        assert await ledger.messages.held(errand) == MESSAGE
        await ledger.messages.release(errand.message_id)
    assert await ledgers.take_errands(5) == []
    async with ledgers.begin() as ledger:
        assert await ledger.messages.held(errand) is None
        await ledger.messages.ring([errand.message_id])
    assert [again.message_id for again in await ledgers.take_errands(5)] == [MESSAGE.message_id]


async def test_a_message_that_rings_while_it_is_leased_is_due_after_its_release(ledgers: Ledgers) -> None:
    async with ledgers.begin() as ledger:
        await ledger.messages.keep(MESSAGE)
    [errand] = await ledgers.take_errands(5)
    async with ledgers.begin() as ledger:
        await ledger.messages.ring([errand.message_id])
    assert await ledgers.take_errands(5) == []
    async with ledgers.begin() as ledger:
        await ledger.messages.release(errand.message_id)
    assert len(await ledgers.take_errands(5)) == 1


async def test_a_victim_is_known_once_an_event_came_and_nobody_else_is(ledgers: Ledgers) -> None:
    async with ledgers.begin() as ledger:
        assert not await ledger.victims.knows(AMIRA)
        await ledger.victims.note([])
        for _ in range(2):
            await ledger.victims.note([AMIRA, AMIRA])
    async with ledgers.begin() as ledger:
        assert await ledger.victims.knows(AMIRA)
        assert not await ledger.victims.knows(BEN)


async def test_a_grant_holds_until_it_is_revoked_and_for_that_victim_only(ledgers: Ledgers) -> None:
    async with ledgers.begin() as ledger:
        await ledger.grants.grant("subject", AMIRA)
        await ledger.grants.grant("subject", AMIRA)
        assert await ledger.grants.holds("subject", AMIRA)
        assert not await ledger.grants.holds("subject", BEN)
        await ledger.grants.revoke("subject", AMIRA)
        assert not await ledger.grants.holds("subject", AMIRA)


async def test_a_transaction_that_fails_leaves_nothing(ledgers: Ledgers) -> None:
    with pytest.raises(RuntimeError):
        async with ledgers.begin() as ledger:
            await ledger.decisions.note(news_of())
            await ledger.decisions.keep(DecisionRecord.first(news_of(), TellNow(ChannelKind.EMAIL), at=NOON))
            await ledger.messages.keep(MESSAGE)
            raise RuntimeError
    async with ledgers.begin() as ledger:
        assert await ledger.decisions.of(news_of().news_id) is None
        assert await ledger.messages.of(MESSAGE.message_id) is None


async def test_final_states_are_stored_with_their_failure(ledgers: Ledgers) -> None:
    unknown = MESSAGE.handed(1).moved(MessageState.UNKNOWN)
    async with ledgers.begin() as ledger:
        await ledger.messages.keep(unknown)
        assert await ledger.messages.of(MESSAGE.message_id) == unknown


async def test_news_that_reached_only_an_officer_is_decided_anew_when_it_may_reach_her(
    ledgers: Ledgers,
) -> None:
    held = news_of(reach=Reach.OFFICER)
    for item in (held, held, replace(held, reach=Reach.VICTIM), replace(held, reach=Reach.VICTIM)):
        async with ledgers.begin() as ledger:
            await ledger.lock([AMIRA])
            await hear_news(ledger, item)
    async with ledgers.begin() as ledger:
        record = await ledger.decisions.of(held.news_id)
    assert record is not None
    assert record.news.reach is Reach.VICTIM
    assert (record.why, record.revision) == ("no-safe-channel", 2)
