"""From a Common Platform message to a snapshot: tolerant of what we don't use, exact about what we do."""

from collections.abc import Callable
from datetime import datetime

import msgspec

from intake.courts.reading import classes, wire
from intake.courts.reading.snapshot import (
    Case,
    Defendant,
    Listing,
    NextListing,
    Offence,
    Plea,
    Reason,
    Result,
    Sitting,
    Snapshot,
    Verdict,
)
from intake.errors import HearingUnreadable
from intake.recording.instants import parse_day, parse_instant

Fingerprint = Callable[[bytes], str]

_DECODER = msgspec.json.Decoder(wire.HearingMessage, strict=False)


def read_message(raw: bytes, *, fingerprint: Fingerprint) -> tuple[Snapshot, datetime | None]:
    """The snapshot and when it was shared. Raises HearingUnreadable, naming the place but never the content."""
    try:
        message = _DECODER.decode(raw)
    except msgspec.ValidationError as error:
        raise HearingUnreadable(place=_place(str(error))) from error
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise HearingUnreadable(place="$") from error
    try:
        shared = parse_instant(message.shared_time) if message.shared_time else None
        return _Reader(message.hearing, fingerprint).snapshot(), shared
    except ValueError as error:
        raise HearingUnreadable(place="a date or time") from error


class _Reader:
    def __init__(self, hearing: wire.Hearing, fingerprint: Fingerprint) -> None:
        self._hearing = hearing
        self._fingerprint = fingerprint
        self._unknown: list[str] = []
        self._here = self._listing()

    def snapshot(self) -> Snapshot:
        hearing = self._hearing
        if hearing.jurisdiction_type is not None and hearing.jurisdiction_type not in classes.JURISDICTIONS:
            self._unknown.append("hearing.jurisdictionType")
        cancelled = self._is_cancelled()
        cases = tuple(self._case(case) for case in hearing.prosecution_cases or ())
        cracked = hearing.cracked_ineffective_trial
        return Snapshot(
            hearing_id=hearing.id,
            listing=self._here,
            vacated=bool(hearing.is_vacated_trial) or cancelled,
            cancelled=cancelled,
            reason=Reason(cracked.code, cracked.type, cracked.description) if cracked else None,
            cases=cases,
            unknown=tuple(dict.fromkeys(self._unknown)),
        )

    def _is_cancelled(self) -> bool:
        days = self._hearing.hearing_days or ()
        return bool(days) and all(day.is_cancelled for day in days)

    def _listing(self) -> Listing:
        hearing = self._hearing
        type_name = (hearing.type.description if hearing.type else None) or "Hearing"
        days = [day for day in hearing.hearing_days or () if not day.is_cancelled or self._is_cancelled()]
        court = hearing.court_centre or wire.CourtCentre()
        return Listing(
            type_name=type_name,
            trial=classes.is_trial(type_name),
            court_name=court.name or "",
            court_code=self._court_code(court),
            sittings=tuple(sorted((_sitting(day, court) for day in days), key=_order)),
        )

    def _court_code(self, court: wire.CourtCentre) -> str:
        code = (court.code or "").upper()
        if classes.COURT_CODE.fullmatch(code) is None:
            self._unknown.append("hearing.courtCentre.code")
        return code

    def _case(self, case: wire.ProsecutionCase) -> Case:
        identifier = case.prosecution_case_identifier
        urn = (identifier.case_urn or identifier.prosecution_authority_reference) if identifier else None
        merged: dict[str, list[wire.Offence]] = {}
        for defendant in case.defendants or ():  # a defendant may stand twice in one case
            merged.setdefault(defendant.id, []).extend(defendant.offences or ())
        defendants = tuple(
            Defendant(id=key, offences=tuple(self._offence(offence) for offence in _unique(offences)))
            for key, offences in merged.items()
        )
        return Case(id=case.id, urn=urn, defendants=defendants)

    def _offence(self, offence: wire.Offence) -> Offence:
        plea, verdict = self._plea(offence.plea), self._verdict(offence.verdict)
        guilty = (plea is not None and plea.value in classes.GUILTY_PLEAS) or (
            verdict is not None and verdict.outcome == "GUILTY"
        )
        return Offence(
            id=offence.id,
            convicted=offence.conviction_date is not None or guilty,
            plea=plea,
            verdict=verdict,
            results=tuple(self._result(offence.id, result) for result in offence.judicial_results or ()),
        )

    def _plea(self, plea: wire.Plea | None) -> Plea | None:
        if plea is None:
            return None
        value = classes.plea_value(plea.plea_value)
        if value in classes.INDICATIONS:
            return None
        if value not in classes.PLEAS:
            self._unknown.append("plea.pleaValue")
        return Plea(value, parse_day(plea.plea_date) if plea.plea_date else None, plea.originating_hearing_id)

    def _verdict(self, verdict: wire.Verdict | None) -> Verdict | None:
        if verdict is None:
            return None
        raw = verdict.verdict_type.category_type if verdict.verdict_type else None
        outcome = classes.verdict_category(raw)
        if outcome is None:
            if raw is not None:
                self._unknown.append("verdict.verdictType.categoryType")
            return None
        lesser = verdict.lesser_or_alternative_offence
        return Verdict(
            outcome=outcome,
            category=raw or outcome,
            day=parse_day(verdict.verdict_date) if verdict.verdict_date else None,
            hearing_id=verdict.originating_hearing_id,
            lesser_offence=lesser.offence_title if lesser else None,
        )

    def _result(self, offence_id: str, result: wire.JudicialResult) -> Result:
        if result.category is not None and result.category not in classes.RESULT_CATEGORIES:
            self._unknown.append("judicialResult.category")
        found = classes.result_class(cjs_code=result.cjs_code, text=result.result_text)
        comparable = msgspec.structs.replace(result, is_deleted=None, amendment_reason=None)
        return Result(
            id=result.judicial_result_id or f"{offence_id}/{result.judicial_result_type_id or result.label}",
            hearing_id=result.ordered_hearing_id,
            day=parse_day(result.ordered_date) if result.ordered_date else None,
            final=result.category == "FINAL",
            deleted=bool(result.is_deleted),
            result_class=found.value if found else None,
            length=_length(result),
            fingerprint=self._fingerprint(msgspec.json.encode(comparable)),
            next_listing=_next_listing(result.next_hearing, self._here),
            adjournment_reason=result.next_hearing.adjournment_reason if result.next_hearing else None,
        )


