"""What is news to a victim: what was put right, taken back, said of somebody else, and what took its place."""

import pytest
from contracts.ids import VictimId
from journey.facts.concern import Accused, Reach
from journey.facts.fact import Fact
from journey.facts.said import Said
from support.records import (
    AMIRA,
    BORIS,
    ONE,
    TWO,
    a_link,
    a_record,
    correction,
    fact,
    news_in,
    retraction,
)

LINKS = [a_link(0, accused=ONE), a_link(0, BORIS, accused=TWO)]
GUILTY, NOT_GUILTY = Said(verdict="guilty"), Said(verdict="not-guilty")
RELEASED, RECEIVED, PLANNED = "prison.offender-released", "prison.offender-received", "prison.release-planned"


def verdict(position: int, accused: Accused = ONE, said: Said = GUILTY) -> Fact:
    return fact(position, "court.verdict-reached", accused=accused, said=said)


def custody(position: int, kind: str, accused: Accused = ONE) -> Fact:
    [defendant] = accused.defendants
    ends = (f"release-plan/{defendant}",) if kind == RELEASED else ()
    thread = f"release-plan/{defendant}" if kind == PLANNED else f"custody/{defendant}"
    return fact(position, kind, accused=accused, thread=thread, said=Said(ends=ends))


@pytest.mark.parametrize("victim", [AMIRA, BORIS])
def test_a_verdict_corrected_to_another_accused_is_first_news_to_one_and_nothing_to_the_other(
    victim: VictimId,
) -> None:
    wrong = verdict(1)
    right = correction(2, wrong, accused=TWO)
    news = news_in(a_record(wrong, right, victim=victim, links=LINKS))
    if victim == AMIRA:
        assert news == {}
    else:
        assert [(one.fact.key, one.corrects, one.standing) for one in news.values()] == [(right.key, None, True)]


def test_what_is_kept_is_put_right_and_names_the_news_that_it_puts_right() -> None:
    wrong = verdict(1)
    first, second = correction(2, wrong), correction(3, wrong)
    news = news_in(a_record(wrong, first, second, links=LINKS))
    original = news[wrong.key].news_id
    assert [news[one.key].corrects for one in (wrong, first, second)] == [None, original, original]
    assert [news[one.key].standing for one in (wrong, first, second)] == [False, False, True]


def test_a_correction_that_comes_back_to_her_is_of_what_she_had_first() -> None:
    wrong = verdict(1)
    elsewhere, back = correction(2, wrong, accused=TWO), correction(3, wrong, accused=ONE)
    news = news_in(a_record(wrong, elsewhere, back, links=LINKS))
    assert set(news) == {wrong.key, back.key}
    assert news[back.key].corrects == news[wrong.key].news_id


def test_a_retraction_goes_as_far_as_what_it_takes_back_and_no_further() -> None:
    wrong = verdict(1)
    gone = retraction(2, wrong)
    hers = news_in(a_record(wrong, gone, links=LINKS))
    assert (hers[gone.key].reach, hers[gone.key].corrects) == (Reach.VICTIM, hers[wrong.key].news_id)
    assert not hers[wrong.key].standing
    assert news_in(a_record(wrong, gone, victim=BORIS, links=LINKS)) == {}


def test_what_was_put_right_or_taken_back_before_she_was_linked_was_never_her_news() -> None:
    wrong = verdict(1)
    late = [a_link(5, accused=ONE)]
    right = correction(2, wrong)
    assert set(news_in(a_record(wrong, right, links=late))) == {right.key}
    assert news_in(a_record(wrong, retraction(2, wrong), links=late)) == {}


def test_a_correction_of_what_was_taken_back_brings_nothing_back() -> None:
    wrong = verdict(1)
    news = news_in(a_record(wrong, retraction(2, wrong), correction(3, wrong), links=LINKS))
    assert [one.standing for one in news.values()] == [False, True]


def test_a_correction_that_came_before_what_it_corrects_stands_for_it() -> None:
    unseen = verdict(1)
    right = correction(2, unseen)
    assert news_in(a_record(right, links=LINKS))[right.key].standing


def test_corrections_that_name_a_correction_are_of_the_first_that_was_said() -> None:
    wrong = verdict(1)
    first = correction(2, wrong)
    second = correction(3, wrong, original=first.key)
    news = news_in(a_record(wrong, first, second, links=LINKS))
    assert news[second.key].corrects == news[wrong.key].news_id
    assert [one.fact.key for one in news.values() if one.standing] == [second.key]


def test_where_he_is_now_is_one_state_and_what_it_replaces_is_no_news() -> None:
    planned, released, back = custody(1, PLANNED), custody(2, RELEASED), custody(3, RECEIVED)
    news = news_in(a_record(planned, released, links=LINKS))
    assert {key: one.standing for key, one in news.items()} == {planned.key: False, released.key: True}
    later = news_in(a_record(planned, released, back, links=LINKS))
    assert [one.standing for one in later.values()] == [False, False]


def test_a_plan_of_release_is_nowhere_and_ends_nothing() -> None:
    back, planned = custody(2, RECEIVED), custody(3, PLANNED)
    news = news_in(a_record(back, planned, links=LINKS))
    assert [(one.fact.key, one.standing) for one in news.values()] == [(planned.key, True)]


def test_the_custody_of_another_ends_nothing_of_hers() -> None:
    released, other = custody(1, RELEASED), custody(2, RECEIVED, TWO)
    assert news_in(a_record(released, other, links=[a_link(0, accused=ONE), a_link(0, accused=TWO)]))[
        released.key
    ].standing


def test_where_somebody_is_who_was_acquitted_here_is_not_hers() -> None:
    released = custody(5, RELEASED)
    assert released.key not in news_in(a_record(verdict(1, said=NOT_GUILTY), released, links=LINKS))
    some_open = Said(verdict="not-guilty", others_open=True)
    assert released.key in news_in(a_record(verdict(1, said=some_open), released, links=LINKS))
    assert released.key in news_in(a_record(verdict(1, said=NOT_GUILTY), verdict(2), released, links=LINKS))


def test_an_acquittal_that_was_taken_back_acquits_nobody() -> None:
    acquitted, released = verdict(1, said=NOT_GUILTY), custody(5, RELEASED)
    assert released.key in news_in(a_record(acquitted, retraction(2, acquitted), released, links=LINKS))


def test_what_only_her_officer_may_know_takes_the_place_of_nothing_of_hers() -> None:
    first = fact(1, "court.trial-date-set", accused=ONE, thread="hearing/h-1")
    doubtful = fact(2, "court.trial-date-changed", accused=ONE, thread="hearing/h-1", doubt="future-time")
    news = news_in(a_record(first, doubtful, links=LINKS))
    assert (news[first.key].standing, news[doubtful.key].standing) == (True, True)


def test_a_listing_sent_again_with_one_of_two_accused_moves_the_other_victims_trial_nowhere() -> None:
    both = Accused(ONE.defendants | TWO.defendants)
    first = fact(1, "court.trial-date-set", accused=both, thread="hearing/h-1")
    moved = fact(2, "court.trial-date-changed", accused=ONE, thread="hearing/h-1")
    assert set(news_in(a_record(first, moved, victim=BORIS, links=LINKS))) == {first.key}
    assert not news_in(a_record(first, moved, links=LINKS))[first.key].standing
