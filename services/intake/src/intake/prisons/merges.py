"""Merged prison numbers: what an officer confirmed of the number that is gone, they confirm of the one that is kept."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Final

from chassis.clock import Clock
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
from intake.prisons.movements import read_movement
from intake.prisons.taking import TakeMovement
from intake.recording.drafting import fact_draft, officer_actor, own_envelope
from intake.recording.fingerprints import Fingerprints
from intake.recording.held import Held
from intake.recording.recorder import Recorder

WHY: Final = "HMPPS merged the prison number that was confirmed into this one, and an officer confirmed that."


class PrisonMerges:
    """HMPPS says that two numbers are one prisoner; nothing is told under the one kept until an officer confirms it."""

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
        """Each defendant of the number that is gone is the holder of the one kept; what waited for that is told.

        Confirmed again, it tells what was left to tell. Raises AlreadyDecided and NoLongerKept.
        """
        if document.state not in (*WAITS_FOR_OFFICER, DocumentState.CONFIRMED):
            raise AlreadyDecided
        merge = read_movement(await self._filing.open(document), fingerprint=self._fingerprints.text)
        gone, kept = merge.prison_number or "", merge.continued_as or ""
        if document.state != DocumentState.CONFIRMED:
            await self._repoint(document, gone, kept, by=by)
        await self._take.tell_waiting(self._fingerprints.prison_number(kept))
        return DocumentState.CONFIRMED

    async def _repoint(self, document: Document, gone: str, kept: str, *, by: str) -> None:
        gone_hash, kept_hash = self._fingerprints.prison_number(gone), self._fingerprints.prison_number(kept)
        standing, known = await self._movements.confirmed(gone_hash), await self._movements.confirmed(kept_hash)
        fresh = _carried(standing, known, withdrawn=await self._movements.withdrawn(kept_hash))
        drafts = self._drafts(fresh, by=by, now=await self._documents.now())
        effects = (
            self._documents.deciding(replace(document, state=DocumentState.CONFIRMED), by=by),
            self._movements.standing(gone_hash, standing),
            self._movements.standing(kept_hash, known),
            *(
                self._confirmations.confirming(self._carried_on(one, draft, kept, by=by))
                for one, draft in zip(fresh, drafts, strict=True)
            ),
        )
        if not await self._recorded(drafts, Held(effects=effects, by=by)):
            raise Crowded("Others decided or confirmed numbers meanwhile; decide again.")

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

    def _drafts(self, confirmed: Sequence[Confirmed], *, by: str, now: datetime) -> list[Draft]:
        actor = officer_actor(by)
        return [
            fact_draft(
                own_envelope("intake.offender-linked.v1", self._clock.new_id(), now=now),
                OffenderLinked(
                    case_id=CaseId(one.case_id), defendant_id=DefendantId(one.defendant_id), by=actor, why=WHY
                ),
                case_id=one.case_id,
                victim_id=None,
            )
            for one in confirmed
        ]


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
