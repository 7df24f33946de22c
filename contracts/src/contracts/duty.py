"""The shape of one row of the duty catalogue."""

from dataclasses import dataclass
from enum import StrEnum


class ClockStart(StrEnum):
    """When the clock starts: when it happened, or when the owner received it (our `recorded_at`)."""

    OCCURRED = "occ"
    RECEIVED = "rec"


class Kind(StrEnum):
    """What a row is: owed to the victim, owed by one agency to another, the victim's own time, or an offer."""

    DUTY = "duty"
    UPSTREAM_LEG = "upstream_leg"
    VICTIM_WINDOW = "victim_window"
    OFFER = "offer"


class Owner(StrEnum):
    """Who owes it."""

    POLICE = "police"
    WITNESS_CARE = "witness-care"
    CPS = "cps"
    COURTS = "courts"


class Unit(StrEnum):
    """What a time is counted in; day 0 is the trigger's date in Europe/London, the next working day is day 1."""

    WORKING_DAYS = "wd"


class Layer(StrEnum):
    """Where a number comes from: the Victims' Code, another statutory scheme, or a policy that may be changed here."""

    CODE = "code"
    SCHEME = "scheme"
    POLICY = "policy"


@dataclass(frozen=True, slots=True)
class Allowed:
    """How long the owner has."""

    n: int
    unit: Unit = Unit.WORKING_DAYS


@dataclass(frozen=True, slots=True)
class Duty:
    """One thing owed when a trigger happens.

    `met_by` and `exempted_by` are event types that end the duty themselves; otherwise only telling the victim does.
    With `once_per_case` the first trigger on a case opens it and later ones do not.
    """

    id: str
    right: int
    triggers: tuple[str, ...]
    clock_start: ClockStart
    owner: Owner
    standard: Allowed
    enhanced: Allowed
    must_tell: str
    grade: str
    """Evidence: A the current Code by close summaries, L law or official guidance, P an earlier Code, K unconfirmed."""
    source: str
    layer: Layer = Layer.CODE
    kind: Kind = Kind.DUTY
    code_edition: str = "2020"
    met_by: tuple[str, ...] = ()
    exempted_by: tuple[str, ...] = ()
    once_per_case: bool = False
