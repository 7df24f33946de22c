"""One person under several ids is told and owed each thing once, under the id that goes on."""

from datetime import datetime

import pytest
from contracts.ids import DutyKey, VictimId
from journey.duties.duty import DutyState, duty_key_of
from journey.facts.concern import Reach
from journey.facts.fact import Fact, news_id_of
from journey.facts.persons import Join
from journey.facts.said import Said
from journey.projection.journey import Journey, journey_of, journey_under
from journey.tellings.telling import Contact, Tellings
from support.records import (
    AMIRA,
    BORIS,
    CALENDAR,
    FIRST,
    SECOND,
    a_contact,
    a_join,
    a_link,
    at,
    correction,
    fact,
    news_in,
    one_record,
    owed_in,
)

OUTCOME = "R9-OUTCOME"
BOTH = [a_link(0, AMIRA), a_link(1, BORIS)]
VERDICT = fact(5, "court.verdict-reached")
JOINED = a_join(9)


def told(victim: VictimId, what: Fact, *, when: datetime) -> dict[VictimId, Tellings]:
    return {victim: Tellings({news_id_of(what.key, victim): when})}


def spoken(*contacts: Contact, victim: VictimId = AMIRA) -> dict[VictimId, Tellings]:
    return {victim: Tellings({}, contacts)}


def test_a_link_of_any_id_of_hers_is_hers() -> None:
    links = [a_link(0, AMIRA), a_link(1, BORIS, case=SECOND)]
    assert VERDICT.key in news_in(one_record(BORIS, VERDICT, joins=[JOINED], links=links))
    assert VERDICT.key not in news_in(one_record(BORIS, VERDICT, links=links))


def test_what_is_said_of_any_id_of_hers_is_said_of_her() -> None:
    referral = fact(5, "support.referral-made", victim_id=AMIRA)
    crime = fact(2, "police.crime-reported", said=Said(crimes=(FIRST,)))
    joined = one_record(BORIS, crime, referral, joins=[JOINED], links=BOTH)
    assert {key: news.reach for key, news in news_in(joined).items()} == dict.fromkeys(
        (crime.key, referral.key), Reach.VICTIM
    )
    assert [duty.state for duty in owed_in(joined, "R4-REFERRAL")] == [DutyState.MET]
    apart = one_record(BORIS, crime, referral, links=BOTH)
    assert [duty.state for duty in owed_in(apart, "R4-REFERRAL")] == [DutyState.OPEN]


def test_enhanced_rights_found_of_any_id_are_hers() -> None:
    named = fact(3, "police.victim-identified", victim_id=AMIRA, said=Said(categories=("most-serious-crime",)))
    charged = fact(4, "cps.charge-authorised")
    [joined] = owed_in(one_record(BORIS, named, charged, joins=[JOINED], links=BOTH), "R6-CHARGE")
    [apart] = owed_in(one_record(BORIS, named, charged, links=BOTH), "R6-CHARGE")
    assert joined.deadline.due_at < apart.deadline.due_at


@pytest.mark.parametrize("joined_at", [9, 90])
def test_a_join_makes_nothing_known_later_and_sets_no_clock_anew(joined_at: int) -> None:
    apart = one_record(AMIRA, VERDICT, links=[a_link(0, AMIRA)])
    joined = one_record(BORIS, VERDICT, joins=[a_join(joined_at)], links=[a_link(0, AMIRA)])
    [before], [after] = owed_in(apart, OUTCOME), owed_in(joined, OUTCOME)
    assert after.deadline == before.deadline
    assert news_in(joined)[VERDICT.key].known_at == news_in(apart)[VERDICT.key].known_at


def test_what_she_was_told_under_another_id_is_told() -> None:
    record = one_record(BORIS, VERDICT, joins=[JOINED], links=BOTH, told=told(AMIRA, VERDICT, when=at(7)))
    [outcome] = owed_in(record, OUTCOME)
    assert outcome.ending is not None
    assert (outcome.state, outcome.ending.met_by, outcome.ending.at) == (DutyState.MET, "seen", at(7))
    assert news_in(record)[VERDICT.key].told_at == at(7)


