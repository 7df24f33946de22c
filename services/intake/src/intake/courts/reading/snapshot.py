"""A hearing as one whole snapshot says it is: ids, dates and codes only, no names and no text about people."""

from datetime import date, datetime

from msgspec import Struct

from intake.recording.instants import LONDON


class Sitting(Struct, frozen=True):
    """One uncancelled day; courts are the same when the first five characters of their codes are.

    `court` is the hearing's. `own_court` is the court's id of where this day alone is held: empty where that is the
    hearing's own, None where the message does not say.
    """

    starts: datetime
    court: str
    minutes: int | None = None
    own_court: str | None = None

    @property
    def place(self) -> str:
        return self.own_court or self.court


class Reason(Struct, frozen=True):
    """Why a date moved or fell away: the court's own code and the type it belongs to (one letter means two things)."""

    code: str | None
    kind: str | None
    text: str | None


class Listing(Struct, frozen=True):
    """When and where a hearing is to be. No sittings: listed without a day, or for the week of `week_commencing`."""

    type_name: str
    trial: bool
    court_name: str
    court_code: str
    sittings: tuple[Sitting, ...]
    week_commencing: date | None = None


class Plea(Struct, frozen=True):
    value: str
    day: date | None
    hearing_id: str | None


class Verdict(Struct, frozen=True):
    outcome: str
    category: str
    day: date | None
    hearing_id: str | None
    lesser_offence: str | None


class NextListing(Struct, frozen=True):
    hearing_id: str | None
    listing: Listing


class Result(Struct, frozen=True):
    """One result of an offence. `fingerprint` is a keyed hash of all its content: equal content, equal fingerprint."""

    id: str
    hearing_id: str | None
    day: date | None
    final: bool
    deleted: bool
    result_class: str | None
    length: str | None
    fingerprint: str
    next_listing: NextListing | None
    adjournment_reason: str | None


class Offence(Struct, frozen=True):
    id: str
    convicted: bool
    plea: Plea | None
    verdict: Verdict | None
    results: tuple[Result, ...]


class Defendant(Struct, frozen=True):
    id: str
    offences: tuple[Offence, ...]


class Case(Struct, frozen=True):
    id: str
    urn: str | None
    defendants: tuple[Defendant, ...]


class Snapshot(Struct, frozen=True):
    """`cancelled` when every day is: `listing` then holds the days that fell away. It is `vacated` too."""

    hearing_id: str
    listing: Listing
    vacated: bool
    cancelled: bool
    reason: Reason | None
    cases: tuple[Case, ...]
    unknown: tuple[str, ...]

    def days(self) -> frozenset[date]:
        return frozenset(sitting.starts.astimezone(LONDON).date() for sitting in self.listing.sittings)
