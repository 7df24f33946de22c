"""Whom an event concerns: known, opened, joined or doubted, but never guessed."""

from collections.abc import Callable
from itertools import count

from contracts.intake import Doubt
from contracts.references import Scheme
from hypothesis import given
from hypothesis import strategies as st
from intake.identity.directory import Directory, Origin, Plan, Report
from intake.identity.naming import Mention, Named, Numbered, named
from intake.identity.planning import plan

CRIME, OTHER_CRIME = (Named(Scheme.CRIME_REFERENCE, "force", value) for value in ("13/1", "13/2"))
URN = Named(Scheme.URN, "force", "13AB1234526")
BAD_URN = Named(Scheme.URN, "force", "13AB", Doubt.URN_PATTERN)
AMIRA = Numbered("force", "V1")


def mention(*references: Named, publisher: str = "police", **more: object) -> Mention:
    fields = {"reports": (), "victim": None, "merges": False, **more}
    return Mention(publisher, references, **fields)  # type: ignore[arg-type]


def ids() -> Callable[[], str]:
    numbers = count(1)
    return lambda: f"new-{next(numbers)}"


def planned(mentioned: Mention, directory: Directory | None = None) -> Plan:
    return plan(mentioned, directory or Directory(), new_id=ids())


def test_an_unknown_reference_opens_a_case() -> None:
    found = planned(mention(CRIME))
    assert found.case_id == "new-1"
    assert found.claims.references == ((CRIME, "new-1"),)
    assert found.doubts == ()


def test_a_known_reference_resolves_and_names_the_case_of_an_unknown_one_beside_it() -> None:
    found = planned(mention(CRIME, URN), Directory(cases={CRIME.key: "case-1"}))
    assert found.case_id == "case-1"
    assert found.claims.references == ((URN, "case-1"),)


def test_references_of_two_cases_are_doubted_and_join_nothing() -> None:
    directory = Directory(cases={CRIME.key: "case-1", OTHER_CRIME.key: "case-2"})
    found = planned(mention(CRIME, OTHER_CRIME, URN, victim=AMIRA), directory)
    assert found.doubts == (Doubt.REFERENCES_DISAGREE,)
    assert found.claims.references == ()
    assert found.claims.merges == ()
    assert found.claims.links == ()


def test_the_prosecutor_merges_cases_into_the_older_one() -> None:
    directory = Directory(cases={CRIME.key: "case-2", URN.key: "case-1"}, links={("amira", "case-2")})
    found = planned(mention(CRIME, URN, publisher="cps", merges=True), directory)
    assert found.case_id == "case-1"
    assert [(merge.from_case, merge.into_case) for merge in found.claims.merges] == [("case-2", "case-1")]
    assert directory.cases[CRIME.key] == "case-1"
    assert directory.is_linked("amira", (), "case-1")


def merged() -> Directory:
    """Two crimes that the prosecutor has named as one matter, each with its victim."""
    return Directory(
        cases={CRIME.key: "case-1", OTHER_CRIME.key: "case-1", URN.key: "case-1"},
        origins={OTHER_CRIME.key: Origin("case-2", "case-2")},
        victims={AMIRA: "amira"},
        links={("amira", "case-1"), ("sam", "case-2")},
        matters={("sam", "case-1")},
    )


def test_a_fact_names_its_crime_where_that_goes_on_as_another_case() -> None:
    assert planned(mention(OTHER_CRIME), merged())[0::4] == ("case-1", "case-2")
    assert planned(mention(OTHER_CRIME, URN), merged()).crimeids == "case-2"
    assert planned(mention(OTHER_CRIME, CRIME), merged()).crimeids == "case-1,case-2"
    assert planned(mention(CRIME, URN), merged()).crimeids is None
    assert planned(mention(URN, publisher="cps"), merged()).crimeids is None


def test_what_is_named_for_the_first_time_beside_a_crime_is_recorded_for_it() -> None:
    new = Named(Scheme.CP_CASE, "*", "CASE")
    found = planned(mention(URN, OTHER_CRIME, new), merged())
    assert (found.case_id, found.claims.references) == ("case-1", ((new, "case-2"),))
    assert planned(mention(URN, new), merged()).claims.references == ((new, "case-1"),)


def test_somebody_named_for_another_crime_of_the_matter_is_linked_to_that_one_too() -> None:
    found = planned(mention(OTHER_CRIME, victim=AMIRA), merged())
    assert [(link.victim_id, link.case_id, link.matter) for link in found.claims.links] == [
        ("amira", "case-2", "case-1")
    ]
    assert planned(mention(CRIME, victim=AMIRA), merged()).claims.links == ()
    assert planned(mention(URN, victim=AMIRA), merged()).claims.links == ()


def test_a_report_and_the_crime_that_quotes_it_are_one_crime_and_two_crimes_of_a_prosecutor_are_not() -> None:
    reports = {"R1": Report("case-1", "amira", share_with_police=True)}
    directory = Directory(cases={CRIME.key: "case-2"}, reports=reports, links={("sam", "case-2")})
    quoted = planned(mention(CRIME, reports=("R1",)), directory)
    assert [merge.same_crime for merge in quoted.claims.merges] == [True]
    assert (quoted.case_id, quoted.crimeids) == ("case-1", None)
    assert planned(mention(CRIME), directory).crimeids is None
    assert ("sam", "case-1") in directory.links
    two = Directory(cases={CRIME.key: "case-1", OTHER_CRIME.key: "case-2"})
    named = planned(mention(CRIME, OTHER_CRIME, publisher="cps", merges=True), two)
    assert [merge.same_crime for merge in named.claims.merges] == [False]
    assert named.crimeids == "case-1,case-2"


