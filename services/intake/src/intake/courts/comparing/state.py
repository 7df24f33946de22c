"""What is remembered of a hearing between two snapshots: ids, dates and codes, and which event told what."""

from dataclasses import dataclass
from datetime import date, datetime

from msgspec import Struct, field

from intake.courts.comparing.facts import CaseKey
from intake.courts.reading.snapshot import Listing, Snapshot


class Carried(Struct, frozen=True):
    """A result as a sentence carries it; another `fingerprint` means that the court has changed it."""

    fingerprint: str
    offence_id: str
    result_class: str
    length: str | None = None


class Told(Struct, frozen=True):
    """One fact as last told. `content` is compared; `state_id` is the last correction, or the event itself.

    A sentence says whose it is, and `results` what it is made of, by the court's result ids. A listing says in
    `earlier` what it was before it moved, and has a `hearing_id` where it was told before the hearing had one; a next
    hearing's, in `shown_by`, which results gave it, and in `defendants` whose. `by_day` when `content` has the days'
    own courts in it: those told before that was looked at have the hearing's court for each.
    """

    event_id: str
    content: str
    state_id: str
    case_id: str
    urn: str | None = None
    day: date | None = None
    defendant_id: str | None = None
    results: dict[str, Carried] = field(default_factory=dict)
    earlier: tuple[str, ...] = ()
    hearing_id: str | None = None
    shown_by: tuple[str, ...] = ()
    by_day: bool = False
    listing: Listing | None = None
    defendants: tuple[str, ...] = ()


class HearingState(Struct, frozen=True):
    """`told` is keyed by fact: `listing/<case>/<defendant>`, `plea/<case>/<defendant>/<offence>`, ...

    `baseline_at` is when a hearing long over was first seen; what the court had shared by then is history.
    `asked` holds what an officer was asked and no later message has answered; it is not asked again.
    """

    hearing_id: str
    revision: int = 0
    listing: Listing | None = None
    shared_at: datetime | None = None
    told: dict[str, Told] = field(default_factory=dict)
    asked: tuple[str, ...] = ()
    baseline_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class KnownListing:
    """A listing that another hearing's result told already, found by case, start and court, or by the hearing's id.

    `defendants` are those of whom it was told; of all of the case where it names none.
    """

    event_id: str
    case_id: str
    hearing_id: str | None
    listing: Listing
    defendants: tuple[str, ...] = ()

    def is_of(self, hearing_id: str, *, case_id: str, listing: Listing) -> bool:
        if self.case_id != case_id:
            return False
        return self.hearing_id == hearing_id or (bool(listing.sittings) and _places(self.listing) == _places(listing))


def _places(listing: Listing) -> list[tuple[datetime, str]]:
    return [(sitting.starts, sitting.court) for sitting in listing.sittings]


@dataclass(frozen=True, slots=True)
class Comparison:
    """One snapshot beside what was known. `old` is what the first sight of a hearing long over shows: no news."""

    state: HearingState
    snapshot: Snapshot
    received_at: datetime
    old: bool
    resulted: bool
    known: tuple[KnownListing, ...] = ()
    shared_at: datetime | None = None
    without_a_day: bool = False
    """An officer has confirmed that a hearing without days has none by now."""

    @property
    def revision(self) -> int:
        return self.state.revision + 1


def told_key(kind: str, case: CaseKey, *parts: str) -> str:
    return "/".join((kind, case.id, *parts))
