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
    """What a time is counted in; day 0 is the trigger's date in Europe/London, the next (working) day is day 1."""

    WORKING_DAYS = "wd"
    CALENDAR_DAYS = "cd"
    MONTHS = "months"
    YEARS = "years"


class Subject(StrEnum):
    """What one duty is about: a later trigger about the same opens no second one.

    Of a crime and of an accused the first trigger that stands opens it, and telling any meets it. Of a hearing the
    trigger that came last replaces those before it. A sharing is what a court said of an accused at one time: all of
    it is told together. An event is about itself, and a correction of it opens the duty anew.
    """

    CRIME = "crime"
    ACCUSED = "accused"
    HEARING = "hearing"
    SHARING = "sharing"
    EVENT = "event"


class Condition(StrEnum):
    """What has to be so for a row to apply."""

    ALL_ENDED = "all-ended"
    PART_ENDED = "part-ended"


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
class Clock:
    """From when on how long."""

    start: ClockStart
    standard: Allowed
    enhanced: Allowed


@dataclass(frozen=True, slots=True)
class Duty:
    """One thing owed when a trigger happens.

    `met_by` and `exempted_by` are event types that end the duty themselves; otherwise only telling the victim does.
    Where a second source says another time (`or_by`) the earlier holds. `before_the_day`: it is due before what it is
    about begins, as a hearing does, if that is earlier.
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
    subject: Subject = Subject.EVENT
    applies_if: Condition | None = None
    or_by: Clock | None = None
    before_the_day: bool = False

    @property
    def clocks(self) -> tuple[Clock, ...]:
        """All clocks of it, of which the earliest to run out holds."""
        first = Clock(self.clock_start, self.standard, self.enhanced)
        return (first,) if self.or_by is None else (first, self.or_by)