def _next_listing(hearing: wire.NextHearing | None, here: Listing) -> NextListing | None:
    """A next hearing with a date; "date to be fixed" is no listing yet. Without a court it is at this one."""
    if hearing is None or not (hearing.listed_start_date_time or hearing.week_commencing_date):
        return None
    type_name = (hearing.type.description if hearing.type else None) or "Hearing"
    court = hearing.court_centre or wire.CourtCentre()
    start, week = hearing.listed_start_date_time, hearing.week_commencing_date
    code, place = (court.code or "").upper(), _court_key(court) or here.court_code[:5]
    listing = Listing(
        type_name=type_name,
        trial=classes.is_trial(type_name),
        court_name=court.name or "",
        court_code=code if classes.COURT_CODE.fullmatch(code) else here.court_code,
        sittings=(Sitting(parse_instant(start), place, hearing.estimated_minutes),) if start else (),
        week_commencing=parse_day(week) if week and not start else None,
    )
    return NextListing(hearing.existing_hearing_id, listing)


def _length(result: wire.JudicialResult) -> str | None:
    """The length of a sentence as its prompt says it ("2 Years"); no other prompt is read: they hold names."""
    prompts = result.judicial_result_prompts or ()
    lengths = [p.value for p in prompts if p.value and "imprisonmentperiod" in (p.prompt_reference or "").lower()]
    return lengths[0][:40] if lengths else None


def _sitting(day: wire.HearingDay, court: wire.CourtCentre) -> Sitting:
    minutes = day.listed_duration_minutes or None
    return Sitting(parse_instant(day.sitting_day), _court_key(court), minutes, _own_court(day, court))


def _own_court(day: wire.HearingDay, court: wire.CourtCentre) -> str | None:
    """A day names its court by id alone, which can only be told apart from the hearing's own by that one's id."""
    if not day.court_centre_id or not court.id:
        return None
    own = day.court_centre_id.lower()
    return "" if own == court.id.lower() else own


def _order(sitting: Sitting) -> tuple[datetime, str, int]:
    return sitting.starts, sitting.place, sitting.minutes or 0


def _court_key(court: wire.CourtCentre) -> str:
    return court.code[:5].upper() if court.code else (court.id or "")


def _unique(offences: list[wire.Offence]) -> list[wire.Offence]:
    return list({offence.id: offence for offence in offences}.values())


def _place(message: str) -> str:
    _, marker, place = message.rpartition(" - at `")
    return place.rstrip("`") if marker else "$"
