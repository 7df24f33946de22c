"""What is owed to a victim by the whole record: of what, by when, and what ends it."""

from datetime import timedelta

import pytest
from contracts.ids import CaseId
from journey.duties.duty import DutyState, duty_key_of
from journey.facts.concern import Accused, Reach
from journey.facts.fact import Fact
from journey.facts.said import Said
from support.records import (
    AMIRA,
    BORIS,
    FIRST,
    ONE,
    SECOND,
    TWO,
    a_contact,
    a_link,
    a_merge,
    a_record,
    at,
    correction,
    fact,
    owed_in,
    retraction,
)

BOTH = [a_link(0), a_link(0, accused=ONE), a_link(0, accused=TWO)]
OPEN, MET, GONE, EXEMPT = DutyState.OPEN, DutyState.MET, DutyState.SUPERSEDED, DutyState.EXEMPT


def charge(position: int, accused: Accused | None = None, *, kind: str = "cps.charge-authorised") -> Fact:
    return fact(position, kind, accused=accused or Accused())


def verdict(position: int, accused: Accused = ONE, *, sharing: str | None = None) -> Fact:
    return fact(position, "court.verdict-reached", accused=accused, said=Said(verdict="guilty", sharing=sharing))


def crime(position: int, case: CaseId = FIRST) -> Fact:
    return fact(position, "police.crime-reported", case_id=case, said=Said(crimes=(case,)))


def referral(position: int, *crimes: str, what: str = "made", by: str | None = None) -> Fact:
    said = Said(crimes=crimes or (FIRST,), declined_by=by)
    thread = f"referral/{position}"
    return fact(position, f"support.referral-{what}", victim_id=AMIRA, said=said, thread=thread)


def states(*facts: Fact, duty: str, **record: object) -> list[DutyState]:
    return [owed.state for owed in owed_in(a_record(*facts, **{"links": BOTH, **record}), duty)]  # type: ignore[arg-type]


def test_each_accused_who_is_charged_is_owed_of_by_whomever_it_is_said_first() -> None:
    police, cps, other = charge(1, ONE, kind="police.suspect-charged"), charge(2, ONE), charge(3, TWO)
    owed = owed_in(a_record(police, cps, other, links=BOTH), "R6-CHARGE")
    assert [(duty.trigger, duty.subject) for duty in owed] == [
        (police.key, "accused/d-1"),
        (other.key, "accused/d-2"),
    ]


def test_once_the_first_charge_is_taken_back_the_next_one_is_owed_of() -> None:
    first, second = charge(1, ONE), charge(2, ONE)
    owed = owed_in(a_record(first, second, retraction(3, first), links=BOTH), "R6-CHARGE")
    assert [(duty.trigger, duty.state) for duty in owed] == [(first.key, GONE), (second.key, OPEN)]


def test_telling_the_prosecutors_charge_meets_what_the_polices_opened() -> None:
    police, cps = charge(1, ONE, kind="police.suspect-charged"), charge(2, ONE)
    [duty] = owed_in(a_record(police, cps, links=BOTH, seen={cps: at(5)}), "R6-CHARGE")
    assert (duty.state, duty.ending and duty.ending.at) == (MET, at(5))


def test_a_charge_before_the_court_has_numbered_the_accused_is_about_the_first_who_is_named() -> None:
    unnamed, named = charge(1), charge(2, ONE)
    assert [duty.subject for duty in owed_in(a_record(unnamed, named, links=BOTH), "R6-CHARGE")] == ["accused/d-1"]


def test_what_only_her_officer_may_know_is_owed_all_the_same() -> None:
    [duty] = owed_in(a_record(verdict(1), links=[a_link(0)]), "R9-OUTCOME")
    assert (duty.state, duty.reach) == (OPEN, Reach.OFFICER)


def test_our_own_delay_resets_nobodys_clock() -> None:
    found = verdict(1)
    prompt, late = ([a_link(position, accused=ONE)] for position in (0, 500))
    [known], [found_out] = (owed_in(a_record(found, links=links), "R9-OUTCOME") for links in (prompt, late))
    assert known.deadline.due_at == found_out.deadline.due_at < found_out.deadline.opened_at


def test_a_duty_of_the_wrong_accused_is_not_hers_and_the_right_one_is_owed_it() -> None:
    links = [a_link(0, accused=ONE), a_link(0, BORIS, accused=TWO)]
    wrong = verdict(1)
    facts = wrong, correction(2, wrong, accused=TWO)
    assert owed_in(a_record(*facts, links=links), "R9-OUTCOME") == []
    assert [duty.state for duty in owed_in(a_record(*facts, victim=BORIS, links=links), "R9-OUTCOME")] == [OPEN]


def test_a_contact_tells_what_it_names_and_had_happened_and_nothing_else() -> None:
    first, second = verdict(2), fact(3, "court.sentence-passed", accused=ONE)
    before, after = a_contact(at(1), first), a_contact(at(4), first)
    assert states(first, second, duty="R9-OUTCOME", contacts=[before]) == [OPEN]
    assert states(first, second, duty="R9-OUTCOME", contacts=[after]) == [MET]
    assert states(first, second, duty="R9-SENTENCE", contacts=[after]) == [OPEN]


def test_a_contact_may_name_the_duty_itself() -> None:
    found = verdict(2)
    key = duty_key_of(AMIRA, found.key, "R9-OUTCOME")
    assert states(found, duty="R9-OUTCOME", contacts=[a_contact(at(3), duties=[key])]) == [MET]
    assert states(found, duty="R9-OUTCOME", contacts=[a_contact(at(1), duties=[key])]) == [OPEN]


