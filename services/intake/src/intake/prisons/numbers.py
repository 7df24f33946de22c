"""Which prisoner a defendant is, where an officer says so."""

from contextlib import suppress

from chassis.clock import Clock
from contracts.ids import CaseId, DefendantId
from contracts.intake import OffenderLinked

from intake.errors import AlreadyDecided, CaseUnnamed, NothingHere
from intake.identity.cases import Cases
from intake.identity.identifiers import is_prison_number
from intake.prisons.confirmations import Confirmations, NewConfirmation
from intake.recording.drafting import fact_draft, officer_actor, own_envelope
from intake.recording.fingerprints import Fingerprints
from intake.recording.held import Held
from intake.recording.recorder import Recorder


class ConfirmPrisonNumber:
    """A prison number means a defendant only after an officer has confirmed it."""

    def __init__(
        self,
        *,
        confirmations: Confirmations,
        cases: Cases,
        recorder: Recorder,
        clock: Clock,
        fingerprints: Fingerprints,
    ) -> None:
        self._confirmations = confirmations
        self._cases = cases
        self._recorder = recorder
        self._clock = clock
        self._fingerprints = fingerprints

    async def confirm(
        self, case_id: str, defendant_id: str, number: str, *, subject: str, decision_id: str | None = None
    ) -> bytes:
        """This prisoner is this defendant. The number is kept as a keyed hash, which is returned; it is never an id.

        Raises NothingHere, and CaseUnnamed: what a prisoner did could be told in no such case.
        """
        case = await self._cases.case(case_id)
        if case is None:
            raise NothingHere
        if not await self._cases.is_named(case):
            raise CaseUnnamed
        number_hash = self._fingerprints.prison_number(number)
        data = OffenderLinked(case_id=CaseId(case), defendant_id=DefendantId(defendant_id), by=officer_actor(subject))
        said = decision_id or self._clock.new_id()
        envelope = own_envelope("intake.offender-linked.v1", said, now=await self._cases.now())
        effect = self._confirmations.confirming(
            NewConfirmation(envelope.id, number_hash, case, defendant_id, is_prison_number(number), subject)
        )
        draft = fact_draft(envelope, data, case_id=case, victim_id=None)
        with suppress(AlreadyDecided):  # it was confirmed before, and stays so
            await self._recorder.decide([draft], Held(effects=(effect,), by=subject))
        return number_hash
