"""News about a day is told before it, whatever is gathered; where no safe hour lies before it, an officer tells it."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from chassis.testing.clock import FakeClock
from contracts.notifications import ChannelKind, ContactReason, Safety
from hypothesis import given
from hypothesis import strategies as st
from notifications.deciding.amended import Amended
from notifications.deciding.rules import decide
from notifications.deciding.safe_moments import NOTICE
from notifications.decisions.decision_record import DecisionRecord
from notifications.decisions.verdicts import Decision, GiveToOfficer, HoldUntil, TellNow, Verdict
from notifications.ledger.memory import MemoryLedgers
from notifications.officer_contacts.facts import OfficerContactDue, OfficerContactWithdrawn
from notifications.promise.channels import Channel, SealedText
from notifications.promise.terms import Terms
from notifications.promise.windows import SafeTimes, Weekday, Window
from support.notifications_telling import asked_of_officers, facts
from support.notifications_world import EVENINGS, NOON, World, email_promise, news_of

EMAIL = (Channel(ChannelKind.EMAIL, Safety.SAFE, SealedText("sealed")),)
EVERY_EVENING = SafeTimes((Window(frozenset(Weekday), 18 * 60, 21 * 60),))
AT_ONCE = Terms(EMAIL, EVERY_EVENING, 28)
GATHERING = replace(AT_ONCE, at_once=False)
TONIGHT, TOMORROW_NIGHT = (datetime(2026, 11, day, 18, tzinfo=UTC) for day in (23, 24))
TOMORROW_AT_TEN = datetime(2026, 11, 24, 10, tzinfo=UTC)


def decided(terms: Terms, *, about_at: datetime | None, now: datetime = NOON) -> Decision:
    return decide(news_of(about_at=about_at), terms=terms, original=None, now=now)


def test_a_hearing_tomorrow_is_told_today_though_news_is_gathered() -> None:
    assert decided(GATHERING, about_at=TOMORROW_AT_TEN) == HoldUntil(TONIGHT)


def test_news_is_gathered_as_long_as_a_day_s_notice_is_left() -> None:
    assert decided(GATHERING, about_at=TOMORROW_NIGHT + NOTICE) == HoldUntil(TOMORROW_NIGHT)
    assert decided(GATHERING, about_at=TOMORROW_NIGHT + NOTICE - timedelta(minutes=1)) == HoldUntil(TONIGHT)


RELEASED, CORRECTED = "prison.offender-released.v1", "prison.event-corrected.v1"


def test_a_release_waits_for_no_digest_and_leaves_in_the_next_safe_hour() -> None:
    released = news_of("released", event_type=RELEASED)
    assert decide(released, terms=GATHERING, original=None, now=NOON) == HoldUntil(TONIGHT)
    assert decide(released, terms=GATHERING, original=None, now=TONIGHT) == TellNow(ChannelKind.EMAIL)
    assert decided(GATHERING, about_at=None) == HoldUntil(TOMORROW_NIGHT)


@pytest.mark.parametrize(
    ("original", "says"), [("prison.release-planned.v1", RELEASED), (RELEASED, "prison.release-planned.v1")]
)
def test_what_corrects_an_unsent_release_or_says_now_that_it_is_one_waits_for_none_either(
    original: str, says: str
) -> None:
    first = DecisionRecord.first(news_of("said first", event_type=original), HoldUntil(TOMORROW_NIGHT), at=NOON)
    right = news_of("right", corrects=first.news.news_id, event_type=CORRECTED, says_type=says)
    assert decide(right, terms=GATHERING, original=Amended([first]), now=NOON) == HoldUntil(TONIGHT)


@pytest.mark.parametrize("terms", [AT_ONCE, GATHERING])
def test_where_no_safe_hour_lies_before_the_day_an_officer_tells_it(terms: Terms) -> None:
    assert decided(terms, about_at=TONIGHT) == GiveToOfficer(ContactReason.BEFORE_THE_DAY)


@pytest.mark.parametrize("terms", [AT_ONCE, GATHERING])
def test_once_the_day_has_come_it_is_told_as_any_other_news(terms: Terms) -> None:
    assert decided(terms, about_at=NOON) == decided(terms, about_at=None)


def test_without_a_safe_channel_the_reason_is_that() -> None:
    assert decided(replace(AT_ONCE, channels=()), about_at=TONIGHT) == GiveToOfficer(ContactReason.NO_SAFE_CHANNEL)


def test_a_correction_of_what_was_told_of_a_day_is_told_before_it_too() -> None:
    right = news_of("right", corrects=news_of().news_id, about_at=TONIGHT)
    assert decide(right, terms=AT_ONCE, original=None, now=NOON) == GiveToOfficer(ContactReason.BEFORE_THE_DAY)


@given(
    st.lists(st.tuples(st.sampled_from(Weekday), st.integers(0, 22)), max_size=4),
    st.sampled_from([AT_ONCE, GATHERING]),
    st.integers(0, 7 * 24 * 60),
    st.integers(1, 10 * 24 * 60),
)
def test_no_news_of_a_day_waits_past_it_while_a_safe_hour_lies_before(
    hours: list[tuple[Weekday, int]], terms: Terms, now_in: int, ahead: int
) -> None:
    """And where it may be gathered it leaves a day's notice, or as early as it can."""
    windows = tuple(Window(frozenset({day}), hour * 60, hour * 60 + 60) for day, hour in hours)
    terms = replace(terms, times=SafeTimes(windows))
    now = NOON + timedelta(minutes=now_in)
    about = now + timedelta(minutes=ahead)
    decision, soonest = decided(terms, about_at=about, now=now), terms.times.next_allowed(now)
    if isinstance(decision, GiveToOfficer):
        assert soonest is None or soonest >= about
        return
    leaves = decision.until if isinstance(decision, HoldUntil) else now
    assert leaves < about
    assert leaves == soonest or leaves + NOTICE <= about


