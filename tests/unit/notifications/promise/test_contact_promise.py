"""The contact promise: agreed, agreed again, refused, and read back from its stream."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from contracts.ids import VictimId
from contracts.notifications import AgreedBy, ChannelKind, Safety
from notifications.errors import PromiseHasMoved, UnusableTerms
from notifications.promise.channels import Channel, SealedText
from notifications.promise.contact_promise import ContactPromise
from notifications.promise.plain_terms import plain_terms, terms_from
from notifications.promise.terms import Terms
from notifications.promise.windows import SafeTimes, Weekday, Window

VICTIM = VictimId("00000000-0000-0000-0000-0000000000aa")
AT = datetime(2026, 11, 23, 12, tzinfo=UTC)
SECRET = SealedText("ciphertext-of-an-address")
TERMS = Terms(
    channels=(Channel(ChannelKind.EMAIL, Safety.SAFE, SECRET), Channel(ChannelKind.PHONE, Safety.NOT_SAFE)),
    times=SafeTimes((Window(frozenset({Weekday.MON, Weekday.FRI}), 18 * 60, 21 * 60),)),
    frequency_days=28,
    code_word=SealedText("ciphertext-of-a-word"),
)


def agreed(terms: Terms = TERMS) -> ContactPromise:
    return ContactPromise.agree_first(VICTIM, terms=terms, agreed_by=AgreedBy.VICTIM, at=AT)


def test_the_first_agreement_is_version_one_and_names_its_victim() -> None:
    promise = agreed()
    assert (promise.version, str(promise.id), promise.terms) == (1, VICTIM, TERMS)


def test_agreeing_again_replaces_the_terms_and_counts() -> None:
    promise = agreed()
    weekly = replace(TERMS, frequency_days=7)
    promise.agree_again(weekly, expected_version=1, agreed_by=AgreedBy.OFFICER, at=AT)
    assert (promise.version, promise.terms, promise.agreed_by) == (2, weekly, AgreedBy.OFFICER)


def test_agreeing_on_a_version_that_is_no_longer_in_force_is_refused() -> None:
    promise = agreed()
    with pytest.raises(PromiseHasMoved):
        promise.agree_again(TERMS, expected_version=2, agreed_by=AgreedBy.VICTIM, at=AT)
    assert len(promise.collect_events()) == 1


def test_the_stream_alone_gives_the_promise_back() -> None:
    promise = agreed()
    promise.agree_again(replace(TERMS, at_once=False), expected_version=1, agreed_by=AgreedBy.OFFICER, at=AT)
    copy: ContactPromise | None = None
    for event in promise.collect_events():
        copy = event.mutate(copy)
    assert copy == promise


def test_every_term_survives_being_stored() -> None:
    assert terms_from(plain_terms(TERMS)) == TERMS


@pytest.mark.parametrize(
    "bad",
    [
        replace(TERMS, channels=(TERMS.channels[0], TERMS.channels[0])),
        replace(TERMS, channels=(Channel(ChannelKind.SMS, Safety.SAFE),)),
        replace(TERMS, frequency_days=0),
        replace(TERMS, times=SafeTimes((Window(frozenset(), 60, 120),))),
        replace(TERMS, times=SafeTimes((Window(frozenset({Weekday.MON}), 120, 60),))),
        replace(TERMS, times=SafeTimes((Window(frozenset({Weekday.MON}), 60, 70),))),
        replace(TERMS, times=SafeTimes((), "Europe/Nowhere")),
    ],
)
def test_terms_that_cannot_be_kept_are_refused_without_repeating_an_address(bad: Terms) -> None:
    with pytest.raises(UnusableTerms) as refused:
        agreed(bad)
    assert SECRET not in str(refused.value)


def test_addresses_and_code_word_are_never_printed() -> None:
    assert SECRET not in repr(TERMS)
    assert "ciphertext-of-a-word" not in repr(TERMS)
