"""Invented facts for journey's tests: consumed events as the chassis hands them over, and a projection to feed."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid5

import msgspec
from chassis.clock import SystemClock
from chassis.consumer.events import Arrival, ConsumedEvent, read
from chassis.database import Pool, open_pool
from chassis.key_ring import KeyRing
from chassis.vault.memory import MemoryVault
from contracts.catalogue import EVENT_TYPES
from contracts.ids import CaseId, VictimId
from journey.facts.concern import Accused
from journey.facts.fact import EventKey, Fact, Origin, news_id_of
from journey.main import projections
from journey.projection.consumer import subscriptions
from journey.projection.published_events import JourneyLog
from msgspec.structs import replace

from contracts import topics

NAMES = UUID("7b5a2f8e-0000-5000-8000-000000000000")
MONDAY = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)
REFERENCES = [{"scheme": "crime-reference", "issuer": "99", "value": "99AB/1/26"}]
PROSECUTION = [{"scheme": "urn", "issuer": "99", "value": "99AB0000126"}]
BY_OFFICER = {"kind": "officer", "subject": "officer-1"}


def an_id(name: str) -> str:
    """The same UUID for the same name."""
    return str(uuid5(NAMES, name))


AMIRA, BORIS = an_id("Amira"), an_id("Boris")
CASE, OTHER_CASE = an_id("case"), an_id("other case")


@dataclass
class Journey:
    """One journey database with its projections; events are applied as the consumer would, a transaction a batch."""

    pool: Pool
    vault: MemoryVault = field(default_factory=lambda: MemoryVault(clock=SystemClock()))
    position: dict[str, int] = field(default_factory=dict)

    async def apply(self, *events: ConsumedEvent) -> None:
        """Apply events of one topic as one batch."""
        intake, reports = projections(JourneyLog(KeyRing.alone(b"k" * 32), 1))
        table = {s.topic: s.handler for s in subscriptions(intake=intake, reports=reports, log_urls=_NOWHERE)}
        async with self.pool.acquire() as connection, connection.transaction():
            await table[events[0].topic].apply(connection, events)

    async def intake(self, *events: ConsumedEvent) -> None:
        """Apply intake events, each in a batch of its own."""
        for event in events:
            await self.apply(event)

    def event(self, kind: str, data: dict[str, Any], **more: Any) -> ConsumedEvent:
        """A consumed event of `kind` ("police.crime-reported"), recorded an hour after it happened."""
        topic = _topic(kind)
        position = self.position[topic] = self.position.get(topic, 0) + 1
        return consumed(kind, data, topic=topic, position=position, **more)

    async def rows(self, query: str, *args: object) -> list[dict[str, Any]]:
        """What a query finds."""
        async with self.pool.acquire() as connection:
            return [dict(row) for row in await connection.fetch(query, *args)]

    async def published(self, kind: str) -> list[dict[str, Any]]:
        """The data of what journey published of this kind, in order, with the victim it is about."""
        rows = await self.rows("SELECT body FROM log WHERE type = $1 ORDER BY position", f"journey.{kind}.v1")
        events = [msgspec.json.decode(row["body"]) for row in rows]
        return [{**event["data"], "victim": event["victimid"]} for event in events]


@asynccontextmanager
async def a_journey(dsn: str) -> AsyncIterator[Journey]:
    """A journey on a migrated database."""
    async with open_pool(dsn, size=4) as pool:
        yield Journey(pool)


def a_fact(position: int = 1, **changes: object) -> Fact:
    """A fact of intake as the projection has it, about no victim in particular."""
    fact = Fact(
        origin=Origin.INTAKE,
        position=position,
        key=EventKey("urn:test", str(position)),
        type="court.verdict-reached.v1",
        case_id=CaseId("c"),
        victim_id=None,
        accused=Accused(),
        thread=None,
        original=None,
        occurred_at=MONDAY,
        recorded_at=MONDAY,
        backfill=False,
        doubt=None,
        body=b"",
    )
    return replace(fact, **changes)


def consumed(
    kind: str,
    data: dict[str, Any],
    *,
    topic: str,
    position: int,
    case: str | None = CASE,
    victim: str | None = None,
    at: datetime = MONDAY,
    recorded: datetime | None = None,
    backfill: bool = False,
    doubt: str | None = None,
    crimes: str | None = None,
    event_id: str | None = None,
    source: str | None = None,
) -> ConsumedEvent:
    """One consumed event."""
    envelope = {
        "specversion": "1.0",
        "id": event_id or f"{kind}-{position}",
        "source": source or f"urn:test:{kind.split('.')[0]}",
        "type": f"{kind}.v1",
        "time": at.isoformat(),
        "datacontenttype": "application/json",
        "caseid": case,
        "victimid": victim,
        "backfill": backfill,
        "doubt": doubt,
        "crimeids": crimes,
        "data": data,
    }
    body = msgspec.json.encode({name: value for name, value in envelope.items() if value is not None})
    at_record = recorded or at + timedelta(hours=1)
    return read(Arrival(topic, 0, position, position, case or victim or "", at_record, None, body), known=EVENT_TYPES)


def linked(journey: Journey, victim: str, *, case: str = CASE, link: str | None = None, **more: Any) -> ConsumedEvent:
    """`victim` is linked to `case`; `defendant` and `offences` where known."""
    data = {
        "link_id": an_id(link or f"link {victim} {case}"),
        "victim_id": victim,
        "case_id": case,
        "why": "the police named them",
        "by": BY_OFFICER,
        "offence_ids": list(more.pop("offences", ())),
    }
    if defendant := more.pop("defendant", None):
        data["defendant_id"] = defendant
    return journey.event("intake.victim-linked", data, case=case, victim=victim, **more)


def revoked(journey: Journey, victim: str, *, case: str = CASE, link: str | None = None) -> ConsumedEvent:
    """The link of `victim` to `case` was wrong."""
    data = {
        "link_id": an_id(link or f"link {victim} {case}"),
        "victim_id": victim,
        "case_id": case,
        "why": "two people of one name",
        "by": BY_OFFICER,
    }
    return journey.event("intake.link-revoked", data, case=case, victim=victim)


def merged(journey: Journey, from_case: str, into_case: str) -> ConsumedEvent:
    """Two cases are one matter."""
    data = {"from_case": from_case, "into_case": into_case, "why": "one crime", "by": BY_OFFICER}
    return journey.event("intake.case-merged", data, case=from_case)


def persons_joined(journey: Journey, victim: str, into: str) -> ConsumedEvent:
    """An officer found these two to be one person."""
    return journey.event("intake.persons-joined", _as_one(victim, into), victim=into)


def persons_parted(journey: Journey, victim: str, into: str) -> ConsumedEvent:
    """They are two after all."""
    return journey.event("intake.persons-parted", _as_one(victim, into), victim=into)


def _as_one(victim: str, into: str) -> dict[str, Any]:
    ids = {"join_id": an_id(f"join {victim} {into}"), "victim_id": victim, "into_victim_id": into}
    return ids | {"why": "one number each at two services", "by": BY_OFFICER}


def crime_reported(journey: Journey, **more: Any) -> ConsumedEvent:
    """The police recorded a burglary."""
    data = {"references": REFERENCES, "offence": "Burglary of a flat", "channel": "online"}
    return journey.event("police.crime-reported", data, **more)


def victim_identified(
    journey: Journey, victim: str, *, name: str, warning: str | None = None, **more: Any
) -> ConsumedEvent:
    """The police noted `victim` by this name, and perhaps what makes contact unsafe."""
    data: dict[str, Any] = {"references": REFERENCES, "victim": {"issuer": "99", "number": victim}, "name": name}
    data |= {"safe_contact_warning": warning} if warning else {}
    return journey.event("police.victim-identified", data, victim=victim, **more)


def trial(journey: Journey, what: str, *, hearing: str = "h-1", day: str = "2027-02-01", **more: Any) -> ConsumedEvent:
    """`what` is "set", "changed" or "vacated"."""
    data: dict[str, Any] = {"references": PROSECUTION, "hearing_id": hearing, "hearing_type": "Trial"}
    data["defendant_ids"] = list(more.pop("defendants", ()))
    listing = {"precision": "fixed", "days": [{"starts_at": f"{day}T10:00:00Z"}]}
    if what != "vacated":
        data |= {"court": {"code": "B01LY", "name": "Riverside Crown Court"}, "listing": listing}
    if what != "set":
        earlier = {"precision": "fixed", "days": [{"starts_at": "2027-01-11T10:00:00Z"}]}
        data |= {"previous": earlier, "reason": {"kind": "given", "text": "a witness was ill"}}
    return journey.event(f"court.trial-date-{what}", data, **more)


def verdict(journey: Journey, *, defendant: str = "d-1", offences: Sequence[str] = (), **more: Any) -> ConsumedEvent:
    """A verdict of guilty."""
    data = {
        "references": PROSECUTION,
        "defendant_id": defendant,
        "offence_ids": list(offences),
        "hearing_id": "h-1",
        "verdict": "guilty",
    }
    return journey.event("court.verdict-reached", data, **more)


def investigation_stopped(journey: Journey, **more: Any) -> ConsumedEvent:
    """The police take no further action."""
    data = {"references": REFERENCES, "outcome_code": "18", "reason": "No lead.", "review_eligible": True}
    return journey.event("police.no-further-action-decided", data, **more)


def told_in_person(journey: Journey, victim: str, event: ConsumedEvent) -> ConsumedEvent:
    """An officer told `victim` of `event`."""
    news_id = news_id_of(EventKey(event.header.source, event.header.id), VictimId(victim))
    said = {
        "contact_id": an_id(f"contact {victim} {event.header.id}"),
        "made_by": "officer-7",
        "how": "in-person",
        "made_at": event.header.time.isoformat(),
        "news_ids": [news_id],
    }
    return journey.event("witness-care.contact-made", said, case=None, victim=victim)


def corrected(journey: Journey, original: ConsumedEvent, data: dict[str, Any], **more: Any) -> ConsumedEvent:
    """The publisher of `original` puts it right with `data`."""
    said = {
        "original_id": original.header.id,
        "corrects_state": "0" * 64,
        "reason": "It was keyed in wrongly.",
        "replacement": {"type": original.header.type, "data": data},
    }
    return journey.event(f"{original.header.type.split('.')[0]}.event-corrected", said, **more)


def retracted(journey: Journey, original: ConsumedEvent, **more: Any) -> ConsumedEvent:
    """The publisher of `original` takes it back."""
    said = {"original_id": original.header.id, "corrects_state": "0" * 64, "reason": "It did not happen."}
    return journey.event(f"{original.header.type.split('.')[0]}.event-retracted", said, **more)


def data_of(event: ConsumedEvent) -> dict[str, Any]:
    """The event's data as JSON."""
    data: dict[str, Any] = msgspec.json.decode(event.body)["data"]
    return data


def with_body(event: ConsumedEvent, body: bytes) -> ConsumedEvent:
    """The same record with another body, such as one whose personal fields are sealed."""
    arrival = Arrival(
        event.topic, event.partition, event.pseq, event.position, event.key, event.recorded_at, event.traceparent, body
    )
    sealed = read(arrival, known=EVENT_TYPES)
    case = msgspec.json.encode({**msgspec.json.decode(body), "caseid": event.header.caseid})
    return sealed if sealed.header.caseid else with_body(event, case)


def _topic(kind: str) -> str:
    publisher = kind.split(".")[0]
    named = {"notifications": topics.NOTIFICATIONS, "witness-care": topics.WITNESS_CARE}
    return named.get(publisher, topics.INTAKE).name


_NOWHERE = dict.fromkeys((topics.INTAKE.name, topics.NOTIFICATIONS.name, topics.WITNESS_CARE.name), "http://nowhere")
