"""Records of invented victims, built by hand, and their journeys by them."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from chassis.working_days import england_and_wales
from contracts.ids import CaseId, ContactId, DutyKey, EventId, NewsId, VictimId
from journey.duties.duty import OwedDuty
from journey.facts.concern import Accused
from journey.facts.fact import EventKey, Fact, news_id_of
from journey.facts.news import News
from journey.facts.persons import Join, person_of
from journey.facts.said import Said
from journey.facts.ties import Clearance, Link, Merge
from journey.projection.journey import Journey, journey_of
from journey.tellings.one_person import OnRecord, record_of
from journey.tellings.record import Record
from journey.tellings.telling import Contact, Tellings
from support.journey_facts import MONDAY, a_fact, an_id

AMIRA, BORIS = VictimId(an_id("Amira")), VictimId(an_id("Boris"))
FIRST, SECOND = CaseId(an_id("first case")), CaseId(an_id("second case"))
ONE, TWO = Accused(frozenset({"d-1"})), Accused(frozenset({"d-2"}))
CALENDAR = england_and_wales()
HOUR = timedelta(hours=1)


def at(position: int) -> datetime:
    """When what has this position was recorded."""
    return MONDAY + position * HOUR


def fact(position: int, kind: str, **changes: object) -> Fact:
    """A fact of `kind` ("court.verdict-reached") of the first case, recorded as it happened."""
    given: dict[str, object] = {
        "type": f"{kind}.v1",
        "case_id": FIRST,
        "occurred_at": at(position),
        "recorded_at": at(position),
    }
    return a_fact(position, **{**given, **changes})


def correction(position: int, wrong: Fact, **changes: object) -> Fact:
    """What puts `wrong` right; what is not given is as it was."""
    original = wrong
    kind = f"{original.type.split('.')[0]}.event-corrected"
    said = changes.pop("said", original.said)
    assert isinstance(said, Said)
    kept = {"accused": original.accused, "thread": original.thread, "victim_id": original.victim_id}
    says = Said(**{**{name: getattr(said, name) for name in said.__struct_fields__}, "says": original.type})
    given: dict[str, object] = {"case_id": original.case_id, "original": original.key, "said": says}
    return fact(position, kind, **{**given, **kept, **changes})


def retraction(position: int, original: Fact) -> Fact:
    """What takes `original` back."""
    kind = f"{original.type.split('.')[0]}.event-retracted"
    return fact(position, kind, case_id=original.case_id, original=original.key, victim_id=original.victim_id)


def a_link(
    position: int,
    victim: VictimId = AMIRA,
    *,
    case: CaseId = FIRST,
    accused: Accused | None = None,
    stands: bool = True,
) -> Link:
    """A link made at this position."""
    return Link(f"link-{position}", victim, case, accused or Accused(), at(position), position, stands=stands)


def a_merge(position: int, *, same_crime: bool = False, stands: bool = True) -> Merge:
    """The second case became the first."""
    ids = EventId(f"merge-{position}"), SECOND, FIRST, at(position), position
    return Merge(*ids, same_crime=same_crime, stands=stands)


def a_record(
    *facts: Fact,
    victim: VictimId = AMIRA,
    links: Sequence[Link] | None = None,
    merges: Sequence[Merge] = (),
    cleared: Sequence[Clearance] = (),
    seen: Mapping[Fact, datetime] | None = None,
    contacts: Sequence[Contact] = (),
) -> Record:
    """The record of one victim, who is linked to the first case unless said otherwise."""
    opened = {news_id_of(fact.key, victim): when for fact, when in (seen or {}).items()}
    return Record(
        victim_id=victim,
        cases=[FIRST, SECOND],
        facts=sorted(facts, key=lambda fact: fact.position),
        links=[a_link(0, victim)] if links is None else links,
        merges=merges,
        cleared={one.fact: one for one in cleared},
        tellings=Tellings(opened, contacts),
    )


def a_join(position: int, victim: VictimId = AMIRA, into: VictimId = BORIS, *, stands: bool = True) -> Join:
    """An officer found these two to be one person."""
    return Join(EventId(f"join-{position}"), victim, into, at(position), position, stands=stands)


def one_record(
    victim: VictimId,
    *facts: Fact,
    joins: Sequence[Join] = (),
    links: Sequence[Link],
    told: Mapping[VictimId, Tellings] | None = None,
) -> Record:
    """The record of the person whose id this is, by what is on record of every id of hers."""
    found = OnRecord(
        cases=[FIRST, SECOND],
        facts=sorted(facts, key=lambda fact: fact.position),
        links=links,
        merges=(),
        cleared={},
        tellings=told or {},
    )
    return record_of(person_of(victim, joins), found)


def journey_by(record: Record) -> Journey:
    """Her journey by this record."""
    return journey_of(record, calendar=CALENDAR)


def news_in(record: Record) -> dict[EventKey, News]:
    """Her news by the fact that it is."""
    return {news.fact.key: news for news in journey_by(record).news}


def owed_in(record: Record, duty_id: str) -> list[OwedDuty]:
    """The duties of one kind, in the order of their places."""
    return [duty for duty in journey_by(record).duties if duty.duty.id == duty_id]


def a_contact(
    made_at: datetime, *told: Fact, victim: VictimId = AMIRA, duties: Sequence[DutyKey] = (), name: str = "contact"
) -> Contact:
    """An officer told her of these."""
    news: tuple[NewsId, ...] = tuple(news_id_of(fact.key, victim) for fact in told)
    return Contact(ContactId(an_id(name)), victim, made_at, "phone", news, tuple(duties))
