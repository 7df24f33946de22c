"""The table `duty`: what is owed to whom by when, and what ended it."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from asyncpg import Record
from chassis.database import Connection
from contracts.duties import DUTIES
from contracts.ids import CaseId, DutyKey, VictimId

from journey.duties.duty import ClosedDuty, DutyState, OwedDuty
from journey.facts.news import News, Withdrawal

RETURNED = "d.duty_key::text, d.victim_id::text, d.case_id::text, d.state, d.met_by, d.closed_at"
STORED = (
    "duty_key",
    "duty_id",
    "victim_id",
    "case_id",
    "source",
    "event_id",
    "event_type",
    "news_id",
    "owner",
    "thread",
    "opened_at",
    "due_at",
    "reminder_at",
    "code_edition",
    "beyond_calendar",
    "by_telling",
    "state",
)
OWED_FOR_THE_CASE = """
SELECT g.duty_key::text
FROM unnest($1::uuid[], $2::text[], $3::uuid[], $4::uuid[], $5::text[])
  AS g(duty_key, duty_id, victim_id, case_id, thread)
JOIN duty d ON d.victim_id = g.victim_id AND d.duty_id = g.duty_id AND d.thread <> g.thread AND d.state <> 'superseded'
LEFT JOIN case_root old ON old.case_id = d.case_id
LEFT JOIN case_root new ON new.case_id = g.case_id
WHERE coalesce(old.root_id, d.case_id) = coalesce(new.root_id, g.case_id)
"""
SUPERSEDE = f"""
UPDATE duty d SET state = 'superseded', closed_at = g.at, met_by = 'event'
FROM unnest($1::uuid[], $2::uuid[], $3::text[], $4::text[], $5::timestamptz[])
  AS g(duty_key, victim_id, thread, duty_id, at)
WHERE d.victim_id = g.victim_id AND d.thread = g.thread AND d.duty_id = g.duty_id
  AND d.duty_key <> g.duty_key AND d.state = 'open'
RETURNING {RETURNED}
"""
WITHDRAW = f"""
UPDATE duty d SET state = 'superseded', closed_at = g.at, met_by = 'event'
FROM unnest($1::uuid[], $2::text[], $3::text[], $4::timestamptz[]) AS g(victim_id, source, id, at)
WHERE d.victim_id = g.victim_id AND d.state = 'open' AND (
  (d.source = g.source AND d.event_id = g.id) OR EXISTS (
    SELECT FROM fact c
    WHERE c.source = d.source AND c.id = d.event_id AND c.original_source = g.source AND c.original_id = g.id))
