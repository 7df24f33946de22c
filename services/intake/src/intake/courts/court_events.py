"""What a hearing's comparison found, in the contracts' words."""

from datetime import datetime
from typing import Final, NamedTuple, assert_never

from contracts.catalogue import event_type, validated
from contracts.errors import invalid_event
from contracts.ids import DefendantId, OffenceId
from contracts.listings import (
    Court,
    FixedListing,
    HearingDay,
    ReasonAsked,
    ReasonGiven,
    UndatedListing,
    WeekListing,
)
from contracts.references import Reference, Scheme
from contracts.shape import Shape
from pydantic import ValidationError

from contracts import court
from intake.courts.comparing import facts, reasons
from intake.courts.reading.lines import LONGEST, one_line
from intake.courts.reading.snapshot import Listing, Reason
from intake.errors import HearingUnsayable

AUTHORITY: Final = "hmcts"


def references_of(case: facts.CaseKey) -> tuple[Reference, ...]:
    """The court's own id of the case, and its URN where the court has one."""
    own = Reference(scheme=Scheme.CP_CASE, issuer=AUTHORITY, value=case.id)
    if not case.urn or case.urn.isspace():
        return (own,)
    return (own, Reference(scheme=Scheme.URN, issuer=AUTHORITY, value=case.urn))


def court_event(fact: facts.Fact, *, received_at: datetime) -> tuple[str, Shape]:
    """The event type of a fact, and its data. Raises HearingUnsayable for what no contract holds."""
    try:
        return _said(fact, received_at)
    except ValidationError as error:
        raise HearingUnsayable(place=invalid_event(error).problems[0].path) from None


def corrected(type_: str, data: Shape, *, original_id: str, state: str, reason: str) -> Shape:
    """`court.event-corrected` with the whole replacement."""
    replacement = {"type": type_, "data": data}
    said = {"original_id": original_id, "corrects_state": state, "reason": reason, "replacement": replacement}
    return validated(event_type("court.event-corrected.v1").model, said)


def _said(fact: facts.Fact, received_at: datetime) -> tuple[str, Shape]:
    details = fact.details
    match details:
        case facts.Listed():
            return _listed(fact, details)
        case facts.Moved():
            return _moved(fact, details, received_at)
        case facts.Vacated():
            return _vacated(fact, details, received_at)
        case facts.PleaEntered():
            return "court.plea-entered.v1", _plea(fact, details)
        case facts.VerdictReached():
            return "court.verdict-reached.v1", _verdict(fact, details)
        case facts.SentencePassed():
            return "court.sentence-passed.v1", _sentence(fact, details)
        case _:
            assert_never(details)


class _Types(NamedTuple):
    trial: str
    hearing: str


_LISTED: Final = _Types("court.trial-date-set.v1", "court.hearing-listed.v1")
_MOVED: Final = _Types("court.trial-date-changed.v1", "court.hearing-changed.v1")
_VACATED: Final = _Types("court.trial-date-vacated.v1", "court.hearing-vacated.v1")


def _listed(fact: facts.Fact, details: facts.Listed) -> tuple[str, Shape]:
    listing = details.listing
    return _hearing(fact, details.hearing_id, listing, _LISTED, court=_court(listing), listing=_listing(listing))


def _moved(fact: facts.Fact, details: facts.Moved, received_at: datetime) -> tuple[str, Shape]:
    listing = details.after
    return _hearing(
        fact,
        details.hearing_id,
        listing,
        _MOVED,
        court=_court(listing),
        listing=_listing(listing),
        previous=_listing(details.before),
        reason=_reason(details.reason, received_at),
    )


def _vacated(fact: facts.Fact, details: facts.Vacated, received_at: datetime) -> tuple[str, Shape]:
    listing, reason = details.listing, _reason(details.reason, received_at)
    return _hearing(fact, details.hearing_id, listing, _VACATED, previous=_listing(listing), reason=reason)


def _hearing(fact: facts.Fact, hearing_id: str, about: Listing, types: _Types, **said: object) -> tuple[str, Shape]:
    name = types.trial if about.trial else types.hearing
    hearing = {
        "hearing_id": hearing_id,
        "hearing_type": one_line(about.type_name) or "Hearing",
        "defendant_ids": fact.defendants,
    }
    return name, event_type(name).model.model_validate({"references": references_of(fact.case), **hearing, **said})


def _plea(fact: facts.Fact, details: facts.PleaEntered) -> Shape:
    return court.PleaEntered(
        references=references_of(fact.case),
        defendant_id=DefendantId(fact.defendant_id or ""),
        offence_ids=_offences(fact),
        hearing_id=details.hearing_id,
        plea=details.plea,
        entered_on=details.day,
    )


def _verdict(fact: facts.Fact, details: facts.VerdictReached) -> Shape:
    return court.VerdictReached(
        references=references_of(fact.case),
        defendant_id=DefendantId(fact.defendant_id or ""),
        offence_ids=_offences(fact),
        hearing_id=details.hearing_id,
        verdict=court.Verdict(details.outcome.lower().replace("_", "-")),
        category=details.category.replace(" ", "_")[:LONGEST],
        reached_on=details.day,
        lesser_offence=one_line(details.lesser_offence or "") or None,
        others_open=details.others_open,
    )


def _sentence(fact: facts.Fact, details: facts.SentencePassed) -> Shape:
    parts = [
        f"{kind.replace('-', ' ')}, {length}" if length else kind.replace("-", " ") for kind, length in details.parts
    ]
    return court.SentencePassed(
        references=references_of(fact.case),
        defendant_id=DefendantId(fact.defendant_id or ""),
        offence_ids=_offences(fact),
        hearing_id=details.hearing_id,
        sentence="; ".join(parts).capitalize(),
        passed_on=details.day,
        shared_at=details.shared_at,
        result_ids=tuple(result for result in details.result_ids if " " not in result),
    )


def _listing(listing: Listing) -> FixedListing | WeekListing | UndatedListing:
    if listing.sittings:
        days = tuple(
            HearingDay(
                starts_at=s.starts,
                minutes=s.minutes or None,
                court_centre_id=s.own_court or None,
                court_name=one_line(s.own_court_name or "") or None,
            )
            for s in listing.sittings
        )
        return FixedListing(days=days)
    if listing.week_commencing:
        return WeekListing(week_commencing=listing.week_commencing)
    return UndatedListing()


def _court(listing: Listing) -> Court:
    return Court(code=listing.court_code, name=one_line(listing.court_name) or "Court")


def _reason(reason: Reason | None, received_at: datetime) -> ReasonGiven | ReasonAsked:
    if reason is None:
        return ReasonAsked(asked_for_at=received_at)
    return ReasonGiven(code=reasons.code_of(reason), text=reasons.in_words(reason))


def _offences(fact: facts.Fact) -> tuple[OffenceId, ...]:
    return tuple(OffenceId(offence) for offence in fact.offence_ids)