def test_a_report_quoted_for_one_crime_of_several_is_not_said_to_be_all_of_them() -> None:
    directory = merged()
    directory.reports["R1"] = Report("case-3", "zoe", share_with_police=True)
    found = planned(mention(OTHER_CRIME, reports=("R1",)), directory)
    assert [merge.same_crime for merge in found.claims.merges] == [False]
    assert found.crimeids == "case-2,case-3"


def test_a_malformed_reference_is_doubted_and_names_no_case_where_a_sound_one_does() -> None:
    found = planned(mention(CRIME, BAD_URN))
    assert found.doubts == (Doubt.URN_PATTERN,)
    assert found.claims.references == ((CRIME, "new-1"),)
    assert planned(mention(BAD_URN)).claims.references == ((BAD_URN, "new-1"),)


def test_a_malformed_reference_that_is_known_lends_its_case_to_no_sound_one() -> None:
    directory = Directory(cases={BAD_URN.key: "case-1"}, links={("amira", "case-1")})
    found = planned(mention(CRIME, BAD_URN), directory)
    assert (found.case_id, found.doubts) == ("new-1", (Doubt.URN_PATTERN,))
    assert found.claims.references == ((CRIME, "new-1"),)
    assert planned(mention(CRIME), directory).case_id == "new-1"
    assert planned(mention(BAD_URN), directory).case_id == "case-1"


def test_a_doubtful_link_of_references_merges_nothing() -> None:
    directory = Directory(cases={CRIME.key: "case-1", BAD_URN.key: "case-2"})
    found = planned(mention(CRIME, BAD_URN, publisher="cps", merges=True), directory)
    assert found.claims.merges == ()
    assert Doubt.REFERENCES_DISAGREE in found.doubts


def test_quoting_a_report_joins_its_case_and_victim() -> None:
    directory = Directory(
        reports={"R1": Report("case-1", "amira", share_with_police=True)}, links={("amira", "case-1")}
    )
    assert planned(mention(CRIME, reports=("R1",)), directory).claims.references == ((CRIME, "case-1"),)
    found = planned(mention(CRIME, reports=("R1",), victim=AMIRA), directory)
    assert (found.case_id, found.victim_id) == ("case-1", "amira")
    assert found.claims.numbers == ((AMIRA, "amira"),)
    assert found.claims.links == ()


def test_a_report_that_was_not_to_be_shared_is_not_joined_by_the_police_but_by_support() -> None:
    reports = {"R1": Report("case-1", "amira", share_with_police=False)}
    found = planned(mention(CRIME, reports=("R1",), victim=AMIRA), Directory(reports=reports))
    assert found.doubts == (Doubt.REFERENCES_DISAGREE,)
    assert (found.case_id, found.victim_id) != ("case-1", "amira")
    support = planned(mention(reports=("R1",), victim=AMIRA, publisher="support"), Directory(reports=reports))
    assert (support.case_id, support.victim_id, support.doubts) == ("case-1", "amira", ())


def test_a_report_quoted_late_merges_its_case_into_the_older_one() -> None:
    directory = Directory(
        cases={CRIME.key: "case-2"}, reports={"R1": Report("case-1", "amira", share_with_police=True)}
    )
    found = planned(mention(CRIME, reports=("R1",), victim=AMIRA), directory)
    assert found.case_id == "case-1"
    assert [(merge.from_case, merge.into_case) for merge in found.claims.merges] == [("case-2", "case-1")]


def test_a_number_known_as_somebody_else_than_the_reporter_is_doubted() -> None:
    directory = Directory(victims={AMIRA: "someone"}, reports={"R1": Report("case-1", "amira", share_with_police=True)})
    found = planned(mention(CRIME, reports=("R1",), victim=AMIRA), directory)
    assert found.victim_id == "someone"
    assert Doubt.REFERENCES_DISAGREE in found.doubts
    assert found.claims.links == ()


def test_what_an_earlier_event_of_the_request_opened_is_claimed_again_by_the_next() -> None:
    directory, new_id = Directory(), ids()
    first = plan(mention(CRIME, victim=AMIRA), directory, new_id=new_id)
    second = plan(mention(CRIME, victim=AMIRA), directory, new_id=new_id)
    assert (second.case_id, second.victim_id) == (first.case_id, first.victim_id)
    assert second.claims.references == first.claims.references
    assert second.claims.numbers == first.claims.numbers
    assert len(first.claims.links) == 1
    assert second.claims.links == ()
    assert second.claims.needed == ((first.victim_id, first.case_id),)


def test_separators_in_a_crime_reference_tell_numbers_apart() -> None:
    one, two = (named(Scheme.CRIME_REFERENCE, "f", v) for v in ("1/23", "12/3"))
    assert one.key != two.key


@given(st.lists(st.lists(st.sampled_from([CRIME, OTHER_CRIME, URN]), min_size=1, unique=True), max_size=8))
def test_a_reference_never_changes_its_case_without_a_merge(requests: list[list[Named]]) -> None:
    directory, new_id = Directory(), ids()
    before: dict[tuple[str, str, str], str] = {}
    for references in requests:
        plan(mention(*references, publisher="court"), directory, new_id=new_id)
        assert {key: directory.cases[key] for key in before} == before
        before = dict(directory.cases)
