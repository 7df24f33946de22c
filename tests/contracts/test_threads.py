"""Each fact has its place among those about the same thing, and says when what it is about begins."""

from collections.abc import Mapping
from datetime import UTC, datetime

import pytest
from contracts.catalogue import EVENT_TYPES, parse_data
from contracts.golden import example_of
from contracts.shape import Shape
from contracts.threads import THREADS, about_at, also_ends, thread_of

REFERENCES = [{"scheme": "urn", "issuer": "cps", "value": "99XY0000126"}]
STATE = "0" * 64

MONDAY_AT_TEN = {"precision": "fixed", "days": [{"starts_at": "2026-07-06T09:00:00Z"}]}
FRIDAY_FIRST = {
    "precision": "fixed",
    "days": [{"starts_at": "2026-07-20T09:00:00Z"}, {"starts_at": "2026-07-17T13:30:00Z"}],
}
WEEK = {"precision": "week-commencing", "week_commencing": "2026-07-13"}
NO_DATE = {"precision": "undated"}
COURT = {"code": "C01LE", "name": "Leeds Crown Court"}
REASON = {"kind": "asked", "asked_for_at": "2026-06-01T10:00:00Z"}


def said(name: str, **fields: object) -> tuple[str, Shape]:
    return name, parse_data(name, {"references": REFERENCES, **fields})


def hearing(fact: str, **listings: Mapping[str, object]) -> tuple[str, Shape]:
    court = {"court": COURT} if "listing" in listings else {}
    reason = {"reason": REASON} if "previous" in listings else {}
    return said(f"court.{fact}.v1", hearing_id="h-1", hearing_type="Trial", **court, **reason, **listings)


def movement(name: str, **fields: object) -> tuple[str, Shape]:
    return said(name, defendant_id="d-1", **fields)


def corrected(publisher: str, original: tuple[str, Shape]) -> tuple[str, Shape]:
    name, data = original
    replacement = {"type": name, "data": data.model_dump(mode="json", exclude_none=True)}
    amendment = {"original_id": "e-1", "corrects_state": STATE, "reason": "keyed in wrongly"}
    corrected_type = f"{publisher}.event-corrected.v1"
    return corrected_type, parse_data(corrected_type, {**amendment, "replacement": replacement})


LISTED = hearing("hearing-listed", listing=MONDAY_AT_TEN)
PLANNED = movement("prison.release-planned.v1", planned={"precision": "day", "day": "2026-07-06"})
RELEASED = movement("prison.offender-released.v1")


@pytest.mark.parametrize("name", sorted(THREADS))
def test_a_thread_is_named_by_a_field_that_each_fact_of_it_has(name: str) -> None:
    fields, thread = EVENT_TYPES[name].model.model_fields, THREADS[name]
    assert fields[thread.named_by].is_required()
    assert set(thread.about) <= set(fields)
    assert thread.kind not in thread.also_ends


@pytest.mark.parametrize("name", sorted(THREADS))
def test_the_example_of_each_type_in_a_thread_has_one(name: str) -> None:
    data = parse_data(name, example_of(name)["data"])
    assert thread_of(name, data) == f"{THREADS[name].kind}/{getattr(data, THREADS[name].named_by)}"


@pytest.mark.parametrize("what", ["hearing", "trial-date"])
def test_the_last_that_was_said_of_a_hearing_holds(what: str) -> None:
    first = "listed" if what == "hearing" else "set"
    facts = [
        hearing(f"{what}-{first}", listing=MONDAY_AT_TEN),
        hearing(f"{what}-changed", listing=FRIDAY_FIRST, previous=MONDAY_AT_TEN),
        hearing(f"{what}-vacated", previous=FRIDAY_FIRST),
    ]
    assert {thread_of(*fact) for fact in facts} == {"hearing/h-1"}
    assert [also_ends(*fact) for fact in facts] == [(), (), ()]


