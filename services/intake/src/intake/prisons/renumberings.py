"""Numbers merged, bookings moved: what an officer confirmed of one number goes over to the other where they say so."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Final

from chassis.clock import Clock
from chassis.log.effects import Effect
from chassis.vault.composing import Draft
from contracts.ids import CaseId, DefendantId
from contracts.intake import OffenderLinked

from intake.documents.book import DocumentBook
from intake.documents.document import WAITS_FOR_OFFICER, Document, DocumentState
from intake.documents.filing import Filing
from intake.errors import AlreadyDecided, Crowded, Superseded
from intake.identity.identifiers import is_prison_number
from intake.prisons.book import MovementBook
from intake.prisons.confirmations import Confirmations, NewConfirmation
from intake.prisons.confirmed import Confirmed
from intake.prisons.movements import Meaning, Movement, read_movement
from intake.prisons.taking import TakeMovement
from intake.recording.drafting import fact_draft, officer_actor, own_envelope
from intake.recording.fingerprints import Fingerprints
from intake.recording.held import Held
from intake.recording.recorder import Recorder

WHY: Final = {
    Meaning.MERGED: "HMPPS merged the prison number that was confirmed with this one, and an officer confirmed that.",
    Meaning.BOOKING_MOVED: "HMPPS moved the booking from the number that was confirmed, and an officer confirmed that.",
}


class Renumberings:
    """HMPPS says that two numbers are one, or that a booking is another's; nothing is told until an officer decides."""

    def __init__(
        self,
        *,
        movements: MovementBook,
        take: TakeMovement,
        documents: DocumentBook,
        filing: Filing,
        confirmations: Confirmations,
        recorder: Recorder,
        clock: Clock,
        fingerprints: Fingerprints,
    ) -> None:
        self._movements = movements
        self._take = take
        self._documents = documents
        self._filing = filing
        self._confirmations = confirmations
        self._recorder = recorder
        self._clock = clock
        self._fingerprints = fingerprints

    async def confirm(self, document: Document, *, by: str) -> DocumentState:
        """It is as the message says: what hangs on the numbers goes over, and what was held meanwhile is told.

        Of merged numbers each defendant of the one has the other too. A booking that moved takes the defendants along:
        nothing more is told under the number it left. A deleted booking changes nothing of who is who. Confirmed again,
        it tells what was left to tell. Raises AlreadyDecided, NoLongerKept and Crowded.
        """
        if document.state not in (*WAITS_FOR_OFFICER, DocumentState.CONFIRMED):
            raise AlreadyDecided
        if document.state != DocumentState.CONFIRMED:
            said = read_movement(await self._filing.open(document), fingerprint=self._fingerprints.text)
            await self._repoint(document, said, by=by)
        await self.release(document)
        return DocumentState.CONFIRMED

    async def release(self, document: Document) -> None:
        """The question is decided: what waited with it is told, as far as no other question holds it."""
        for number in (await self._movements.numbers_of(document.id)).all:
            await self._take.tell_waiting(number)

    async def _repoint(self, document: Document, said: Movement, *, by: str) -> None:
        numbers = [number for number in (said.prison_number, said.continued_as) if number]
        standing = {number: await self._movements.confirmed(self._hash(number)) for number in numbers}
        effects: list[Effect] = [
            self._movements.standing(self._hash(number), found, in_question=True) for number, found in standing.items()
        ]
        drafts: list[Draft] = []
        for before, since in _ways(said):
            fresh = await self._carried(standing[before], standing[since], since)
            made = self._drafts(fresh, by=by, now=await self._documents.now(), why=WHY.get(said.meaning, ""))
            drafts += made
            effects += [
                self._confirmations.confirming(self._carried_on(one, draft, since, by=by))
                for one, draft in zip(fresh, made, strict=True)
            ]
        if said.meaning == Meaning.BOOKING_MOVED:
            gone = [one.confirmation_id for one in standing[said.prison_number or ""]]
            effects.append(self._confirmations.ending(gone))
        effects.append(self._documents.deciding(replace(document, state=DocumentState.CONFIRMED), by=by))
        if not await self._recorded(drafts, Held(effects=tuple(effects), by=by)):
            raise Crowded("Others decided or confirmed numbers meanwhile; decide again.")

    async def _carried(self, standing: Sequence[Confirmed], known: Sequence[Confirmed], since: str) -> list[Confirmed]:
        return _carried(standing, known, withdrawn=await self._movements.withdrawn(self._hash(since)))

    def _hash(self, number: str) -> bytes:
        return self._fingerprints.prison_number(number)

    def _carried_on(self, one: Confirmed, draft: Draft, kept: str, *, by: str) -> NewConfirmation:
        return NewConfirmation(
            draft.said.id,
            self._fingerprints.prison_number(kept),
            one.case_id,
            one.defendant_id,
            well_formed=is_prison_number(kept),
            by=by,
            carried_from=one.confirmation_id,
        )

    async def _recorded(self, drafts: Sequence[Draft], held: Held) -> bool:
        if not drafts:
            return await self._documents.apply(held.effects)
        try:
            await self._recorder.record(drafts, held)
        except Superseded:
            return False
        return True

    def _drafts(self, confirmed: Sequence[Confirmed], *, by: str, now: datetime, why: str) -> list[Draft]:
        actor = officer_actor(by)
        return [
            fact_draft(
                own_envelope("intake.offender-linked.v1", self._clock.new_id(), now=now),
                OffenderLinked(
                    case_id=CaseId(one.case_id), defendant_id=DefendantId(one.defendant_id), by=actor, why=why
                ),
                case_id=one.case_id,
                victim_id=None,
            )
            for one in confirmed
        ]


def _ways(said: Movement) -> list[tuple[str, str]]:
    """From which number to which other one defendants go over."""
    before, since = said.prison_number, said.continued_as
    if before is None or since is None:
        return []
    return [(before, since), (since, before)] if said.meaning == Meaning.MERGED else [(before, since)]


def _carried(
    standing: Sequence[Confirmed], known: Sequence[Confirmed], *, withdrawn: Mapping[tuple[str, str], datetime]
) -> list[Confirmed]:
    """Whom the number kept is not confirmed of yet, without those of whom an officer said since that it is not."""
    there = {(one.case_id, one.defendant_id) for one in known}
    return [
        one
        for one in standing
        if (named := (one.case_id, one.defendant_id)) not in there
        and not (named in withdrawn and withdrawn[named] >= one.confirmed_at)
    ]
