"""A prison number that was confirmed by mistake: nothing more is told by it, and what was told is taken back."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from chassis.clock import Clock
from chassis.log.effects import Effect
from chassis.log.errors import DigestMismatch
from chassis.vault.composing import Draft
from contracts.corrections import RetractionKind
from contracts.envelope import Envelope
from contracts.ids import CaseId, DefendantId, EventId
from contracts.intake import OffenderUnlinked

from intake.errors import Crowded, NothingHere, StaleCorrection, Superseded
from intake.identity.cases import Cases
from intake.prisons.book import MovementBook
from intake.prisons.confirmations import Confirmation, Confirmations
from intake.prisons.drafts import SOURCE
from intake.recording.deriving import derived_id
from intake.recording.drafting import fact_draft, officer_actor, own_envelope, retraction_draft
from intake.recording.fingerprints import Fingerprints
from intake.recording.held import Amends, Held
from intake.recording.originals import Originals
from intake.recording.recorder import Recorder

WHY: Final = "It was about another prisoner, who had been taken for this person by mistake."
_ATTEMPTS = 5
_UNLINKED: Final = "intake.offender-unlinked.v1"


class WithdrawPrisonNumber:
    """The row, the facts taken back and the questions that no longer arise are one append."""

    def __init__(
        self,
        *,
        confirmations: Confirmations,
        movements: MovementBook,
        originals: Originals,
        cases: Cases,
        recorder: Recorder,
        clock: Clock,
        fingerprints: Fingerprints,
    ) -> None:
        self._confirmations = confirmations
        self._movements = movements
        self._originals = originals
        self._cases = cases
        self._recorder = recorder
        self._clock = clock
        self._fingerprints = fingerprints

    async def withdraw(
        self, case_id: str, defendant_id: str, number: str, *, subject: str, why: str, decision_id: str | None = None
    ) -> None:
        """This prisoner is not this defendant after all; what merges made of the number falls with it.

        Withdrawn again it changes nothing. Raises NothingHere when nobody ever confirmed it, and Crowded.
        """
        case = await self._cases.case(case_id)
        if case is None:
            raise NothingHere
        number_hash = self._fingerprints.prison_number(number)
        for _ in range(_ATTEMPTS):
            if decision_id and await self._recorder.has_said(_UNLINKED, decision_id):
                return
            found = await self._confirmations.of(number_hash, case, defendant_id)
            if not found:
                raise NothingHere
            standing = [one for one in found if not one.is_withdrawn]
            new = [own_envelope(_UNLINKED, self._clock.new_id(), now=await self._cases.now()) for _ in standing]
            if decision_id and new:
                new[0] = new[0].model_copy(update={"id": EventId(decision_id)})
            if not standing or await self._is_recorded(standing, new, subject=subject, why=why):
                return
        raise Crowded("Others told or confirmed something of this number meanwhile; withdraw it again.")

    async def _is_recorded(
        self, standing: Sequence[Confirmation], said: Sequence[Envelope], *, subject: str, why: str
    ) -> bool:
        """False when something came in between, and all is to be looked at again."""
        unlinked = list(zip(standing, said, strict=True))
        told = await self._confirmations.told(standing)
        effects = (
            *await self._standing(standing),
            self._confirmations.withdrawing({one.id: envelope.id for one, envelope in unlinked}, told=told, by=subject),
            *(self._movements.asking(number) for number in {one.number_hash for one in standing}),
        )
        retractions, amends = await self._retractions(told, now=said[0].time)
        drafts = [_unlinked(one, envelope, subject=subject, why=why) for one, envelope in unlinked]
        try:
            await self._recorder.record(
                [*drafts, *retractions], Held(amends=tuple(amends), effects=effects, by=subject)
            )
        except (Superseded, StaleCorrection, DigestMismatch):
            return False
        return True

    async def _standing(self, standing: Sequence[Confirmation]) -> list[Effect]:
        """Nobody confirmed or asked about these numbers meanwhile."""
        return [
            self._movements.standing(
                number,
                await self._movements.confirmed(number),
                in_question=await self._movements.is_in_question(number),
            )
            for number in {one.number_hash for one in standing}
        ]

    async def _retractions(self, told: Sequence[str], *, now: datetime) -> tuple[list[Draft], list[Amends]]:
        originals = (await self._originals.find([(SOURCE, event_id) for event_id in told])).values() if told else ()
        made = [
            retraction_draft(
                one,
                event_id=derived_id("number withdrawn", one.id),
                now=now,
                reason=WHY,
                kind=RetractionKind.ABOUT_SOMEBODY_ELSE,
            )
            for one in originals
            if one.standing is not None
        ]
        return [draft for draft, _ in made], [amends for _, amends in made]


def _unlinked(one: Confirmation, envelope: Envelope, *, subject: str, why: str) -> Draft:
    data = OffenderUnlinked(
        offender_linked_id=EventId(one.id),
        case_id=CaseId(one.case_id),
        defendant_id=DefendantId(one.defendant_id),
        why=why,
        by=officer_actor(subject),
    )
    return fact_draft(envelope, data, case_id=one.case_id, victim_id=None)
