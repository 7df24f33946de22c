"""The Victims' Code as data: what is owed when something happens, by whom, within how long.

England and Wales. Rows of the 2020 Code, in force since 1 April 2021, unless a row says otherwise.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from contracts import court
from contracts.duty import Allowed, Clock, ClockStart, Condition, Duty, Kind, Layer, Owner, Subject

_ONE, _TWO, _FIVE = Allowed(1), Allowed(2), Allowed(5)

_LISTINGS = tuple(kind.name for kind in court.LISTINGS)

_ROWS = (
    Duty(
        id="R4-REFERRAL",
        right=4,
        triggers=("police.crime-reported.v1",),
        clock_start=ClockStart.OCCURRED,
        owner=Owner.POLICE,
        standard=_TWO,
        enhanced=_TWO,
        must_tell="a referral to support was made; which local services there are, restorative justice among them",
        grade="A, L",
        source="Victims' Code 2020, right 4",
        met_by=("support.referral-made.v1",),
        exempted_by=("support.referral-declined.v1",),
        subject=Subject.CRIME,
    ),
    Duty(
        id="R6-CHARGE",
        right=6,
        triggers=("police.suspect-charged.v1", "cps.charge-authorised.v1"),
        clock_start=ClockStart.OCCURRED,
        owner=Owner.POLICE,
        standard=_FIVE,
        enhanced=_ONE,
        must_tell="that the suspect is to be prosecuted",
        grade="P, L guidance",
        source="Victims' Code 2015 carried over; official guidance",
        subject=Subject.ACCUSED,
    ),
    Duty(
        id="R6-NFA-POLICE",
        right=6,
        triggers=("police.no-further-action-decided.v1",),
        clock_start=ClockStart.OCCURRED,
        owner=Owner.POLICE,
        standard=_FIVE,
        enhanced=_ONE,
        must_tell="the reasons, how to learn more, the right to a review, support",
        grade="A; enhanced P, L guidance",
        source="Victims' Code 2020, right 6",
    ),
    Duty(
        id="R6-CPS-STOP",
        right=6,
        triggers=("cps.proceedings-stopped.v1",),
        clock_start=ClockStart.OCCURRED,
        owner=Owner.CPS,
        standard=_FIVE,
        enhanced=_ONE,
        must_tell="that the proceedings ended, the reasons, how to learn more, the right to a review",
        grade="P",
        source="Victims' Code 2015 carried over",
        applies_if=Condition.ALL_ENDED,
    ),
    Duty(
        id="R6-CPS-ALTER",
        right=6,
        triggers=("cps.proceedings-stopped.v1",),
        clock_start=ClockStart.OCCURRED,
        owner=Owner.CPS,
        standard=_FIVE,
        enhanced=_ONE,
        must_tell="which charges ended and which go on, the reasons, how to learn more, the right to a review",
        grade="P",
        source="Victims' Code 2015 carried over",
        applies_if=Condition.PART_ENDED,
    ),
    Duty(
        id="R8-COURT-TO-WCU",
        right=8,
        triggers=(
            *_LISTINGS,
            "court.plea-entered.v1",
            "court.verdict-reached.v1",
            "court.sentence-passed.v1",
        ),
        clock_start=ClockStart.OCCURRED,
        owner=Owner.COURTS,
        standard=_FIVE,
        enhanced=_FIVE,
        must_tell="hearing and outcome information, to the witness care unit",
        grade="A",
        source="Victims' Code 2020, rights 8 and 9",
        kind=Kind.UPSTREAM_LEG,
    ),
    Duty(
        id="R8-HEARING",
        right=8,
        triggers=_LISTINGS,
        clock_start=ClockStart.RECEIVED,
        owner=Owner.WITNESS_CARE,
        standard=_ONE,
        enhanced=_ONE,
        must_tell="the time, date and place, and what changed",
        grade="A, L",
        source="Victims' Code 2020, right 8",
        subject=Subject.HEARING,
        before_the_day=True,
    ),
    Duty(
        id="R9-OUTCOME",
        right=9,
        triggers=("court.verdict-reached.v1",),
        clock_start=ClockStart.RECEIVED,
        owner=Owner.WITNESS_CARE,
        standard=_ONE,
        enhanced=_ONE,
        must_tell="the outcome, and brief reasons where available",
        grade="A",
        source="Victims' Code 2020, right 9",
        subject=Subject.SHARING,
    ),
    Duty(
        id="R9-SENTENCE",
        right=9,
        triggers=("court.sentence-passed.v1",),
        clock_start=ClockStart.RECEIVED,
        owner=Owner.WITNESS_CARE,
        standard=_ONE,
        enhanced=_ONE,
        must_tell="the sentence and a short explanation; unanswered questions go to the CPS",
        grade="A",
        source="Victims' Code 2020, right 9; Ministry guidance: 5 working days from the sentence, enhanced 1",
        subject=Subject.SHARING,
        or_by=Clock(ClockStart.OCCURRED, _FIVE, _ONE),
    ),
    Duty(
        id="R11-GAPS",
        right=11,
        triggers=("prison.offender-released.v1",),
        clock_start=ClockStart.RECEIVED,
        owner=Owner.POLICE,
        standard=_ONE,
        enhanced=_ONE,
        must_tell="that the offender was released",
        grade="K",
        source="no number is known for release; 1 working day from receipt is this house's own, as for a sentence",
        layer=Layer.POLICY,
    ),
)

DUTIES: Final[Mapping[str, Duty]] = MappingProxyType({row.id: row for row in _ROWS})


def duties_opened_by(event_type: str) -> tuple[Duty, ...]:
    """The duties that this type of fact opens towards a victim; the legs between agencies are not among them."""
    return tuple(row for row in _ROWS if row.kind is Kind.DUTY and event_type in row.triggers)


def rows_triggered_by(event_type: str) -> tuple[Duty, ...]:
    """The rows whose clocks this type of fact starts, the legs between agencies among them."""
    return _TRIGGERED.get(event_type, ())


_TRIGGERED: Final[Mapping[str, tuple[Duty, ...]]] = MappingProxyType(
    {name: tuple(row for row in _ROWS if name in row.triggers) for row in _ROWS for name in row.triggers}
)
