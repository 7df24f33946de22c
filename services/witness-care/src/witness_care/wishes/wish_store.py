"""The tables of what victims asked for: wishes, and every fact that bears on one."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Final, cast

from chassis.consumer.events import ConsumedEvent
from chassis.database import Connection
from chassis.working_days import england_and_wales
from contracts.corrections import Amendment, EventCorrected
from contracts.intake import ReportReceived
from contracts.shape import Shape
from contracts.witness_care import WishKind

from witness_care.wishes.wish import WORKING_DAYS, Wish, spelt, wished
from witness_care.wishes.wish_facts import bearing_of

_OF_REPORTS: Final = frozenset({"intake.event-corrected.v1", "intake.event-retracted.v1"})


async def open_wishes(connection: Connection, victim_ids: Sequence[str]) -> Mapping[str, tuple[Wish, ...]]:
    """What each of these victims asked for and nobody has acted on, soonest first."""
    rows = await connection.fetch(
        """SELECT victim_id, report_id, kind, reference, asked_at, due_at FROM open_wish
        WHERE victim_id = ANY($1) ORDER BY due_at, report_id, kind""",
        list(victim_ids),
    )
    found: dict[str, tuple[Wish, ...]] = defaultdict(tuple)
    for row in rows:
        found[row["victim_id"]] += (Wish(**{**row, "kind": WishKind(row["kind"])}),)
    return found


async def wish_is_open(connection: Connection, victim_id: str, *, report_id: str, kind: WishKind) -> bool:
    """Does the victim still wait for this?"""
    asked = "SELECT EXISTS (SELECT FROM open_wish WHERE victim_id = $1 AND report_id = $2 AND kind = $3)"
    return bool(await connection.fetchval(asked, victim_id, report_id, kind))


async def heard(connection: Connection, event: ConsumedEvent, victim: str | None) -> None:
    """A report asks for something, or a fact bears on what was asked for; one in doubt ends nothing."""
    data = cast(Shape, event.data())
    if isinstance(data, ReportReceived) and victim is not None:
        await _ask(connection, data, report_id=event.header.id, victim=victim, asked_at=event.recorded_at)
    elif not event.header.doubt:
        await keep_fact(connection, data, event.header.source, event.header.id, victim=victim, at=event.recorded_at)


async def amended(connection: Connection, event: ConsumedEvent, victim: str | None) -> None:
    """What asked, or what bore on it, was put right or taken back: who still waits is due anew."""
    data = cast(Amendment, event.data())
    source, original = data.original_source or event.header.source, data.original_id
    replacement = data.replacement.data if isinstance(data, EventCorrected) else None
    if event.header.type in _OF_REPORTS:
        await _ask_again(connection, replacement, original, victim=victim, at=event.recorded_at)
        return
    gone = await connection.fetch(
        "DELETE FROM wish_fact WHERE source = $1 AND event_id = $2 RETURNING kind, victim_id, reference",
        source,
        original,
    )
    for row in gone:
        await _due_anew(connection, row["kind"], row["victim_id"], row["reference"], at=event.recorded_at)
    if replacement is not None:
        await keep_fact(connection, replacement, source, original, victim=victim, at=event.recorded_at)


async def keep_fact(
    connection: Connection, data: Shape, source: str, event_id: str, *, victim: str | None, at: datetime
) -> None:
    """Keep how this fact bears on wishes, where it does."""
    bearing = bearing_of(data)
    if bearing is None:
        return
    await connection.execute(
        """INSERT INTO wish_fact (source, event_id, kind, ends, victim_id, reference, referral_id, report_id)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT DO NOTHING""",
        source,
        event_id,
        bearing.kind,
        bearing.ends,
        victim,
        bearing.reference,
        bearing.referral_id,
        bearing.report_id,
    )
    if not bearing.ends:
        await _due_anew(connection, bearing.kind, victim, None, at=at)


async def _ask(
    connection: Connection, report: ReportReceived, *, report_id: str, victim: str, asked_at: datetime
) -> None:
    for kind, wanted in wished(report).items():
        if not wanted:
            await connection.execute("DELETE FROM wish WHERE report_id = $1 AND kind = $2", report_id, kind)
            continue
        await connection.execute(
            """INSERT INTO wish (report_id, kind, victim_id, reference, asked_at, due_at)
            VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT DO NOTHING""",
            report_id,
            kind,
            victim,
            spelt(report.report_reference),
            asked_at,
            _due(asked_at),
        )


async def _ask_again(
    connection: Connection, replacement: Shape | None, report_id: str, *, victim: str | None, at: datetime
) -> None:
    if isinstance(replacement, ReportReceived) and victim is not None:
        await _ask(connection, replacement, report_id=report_id, victim=victim, asked_at=at)
    elif replacement is None:
        await connection.execute("DELETE FROM wish WHERE report_id = $1", report_id)


async def _due_anew(
    connection: Connection, kind: str, victim: str | None, reference: str | None, *, at: datetime
) -> None:
    await connection.execute(
        """UPDATE wish SET due_at = greatest(due_at, $4)
        WHERE kind = $1 AND (victim_id = $2 OR reference = $3)""",
        kind,
        victim,
        reference,
        _due(at),
    )


def _due(since: datetime) -> datetime:
    return england_and_wales().end_of_work_after(since, working_days=WORKING_DAYS)
