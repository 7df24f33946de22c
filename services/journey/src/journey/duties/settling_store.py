"""Duties that end: by telling, by what was done or not wanted, by a contact that names them."""

from collections.abc import Sequence
from datetime import datetime

from asyncpg import Record
from chassis.database import Connection
from contracts.duties import DUTIES
from contracts.ids import CaseId, DutyKey, VictimId

from journey.duties.duty import ClosedDuty, DutyState

RETURNED = "d.duty_key::text, d.victim_id::text, d.case_id::text, d.state, d.met_by, d.closed_at"
SETTLE_TOLD = f"""
UPDATE duty d SET state = 'met', closed_at = least(t.seen_at, t.contacted_at),
       met_by = CASE WHEN t.seen_at <= coalesce(t.contacted_at, t.seen_at) THEN 'seen' ELSE 'contact' END
FROM telling t
WHERE {{these}} AND d.state = 'open' AND d.by_telling
  AND t.news_id = d.news_id AND coalesce(t.seen_at, t.contacted_at) IS NOT NULL
RETURNING {RETURNED}
"""
SETTLE_DONE = f"""
UPDATE duty d SET state = r.state, closed_at = f.recorded_at, met_by = 'event'
FROM unnest($2::text[], $3::text[], $4::text[]) AS r(duty_id, type, state), fact f
LEFT JOIN case_root done ON done.case_id = f.case_id
WHERE {{these}} AND d.state = 'open' AND d.duty_id = r.duty_id
  AND f.victim_id = d.victim_id AND f.type = r.type
  AND coalesce(done.root_id, f.case_id)
    = coalesce((SELECT root_id FROM case_root c WHERE c.case_id = d.case_id), d.case_id)
  AND coalesce(convert_from(f.body, 'UTF8')::jsonb #>> '{{{{data,declined_by}}}}', 'victim') = 'victim'
  AND NOT EXISTS (SELECT 1 FROM fact c WHERE c.original_source = f.source AND c.original_id = f.id)
RETURNING {RETURNED}
"""
SETTLE_NAMED = f"""
UPDATE duty d SET state = 'met', closed_at = $3, met_by = 'contact'
WHERE d.duty_key = ANY($1::uuid[]) AND d.victim_id = $2 AND d.state = 'open'
RETURNING {RETURNED}
"""

ENDINGS = [(duty.id, name, DutyState.MET) for duty in DUTIES.values() for name in duty.met_by] + [
    (duty.id, name, DutyState.EXEMPT) for duty in DUTIES.values() for name in duty.exempted_by
]


async def settle_of_victims(connection: Connection, victims: Sequence[VictimId]) -> list[ClosedDuty]:
    """Close what these victims were told, and what was done for them or not wanted by them."""
    return await _settle(connection, "d.victim_id = ANY($1::uuid[])", victims)


async def settle_these(connection: Connection, keys: Sequence[DutyKey]) -> list[ClosedDuty]:
    """The same, of these duties alone."""
    return await _settle(connection, "d.duty_key = ANY($1::uuid[])", keys)


async def settle_named(
    connection: Connection, keys: Sequence[DutyKey], *, victim_id: VictimId, at: datetime
) -> list[ClosedDuty]:
    """Close the duties that an officer's contact named."""
    return [closed_from(row) for row in await connection.fetch(SETTLE_NAMED, list(keys), victim_id, at)]


def closed_from(row: Record) -> ClosedDuty:
    """A duty as `RETURNED` has it."""
    return ClosedDuty(
        key=DutyKey(row["duty_key"]),
        victim_id=VictimId(row["victim_id"]),
        case_id=CaseId(row["case_id"]) if row["case_id"] else None,
        state=DutyState(row["state"]),
        met_by=row["met_by"],
        at=row["closed_at"],
    )


async def _settle(connection: Connection, these: str, wanted: Sequence[str]) -> list[ClosedDuty]:
    if not wanted:
        return []
    told = await connection.fetch(SETTLE_TOLD.format(these=these), list(wanted))
    endings = map(list, zip(*ENDINGS, strict=True))
    done = await connection.fetch(SETTLE_DONE.format(these=these), list(wanted), *endings)
    return [closed_from(row) for row in (*told, *done)]
