"""HMPPS domain events: kept, and told only where an officer confirmed whose number it is."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final, Protocol

from chassis.log.errors import DigestMismatch
from chassis.vault.composing import Draft
from contracts.envelope import Envelope
from contracts.ids import DefendantId
from contracts.intake import Doubt
from contracts.prison import (
    MovementFact,
    OffenderMovedToHospital,
    OffenderReceived,
    OffenderReleased,
    ReceptionReason,
    TemporaryAbsenceStarted,
)
from contracts.references import Reference

from intake.documents.document import WAITS_FOR_OFFICER, Document, DocumentBook, DocumentKind, DocumentState, Filing
from intake.errors import AlreadyDecided, Superseded
from intake.prisons.movements import RENUMBERING, TELLING, Meaning, Movement, movement_event_id, read_movement
from intake.publishing.accepting import Crowded
from intake.recording.drafting import doubts_of, fact_draft
from intake.recording.fingerprints import Fingerprints
from intake.recording.ports import Effect, Held, Names
from intake.recording.recorder import Recorder

SOURCE: Final = "urn:hmpps:domain-events"
_ATTEMPTS = 5
_MOST_NAMED = 20

_TYPES: Final = {
    Meaning.RELEASED: "prison.offender-released.v1",
    Meaning.RECEIVED: "prison.offender-received.v1",
    Meaning.TEMPORARY_ABSENCE: "prison.temporary-absence-started.v1",
    Meaning.TO_HOSPITAL: "prison.offender-moved-to-hospital.v1",
}


@dataclass(frozen=True, slots=True)
class Confirmed:
    """A defendant whom an officer confirmed to be a prisoner; `since` is when their case was opened here."""

    confirmation_id: str
    case_id: str
    defendant_id: str
    well_formed: bool
    confirmed_at: datetime
    since: datetime
    references: tuple[Reference, ...]


class MovementBook(Protocol):
    """Movements that were received, and who was confirmed to be whom."""

    async def seen(self, identity: str) -> bool: ...

    async def confirmed(self, number_hash: bytes) -> Sequence[Confirmed]:
        """Who is confirmed to have this number, without what was withdrawn."""

    async def withdrawn(self, number_hash: bytes) -> Mapping[tuple[str, str], datetime]:
        """When it was last withdrawn, by case and defendant."""

    async def kept(self, number_hash: bytes) -> Sequence[Movement]:
        """Movements of this number that tell something; without the number itself."""

    def keeping(
        self, movement: Movement, document_id: str, *, number_hash: bytes | None, confirmed: Sequence[Confirmed]
    ) -> Effect:
        """Keep a movement, or what it is found to mean by now; loses when other defendants are confirmed by then."""

    def standing(self, number_hash: bytes, confirmed: Sequence[Confirmed]) -> Effect:
        """Loses when other defendants are confirmed by then."""

    def telling(self, told: Mapping[str, str]) -> Effect:
        """Note by event the confirmation it is told because of; loses when one of those was withdrawn by then."""

    def asking(self, number_hash: bytes, *, whose: str | None) -> Effect:
        """Merges and moves away from this number, which waited for it to be confirmed, are an officer's questions.

        With `whose` None they wait for that again.
        """


class TakeMovement:
    """One domain event at a time; the same one again changes nothing."""

    def __init__(
        self,
        *,
        movements: MovementBook,
        documents: DocumentBook,
        filing: Filing,
        names: Names,
        recorder: Recorder,
        fingerprints: Fingerprints,
    ) -> None:
        self._movements = movements
        self._documents = documents
        self._filing = filing
        self._names = names
        self._recorder = recorder
        self._fingerprints = fingerprints

    async def take(self, raw: bytes) -> DocumentState:
        """What became of it. Raises MovementUnreadable."""
        movement = read_movement(raw, fingerprint=self._fingerprints.text)
        if await self._movements.seen(movement.identity):
            return DocumentState.NO_NEWS
        now = await self._documents.now()
        document = await self._filing.document(
            raw, kind=DocumentKind.MOVEMENT, about=movement.identity[:32], received_at=now
        )
        for _ in range(_ATTEMPTS):
            state = await self._keep(movement, document, now=now)
            if state is not None:
                return state
            if await self._movements.seen(movement.identity):
                return DocumentState.NO_NEWS
        raise Crowded("Others confirmed numbers meanwhile; send this message again.")

    async def confirm(self, document: Document, *, by: str) -> DocumentState:
        """An officer confirmed a movement: one that nobody could read is read again by what we know now.

        One whose signs disagree, or that says "unknown", is never told by a machine, whoever confirms it.
        """
        if document.state not in WAITS_FOR_OFFICER:
            raise AlreadyDecided
        if document.state != DocumentState.PARKED:
            confirmed = replace(document, state=DocumentState.CONFIRMED)
            if not await self._documents.apply((self._documents.deciding(confirmed, by=by),)):
                raise AlreadyDecided
            return confirmed.state
        movement = read_movement(await self._filing.open(document), fingerprint=self._fingerprints.text)
        state = await self._keep(movement, document, now=await self._documents.now(), by=by)
        if state is None:
            raise Crowded("Others confirmed numbers meanwhile; decide again.")
        return state

    async def tell_waiting(self, number_hash: bytes) -> None:
        """An officer confirmed a number: what its holder did since the case was opened is told now. Raises Crowded."""
        for _ in range(_ATTEMPTS):
            if await self._is_told(number_hash):
                return
        raise Crowded("Others withdrew or confirmed this number meanwhile; confirm it again.")

    async def _is_told(self, number_hash: bytes) -> bool:
        """False when a confirmation was withdrawn or made meanwhile, and all is to be looked at again."""
        confirmed = await self._movements.confirmed(number_hash)
        if not confirmed:
            return True
        now = await self._documents.now()
        for movement in await self._movements.kept(number_hash):
            drafts = _drafts(movement, confirmed, now=now)
            told = await self._names.recorded([(SOURCE, draft.said.id) for draft in drafts.values()])
            fresh = {by: draft for by, draft in drafts.items() if (SOURCE, draft.said.id) not in told}
            if fresh and not await self._is_recorded(fresh):
                return False
        standing = self._movements.standing(number_hash, confirmed)
        return await self._documents.apply((standing, self._movements.asking(number_hash, whose=whose(confirmed))))

    async def _is_recorded(self, fresh: Mapping[str, Draft]) -> bool:
        try:
            await self._recorder.record([*fresh.values()], Held(effects=(self._telling(fresh),), by=SOURCE))
        except (Superseded, DigestMismatch):  # the message itself came again meanwhile, and told it first
            return False
        return True

    def _telling(self, drafts: Mapping[str, Draft]) -> Effect:
        return self._movements.telling({draft.said.id: by for by, draft in drafts.items()})

    async def _keep(
        self, movement: Movement, document: Document, *, now: datetime, by: str | None = None
    ) -> DocumentState | None:
        """`by` is the officer who had a kept document read again."""
        number = movement.prison_number
        number_hash = self._fingerprints.prison_number(number) if number else None
        confirmed = await self._movements.confirmed(number_hash) if number_hash else ()
        drafts = _drafts(movement, confirmed, now=now) if movement.meaning in TELLING else {}
        judged = _judged(document, movement.meaning, confirmed, told=bool(drafts))
        state = judged.state
        effects = (
            self._documents.deciding(judged, by=by) if by else self._documents.keeping(judged),
            self._movements.keeping(movement, document.id, number_hash=number_hash, confirmed=confirmed),
        )
        if not drafts:
            return state if await self._documents.apply(effects) else None
        try:
            await self._recorder.record([*drafts.values()], Held(effects=(*effects, self._telling(drafts)), by=SOURCE))
        except (Superseded, DigestMismatch):  # another copy of this message came first
            return None
        return state


def _judged(document: Document, meaning: Meaning, confirmed: Sequence[Confirmed], *, told: bool) -> Document:
    if meaning in RENUMBERING:
        asks = (meaning.value,)
        if not confirmed:
            return replace(document, state=DocumentState.WAITING, why=None, asks=asks)
        return replace(document, state=DocumentState.QUESTION, why=meaning.value + whose(confirmed), asks=asks)
    state = _state(meaning, told=told)
    why = meaning.value if state in (DocumentState.PARKED, DocumentState.QUESTION) else None
    return replace(document, state=state, why=why)


def whose(confirmed: Sequence[Confirmed]) -> str:
    """What an officer's question ends with: the defendants who are confirmed."""
    return ": " + "; ".join(f"defendant {one.defendant_id} of case {one.case_id}" for one in confirmed[:_MOST_NAMED])


