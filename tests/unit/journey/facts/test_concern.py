"""Whom a fact concerns, without a database."""

from datetime import UTC, datetime

from contracts.ids import VictimId
from hypothesis import given
from hypothesis import strategies as st
from journey.facts.concern import Accused, Reach, held_for_doubt, reach_of
from journey.facts.fact import EventKey, news_id_of
from journey.facts.matter import Member, concerns_of
from journey.facts.news import Entered, History, news_from, not_theirs
from journey.facts.standing import replaced_among
from support.journey_facts import a_fact

NOW = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)
AMIRA, BORIS = VictimId("a" * 36), VictimId("b" * 36)
NAMES = st.frozensets(st.sampled_from("xyz"), max_size=2)
ACCUSED = st.builds(Accused, NAMES, NAMES)
ONE = Accused(frozenset({"d-1"}))


def a_member(
    victim: VictimId = AMIRA, *, accused: Accused | None = None, active: bool = True, since: int = 0
) -> Member:
    return Member(victim, accused or Accused(), active, since, NOW)


@given(ACCUSED)
def test_what_names_nobody_concerns_everybody(linked: Accused) -> None:
    assert reach_of(Accused(), linked=linked) is Reach.VICTIM


@given(ACCUSED.filter(lambda accused: accused.named))
def test_with_no_known_link_only_the_officer_hears(fact: Accused) -> None:
    assert reach_of(fact, linked=Accused()) is Reach.OFFICER


@given(ACCUSED, ACCUSED)
def test_she_hears_of_an_accused_only_where_fact_and_link_share_one(fact: Accused, linked: Accused) -> None:
    shared = (fact.offences & linked.offences) or (fact.defendants & linked.defendants)
    if fact.named and not shared:
        assert reach_of(fact, linked=linked) is not Reach.VICTIM


@given(ACCUSED, ACCUSED)
def test_a_doubtful_fact_never_reaches_a_victim(fact: Accused, linked: Accused) -> None:
    assert held_for_doubt(reach_of(fact, linked=linked), doubtful=True) is not Reach.VICTIM


def test_another_offence_of_the_same_accused_is_not_hers() -> None:
    hers = Accused(frozenset({"d-1"}), frozenset({"o-1"}))
    assert reach_of(Accused(frozenset({"d-1"}), frozenset({"o-2"})), linked=hers) is None


def test_a_fact_about_one_victim_is_hers_alone() -> None:
    concerns = concerns_of(a_fact(victim_id=AMIRA), [a_member(AMIRA), a_member(BORIS)], doubtful=False)
    assert [concern.victim_id for concern in concerns] == [AMIRA]


def test_after_a_revoked_link_not_even_a_fact_about_her_is_hers() -> None:
    assert concerns_of(a_fact(victim_id=AMIRA), [a_member(active=False)], doubtful=False) == []


def test_known_news_is_news_only_once_more_when_it_may_reach_her() -> None:
    fact = a_fact(accused=ONE)
    concerns = concerns_of(fact, [a_member(accused=ONE, since=5)], doubtful=False)
    known = news_id_of(fact.key, AMIRA)
    told = History({(AMIRA, fact.key): Entered(known, Reach.VICTIM)}, frozenset(), {})
    held = History({(AMIRA, fact.key): Entered(known, Reach.OFFICER)}, frozenset(), {})
    assert news_from(concerns, told) == []
    [news] = news_from(concerns, held)
    assert news.promoted
    assert news.news_id == known


def test_news_that_was_withdrawn_comes_again_as_other_news() -> None:
    fact = a_fact()
    concerns = concerns_of(fact, [a_member()], doubtful=False)
    known = news_id_of(fact.key, AMIRA)
    withdrawn = Entered(known, Reach.VICTIM, withdrawn_at=fact.recorded_at)
    [news] = news_from(concerns, History({(AMIRA, fact.key): withdrawn}, frozenset(), {}))
    assert news.again
    assert not news.promoted
    assert news.news_id not in (known, news_id_of(fact.key, BORIS))


def test_news_is_not_theirs_once_the_fact_concerns_them_no_more_or_only_their_officer() -> None:
    hers, officers, gone = a_fact(1), a_fact(2, accused=ONE), a_fact(3)
    entered = {
        (victim, fact.key): Entered(news_id_of(fact.key, victim), reach)
        for victim, fact, reach in (
            (AMIRA, hers, Reach.OFFICER),
            (AMIRA, officers, Reach.VICTIM),
            (BORIS, gone, Reach.OFFICER),
        )
    }
    concerns = [one for fact in (hers, officers, gone) for one in concerns_of(fact, [a_member()], doubtful=False)]
    assert not_theirs(entered, concerns) == [(AMIRA, officers.key), (BORIS, gone.key)]


def test_a_later_fact_of_a_thread_replaces_the_former_unless_it_was_itself_wrong() -> None:
    first, second, third = (a_fact(number, thread="hearing/1") for number in (1, 2, 3))
    assert replaced_among([first, second, third], []) == {first.key, second.key}
    assert replaced_among([first, second, third], [third.key]) == {first.key, third.key}


def test_the_same_event_makes_other_news_for_another_victim() -> None:
    key = EventKey("urn:test", "1")
    assert news_id_of(key, AMIRA) != news_id_of(key, BORIS)
    assert news_id_of(key, AMIRA) == news_id_of(EventKey("urn:test", "1"), AMIRA)
