"""HMPPS domain events: kept, and told where an officer confirmed whose number it is, and nobody asks who is who."""

from collections.abc import Callable, Mapping, Sequence
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
from intake.prisons.book import MovementBook, Numbers
from intake.prisons.confirmed import Confirmed
from intake.prisons.drafts import SOURCE, movement_drafts
from intake.prisons.judging import Fate, about_kind, judged
from intake.prisons.movements import IDENTITY, TELLING, Meaning, Movement, read_movement
from intake.recording.fingerprints import Fingerprints
from intake.recording.held import Held
from intake.recording.recorder import Recorder

_ATTEMPTS = 5
_AT_A_TIME = 200


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
        not_ours: Callable[[str], None],
    ) -> None:
        """`not_ours` counts, by its type, a message that is nobody's business here and is not kept."""
        self._movements = movements
        self._documents = documents
        self._filing = filing
        self._names = names
        self._recorder = recorder
        self._fingerprints = fingerprints
        self._not_ours = not_ours

    async def take(self, raw: bytes) -> DocumentState:
        """What became of it. Raises MovementUnreadable."""
        movement = read_movement(raw, fingerprint=self._fingerprints.text)
        if movement.meaning == Meaning.NOT_OURS:
            self._not_ours(movement.event_type)
            return DocumentState.NO_NEWS
        if await self._movements.seen(movement.identity):
            return DocumentState.NO_NEWS
        now = await self._documents.now()
        document = await self._filing.document(
            raw, kind=DocumentKind.MOVEMENT, about=movement.identity[:32], received_at=now
        )
        for _ in range(_ATTEMPTS):
            state = await self._kept(movement, document, now=now)
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
        if state != DocumentState.PARKED:
            await self._read_counted(document.about)
        return state

    async def _kept(self, movement: Movement, document: Document, *, now: datetime) -> DocumentState | None:
        """What nobody has decided about is asked about once: others like it are counted with the first."""
        if movement.meaning != Meaning.UNKNOWN:
            return await self._keep(movement, document, now=now)
        document = replace(document, about=about_kind(movement))
        example = await self._documents.example_of(document.about)
        if example is None:
            return await self._keep(movement, document, now=now)
        counted = self._documents.counting(document, example_id=example.id)
        keeping = self._movements.keeping(movement, document.id, numbers=self._numbers(movement))
        return DocumentState.COUNTED if await self._documents.apply((counted, keeping)) else None

    async def _read_counted(self, about: str) -> None:
        """The example could be read, so all its like are; what cannot be opened any more stays counted."""
        while counted := await self._documents.counted(about, most=_AT_A_TIME):
            for document in counted:
                movement = read_movement(await self._filing.open(document), fingerprint=self._fingerprints.text)
                if await self._keep(movement, document, now=await self._documents.now()) is None:
                    raise Crowded("Others confirmed numbers meanwhile; decide again.")

    async def tell_waiting(self, number_hash: bytes) -> None:
        """Whose number it is was decided: what its holder did since the case was opened is told now. Raises Crowded.

        While somebody is asked who is who, it is held instead, for the officer to see.
        """
        for _ in range(_ATTEMPTS):
            if await self._is_told(number_hash):
                return
        raise Crowded("Others withdrew or confirmed this number meanwhile; confirm it again.")

    async def _is_told(self, number_hash: bytes) -> bool:
        """False when something was decided meanwhile, and all is to be looked at again."""
        if not await self._documents.apply((self._movements.asking(number_hash),)):
            return False
        confirmed, in_question = await self._standing(number_hash)
        if in_question:
            return True
        now = await self._documents.now()
        for movement in await self._movements.kept(number_hash):
            fresh = await self._fresh(movement, confirmed, now=now)
            told = await self._names.recorded([(SOURCE, draft.said.id) for draft in fresh.values()])
            untold = {by: draft for by, draft in fresh.items() if (SOURCE, draft.said.id) not in told}
            if untold and not await self._is_recorded(movement, untold):
                return False
        standing = self._movements.standing(number_hash, confirmed, in_question=False)
        return await self._documents.apply((standing, self._movements.settling(number_hash)))

    async def _is_recorded(self, movement: Movement, fresh: Mapping[str, Draft]) -> bool:
        telling = self._telling(movement, fresh)
        try:
            await self._recorder.record([*fresh.values()], Held(effects=(telling,), by=SOURCE))
        except (Superseded, DigestMismatch):  # the message itself came again meanwhile, and told it first
            return False
        return True

    def _telling(self, movement: Movement, drafts: Mapping[str, Draft]) -> Effect:
        return self._movements.telling(movement, {draft.said.id: by for by, draft in drafts.items()})

    async def _standing(self, number_hash: bytes) -> tuple[Sequence[Confirmed], bool]:
        """Whose number it is, and whether somebody is asked about that."""
        return await self._movements.confirmed(number_hash), await self._movements.is_in_question(number_hash)

    async def _fresh(self, movement: Movement, confirmed: Sequence[Confirmed], *, now: datetime) -> dict[str, Draft]:
        """By confirmation, what is to be told of it and was not told by another message."""
        drafts = movement_drafts(movement, confirmed, now=now)
        doubled = await self._movements.doubled(movement, list(drafts))
        return {by: draft for by, draft in drafts.items() if by not in doubled}

    async def _fate(
        self, movement: Movement, confirmed: Sequence[Confirmed], *, in_question: bool, now: datetime
    ) -> tuple[Fate, dict[str, Draft]]:
        if movement.meaning not in TELLING:
            return Fate.WAITING, {}
        if in_question:
            return Fate.HELD, {}
        fresh = await self._fresh(movement, confirmed, now=now)
        if fresh:
            return Fate.TOLD, fresh
        return Fate.DOUBLED if movement_drafts(movement, confirmed, now=now) else Fate.WAITING, {}

    async def _keep(
        self, movement: Movement, document: Document, *, now: datetime, by: str | None = None
    ) -> DocumentState | None:
        """None when something was decided meanwhile. `by` is the officer who had a kept document read again."""
        numbers = self._numbers(movement)
        standing = {number: await self._standing(number) for number in numbers.all}
        confirmed = [one for found, _ in standing.values() for one in found]
        asked = any(in_question for _, in_question in standing.values())
        fate, drafts = await self._fate(movement, confirmed, in_question=asked, now=now)
        found = judged(document, movement, confirmed, fate)
        effects = (
            *(self._movements.standing(number, *pair[:1], in_question=pair[1]) for number, pair in standing.items()),
            self._writing(document, found, by=by),
            self._movements.keeping(movement, document.id, numbers=numbers),
            *(self._movements.asking(number) for number in numbers.all if movement.meaning in IDENTITY),
        )
        if found.state == DocumentState.PARKED and not by:
            effects = (self._documents.first(found.about), *effects)
        if not drafts:
            return found.state if await self._documents.apply(effects) else None
        telling = self._telling(movement, drafts)
        try:
            await self._recorder.record([*drafts.values()], Held(effects=(*effects, telling), by=SOURCE))
        except (Superseded, DigestMismatch):  # another copy of this message came first
            return None
        return found.state

    def _writing(self, document: Document, found: Document, *, by: str | None) -> Effect:
        if document.state == DocumentState.COUNTED:
            return self._documents.rejudging(found)
        return self._documents.deciding(found, by=by) if by else self._documents.keeping(found)

    def _numbers(self, movement: Movement) -> Numbers:
        number, other = movement.prison_number, movement.continued_as
        return Numbers(
            self._fingerprints.prison_number(number) if number else None,
            self._fingerprints.prison_number(other) if other else None,
        )
