"""A movement in the contracts' words, for each case whose defendant is confirmed to be the prisoner."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

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

from intake.prisons.confirmed import Confirmed
from intake.prisons.movements import Meaning, Movement, movement_event_id
from intake.recording.drafting import doubts_of, fact_draft

SOURCE: Final = "urn:hmpps:domain-events"

_TYPES: Final = {
    Meaning.RELEASED: "prison.offender-released.v1",
    Meaning.RECEIVED: "prison.offender-received.v1",
    Meaning.TEMPORARY_ABSENCE: "prison.temporary-absence-started.v1",
    Meaning.TO_HOSPITAL: "prison.offender-moved-to-hospital.v1",
}


def movement_drafts(movement: Movement, confirmed: Sequence[Confirmed], *, now: datetime) -> dict[str, Draft]:
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
