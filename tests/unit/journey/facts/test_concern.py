"""Whom a fact concerns, by the accused, the crime, the links and merges, and since when."""

from contracts.ids import VictimId
from hypothesis import given
from hypothesis import strategies as st
from journey.facts.concern import Accused, Reach, reach_of
from journey.facts.fact import EventKey, Fact, news_id_of
from journey.facts.said import Said
from journey.facts.ties import Clearance
from journey.facts.whose import Concern
from journey.tellings.record import Record
from support.records import AMIRA, BORIS, FIRST, ONE, SECOND, TWO, a_link, a_merge, a_record, at, fact

NAMES = st.frozensets(st.sampled_from("xyz"), max_size=2)
ACCUSED = st.builds(Accused, NAMES, NAMES)
THREE = Accused(frozenset({"d-3"}))
VERDICT, CRIME = "court.verdict-reached", "police.crime-reported"


def concern_in(record: Record, about: Fact) -> Concern | None:
    return record.onlooker.concern(about)


def reach_in(record: Record, about: Fact) -> Reach | None:
    found = concern_in(record, about)
    return found.reach if found else None


@given(ACCUSED, ACCUSED)
def test_what_names_nobody_concerns_everybody(linked: Accused, claimed: Accused) -> None:
    assert reach_of(Accused(), linked=linked, claimed=claimed) is Reach.VICTIM


@given(ACCUSED.filter(lambda accused: accused.named), ACCUSED)
def test_with_no_known_link_only_the_officer_hears(about: Accused, claimed: Accused) -> None:
    assert reach_of(about, linked=Accused(), claimed=claimed) is Reach.OFFICER


@given(ACCUSED, ACCUSED, ACCUSED)
def test_she_hears_of_an_accused_only_where_fact_and_link_share_one(
    about: Accused, linked: Accused, claimed: Accused
) -> None:
    shared = (about.offences & linked.offences) or (about.defendants & linked.defendants)
    if about.named and not shared:
        assert reach_of(about, linked=linked, claimed=claimed) is not Reach.VICTIM


def test_an_offence_of_her_accused_that_is_anothers_is_not_hers_and_one_that_nobody_has_is_her_officers() -> None:
    hers = Accused(frozenset({"d-1"}), frozenset({"o-1"}))
    about = Accused(frozenset({"d-1"}), frozenset({"o-2"}))
    claimed = Accused(frozenset({"d-1"}), frozenset({"o-1", "o-2"}))
    assert reach_of(about, linked=hers, claimed=claimed) is None
    assert reach_of(about, linked=hers, claimed=hers) is Reach.OFFICER


def test_an_accused_to_whom_nobody_is_linked_is_her_officers_to_find_out() -> None:
    assert reach_of(TWO, linked=ONE, claimed=ONE) is Reach.OFFICER
    assert reach_of(TWO, linked=ONE, claimed=Accused(frozenset({"d-1", "d-2"}))) is None


def test_what_was_on_record_when_an_officer_linked_her_to_another_is_not_hers() -> None:
    early, late = fact(1, VERDICT, accused=TWO), fact(9, VERDICT, accused=THREE)
    record = a_record(early, late, links=[a_link(0), a_link(5, accused=ONE)])
    assert reach_in(record, early) is None, "whoever linked her to one chose among those who were known"
    assert reach_in(record, late) is Reach.OFFICER
    again = a_record(early, late, links=[a_link(0), a_link(5, accused=ONE), a_link(10, accused=ONE)])
    assert reach_in(again, late) is None, "and may choose again"


def test_a_fact_about_one_victim_is_hers_alone() -> None:
    about = fact(1, "support.referral-made", victim_id=AMIRA)
    links = [a_link(0), a_link(0, BORIS)]
    assert reach_in(a_record(about, links=links), about) is Reach.VICTIM
    assert reach_in(a_record(about, victim=BORIS, links=links), about) is None


def test_after_a_revoked_link_not_even_a_fact_about_her_is_hers() -> None:
    about = fact(1, "support.referral-made", victim_id=AMIRA)
    assert reach_in(a_record(about, links=[a_link(0, stands=False)]), about) is None


def test_a_merge_widens_what_is_looked_at_and_never_what_is_hers() -> None:
    theirs = fact(1, CRIME, case_id=SECOND, said=Said(crimes=(SECOND,)))
    charged = fact(2, "cps.charge-authorised", case_id=SECOND)
    links = [a_link(0), a_link(0, BORIS, case=SECOND)]
    record = a_record(theirs, charged, links=links, merges=[a_merge(3)])
    assert reach_in(record, theirs) is None
    assert reach_in(record, charged) is Reach.VICTIM, "the prosecution is of both crimes"
    assert reach_in(a_record(theirs, victim=BORIS, links=links, merges=[a_merge(3)]), theirs) is Reach.VICTIM


def test_cases_that_are_one_crime_are_hers_alike() -> None:
    theirs = fact(1, CRIME, case_id=SECOND, said=Said(crimes=(SECOND,)))
    assert reach_in(a_record(theirs, merges=[a_merge(2, same_crime=True)]), theirs) is Reach.VICTIM


def test_a_merge_that_is_undone_leaves_nothing_behind() -> None:
    charged = fact(2, "cps.charge-authorised", case_id=SECOND)
    assert reach_in(a_record(charged, merges=[a_merge(1, stands=False)]), charged) is None


def test_a_fact_about_several_crimes_is_of_whoever_was_harmed_by_any() -> None:
    both = fact(1, CRIME, case_id=SECOND, said=Said(crimes=(FIRST, SECOND)))
    assert reach_in(a_record(both, merges=[a_merge(0)]), both) is Reach.VICTIM


def test_a_link_to_an_accused_alone_says_nothing_of_crimes() -> None:
    theirs = fact(3, CRIME, case_id=SECOND, said=Said(crimes=(SECOND,)))
    links = [a_link(0), a_link(2, case=SECOND, accused=ONE)]
    assert reach_in(a_record(theirs, links=links, merges=[a_merge(1)]), theirs) is None


def test_a_doubtful_fact_reaches_her_officer_until_somebody_has_looked() -> None:
    doubtful = fact(1, CRIME, doubt="urn-pattern", said=Said(crimes=(FIRST,)))
    assert reach_in(a_record(doubtful), doubtful) is Reach.OFFICER
    found = concern_in(a_record(doubtful, cleared=[Clearance(doubtful.key, at(9), 9)]), doubtful)
    assert found == Concern(Reach.VICTIM, 9, at(9))


def test_it_is_known_to_be_hers_from_the_link_that_made_it_so() -> None:
    about = fact(1, VERDICT, accused=ONE)
    links = [a_link(0), a_link(5, accused=ONE), a_link(7, accused=TWO), a_link(8, BORIS)]
    assert concern_in(a_record(about, links=links), about) == Concern(Reach.VICTIM, 5, at(5))


def test_the_same_event_makes_other_news_for_another_victim() -> None:
    key = EventKey("urn:test", "1")
    assert news_id_of(key, AMIRA) != news_id_of(key, BORIS)
    assert news_id_of(key, AMIRA) == news_id_of(EventKey("urn:test", "1"), VictimId(AMIRA))
