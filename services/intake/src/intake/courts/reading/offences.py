"""What a message says of each offence: plea, verdict, results."""

from collections.abc import Sequence
from datetime import date
from typing import Final

import msgspec

from intake.courts.reading import classes, wire
from intake.courts.reading.days import next_listing
from intake.courts.reading.salvage import is_there
from intake.courts.reading.snapshot import Listing, NextListing, Offence, Plea, Result, Verdict
from intake.courts.reading.unread import Fingerprint, UnreadParts
from intake.recording.instants import parse_day

_LONGEST_CATEGORY: Final = 200


class OffenceReader:
    """Reads the offences of one hearing; `here` is where a next hearing is that names no court."""

    def __init__(self, unread: UnreadParts, *, here: Listing, hearing_id: str, fingerprint: Fingerprint) -> None:
        self._unread = unread
        self._here = here
        self._hearing_id = hearing_id
        self._fingerprint = fingerprint

    def of(self, raws: Sequence[msgspec.Raw], *, about: str) -> tuple[Offence, ...]:
        """The offences of the defendant whom the ids `about` name; of one that stands twice the last."""
        found: dict[str, Offence] = {}
        for raw in raws:
            said = self._unread.read(raw, wire.Offence, "offence", about)
            if said is not None and self._unread.id(said.id, "offence.id", about):
                found[said.id] = self._offence(said, about=f"{about}/{said.id}")
        return tuple(found.values())

    def _offence(self, said: wire.Offence, *, about: str) -> Offence:
        plea, verdict = self._plea(said.plea, about), self._verdict(said.verdict, about)
        guilty = (plea is not None and plea.value in classes.GUILTY_PLEAS) or (
            verdict is not None and verdict.outcome == "GUILTY"
        )
        if said.is_discontinued:
            self._unread.note("offence.isDiscontinued", about, said.is_discontinued)
        return Offence(
            id=said.id,
            convicted=said.conviction_date is not None or guilty,
            plea=plea,
            verdict=verdict,
            results=tuple(
                result for raw in said.judicial_results or () if (result := self._result(raw, said.id, about))
            ),
        )

    def _plea(self, raw: msgspec.Raw, about: str) -> Plea | None:
        said = self._unread.read(raw, wire.Plea, "plea", about) if is_there(raw) else None
        if said is None:
            return None
        value = classes.plea_value(said.plea_value)
        if value in classes.INDICATIONS:
            return None
        day = self._day(said.plea_date, "plea.pleaDate", about)
        known = value in classes.PLEAS
        if not (known or self._is_history(said.originating_hearing_id)):
            self._unread.note("plea.pleaValue", about, value)
        return Plea(value, day, said.originating_hearing_id, known)

    def _verdict(self, raw: msgspec.Raw, about: str) -> Verdict | None:
        said = self._unread.read(raw, wire.Verdict, "verdict", about) if is_there(raw) else None
        if said is None:
            return None
        category = said.verdict_type.category_type if said.verdict_type else None
        outcome = classes.verdict_category(category)
        if outcome is None and not self._is_history(said.originating_hearing_id):
            self._unread.note("verdict.verdictType.categoryType", about, category)
        lesser = said.lesser_or_alternative_offence
        return Verdict(
            outcome=outcome or "",
            category=category if category and _is_code(category) else outcome or "",
            day=self._day(said.verdict_date, "verdict.verdictDate", about),
            hearing_id=said.originating_hearing_id,
            lesser_offence=lesser.offence_title if lesser else None,
            known=outcome is not None,
        )

    def _result(self, raw: msgspec.Raw, offence_id: str, about: str) -> Result | None:
        said = self._unread.read(raw, wire.JudicialResult, "judicialResult", about)
        if said is None:
            return None
        id_ = said.judicial_result_id or f"{offence_id}/{said.judicial_result_type_id or said.label}"
        if self._is_unclear(said):
            self._unread.note("judicialResult.category", f"{about}/{id_}", said.category)
        found = classes.result_class(cjs_code=said.cjs_code, text=said.result_text)
        comparable = msgspec.structs.replace(said, is_deleted=None, amendment_reason=None)
        return Result(
            id=id_,
            hearing_id=said.ordered_hearing_id,
            day=self._day(said.ordered_date, "judicialResult.orderedDate", f"{about}/{id_}"),
            final=said.category == "FINAL",
            deleted=bool(said.is_deleted),
            result_class=found.value if found else None,
            length=_length(said),
            fingerprint=self._fingerprint(msgspec.json.encode(comparable)),
            next_listing=self._next(said.next_hearing, f"{about}/{id_}"),
            adjournment_reason=said.next_hearing.adjournment_reason if said.next_hearing else None,
        )

    def _is_unclear(self, said: wire.JudicialResult) -> bool:
        """An adjournment may come without a category: its next hearing says what it is."""
        if (
            said.is_deleted
            or self._is_history(said.ordered_hearing_id)
            or (said.category is None and said.next_hearing)
        ):
            return False
        return said.category not in classes.RESULT_CATEGORIES

    def _is_history(self, hearing_id: str | None) -> bool:
        """Copied forward from another hearing, whose own messages told it."""
        return hearing_id is not None and hearing_id != self._hearing_id

    def _day(self, text: str | None, what: str, about: str) -> date | None:
        try:
            return parse_day(text) if text else None
        except ValueError:
            self._unread.note(what, about, text)
            return None

    def _next(self, said: wire.NextHearing | None, about: str) -> NextListing | None:
        try:
            found = next_listing(said, self._here)
        except ValueError:
            self._unread.note("judicialResult.nextHearing", about, said)
            return None
        if found is not None and classes.COURT_CODE.fullmatch(found.listing.court_code) is None:
            self._unread.note("judicialResult.nextHearing.courtCentre", about, said)
            return None
        return found


def _length(result: wire.JudicialResult) -> str | None:
    """The length of a sentence as its prompt says it ("2 Years"); no other prompt is read: they hold names."""
    prompts = result.judicial_result_prompts or ()
    lengths = [p.value for p in prompts if p.value and "imprisonmentperiod" in (p.prompt_reference or "").lower()]
    return lengths[0][:40] if lengths else None


def _is_code(text: str) -> bool:
    return len(text) <= _LONGEST_CATEGORY and text.isascii() and text.isprintable()
