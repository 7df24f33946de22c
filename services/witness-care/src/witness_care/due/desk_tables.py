"""Writes the desk's read model: each event the desk knows becomes one statement, safe to repeat."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import datetime
from typing import cast

from chassis.consumer.events import ConsumedEvent
from chassis.database import Connection
from chassis.errors import PermanentFailure
from contracts.corrections import EventCorrected, EventRetracted
from contracts.journey import DutyMet, DutyOpened, NewsArrived, NewsWithdrawn
from contracts.notifications import ContactPromiseAgreed, NewsSeen, OfficerContactDue
from contracts.witness_care import ContactMade

from witness_care.due.not_shown import NOT_SHOWN

Write = Callable[[Connection, ConsumedEvent, str], Awaitable[object]]


async def _identified(connection: Connection, event: ConsumedEvent, victim: str) -> object:
    return await connection.execute(
        """INSERT INTO victim (victim_id, identified) VALUES ($1, $2)
        ON CONFLICT (victim_id) DO UPDATE SET identified = excluded.identified""",
        victim,
        event.body,
    )


async def _corrected(connection: Connection, event: ConsumedEvent, victim: str) -> object:
    data = cast(EventCorrected, event.data())
    return await _identified(connection, event, victim) if data.replacement.type in NAMING else None


async def _retracted(connection: Connection, event: ConsumedEvent, victim: str) -> object:
    data = cast(EventRetracted, event.data())
    return await connection.execute(
        """UPDATE victim SET identified = NULL
        WHERE victim_id = $1 AND coalesce(convert_from(identified, 'UTF8')::jsonb #>> '{data,original_id}',
                                          convert_from(identified, 'UTF8')::jsonb ->> 'id') = $2""",
        victim,
        data.original_id,
    )


async def _news(connection: Connection, event: ConsumedEvent, victim: str) -> object:
    """The same news comes again when it may reach her at last: a doubt was cleared, or its accused found to be hers."""
    data = cast(NewsArrived, event.data())
    await _known(connection, victim)
    return await connection.execute(
        """INSERT INTO news (victim_id, news_id, event_type, occurred_at, corrects, retracts, reach)
        VALUES ($1, $2, $3, $4, $5, $6, $7)
        ON CONFLICT (victim_id, news_id) DO UPDATE SET reach = excluded.reach WHERE excluded.reach = 'victim'""",
        victim,
        data.news_id,
        data.event_type,
        data.occurred_at,
        data.corrects_news,
        data.retracts,
        data.reach,
    )


async def _news_withdrawn(connection: Connection, event: ConsumedEvent, victim: str) -> object:
    data = cast(NewsWithdrawn, event.data())
    await connection.execute(
        "UPDATE news SET withdrawn = true WHERE victim_id = $1 AND news_id = $2", victim, data.news_id
    )
    return await _settled(connection, victim, [data.news_id])


async def _duty_opened(connection: Connection, event: ConsumedEvent, victim: str) -> object:
    data = cast(DutyOpened, event.data())
    await _known(connection, victim)
    return await connection.execute(
        """INSERT INTO duty (duty_key, victim_id, duty_id, news_id, case_id, due_at) VALUES ($1, $2, $3, $4, $5, $6)
        ON CONFLICT DO NOTHING""",
        data.duty_key,
        victim,
        data.duty_id,
        data.news_id,
        data.case_id,
        data.due_at,
    )


async def _duty_met(connection: Connection, event: ConsumedEvent, victim: str) -> object:  # noqa: ARG001
    data = cast(DutyMet, event.data())
    return await connection.execute(
        "UPDATE duty SET met_at = $2, met_by = $3 WHERE duty_key = $1", data.duty_key, data.at, data.met_by
    )


async def _contact_due(connection: Connection, event: ConsumedEvent, victim: str) -> object:
    data = cast(OfficerContactDue, event.data())
    await _known(connection, victim)
    return await connection.execute(
        """INSERT INTO officer_contact (contact_id, victim_id, reason, news_ids, duty_keys, due_by, met_at)
        SELECT $1, $2, $3, $4::text[], $5::text[], $6,
               CASE WHEN cardinality($4::text[]) > 0 AND NOT EXISTS (
                   SELECT FROM unnest($4::text[]) AS wanted(news_id)
                   WHERE NOT EXISTS (SELECT FROM settled s WHERE s.victim_id = $2 AND s.news_id = wanted.news_id)
               ) THEN business_now() END
        ON CONFLICT DO NOTHING""",
        data.contact_id,
        victim,
        data.reason,
        list(data.news_ids),
        list(data.duty_keys),
        data.due_by,
    )


async def _news_seen(connection: Connection, event: ConsumedEvent, victim: str) -> object:
    data = cast(NewsSeen, event.data())
    return await _settled(connection, victim, [data.news_id])


async def _promise_agreed(connection: Connection, event: ConsumedEvent, victim: str) -> object:
    data = cast(ContactPromiseAgreed, event.data())
    return await connection.execute(
        """INSERT INTO promise (victim_id, version, agreed) VALUES ($1, $2, $3::text::jsonb)
        ON CONFLICT (victim_id) DO UPDATE SET version = excluded.version, agreed = excluded.agreed
        WHERE promise.version < excluded.version""",
        victim,
        data.version,
        data.model_dump_json(),
    )


async def assign_contact(connection: Connection, *, victim: str, officer: str, since: datetime, body: bytes) -> None:
    """From now on this officer answers to the victim; `body` is the event that says so, as recorded."""
    await connection.execute(
        """INSERT INTO victim (victim_id, contact_officer, contact_since, assigned) VALUES ($1, $2, $3, $4)
        ON CONFLICT (victim_id) DO UPDATE
        SET contact_officer = excluded.contact_officer, contact_since = excluded.contact_since,
            assigned = excluded.assigned""",
        victim,
        officer,
        since,
        body,
    )


async def note_contact(connection: Connection, *, victim: str, made: ContactMade) -> None:
    """An officer told the victim this: what waited for it is no longer due."""
    await _settled(connection, victim, made.news_ids)
    # Journey will say so too; until then the officer would see as due what they have just done.
    await connection.execute(
        "UPDATE duty SET met_at = $3 WHERE victim_id = $1 AND duty_key = ANY($2) AND met_at IS NULL",
        victim,
        list(made.duty_keys),
        made.made_at,
    )
    await connection.execute(
        """UPDATE officer_contact SET met_at = $3
        WHERE victim_id = $1 AND met_at IS NULL AND cardinality(news_ids) = 0 AND duty_keys <@ $2::text[]""",
        victim,
        list(made.duty_keys),
        made.made_at,
    )


async def _known(connection: Connection, victim: str) -> object:
    return await connection.execute("INSERT INTO victim (victim_id) VALUES ($1) ON CONFLICT DO NOTHING", victim)


async def _settled(connection: Connection, victim: str, news_ids: Sequence[str]) -> object:
    """Told, or not theirs to be told: a contact is no longer due when all the news it was about is settled."""
    await connection.execute(
        """INSERT INTO settled (victim_id, news_id, at)
        SELECT $1, unnest($2::text[]), business_now() ON CONFLICT DO NOTHING""",
        victim,
        list(news_ids),
    )
    return await connection.execute(
        """UPDATE officer_contact SET met_at = business_now()
        WHERE victim_id = $1 AND met_at IS NULL AND cardinality(news_ids) > 0
          AND NOT EXISTS (SELECT FROM unnest(news_ids) AS wanted(news_id)
                          WHERE NOT EXISTS (SELECT FROM settled
                                            WHERE settled.victim_id = $1 AND settled.news_id = wanted.news_id))""",
        victim,
    )


NAMING = frozenset({"police.victim-identified.v1", "intake.report-received.v1"})
"""The types whose data names a victim."""

AMENDMENTS: Mapping[str, Write] = {
    "police.event-corrected.v1": _corrected,
    "police.event-retracted.v1": _retracted,
    "intake.event-corrected.v1": _corrected,
    "intake.event-retracted.v1": _retracted,
}
"""What puts something right; where it names no victim, it is about a case and nobody's name changes."""

WRITES: Mapping[str, Write] = {
    **dict.fromkeys(NAMING, _identified),
    "journey.news-arrived.v1": _news,
    "journey.news-withdrawn.v1": _news_withdrawn,
    "journey.duty-opened.v1": _duty_opened,
    "journey.duty-met.v1": _duty_met,
    "notifications.officer-contact-due.v1": _contact_due,
    "notifications.news-seen.v1": _news_seen,
    "notifications.contact-promise-agreed.v1": _promise_agreed,
    **AMENDMENTS,
}

KNOWN = frozenset(WRITES) | frozenset(NOT_SHOWN)
"""Every other type is parked by the consumer, never skipped."""


class DeskWriter:
    """Applies a batch of events to the desk."""

    async def apply(self, connection: Connection, events: Sequence[ConsumedEvent]) -> None:
        """Write each event that the desk shows. Raises PermanentFailure when such an event names no victim."""
        for event in events:
            kind, victim = event.header.type, event.header.victimid
            if kind in NOT_SHOWN or (kind in AMENDMENTS and victim is None):
                continue
            if victim is None:
                raise PermanentFailure(f"{kind} names no victim, so no officer's desk can show it")
            await WRITES[kind](connection, event, victim)