def _state(meaning: Meaning, *, told: bool) -> DocumentState:
    if meaning == Meaning.ASK_OFFICER:
        return DocumentState.QUESTION
    if meaning == Meaning.UNKNOWN:
        return DocumentState.PARKED
    if meaning == Meaning.NOTHING:
        return DocumentState.NO_NEWS
    return DocumentState.APPLIED if told else DocumentState.WAITING


def _drafts(movement: Movement, confirmed: Sequence[Confirmed], *, now: datetime) -> dict[str, Draft]:
    """By confirmation, for each case that was open by then: what was done before is no matter of its victims."""
    return {
        one.confirmation_id: _draft(movement, one, now=now) for one in confirmed if movement.occurred_at >= one.since
    }


def _draft(movement: Movement, confirmed: Confirmed, *, now: datetime) -> Draft:
    envelope = Envelope(
        id=movement_event_id(movement, confirmation_id=confirmed.confirmation_id),
        source=SOURCE,
        type=_TYPES[movement.meaning],
        time=movement.occurred_at,
    )
    doubts = () if confirmed.well_formed else (Doubt.PRISON_NUMBER_PATTERN,)
    doubt = doubts_of(doubts, time=movement.occurred_at, now=now)
    return fact_draft(envelope, _fact(movement, confirmed), case_id=confirmed.case_id, victim_id=None, doubt=doubt)


def _fact(movement: Movement, confirmed: Confirmed) -> MovementFact:
    references, defendant_id = confirmed.references, DefendantId(confirmed.defendant_id)
    prison = movement.prison
    if movement.meaning == Meaning.RELEASED:
        return OffenderReleased(references=references, defendant_id=defendant_id, prison=prison)
    if movement.meaning == Meaning.RECEIVED:
        reason = ReceptionReason.ADMISSION
        return OffenderReceived(references=references, defendant_id=defendant_id, prison=prison, reason=reason)
    if movement.meaning == Meaning.TO_HOSPITAL:
        return OffenderMovedToHospital(references=references, defendant_id=defendant_id, prison=prison)
    return TemporaryAbsenceStarted(references=references, defendant_id=defendant_id, prison=prison)