def test_what_she_was_told_under_the_id_that_goes_on_was_told_under_no_other() -> None:
    record = one_record(BORIS, VERDICT, joins=[JOINED], links=BOTH, told=told(BORIS, VERDICT, when=at(7)))
    assert news_in(record)[VERDICT.key].told_at is None
    assert [duty.state for duty in owed_in(record, OUTCOME)] == [DutyState.MET]


def test_a_contact_under_another_id_told_what_it_names_and_had_happened() -> None:
    early = one_record(BORIS, VERDICT, joins=[JOINED], links=BOTH, told=spoken(a_contact(at(4), VERDICT)))
    late = one_record(BORIS, VERDICT, joins=[JOINED], links=BOTH, told=spoken(a_contact(at(6), VERDICT)))
    assert news_in(early)[VERDICT.key].told_at is None
    assert news_in(late)[VERDICT.key].told_at == at(6)
    assert [duty.state for duty in owed_in(early, OUTCOME)] == [DutyState.OPEN]
    assert [duty.state for duty in owed_in(late, OUTCOME)] == [DutyState.MET]


def test_a_contact_that_named_what_was_owed_under_another_id_meets_it() -> None:
    key = duty_key_of(AMIRA, VERDICT.key, OUTCOME)
    record = one_record(
        BORIS, VERDICT, joins=[JOINED], links=BOTH, told=spoken(a_contact(at(6), duties=[DutyKey(key)]))
    )
    [outcome] = owed_in(record, OUTCOME)
    assert outcome.ending is not None
    assert (outcome.state, outcome.ending.met_by, outcome.ending.at) == (DutyState.MET, "contact", at(6))


def test_a_correction_after_the_join_puts_right_what_she_was_told_under_another_id() -> None:
    right = correction(12, VERDICT)
    record = one_record(BORIS, VERDICT, right, joins=[JOINED], links=BOTH, told=told(AMIRA, VERDICT, when=at(7)))
    news = news_in(record)
    assert news[right.key].corrects == news[VERDICT.key].news_id == news_id_of(VERDICT.key, BORIS)


ELSEWHERE = fact(6, "court.verdict-reached", case_id=SECOND)
EACH_HER_OWN = [a_link(0, AMIRA), a_link(1, BORIS, case=SECOND)]


def under(victim: VictimId, *joins: Join) -> Journey:
    """What is had under this id. Each has a case of her own."""
    record = one_record(victim, VERDICT, ELSEWHERE, joins=joins, links=EACH_HER_OWN)
    return journey_under(victim, record, calendar=CALENDAR)


def test_under_an_id_that_does_not_go_on_there_is_nothing_and_its_news_is_had_under_the_one_that_does() -> None:
    left, going_on = under(AMIRA, JOINED), under(BORIS, JOINED)
    assert (left.news, left.duties) == ((), ())
    assert {news.fact.key for news in going_on.news} == {VERDICT.key, ELSEWHERE.key}
    assert {duty.trigger for duty in going_on.duties} == {VERDICT.key, ELSEWHERE.key}
    assert left.moved == {news_id_of(one.key, AMIRA): BORIS for one in (VERDICT, ELSEWHERE)}
    assert going_on.moved == {}


def test_a_join_that_was_taken_back_leaves_each_her_own() -> None:
    for victim, hers in ((AMIRA, VERDICT), (BORIS, ELSEWHERE)):
        parted = under(victim, a_join(9, stands=False))
        assert parted == under(victim)
        assert {news.fact.key for news in parted.news} == {hers.key}


def test_what_is_not_hers_any_more_has_moved_nowhere() -> None:
    links = [a_link(0, AMIRA, stands=False), a_link(1, BORIS, case=SECOND)]
    record = one_record(AMIRA, VERDICT, joins=[JOINED], links=links)
    assert journey_under(AMIRA, record, calendar=CALENDAR).moved == {}


def test_what_she_is_owed_for_one_crime_under_two_ids_is_owed_once() -> None:
    record = one_record(BORIS, VERDICT, joins=[JOINED], links=BOTH)
    assert len(owed_in(record, OUTCOME)) == 1
    assert len(journey_of(record, calendar=CALENDAR).news) == 1
