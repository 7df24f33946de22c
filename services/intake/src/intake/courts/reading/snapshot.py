"""A hearing as one whole snapshot says it is: ids, dates and codes only, no names and no text about people."""

from datetime import date, datetime

from chassis.working_days import LONDON
from msgspec import Struct


class Sitting(Struct, frozen=True):
    """One uncancelled day; courts are the same when the first five characters of their codes are.

    `court` is the hearing's. `own_court` is the court's id of where this day alone is held: empty where that is the
    hearing's own, None where the message does not say. `own_court_name` is what that other court is called, if known.
    """

    starts: datetime
    court: str
    minutes: int | None = None
    own_court: str | None = None
    own_court_name: str | None = None
    zoned: bool = True
    """False where the message gives a time without its zone: it may be an hour off."""

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
    """`known`: of a value that somebody has decided about; others are there, and are an officer's question."""

    value: str
    day: date | None
    hearing_id: str | None
    known: bool = True


class Verdict(Struct, frozen=True):
    """`known`: as of a plea."""

    outcome: str
    category: str
    day: date | None
    hearing_id: str | None
    lesser_offence: str | None
    known: bool = True


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


class Unread(Struct, frozen=True):
    """A part that may carry news and is not understood: it waits for an officer, and the rest is told.

    `what` is where it stands in the message, `about` the ids that it belongs to, joined by "/", `content` a keyed hash
    of what it says: said again it is the same question, changed it is another.
    """

    what: str
    about: str
    content: str


class Snapshot(Struct, frozen=True):
    """`cancelled` when every day is: `listing` then holds the days that fell away. It is `vacated` too.

    `is_listed` is false where the hearing's days or court are not understood: nothing is told of them then.
    `court_id` is the court's own id of the hearing's court, in small letters; empty where the message has none.
    """

    hearing_id: str
    listing: Listing
    vacated: bool
    cancelled: bool
    reason: Reason | None
    cases: tuple[Case, ...]
    unread: tuple[Unread, ...] = ()
    is_listed: bool = True
    court_id: str = ""

    def days(self) -> frozenset[date]:
        return frozenset(sitting.starts.astimezone(LONDON).date() for sitting in self.listing.sittings)
