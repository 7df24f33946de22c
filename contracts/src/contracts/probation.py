"""What the probation service publishes."""

from enum import StrEnum

from contracts.facts import DefendantFact
from contracts.shape import Shape


class RecallKind(StrEnum):
    """The kind of recall, where the source says."""

    FIXED_TERM = "fixed-term"
    STANDARD = "standard"
    UNKNOWN = "unknown"


class OffenderRecalled(DefendantFact):
    """Recalled to prison. Sources get this wrong at times, so an officer looks first."""

    kind: RecallKind


TYPES: dict[str, type[Shape]] = {"probation.offender-recalled.v1": OffenderRecalled}
