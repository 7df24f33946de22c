"""The table `duty`: what is owed to whom by when, and what ended it."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from chassis.database import Connection
from contracts.ids import DutyKey, VictimId

from journey.duties.duty import ClosedDuty, DutyState, OwedDuty
from journey.duties.settling_store import RETURNED, closed_from, settle_named, settle_of_victims, settle_these
from journey.facts.news import News, Withdrawal

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
NOTE_ENHANCED = "INSERT INTO enhanced_victim SELECT unnest($1::uuid[]) ON CONFLICT DO NOTHING"
ENHANCED = "SELECT victim_id::text FROM enhanced_victim WHERE victim_id = ANY($1::uuid[])"


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
            closed += map(closed_from, await connection.fetch(SUPERSEDE, *map(list, zip(*rows, strict=True))))
        return closed

    async def withdraw(self, connection: Connection, retractions: Sequence[News]) -> list[ClosedDuty]:
        """Close what was owed because of facts now taken back, or of what had corrected them."""
        rows = [
            (n.victim_id, n.fact.original.source, n.fact.original.id, n.known_at)
            for n in retractions
            if n.fact.original
        ]
        return (
            [closed_from(row) for row in await connection.fetch(WITHDRAW, *map(list, zip(*rows, strict=True)))]
            if rows
            else []
        )

    async def let_go(self, connection: Connection, withdrawn: Sequence[Withdrawal]) -> list[ClosedDuty]:
        """Close what was owed because of news that was not the victim's."""
        if not withdrawn:
            return []
        rows = await connection.fetch(LET_GO, [item.news_id for item in withdrawn], [item.at for item in withdrawn])
        return [closed_from(row) for row in rows]

    async def settle(
        self, connection: Connection, *, victims: Iterable[VictimId], opened: Iterable[OwedDuty] = ()
    ) -> list[ClosedDuty]:
        """Close what these victims were told, and what was done for them or not wanted by them.

        Of `opened` duties only those themselves are looked at: their victims' others were settled before.
        """
        closed = await settle_of_victims(connection, list(victims))
        return closed + await settle_these(connection, [duty.key for duty in opened])

    async def settle_named(
        self, connection: Connection, keys: Sequence[DutyKey], *, victim_id: VictimId, at: datetime
    ) -> list[ClosedDuty]:
        """Close the duties that an officer's contact named."""
        return await settle_named(connection, keys, victim_id=victim_id, at=at)

    async def _owed_already(self, connection: Connection, duties: Sequence[OwedDuty]) -> set[str]:
        if not duties:
            return set()
        rows = [(duty.key, duty.duty.id, duty.victim_id, duty.case_id, duty.thread) for duty in duties]
        found = await connection.fetch(OWED_FOR_THE_CASE, *map(list, zip(*rows, strict=True)))
        return {row["duty_key"] for row in found}


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


def _born_superseded(duty: OwedDuty) -> ClosedDuty:
    return ClosedDuty(duty.key, duty.victim_id, duty.case_id, DutyState.SUPERSEDED, "event", duty.deadline.opened_at)