RETURNING {RETURNED}
"""
LET_GO = f"""
UPDATE duty d SET state = 'superseded', met_by = 'event', closed_at = g.at
FROM unnest($1::uuid[], $2::timestamptz[]) AS g(news_id, at) WHERE d.news_id = g.news_id AND d.state = 'open'
RETURNING {RETURNED}
"""
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
NOTE_ENHANCED = "INSERT INTO enhanced_victim SELECT unnest($1::uuid[]) ON CONFLICT DO NOTHING"
ENHANCED = "SELECT victim_id::text FROM enhanced_victim WHERE victim_id = ANY($1::uuid[])"

ENDINGS = [(duty.id, name, DutyState.MET) for duty in DUTIES.values() for name in duty.met_by] + [
    (duty.id, name, DutyState.EXEMPT) for duty in DUTIES.values() for name in duty.exempted_by
]


class DutyTable:
    """Opens and closes duties in batches."""

    async def note_enhanced(self, connection: Connection, victims: Sequence[VictimId]) -> None:
        """The police found that these victims have enhanced rights."""
        if victims:
            await connection.execute(NOTE_ENHANCED, list(victims))

    async def enhanced(self, connection: Connection, victims: Iterable[VictimId]) -> frozenset[VictimId]:
        """Those of these victims who have enhanced rights."""
        return frozenset(VictimId(row["victim_id"]) for row in await connection.fetch(ENHANCED, list(victims)))

    async def open(self, connection: Connection, duties: Sequence[OwedDuty]) -> list[OwedDuty]:
        """Enter the duties; those that are owed anew. A duty owed once per case stays the first one."""
        owed_already = await self._owed_already(connection, [duty for duty in duties if duty.duty.once_per_case])
        opened = [duty for duty in _first_of_each_case(duties) if duty.key not in owed_already]
        if opened:
            await connection.copy_records_to_table("duty", records=map(_row, opened), columns=STORED)
        return opened

    async def supersede(self, connection: Connection, duties: Sequence[OwedDuty]) -> list[ClosedDuty]:
        """Close what these newly opened duties replace; those among them that were born superseded are closed too."""
        replacing = [duty for duty in duties if duty.state is DutyState.OPEN and duty.may_replace]
        rows = [(d.key, d.victim_id, d.thread, d.duty.id, d.deadline.opened_at) for d in replacing]
        closed = [_born_superseded(duty) for duty in duties if duty.state is DutyState.SUPERSEDED]
        if rows:
            closed += map(_closed, await connection.fetch(SUPERSEDE, *map(list, zip(*rows, strict=True))))
        return closed

    async def withdraw(self, connection: Connection, retractions: Sequence[News]) -> list[ClosedDuty]:
        """Close what was owed because of facts now taken back, or of what had corrected them."""
        rows = [
            (n.victim_id, n.fact.original.source, n.fact.original.id, n.known_at)
            for n in retractions
            if n.fact.original
        ]
        return (
            [_closed(row) for row in await connection.fetch(WITHDRAW, *map(list, zip(*rows, strict=True)))]
            if rows
            else []
        )

    async def let_go(self, connection: Connection, withdrawn: Sequence[Withdrawal]) -> list[ClosedDuty]:
        """Close what was owed because of news that was not the victim's."""
        if not withdrawn:
            return []
        rows = await connection.fetch(LET_GO, [item.news_id for item in withdrawn], [item.at for item in withdrawn])
        return [_closed(row) for row in rows]

    async def settle(
        self, connection: Connection, *, victims: Iterable[VictimId], opened: Iterable[OwedDuty] = ()
    ) -> list[ClosedDuty]:
        """Close what these victims were told, and what was done for them or not wanted by them.

        Of `opened` duties only those themselves are looked at: their victims' others were settled before.
        """
        closed = await self._settle(connection, "d.victim_id = ANY($1::uuid[])", list(victims))
        return closed + await self._settle(connection, "d.duty_key = ANY($1::uuid[])", [duty.key for duty in opened])

    async def settle_named(
        self, connection: Connection, keys: Sequence[DutyKey], *, victim_id: VictimId, at: datetime
    ) -> list[ClosedDuty]:
        """Close the duties that an officer's contact named."""
        return [_closed(row) for row in await connection.fetch(SETTLE_NAMED, list(keys), victim_id, at)]

    async def _owed_already(self, connection: Connection, duties: Sequence[OwedDuty]) -> set[str]:
        if not duties:
            return set()
        rows = [(duty.key, duty.duty.id, duty.victim_id, duty.case_id, duty.thread) for duty in duties]
        found = await connection.fetch(OWED_FOR_THE_CASE, *map(list, zip(*rows, strict=True)))
        return {row["duty_key"] for row in found}

    async def _settle(self, connection: Connection, these: str, wanted: Sequence[str]) -> list[ClosedDuty]:
        if not wanted:
            return []
        told = await connection.fetch(SETTLE_TOLD.format(these=these), wanted)
        endings = map(list, zip(*ENDINGS, strict=True))
        done = await connection.fetch(SETTLE_DONE.format(these=these), wanted, *endings)
        return [_closed(row) for row in (*told, *done)]


def _first_of_each_case(duties: Sequence[OwedDuty]) -> list[OwedDuty]:
    first: dict[tuple[str, str, str], DutyKey] = {}
    for duty in duties:
        first.setdefault((duty.victim_id, duty.duty.id, duty.case_id), duty.key)
    return [
        duty
        for duty in duties
        if not duty.duty.once_per_case or first[(duty.victim_id, duty.duty.id, duty.case_id)] == duty.key
    ]


def _row(owed: OwedDuty) -> tuple[object, ...]:
    deadline = owed.deadline
    return (
        owed.key,
        owed.duty.id,
        owed.victim_id,
        owed.case_id,
        owed.trigger.source,
        owed.trigger.id,
        owed.trigger_type,
        owed.news_id,
        owed.duty.owner.value,
        owed.thread,
        deadline.opened_at,
        deadline.due_at,
        deadline.reminder_at,
        owed.duty.code_edition,
        deadline.beyond_calendar,
        owed.by_telling,
        owed.state.value,
    )


def _closed(row: Record) -> ClosedDuty:
    return ClosedDuty(
        key=DutyKey(row["duty_key"]),
        victim_id=VictimId(row["victim_id"]),
        case_id=CaseId(row["case_id"]) if row["case_id"] else None,
        state=DutyState(row["state"]),
        met_by=row["met_by"],
        at=row["closed_at"],
    )


def _born_superseded(duty: OwedDuty) -> ClosedDuty:
    return ClosedDuty(duty.key, duty.victim_id, duty.case_id, DutyState.SUPERSEDED, "event", duty.deadline.opened_at)