async def test_the_officer_is_asked_at_once_and_due_before_the_day(world: World, ledgers: MemoryLedgers) -> None:
    await world.agree(email_promise(times=EVENINGS))
    await world.hear(news_of(about_at=datetime(2026, 11, 23, 16, tzinfo=UTC)))
    [contact] = facts(ledgers, OfficerContactDue)
    assert isinstance(contact, OfficerContactDue)
    assert contact.reason is ContactReason.BEFORE_THE_DAY
    assert contact.due_by == datetime(2026, 11, 23, 15, tzinfo=UTC)


async def test_an_hour_agreed_before_the_day_tells_it_by_a_message(world: World, ledgers: MemoryLedgers) -> None:
    await world.agree(email_promise(times=EVENINGS))
    await world.hear(news_of(about_at=datetime(2026, 11, 23, 16, tzinfo=UTC)))
    await world.agree(email_promise(), read=1)
    await world.tell_and_carry()
    assert len(world.provider.outbox) == 1
    assert asked_of_officers(ledgers) == [ContactReason.BEFORE_THE_DAY]


async def test_a_day_that_comes_nearer_is_told_of_sooner(world: World, clock: FakeClock) -> None:
    clear = email_promise(times=EVENINGS)
    await world.agree(replace(clear, terms=replace(clear.terms, at_once=False)))
    await world.hear(news_of(about_at=NOON + timedelta(days=9)))
    assert (await world.decision(news_of())).until == TOMORROW_NIGHT
    await world.hear(news_of(about_at=TOMORROW_AT_TEN))
    assert (await world.decision(news_of())).until == TONIGHT
    clock.advance(timedelta(hours=6))
    await world.tell_and_carry()
    assert (await world.decision(news_of())).verdict is Verdict.TELL_NOW
    assert isinstance(decided(AT_ONCE, about_at=TOMORROW_AT_TEN, now=TONIGHT), TellNow)


async def test_an_officer_who_is_to_tell_of_a_day_that_comes_nearer_is_asked_by_then(
    world: World, ledgers: MemoryLedgers
) -> None:
    await world.hear(news_of(about_at=NOON + timedelta(days=9)))
    await world.hear(news_of(about_at=TOMORROW_AT_TEN))
    first, second = (fact for fact in facts(ledgers, OfficerContactDue) if isinstance(fact, OfficerContactDue))
    assert first.due_by == datetime(2026, 11, 24, 17, tzinfo=UTC)
    assert second.due_by == datetime(2026, 11, 23, 17, tzinfo=UTC)
    [withdrawn] = facts(ledgers, OfficerContactWithdrawn)
    assert isinstance(withdrawn, OfficerContactWithdrawn)
    assert withdrawn.contact_id == first.contact_id
