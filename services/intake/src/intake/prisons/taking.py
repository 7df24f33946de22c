"""HMPPS domain events: kept, and told only where an officer confirmed whose number it is."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from chassis.log.effects import Effect
from chassis.log.errors import DigestMismatch
from chassis.vault.composing import Draft

from intake.documents.book import DocumentBook
from intake.documents.document import WAITS_FOR_OFFICER, Document, DocumentKind, DocumentState
from intake.documents.filing import Filing
from intake.errors import AlreadyDecided, Crowded, Superseded
from intake.identity.names import Names
from intake.prisons.book import MovementBook
from intake.prisons.drafts import SOURCE, movement_drafts
from intake.prisons.judging import judged, whose
from intake.prisons.movements import TELLING, Movement, read_movement
from intake.recording.fingerprints import Fingerprints
from intake.recording.held import Held
from intake.recording.recorder import Recorder

_ATTEMPTS = 5


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
            drafts = movement_drafts(movement, confirmed, now=now)
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
        drafts = movement_drafts(movement, confirmed, now=now) if movement.meaning in TELLING else {}
        found = judged(document, movement.meaning, confirmed, told=bool(drafts))
        state = found.state
        effects = (
            self._documents.deciding(found, by=by) if by else self._documents.keeping(found),
            self._movements.keeping(movement, document.id, number_hash=number_hash, confirmed=confirmed),
        )
        if not drafts:
            return state if await self._documents.apply(effects) else None
        try:
            await self._recorder.record([*drafts.values()], Held(effects=(*effects, self._telling(drafts)), by=SOURCE))
        except (Superseded, DigestMismatch):  # another copy of this message came first
            return None
        return state
