"""From a consumed event to a fact: the envelope for most, a look into the data only where it says whom it concerns."""

from datetime import datetime
from typing import Final

import msgspec
from chassis.consumer.events import Arrival, ConsumedEvent, read
from contracts.catalogue import EVENT_TYPES
from contracts.corrections import Amendment, EventCorrected
from contracts.facts import CaseFact
from contracts.ids import CaseId, EventId, VictimId
from contracts.shape import Shape
from contracts.threads import THREADS, thread_of
from contracts.topics import INTAKE
from msgspec.structs import replace

from contracts import intake
from journey.errors import UnreadableFact
from journey.facts.concern import Accused
from journey.facts.fact import EventKey, Fact, Origin
from journey.facts.news import TOLD_TO_SOMEBODY
from journey.facts.persons import Join, Parting
from journey.facts.said import NOTHING_SAID, Said
from journey.facts.ties import Clearance, IdentityChange, Link, Merge, MergeUndone, Revocation
from journey.facts.warning import NamingData
from journey.projection.intake_facts import IntakeFact
from journey.projection.said_of import said_of

NOBODY_ACCUSED = Accused()


VICTIM_IDENTIFIED: Final = "police.victim-identified.v1"
"""The most frequent fact about a victim; two members of its data are peeked at."""

_peeked = msgspec.json.Decoder(NamingData)
CHANGES: Final = (
    intake.VictimLinked,
    intake.LinkRevoked,
    intake.CaseMerged,
    intake.MergeUndone,
    intake.DoubtCleared,
    intake.PersonsJoined,
)


def _says_more(name: str, model: type[Shape]) -> bool:
    if issubclass(model, (Amendment, *CHANGES)):
        return True
    return issubclass(model, CaseFact) and (name in TOLD_TO_SOMEBODY or name in THREADS)


def fact_from(event: ConsumedEvent, origin: Origin, *, data: Shape | None = None) -> Fact:
    """The fact in `event`; `data` is its payload where that was looked into."""
    header = event.header
    return Fact(
        origin=origin,
        position=event.position,
        key=EventKey(header.source, header.id),
        type=header.type,
        case_id=CaseId(header.caseid) if header.caseid else None,
        victim_id=VictimId(header.victimid) if header.victimid else None,
        accused=NOBODY_ACCUSED if data is None else _accused(data),
        thread=None if data is None else thread_of(header.type, data),
        original=_original(data, header.source) if isinstance(data, Amendment) else None,
        occurred_at=header.time,
        recorded_at=event.recorded_at,
        backfill=header.backfill,
        doubt=header.doubt,
        body=event.body,
        traceparent=event.traceparent,
        said=NOTHING_SAID if data is None else said_of(event, data),
    )


def intake_fact_from(event: ConsumedEvent) -> IntakeFact:
    """The intake fact in `event`, and what it changes for us."""
    if event.header.type == VICTIM_IDENTIFIED:
        return _naming(event)
    if event.header.type not in LOOKED_INTO:
        return IntakeFact(fact_from(event, Origin.INTAKE))
    data = event.data()
    if not isinstance(data, Shape):
        raise UnreadableFact(f"data of {event.header.type} is none of ours")
    return IntakeFact(fact_from(event, Origin.INTAKE, data=data), change=_change(data, event))


def fact_again(position: int, recorded_at: datetime, body: bytes) -> Fact:
    """An intake fact that was stored before, as it is read now."""
    arrival = Arrival(INTAKE.name, 0, position, position, "", recorded_at, None, body)
    return intake_fact_from(read(arrival, known=EVENT_TYPES)).fact


def _naming(event: ConsumedEvent) -> IntakeFact:
    try:
        said = _peeked.decode(event.header.data)
    except msgspec.MsgspecError as error:
        raise UnreadableFact(f"data of {VICTIM_IDENTIFIED} cannot be read ({type(error).__name__})") from error
    fact = fact_from(event, Origin.INTAKE)
    if said.enhanced_categories:
        fact = replace(fact, said=Said(categories=tuple(said.enhanced_categories)))
    return IntakeFact(fact, warning=said.warning)


def _accused(data: Shape) -> Accused:
    if isinstance(data, EventCorrected):
        return _accused(data.replacement.data)
    if not isinstance(data, CaseFact):
        return NOBODY_ACCUSED
    return Accused(frozenset(data.concerned_defendants), frozenset(data.concerned_offences))


def _original(data: Amendment, source: str) -> EventKey:
    return EventKey(data.original_source or source, data.original_id)


def _change(data: Shape, event: ConsumedEvent) -> IdentityChange | None:
    at, position = event.recorded_at, event.position
    match data:
        case intake.VictimLinked():
            defendants = frozenset() if data.defendant_id is None else frozenset({data.defendant_id})
            accused = Accused(frozenset[str](defendants), frozenset[str](data.offence_ids))
            return Link(data.link_id, data.victim_id, data.case_id, accused, at, position)
        case intake.LinkRevoked():
            return Revocation(data.link_id, data.case_id, at)
        case intake.CaseMerged():
            event_id = EventId(event.header.id)
            return Merge(event_id, data.from_case, data.into_case, at, position, same_crime=data.same_crime)
        case intake.MergeUndone():
            return MergeUndone(data.merged_event_id, data.from_case, data.into_case, at)
        case intake.PersonsParted():
            return Parting(data.join_id, data.victim_id, data.into_victim_id, at)
        case intake.PersonsJoined():
            return Join(data.join_id, data.victim_id, data.into_victim_id, at, position)
        case intake.DoubtCleared():
            return Clearance(EventKey(data.event_source, data.event_id), at, position)
        case _:
            return None


LOOKED_INTO: Final = frozenset(name for name, kind in EVENT_TYPES.items() if _says_more(name, kind.model))
"""The types whose data is parsed while projecting; all others are stored unread."""