def test_what_a_court_said_of_an_accused_at_one_time_is_one_duty_met_when_all_of_it_was_told() -> None:
    verdicts = [verdict(position, sharing="outcome/h/d-1/noon") for position in range(1, 21)]
    [duty] = owed_in(a_record(*verdicts, links=BOTH, seen={verdicts[0]: at(30)}), "R9-OUTCOME")
    assert duty.state is OPEN
    every = {one: at(30 + number) for number, one in enumerate(verdicts)}
    [duty] = owed_in(a_record(*verdicts, links=BOTH, seen=every), "R9-OUTCOME")
    assert (duty.state, duty.ending and duty.ending.at) == (MET, at(49))


def test_a_referral_meets_the_duty_to_refer_of_the_crimes_it_names() -> None:
    both = crime(1), crime(2, SECOND)
    record = {"links": [a_link(0), a_link(0, case=SECOND)], "merges": [a_merge(0)]}
    assert states(*both, referral(3, FIRST), duty="R4-REFERRAL", **record) == [MET, OPEN]
    assert states(*both, referral(3, FIRST, SECOND), duty="R4-REFERRAL", **record) == [MET, MET]


@pytest.mark.parametrize("first", [True, False])
def test_a_referral_counts_whichever_comes_first_and_not_once_it_is_taken_back(*, first: bool) -> None:
    reported, made = (crime(2), referral(1)) if first else (crime(1), referral(2))
    assert states(reported, made, duty="R4-REFERRAL") == [MET]
    assert states(reported, made, correction(3, made), duty="R4-REFERRAL") == [MET]
    assert states(reported, made, retraction(3, made), duty="R4-REFERRAL") == [OPEN]


def test_a_referral_stays_made_when_the_service_has_answered() -> None:
    made = referral(2)
    answered = fact(3, "support.referral-accepted", victim_id=AMIRA, thread=made.thread, said=made.said)
    assert states(crime(1), made, answered, duty="R4-REFERRAL") == [MET]


def test_only_her_own_no_ends_the_duty_to_refer_and_a_doubtful_referral_meets_nothing() -> None:
    assert states(crime(1), referral(2, what="declined", by="victim"), duty="R4-REFERRAL") == [EXEMPT]
    assert states(crime(1), referral(2, what="declined", by="service"), duty="R4-REFERRAL") == [OPEN]
    doubtful = fact(2, "support.referral-made", victim_id=AMIRA, said=Said(crimes=(FIRST,)), doubt="urn-pattern")
    assert states(crime(1), doubtful, duty="R4-REFERRAL") == [OPEN]


def test_a_conversation_refers_nobody() -> None:
    reported = crime(1)
    key = duty_key_of(AMIRA, reported.key, "R4-REFERRAL")
    assert states(reported, duty="R4-REFERRAL", contacts=[a_contact(at(2), reported, duties=[key])]) == [OPEN]


def test_enhanced_rights_count_whenever_they_are_found_and_while_nobody_takes_them_back() -> None:
    charged = charge(1, ONE)
    named = fact(4, "police.victim-identified", victim_id=AMIRA, said=Said(categories=("most-serious-crime",)))
    standard, enhanced, undone = (
        owed_in(a_record(*facts, links=BOTH), "R6-CHARGE")[0].deadline.due_at
        for facts in (
            [charged],
            [charged, named],
            [charged, named, correction(5, named, said=Said())],
        )
    )
    assert enhanced < standard == undone


def test_what_was_told_in_time_stays_so_when_enhanced_rights_are_found_later() -> None:
    charged = charge(1, ONE)
    named = fact(40, "police.victim-identified", victim_id=AMIRA, said=Said(categories=("most-serious-crime",)))
    told = {charged: at(2)}
    [before] = owed_in(a_record(charged, links=BOTH, seen=told), "R6-CHARGE")
    [after] = owed_in(a_record(charged, named, links=BOTH, seen=told), "R6-CHARGE")
    assert before == after


def test_the_courts_own_leg_runs_and_a_late_court_is_late() -> None:
    late = fact(1, "court.verdict-reached", accused=ONE, occurred_at=at(1) - timedelta(days=20))
    [leg] = owed_in(a_record(late, links=BOTH), "R8-COURT-TO-WCU")
    assert leg.ending is not None
    assert leg.ending.at == late.recorded_at > leg.deadline.due_at


def test_part_of_a_case_that_stopped_is_owed_as_part() -> None:
    part = fact(1, "cps.proceedings-stopped", said=Said(scope="some"))
    assert states(part, duty="R6-CPS-STOP") == []
    assert states(part, duty="R6-CPS-ALTER") == [OPEN]
    assert states(fact(1, "cps.proceedings-stopped", said=Said(scope="all")), duty="R6-CPS-STOP") == [OPEN]


def test_a_hearing_that_moved_is_owed_of_anew_and_the_former_stays_as_it_ended() -> None:
    first = fact(1, "court.trial-date-set", thread="hearing/h-1")
    moved = fact(5, "court.trial-date-changed", thread="hearing/h-1")
    assert states(first, moved, duty="R8-HEARING") == [GONE, OPEN]
    assert states(first, moved, duty="R8-HEARING", seen={first: at(2)}) == [MET, OPEN]
    assert states(first, moved, duty="R8-HEARING", seen={first: at(6)}) == [GONE, OPEN]
    assert states(first, moved, retraction(7, moved), duty="R8-HEARING") == [OPEN, GONE]


def test_history_filled_in_owes_nothing() -> None:
    assert states(fact(1, "court.verdict-reached", accused=ONE, backfill=True), duty="R9-OUTCOME") == []
