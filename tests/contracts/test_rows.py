"""One row says what a type of event is; the lists of types are made from the rows."""

import pytest
from contracts.catalogue import EVENT_TYPES
from contracts.court import LISTINGS
from contracts.duties import DUTIES
from contracts.event_type import Concern, EventType, Identity
from contracts.publishers import AGENCIES, PUBLISHABLE
from contracts.shape import Shape
from contracts.telling import TELLING, Tell
from contracts.topics import TOPICS


def test_a_row_that_says_only_a_name_and_a_model_tells_nobody_and_changes_nothing() -> None:
    kind = EventType("police.dog-walked.v1", Shape)
    assert (kind.publisher, kind.topic, kind.concerns) == ("police", "intake.events", Concern.CASE)
    assert (kind.tell, kind.urgent, kind.thread, kind.identity) == (Tell.NOBODY, False, None, None)


def test_no_two_rows_are_about_one_type() -> None:
    names = [kind.name for kind in EVENT_TYPES.values()]
    assert names == list(EVENT_TYPES)
    assert sorted(name for names in PUBLISHABLE.values() for name in names) == sorted(names)


@pytest.mark.parametrize("name", sorted({name for row in DUTIES.values() for name in row.triggers}))
def test_what_opens_a_duty_is_told(name: str) -> None:
    assert TELLING[name].tell is not Tell.NOBODY, f"{name} opens a duty and reaches nobody: say `tell` in its row"


def test_the_duties_that_a_type_opens_are_read_from_the_duties() -> None:
    assert TELLING["court.verdict-reached.v1"].duties == ("R9-OUTCOME",)
    assert TELLING["court.plea-entered.v1"].duties == (), "what the courts owe the witness care unit is not hers"
    assert TELLING["police.victim-identified.v1"].duties == ()


def test_nobody_is_told_what_our_own_services_say() -> None:
    told = {kind.publisher for kind in EVENT_TYPES.values() if kind.tell is not Tell.NOBODY}
    assert told == set(AGENCIES)


@pytest.mark.parametrize("publisher", PUBLISHABLE)
def test_what_a_publisher_puts_right_is_told_where_anything_that_it_says_is(publisher: str) -> None:
    amendments = {f"{publisher}.event-corrected.v1", f"{publisher}.event-retracted.v1"}
    told = any(EVENT_TYPES[name].tell is not Tell.NOBODY for name in PUBLISHABLE[publisher] - amendments)
    assert {EVENT_TYPES[name].tell for name in amendments} == {Tell.MESSAGE if told else Tell.NOBODY}


def test_a_release_waits_for_no_digest() -> None:
    assert TELLING["prison.offender-released.v1"].urgent
    assert all(kind.tell is Tell.MESSAGE for kind in EVENT_TYPES.values() if kind.urgent)


def test_a_listing_of_a_hearing_and_of_the_trial_is_one_shape() -> None:
    shapes = [kind.model for kind in LISTINGS]
    assert shapes[:3] == shapes[3:]
    assert [kind.name.split(".")[1] for kind in LISTINGS] == [
        "hearing-listed",
        "hearing-changed",
        "hearing-vacated",
        "trial-date-set",
        "trial-date-changed",
        "trial-date-vacated",
    ]


@pytest.mark.parametrize(
    ("name", "concerns"),
    [
        ("police.crime-reported.v1", Concern.CASE),
        ("police.victim-identified.v1", Concern.VICTIM),
        ("police.suspect-charged.v1", Concern.ACCUSED),
        ("court.hearing-listed.v1", Concern.ACCUSED),
        ("support.referral-made.v1", Concern.VICTIM),
        ("intake.victim-linked.v1", Concern.VICTIM),
        ("intake.offender-linked.v1", Concern.ACCUSED),
        ("journey.news-arrived.v1", Concern.VICTIM),
    ],
)
def test_a_fact_is_about_the_case_about_accused_or_about_a_victim(name: str, concerns: Concern) -> None:
    assert EVENT_TYPES[name].concerns is concerns


def test_what_is_on_a_topic_by_victim_is_about_a_victim() -> None:
    for kind in EVENT_TYPES.values():
        assert kind.concerns is Concern.VICTIM or TOPICS[kind.topic].key == "case_id"


@pytest.mark.parametrize(
    ("name", "changes"),
    [
        ("cps.case-references-linked.v1", Identity.MERGE),
        ("intake.victim-linked.v1", Identity.LINK),
        ("intake.link-revoked.v1", Identity.LINK),
        ("intake.case-merged.v1", Identity.MERGE),
        ("intake.offender-linked.v1", Identity.OFFENDER),
        ("intake.offender-unlinked.v1", Identity.OFFENDER),
        ("intake.doubt-cleared.v1", Identity.DOUBT),
    ],
)
def test_a_fact_says_what_it_changes_of_who_belongs_where(name: str, changes: Identity) -> None:
    assert EVENT_TYPES[name].identity is changes


def test_what_changes_who_belongs_where_is_itself_no_news() -> None:
    assert {kind.tell for kind in EVENT_TYPES.values() if kind.identity} == {Tell.NOBODY}
