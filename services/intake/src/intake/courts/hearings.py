"""HMCTS Common Platform hearings: each snapshot is compared with the last one, and what is news is recorded."""

from dataclasses import replace
from datetime import datetime, timedelta

from chassis.log.effects import Effect

from intake.courts.comparing.translation import translate
from intake.courts.judging import judged, parked
from intake.courts.reading.snapshot import Snapshot
from intake.courts.remembering import HearingRecord
from intake.documents.document import Document, DocumentKind, DocumentState
from intake.errors import Crowded, HearingMismatch, HearingUnsayable

_ATTEMPTS = 10


class TakeHearing:
    """One message at a time, in the order it comes; a snapshot sent twice is no news."""

    def __init__(self, record: HearingRecord, *, deletion_held: timedelta) -> None:
        self._record = record
        self._deletion_held = deletion_held

    async def take(self, raw: bytes, *, hearing_id: str, resulted: bool) -> DocumentState:
        """What became of it. Raises HearingUnreadable and HearingMismatch."""
        snapshot, shared_at = await self._record.read(raw)
        if snapshot.hearing_id != hearing_id:
            raise HearingMismatch
        now = await self._record.documents.now()
        kind = DocumentKind.HEARING_RESULT if resulted else DocumentKind.HEARING
        document = await self._record.filing.document(raw, kind=kind, about=hearing_id, received_at=now)
        try:
            return await self._taken(document, snapshot, shared_at, resulted=resulted)
        except HearingUnsayable as error:
            await self._record.documents.apply([self._record.documents.keeping(parked(document, why=error.place))])
            return DocumentState.PARKED

    async def _taken(
        self, document: Document, snapshot: Snapshot, shared_at: datetime | None, *, resulted: bool
    ) -> DocumentState:
        for _ in range(_ATTEMPTS):
            state = await self._apply(document, snapshot, shared_at, resulted=resulted)
            if state is not None:
                return state
        raise Crowded("Others changed the same hearing; send this message again.")

    async def delete(self, hearing_id: str) -> DocumentState:
        """Held for an officer: it may be a duplicate that was deleted, and a victim must not be told wrongly."""
        now = await self._record.documents.now()
        document = await self._record.filing.document(
            hearing_id.encode(), kind=DocumentKind.HEARING_DELETION, about=hearing_id, received_at=now
        )
        hearings = self._record.hearings
        if (await hearings.state(hearing_id)).revision or await hearings.listings_of(hearing_id):
            document = replace(document, state=DocumentState.HELD, due_at=now + self._deletion_held)
        await self._record.documents.apply([self._record.documents.keeping(document)])
        return document.state

    async def _apply(
        self, document: Document, snapshot: Snapshot, shared_at: datetime | None, *, resulted: bool
    ) -> DocumentState | None:
        before = await self._record.hearings.state(snapshot.hearing_id)
        known = await self._record.hearings.listings([case.id for case in snapshot.cases])
        found = translate(
            before,
            snapshot,
            received_at=document.received_at,
            shared_at=shared_at,
            resulted=resulted,
            known=known,
        )
        kept = judged(document, found)
        effects: list[Effect] = [self._record.documents.keeping(kept)]
        if not found.stale:
            effects.append(self._record.documents.overtaking(snapshot.hearing_id))
        effects.extend(self._record.remembering(found, before))
        effects.extend(self._record.naming_court(snapshot))
        recorded = await self._record.is_recorded(found.news, effects, received_at=document.received_at)
        return kept.state if recorded else None
