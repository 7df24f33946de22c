"""From a Common Platform message to a snapshot: tolerant of what we don't use, exact about what we do.

What is understood is told; a part that is not, or that no release translates yet, waits for an officer (`Unread`). Only
what names no hearing, or is no JSON, cannot be read at all.
"""

from datetime import datetime

import msgspec

from intake.courts.reading import classes, wire
from intake.courts.reading.court_names import named, names_in, unnamed
from intake.courts.reading.days import MOST_SITTINGS, days_of, listing_of
from intake.courts.reading.offences import OffenceReader
from intake.courts.reading.salvage import is_there, part, readable
from intake.courts.reading.snapshot import Case, Defendant, Listing, Reason, Snapshot
from intake.courts.reading.unread import Fingerprint, UnreadParts, is_id
from intake.errors import HearingUnreadable
from intake.recording.instants import parse_instant

_DECODER = msgspec.json.Decoder(wire.HearingMessage, strict=False)
_NO_NEWS_OF_BAIL = frozenset({None, "A"})
"""Bail status A is "not applicable"."""


def read_message(raw: bytes, *, fingerprint: Fingerprint) -> tuple[Snapshot, datetime | None]:
    """The snapshot and when it was shared. Raises HearingUnreadable, naming the place but never the content."""
    try:
        text = readable(raw)
        message = _DECODER.decode(text)
    except msgspec.ValidationError as error:
        raise HearingUnreadable(place=_place(str(error))) from error
    except (msgspec.DecodeError, ValueError, RecursionError) as error:
        raise HearingUnreadable(place="$") from error
    if not is_id(message.hearing.id):
        raise HearingUnreadable(place="hearing.id")
    reader = _Reader(message.hearing, UnreadParts(fingerprint), fingerprint)
    shared = reader.shared(message.shared_time)
    return _with_court_names(reader.snapshot(), text), shared


class _Reader:
    def __init__(self, hearing: wire.Hearing, unread: UnreadParts, fingerprint: Fingerprint) -> None:
        self._hearing = hearing
        self._unread = unread
        self._days = days_of(hearing, unread)
        self._here = self._listing()
        here = self._here or listing_of(hearing, ())
        self._offences = OffenceReader(unread, here=here, hearing_id=hearing.id, fingerprint=fingerprint)

    def shared(self, text: str | None) -> datetime | None:
        """When the results were shared; one that cannot be read orders nothing."""
        if text is None:
            return None
        try:
            return parse_instant(text)
        except ValueError:
            self._unread.note("sharedTime", self._hearing.id, text)
            return None

    def snapshot(self) -> Snapshot:
        hearing = self._hearing
        if hearing.jurisdiction_type is not None and hearing.jurisdiction_type not in classes.JURISDICTIONS:
            self._unread.note("hearing.jurisdictionType", hearing.id, hearing.jurisdiction_type)
        cases = tuple(case for raw in hearing.prosecution_cases or () if (case := self._case(raw)) is not None)
        self._applications()
        cancelled, cracked = self._is_cancelled(), hearing.cracked_ineffective_trial
        return Snapshot(
            hearing_id=hearing.id,
            listing=self._here or listing_of(hearing, ()),
            vacated=bool(hearing.is_vacated_trial) or cancelled,
            cancelled=cancelled,
            reason=Reason(cracked.code, cracked.type, cracked.description) if cracked else None,
            cases=cases,
            unread=self._unread.all(),
            is_listed=self._here is not None,
            court_id=((hearing.court_centre.id if hearing.court_centre else None) or "").lower(),
        )

    def _applications(self) -> None:
        """Applications and results for a defendant as a whole: no release tells them yet."""
        for what, parts in (
            ("courtApplication", self._hearing.court_applications),
            ("hearing.defendantJudicialResult", self._hearing.defendant_judicial_results),
        ):
            for raw in parts or ():
                named = self._unread.read(raw, wire.Named, what, self._hearing.id)
                if named is not None:
                    self._unread.note(what, "/".join(filter(None, (self._hearing.id, named.id))), raw)

    def _is_cancelled(self) -> bool:
        return bool(self._days) and all(day.is_cancelled for day in self._days or ())

    def _listing(self) -> Listing | None:
        """None where it is in question."""
        if self._days is None:
            return None
        days = [day for day in self._days if not day.is_cancelled or self._is_cancelled()]
        if len(days) > MOST_SITTINGS:
            self._unread.note("hearing.hearingDays", self._hearing.id, len(days))
            return None
        try:
            found = listing_of(self._hearing, days)
        except ValueError:
            self._unread.note("hearing.hearingDays.sittingDay", self._hearing.id, self._hearing.hearing_days)
            return None
        if classes.COURT_CODE.fullmatch(found.court_code) is None:
            self._unread.note("hearing.courtCentre.code", self._hearing.id, found.court_code)
            return None
        return found

    def _case(self, raw: msgspec.Raw) -> Case | None:
        case = self._unread.read(raw, wire.ProsecutionCase, "prosecutionCase", "")
        if case is None or self._unread.id(case.id, "prosecutionCase.id", "") is None:
            return None
        identifier = case.prosecution_case_identifier
        urn = (identifier.case_urn or identifier.prosecution_authority_reference) if identifier else None
        if urn is not None and classes.CASE_NUMBER.fullmatch(urn) is None:
            self._unread.note("prosecutionCase.caseURN", case.id, urn)
            return None
        return Case(id=case.id, urn=urn, defendants=self._defendants(case))

    def _defendants(self, case: wire.ProsecutionCase) -> tuple[Defendant, ...]:
        merged: dict[str, list[msgspec.Raw]] = {}
        for raw in case.defendants or ():  # a defendant may stand twice in one case
            defendant = self._unread.read(raw, wire.Defendant, "defendant", case.id)
            if defendant is not None and self._unread.id(defendant.id, "defendant.id", case.id):
                self._whole_defendant(defendant, about=f"{case.id}/{defendant.id}")
                merged.setdefault(defendant.id, []).extend(defendant.offences or ())
        return tuple(
            Defendant(id=key, offences=self._offences.of(offences, about=f"{case.id}/{key}"))
            for key, offences in merged.items()
        )

    def _whole_defendant(self, defendant: wire.Defendant, *, about: str) -> None:
        """What is said of a defendant apart from offences: results, and bail. No release tells them yet."""
        results = [part(raw, wire.Ordered) for raw in defendant.judicial_results or ()]
        if any(result is None or result.ordered_hearing_id in (None, self._hearing.id) for result in results):
            self._unread.note("defendant.judicialResults", about, defendant.judicial_results)
        if not is_there(defendant.person_defendant):
            return
        person = self._unread.read(defendant.person_defendant, wire.PersonDefendant, "defendant.personDefendant", about)
        if person is not None and (person.bail_conditions or _bail(person) not in _NO_NEWS_OF_BAIL):
            self._unread.note("defendant.bailStatus", about, (_bail(person), person.bail_conditions))


def _with_court_names(snapshot: Snapshot, text: bytes) -> Snapshot:
    """Few hearings have a day in another court, so few messages are looked through for its name."""
    return named(snapshot, names_in(text)) if unnamed(snapshot) else snapshot


def _bail(person: wire.PersonDefendant) -> str | None:
    status = person.bail_status
    return (status.code or status.description) if status else None


def _place(message: str) -> str:
    _, marker, place = message.rpartition(" - at `")
    return place.rstrip("`") if marker else "$"
