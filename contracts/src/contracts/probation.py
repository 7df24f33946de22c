"""What the probation service publishes."""

from enum import StrEnum
from typing import Final

from contracts.event_type import EventType, Tell
from contracts.facts import DefendantFact
from contracts.thread import CUSTODY


class RecallKind(StrEnum):
    """The kind of recall, where the source says."""

    FIXED_TERM = "fixed-term"
    STANDARD = "standard"
    UNKNOWN = "unknown"


class OffenderRecalled(DefendantFact):
    """Recalled to prison. Sources get this wrong at times, so an officer looks first."""

    kind: RecallKind


TYPES: Final = (
    # The source warns that recall reasons can be wrong.
    EventType("probation.offender-recalled.v1", OffenderRecalled, tell=Tell.OFFICER_FIRST, thread=CUSTODY),
)
