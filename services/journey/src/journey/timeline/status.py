"""Where things are now: the stage of each matter, the next date, and who answers to the victim."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from chassis.working_days import LONDON, london_day
from contracts.witness_care import ContactRole
from contracts.words import word

from journey.timeline.entries import Entry, right_data, right_type
from journey.wording.content import Content
from journey.wording.dates import spoken_day
from journey.wording.listing import WEEK, day_of, held, last_day
from journey.wording.prison import last_planned, planned_for
from journey.wording.turning import CUSTODY

STAGES: Final[Mapping[str, str]] = {
    "intake.report-received.v1": "You told us what happened.",
    "police.crime-reported.v1": "The police are looking into the crime.",
    "police.suspect-charged.v1": "A person was charged. The court comes next.",
    "police.no-further-action-decided.v1": "The police decided to take no further action.",
    "cps.charge-authorised.v1": "A person is being prosecuted. The court comes next.",
    "cps.proceedings-stopped.v1": "The prosecutors stopped the case.",
    "court.hearing-listed.v1": "The case is in court.",
    "court.hearing-changed.v1": "The case is in court.",
    "court.hearing-vacated.v1": "The case is in court. There is no new date for the hearing yet.",
    "court.trial-date-set.v1": "The case is in court. There is a date for the trial.",
    "court.trial-date-changed.v1": "The case is in court. There is a new date for the trial.",
    "court.trial-date-vacated.v1": "The case is in court. There is no new date for the trial yet.",
    "court.plea-entered.v1": "The case is in court. The person accused has answered the charge.",
    "court.verdict-reached.v1": "The court has decided on a charge.",
    "court.sentence-passed.v1": "The court has decided on the sentence.",
    "prison.release-planned.v1": "The person has been sentenced. A release is planned.",
    "prison.offender-released.v1": "The person has been released from prison.",
    "probation.offender-recalled.v1": "The person has to go back to prison.",
}
"""What each kind of fact says about where a matter stands; other kinds do not move it."""

BY_SCOPE: Final[Mapping[tuple[str, str], str | None]] = {
    ("police.no-further-action-decided.v1", "all"): "The police stopped the investigation.",
    ("police.no-further-action-decided.v1", "some"): None,
    ("cps.proceedings-stopped.v1", "some"): "The prosecutors stopped part of the case. The rest goes on.",
}
"""The same of what says how much has ended; no further action against one of several moves nothing."""

FINISHED: Final = frozenset(
    STAGES[kind]
    for kind in ("police.no-further-action-decided.v1", "court.sentence-passed.v1", "prison.offender-released.v1")
) | {"The police stopped the investigation."}
"""After these no date is waited for."""

BEGINNINGS: Final[Mapping[str, str]] = {
    "intake.report-received.v1": "What you told us on",
    "police.crime-reported.v1": "The crime recorded on",
}
"""How a matter is named by its earliest day, where there are several."""

BEING_CHECKED: Final = "Something new is being checked before it is shown here. Your contact person will tell you."
"""Where an officer tells first, or looks first, anything else would say that things are as they were."""
CONTACT: Final = "witness-care.contact-assigned.v1"


@dataclass(frozen=True, slots=True)
class NextDate:
    """The next date that is known. `on` is its first day; `when` the same as people say it.

    `until` is the last day on which it may be: that of a hearing of several days, of the week, or of the month.
    """

    what: str
    when: str
    on: date
    until: date


@dataclass(frozen=True, slots=True)
class ContactPerson:
    """The single point of contact."""

    role: str
    name: str | None
    phone: str | None
    email: str | None
    since: datetime


@dataclass(frozen=True, slots=True)
class Status:
    """Where each matter stands (a sentence each), the next date, and the contact person."""

    stages: Sequence[str]
    next_date: NextDate | None
    contact: ContactPerson | None


def status_of(entries: Sequence[Entry], *, now: datetime, held_back: frozenset[str] = frozenset()) -> Status:
    """The status that these entries, newest first, amount to at `now`; `held_back` are matters with more to come."""
    standing = [entry for entry in entries if entry.holds and not _followed(entry)]
    return Status(_stages(standing, held_back), _next_date(standing, now.astimezone(LONDON).date()), _contact(standing))


def _followed(entry: Entry) -> bool:
    """Is it no longer where the accused is, or is to be? What came after may not be hers to see."""
    return right_type(entry) in CUSTODY and not entry.stands


def _stages(standing: Sequence[Entry], held_back: frozenset[str]) -> list[str]:
    newest = dict.fromkeys(sorted(held_back), BEING_CHECKED)
    for entry in sorted(standing, key=lambda entry: entry.place, reverse=True):
        stage = _stage_in(entry) if (entry.root_id or "") not in newest else None
        if stage is not None:
            newest[entry.root_id or ""] = stage
    if len(newest) == 1:
        return list(newest.values())
    began = {entry.root_id or "": entry for entry in standing if right_type(entry) in BEGINNINGS}
    return [_stage_of(began.get(root_id), stage) for root_id, stage in newest.items()]


def _stage_in(entry: Entry) -> str | None:
    kind = right_type(entry)
    return BY_SCOPE.get((kind, right_data(entry).text("scope") or ""), STAGES.get(kind))


def _stage_of(began: Entry | None, stage: str) -> str:
    """The stage of one matter of several, told apart by its day: the page names no offence here."""
    return stage if began is None else f"{name_of(began)}: {stage[0].lower()}{stage[1:]}"


def name_of(began: Entry) -> str:
    """A matter by the entry that it began with, such as "The crime recorded on 4 June 2026"."""
    return f"{BEGINNINGS[right_type(began)]} {spoken_day(london_day(began.place.happened_at))}"


def _next_date(standing: Sequence[Entry], today: date) -> NextDate | None:
    latest: dict[str, Entry] = {}
    for entry in standing:
        if entry.fact.thread is not None:
            known = latest.get(entry.fact.thread)
            if known is None or known.place < entry.place:
                latest[entry.fact.thread] = entry
    dates = [found for entry in latest.values() if (found := _date_in(entry)) is not None and found.until >= today]
    return min(dates, key=lambda found: found.on, default=None)


def _date_in(entry: Entry) -> NextDate | None:
    said, kind = right_data(entry), right_type(entry).split(".")[1]
    listing = said.part("listing")
    if kind.startswith("trial-date"):
        return _listed("the trial", listing)
    if kind.startswith("hearing"):
        return _listed("a hearing at court", listing)
    if kind == "release-planned":
        return _release(said)
    return None


def _release(said: Content) -> NextDate | None:
    when, until = planned_for(said), last_planned(said)
    if when is None or until is None:
        return None
    first = until.replace(day=1) if said.part("planned").text("month") else until
    return NextDate("a planned release from prison", when, first, until)


def _listed(what: str, listing: Content) -> NextDate | None:
    days, when, until = listing.parts("days"), held(listing), last_day(listing)
    if when is None or until is None:
        return None
    return NextDate(what, when, day_of(days[0]) if days else until - WEEK, until)


def newest_contact(entries: Iterable[Entry]) -> Entry | None:
    """The entry that says who answers to her now."""
    assigned = [entry for entry in entries if entry.fact.type == CONTACT and entry.holds]
    return max(assigned, key=lambda entry: entry.fact.position, default=None)


def _contact(standing: Sequence[Entry]) -> ContactPerson | None:
    newest = newest_contact(standing)
    if newest is None:
        return None
    said = newest.said
    role = word(ContactRole, said.text("role")) or "officer"
    return ContactPerson(
        role, said.text("officer_name"), said.text("phone"), said.text("email"), newest.fact.occurred_at
    )
