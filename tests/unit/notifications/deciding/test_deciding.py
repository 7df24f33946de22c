"""Decisions about one item of news, as a table of what must and must never happen."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from contracts.ids import MessageId
from contracts.journey import Reach
from contracts.notifications import ChannelKind, ContactReason, Safety
from contracts.telling import Tell
from hypothesis import given
from hypothesis import strategies as st
from notifications.deciding.amended import Amended
from notifications.deciding.rules import decide
from notifications.decisions.decision_record import DecisionRecord
from notifications.decisions.news import News
from notifications.decisions.verdicts import Decision, GiveToOfficer, HoldUntil, NotOwed, TellNow, WhyNot, Withdrawn
from notifications.promise.channels import Channel, SealedText
from notifications.promise.terms import Terms
from notifications.promise.windows import SafeTimes, Weekday, Window
from support.notifications_world import NOON, news_of

EVERY_DAY = frozenset(Weekday)
EVENING = datetime(2026, 11, 23, 19, tzinfo=UTC)
ADDRESS = SealedText("sealed")

NEWS = news_of()
TERMS = Terms(
    channels=(Channel(ChannelKind.EMAIL, Safety.SAFE, ADDRESS), Channel(ChannelKind.PHONE, Safety.NOT_SAFE, ADDRESS)),
    times=SafeTimes((Window(EVERY_DAY, 18 * 60, 21 * 60),)),
    frequency_days=28,
)
CORRECTION = news_of("correction", corrects=NEWS.news_id)


def decided(
    news: News = NEWS, *, terms: Terms | None = TERMS, original: DecisionRecord | None = None, now: datetime = EVENING
) -> Decision:
    return decide(news, terms=terms, original=Amended((original,)) if original else None, now=now)


def record(decision: Decision, news: News = NEWS) -> DecisionRecord:
    return DecisionRecord.first(news, decision, at=NOON)


def test_it_is_told_at_once_in_a_safe_hour_on_a_safe_channel() -> None:
    assert decided() == TellNow(ChannelKind.EMAIL)


def test_it_is_held_until_the_window_opens() -> None:
    assert decided(now=NOON) == HoldUntil(datetime(2026, 11, 23, 18, tzinfo=UTC))


def test_without_a_promise_an_officer_is_asked() -> None:
    """Guard: unknown = unsafe."""
    assert decided(terms=None) == GiveToOfficer(ContactReason.NO_SAFE_CHANNEL)


@pytest.mark.parametrize("safety", [Safety.UNKNOWN, Safety.NOT_SAFE])
def test_a_channel_that_is_not_known_to_be_safe_is_never_used(safety: Safety) -> None:
    """Guard: unknown = unsafe."""
    terms = replace(TERMS, channels=(Channel(ChannelKind.EMAIL, safety, ADDRESS),))
    assert decided(terms=terms) == GiveToOfficer(ContactReason.NO_SAFE_CHANNEL)


def test_a_safe_telephone_is_an_officers_to_use() -> None:
    terms = replace(TERMS, channels=(Channel(ChannelKind.PHONE, Safety.SAFE, ADDRESS),))
    assert decided(terms=terms) == GiveToOfficer(ContactReason.NO_SAFE_CHANNEL)


def test_the_first_safe_channel_in_the_order_agreed_is_used() -> None:
    sms, email = Channel(ChannelKind.SMS, Safety.SAFE, ADDRESS), Channel(ChannelKind.EMAIL, Safety.SAFE, ADDRESS)
    assert decided(terms=replace(TERMS, channels=(sms, email))) == TellNow(ChannelKind.SMS)


def test_a_backfill_tells_nobody() -> None:
    """Guard: backfill flag."""
    assert decided(replace(NEWS, backfill=True)) == NotOwed(WhyNot.BACKFILL)


def test_what_was_superseded_before_the_victim_was_linked_is_not_owed() -> None:
    assert decided(replace(NEWS, standing=False)) == NotOwed(WhyNot.SUPERSEDED)


def test_a_fact_that_tells_nobody_is_not_owed() -> None:
    assert decided(replace(NEWS, tell=Tell.NOBODY)) == NotOwed(WhyNot.TELLS_NOBODY)


def test_hard_news_goes_to_an_officer_first() -> None:
    assert decided(replace(NEWS, tell=Tell.OFFICER_FIRST)) == GiveToOfficer(ContactReason.OFFICER_FIRST)


def test_a_fact_about_somebody_unlinked_or_in_doubt_goes_to_the_officer() -> None:
    assert decided(replace(NEWS, reach=Reach.OFFICER)) == GiveToOfficer(ContactReason.DOUBT)


def test_gathered_news_waits_for_the_next_day_and_then_for_a_safe_hour() -> None:
    terms = replace(TERMS, at_once=False)
    assert decided(terms=terms) == HoldUntil(datetime(2026, 11, 24, 18, tzinfo=UTC))
    tomorrow = EVENING + timedelta(days=1)
    assert decided(terms=terms, now=tomorrow) == TellNow(ChannelKind.EMAIL)


def test_a_retraction_of_what_nobody_was_notified_of_is_not_owed() -> None:
    retraction = replace(CORRECTION, retracts=True)
    unsent = record(Withdrawn(WhyNot.CORRECTED))
    assert decided(retraction, original=unsent) == NotOwed(WhyNot.ORIGINAL_NEVER_NOTIFIED)


def test_a_correction_of_unsent_news_takes_its_place() -> None:
    assert decided(CORRECTION, original=record(Withdrawn(WhyNot.CORRECTED))) == TellNow(ChannelKind.EMAIL)


def test_a_correction_of_what_was_never_owed_is_not_owed_either() -> None:
    original = record(NotOwed(WhyNot.BACKFILL))
    assert decided(CORRECTION, original=original) == NotOwed(WhyNot.ORIGINAL_NOT_OWED)


def test_what_amends_history_leaves_it_history() -> None:
    backfill = replace(NEWS, backfill=True)
    assert decide(backfill, terms=TERMS, original=None, now=EVENING, replaced=True) == NotOwed(WhyNot.BACKFILL)


def test_a_correction_of_what_tells_nobody_is_told_by_what_it_says() -> None:
    original = record(NotOwed(WhyNot.TELLS_NOBODY), replace(NEWS, tell=Tell.NOBODY))
    assert decided(CORRECTION, original=original) == NotOwed(WhyNot.TELLS_NOBODY)
    released = replace(CORRECTION, says_type="prison.offender-released.v1")
    assert decided(released, original=original) == TellNow(ChannelKind.EMAIL)


def test_a_correction_that_is_first_news_for_her_is_told_as_what_it_says() -> None:
    hard = replace(NEWS, event_type="police.event-corrected.v1", says_type="x", tell=Tell.OFFICER_FIRST)
    assert decided(hard) == GiveToOfficer(ContactReason.OFFICER_FIRST)
    assert decided(replace(hard, tell=Tell.NOBODY)) == NotOwed(WhyNot.TELLS_NOBODY)


def test_a_correction_of_what_something_later_replaced_is_not_told_though_she_was_told_the_original() -> None:
    told = record(TellNow(ChannelKind.EMAIL)).told(at=NOON, why=WhyNot.SEEN)
    assert decided(replace(CORRECTION, standing=False), original=told) == NotOwed(WhyNot.SUPERSEDED)


@pytest.mark.parametrize("kind", [NotOwed, Withdrawn])
def test_what_was_withdrawn_or_put_right_is_not_owed_whatever_else(kind: type[NotOwed | Withdrawn]) -> None:
    def gone(news: News, *, replaced: bool) -> Decision:
        left = kind is NotOwed
        return decide(news, terms=TERMS, original=None, now=EVENING, replaced=replaced, left=left)

    assert gone(replace(NEWS, withdrawn=True), replaced=False) == kind(WhyNot.NOT_THEIRS)
    assert gone(NEWS, replaced=True) == kind(WhyNot.CORRECTED)


def test_a_correction_of_what_was_only_superseded_is_told() -> None:
    assert decided(CORRECTION, original=record(NotOwed(WhyNot.SUPERSEDED))) == TellNow(ChannelKind.EMAIL)


@pytest.mark.parametrize(
    "change", [{}, {"retracts": True}, {"retracts": True, "standing": False}, {"tell": Tell.NOBODY}]
)
def test_whoever_was_notified_is_told_of_the_correction_whatever_else(change: dict[str, object]) -> None:
    """Guard: a correction reaches everyone who was told."""
    notified = record(TellNow(ChannelKind.EMAIL)).claimed(MessageId("m1")).notified(NOON)
    assert decided(replace(CORRECTION, **change), original=notified) == TellNow(ChannelKind.EMAIL)  # type: ignore[arg-type]


def test_a_backfilled_correction_of_told_news_is_an_officers_never_a_message() -> None:
    """Guard: backfill flag."""
    told = record(TellNow(ChannelKind.EMAIL)).told(at=NOON, why=WhyNot.SEEN)
    backfill = replace(CORRECTION, backfill=True)
    assert decided(backfill, original=told) == GiveToOfficer(ContactReason.OFFICER_FIRST)


def test_what_an_officer_was_given_counts_as_told_when_it_is_corrected() -> None:
    given_away = record(GiveToOfficer(ContactReason.NO_SAFE_CHANNEL))
    assert decided(replace(CORRECTION, retracts=True), original=given_away) == TellNow(ChannelKind.EMAIL)


@given(
    st.builds(
        News,
        news_id=st.just(NEWS.news_id),
        victim=st.just(NEWS.victim),
        case=st.just(NEWS.case),
        event_id=st.just(NEWS.event_id),
        event_source=st.just("urn:example:x"),
        event_type=st.just("court.verdict-reached.v1"),
        tell=st.sampled_from(Tell),
        occurred_at=st.just(NOON),
        recorded_at=st.just(NOON),
        backfill=st.booleans(),
        reach=st.sampled_from(Reach),
        standing=st.booleans(),
        known_at=st.just(NOON),
        corrects=st.none(),
        retracts=st.booleans(),
    ),
    st.sampled_from(Safety),
    st.sampled_from(ChannelKind),
    st.sampled_from([ADDRESS, None]),
    st.integers(0, 14 * 24 * 60),
)
def test_a_message_leaves_only_when_everything_allows_it(
    news: News,
    safety: Safety,
    kind: ChannelKind,
    address: SealedText | None,
    minutes: int,
) -> None:
    """Guards: unknown = unsafe, backfill flag, safe hours: over all inputs, "tell now" implies every condition."""
    now = NOON + timedelta(minutes=minutes)
    terms = replace(TERMS, channels=(Channel(kind, safety, address),))
    if isinstance(decide(news, terms=terms, original=None, now=now), TellNow):
        assert safety is Safety.SAFE
        assert address is not None
        assert kind in (ChannelKind.EMAIL, ChannelKind.SMS)
        assert terms.times.allow(now)
        assert not news.backfill
        assert not news.retracts
        assert news.standing
        assert news.reach is Reach.VICTIM
        assert news.tell is Tell.MESSAGE