def test_where_somebody_is_now_is_one_thread_whoever_says_it() -> None:
    facts = [
        RELEASED,
        movement("prison.offender-received.v1", reason="admission"),
        movement("prison.temporary-absence-started.v1"),
        movement("prison.offender-moved-to-hospital.v1"),
        movement("probation.offender-recalled.v1", kind="standard"),
    ]
    assert {thread_of(*fact) for fact in facts} == {"custody/d-1"}


def test_a_release_also_ends_the_plan_of_it_and_nothing_else_does() -> None:
    assert thread_of(*PLANNED) == "release-plan/d-1"
    assert also_ends(*RELEASED) == ("release-plan/d-1",)
    assert [name for name, thread in THREADS.items() if thread.also_ends] == ["prison.offender-released.v1"]


def test_the_answer_to_a_referral_does_not_take_its_place() -> None:
    referral = {"victim": {"issuer": "vs", "number": "v-1"}, "referral_id": "r-1", "service": "Victim Support"}
    assert thread_of(*said("support.referral-made.v1", **referral, referred_by="police")) is None
    assert thread_of(*said("support.referral-accepted.v1", **referral)) is None


def test_a_plea_at_a_hearing_takes_the_place_of_no_listing() -> None:
    plea = movement("court.plea-entered.v1", hearing_id="h-1", plea="NOT_GUILTY")
    assert (thread_of(*plea), also_ends(*plea), about_at(*plea)) == (None, (), None)


@pytest.mark.parametrize(
    ("fact", "begins"),
    [
        (LISTED, datetime(2026, 7, 6, 9, tzinfo=UTC)),
        (hearing("hearing-listed", listing=FRIDAY_FIRST), datetime(2026, 7, 17, 13, 30, tzinfo=UTC)),
        (hearing("trial-date-set", listing=WEEK), datetime(2026, 7, 12, 23, tzinfo=UTC)),
        (hearing("hearing-listed", listing=NO_DATE), None),
        (
            hearing("trial-date-changed", listing=FRIDAY_FIRST, previous=MONDAY_AT_TEN),
            datetime(2026, 7, 6, 9, tzinfo=UTC),
        ),
        (
            hearing("trial-date-changed", listing=NO_DATE, previous=MONDAY_AT_TEN),
            datetime(2026, 7, 6, 9, tzinfo=UTC),
        ),
        (hearing("trial-date-vacated", previous=MONDAY_AT_TEN), datetime(2026, 7, 6, 9, tzinfo=UTC)),
        (PLANNED, datetime(2026, 7, 5, 23, tzinfo=UTC)),
        (
            movement("prison.release-planned.v1", planned={"precision": "day", "day": "2026-12-07"}),
            datetime(2026, 12, 7, tzinfo=UTC),
        ),
        (movement("prison.release-planned.v1", planned={"precision": "month", "month": "2026-07"}), None),
        (RELEASED, None),
    ],
)
def test_a_fact_says_when_what_it_is_about_begins(fact: tuple[str, Shape], begins: datetime | None) -> None:
    assert about_at(*fact) == begins


def test_a_day_that_had_passed_when_it_was_said_is_not_what_it_is_about() -> None:
    moved = hearing("trial-date-changed", listing=FRIDAY_FIRST, previous=MONDAY_AT_TEN)
    said_at = datetime(2026, 7, 7, 9, tzinfo=UTC)
    assert about_at(*moved, after=said_at) == datetime(2026, 7, 17, 13, 30, tzinfo=UTC)


def test_a_correction_stands_where_what_it_says_instead_stands() -> None:
    moved = corrected("court", hearing("hearing-listed", listing=FRIDAY_FIRST))
    released = corrected("prison", RELEASED)
    assert thread_of(*moved) == "hearing/h-1"
    assert about_at(*moved) == datetime(2026, 7, 17, 13, 30, tzinfo=UTC)
    assert (thread_of(*released), also_ends(*released)) == ("custody/d-1", ("release-plan/d-1",))


def test_a_retraction_says_nothing_so_it_takes_no_place() -> None:
    name = "court.event-retracted.v1"
    retracted = name, parse_data(name, example_of(name)["data"])
    assert (thread_of(*retracted), also_ends(*retracted), about_at(*retracted)) == (None, (), None)
