"""The table `duty`: what was last said to be owed to whom by when, and what ended it."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Final

from asyncpg import Record
from chassis.database import Connection
from contracts.ids import CaseId, DutyKey, VictimId

from journey.duties.changes import DutyChange, KeptDuty
from journey.duties.duty import DutyState, Ending
from journey.facts.concern import Reach

KEPT = """
SELECT duty_key::text, victim_id::text, case_id::text, subject, due_at, reminder_at, reach, state, met_by, closed_at,
       leg, revision
FROM duty WHERE victim_id = ANY($1::uuid[])
"""
STORED: Final = (
    "duty_key",
    "duty_id",
    "victim_id",
    "case_id",
    "source",
    "event_id",
    "event_type",
    "news_id",
    "owner",
    "subject",
    "opened_at",
    "due_at",
    "reminder_at",
    "code_edition",
    "beyond_calendar",
    "reach",
    "leg",
    "state",
    "closed_at",
    "met_by",
    "revision",
)
CHANGE = """
UPDATE duty d SET subject = g.subject, due_at = g.due_at, reminder_at = g.reminder_at, beyond_calendar = g.beyond,
                  reach = g.reach, state = g.state, closed_at = g.closed_at, met_by = g.met_by, revision = g.revision
FROM unnest($1::uuid[], $2::text[], $3::timestamptz[], $4::timestamptz[], $5::boolean[], $6::text[], $7::text[],
            $8::timestamptz[], $9::text[], $10::integer[])
  AS g(duty_key, subject, due_at, reminder_at, beyond, reach, state, closed_at, met_by, revision)
WHERE d.duty_key = g.duty_key
"""
LET_GO = """
UPDATE duty d SET state = 'superseded', met_by = 'event', closed_at = $3, revision = g.revision
FROM unnest($1::uuid[], $2::integer[]) AS g(duty_key, revision) WHERE d.duty_key = g.duty_key
"""


class DutyTable:
    """Finds and keeps duties in batches."""

    async def kept(self, connection: Connection, victims: Collection[VictimId]) -> list[KeptDuty]:
        """All that was ever said to be owed to these victims, as it was last said."""
        return [_kept(row) for row in await connection.fetch(KEPT, list(victims))]

    async def keep(self, connection: Connection, changes: Sequence[DutyChange]) -> None:
        """Keep what is owed now."""
        fresh = [change for change in changes if change.revision == 1]
        again = [_again(change) for change in changes if change.revision > 1]
        if fresh:
            await connection.copy_records_to_table("duty", records=map(_row, fresh), columns=STORED)
        if again:
            await connection.execute(CHANGE, *map(list, zip(*again, strict=True)))

    async def let_go(self, connection: Connection, gone: Sequence[KeptDuty], *, at: datetime) -> None:
        """Keep that these are owed no more: what they followed from is not the victim's."""
        if gone:
            await connection.execute(LET_GO, [one.key for one in gone], [one.revision + 1 for one in gone], at)


def _kept(row: Record) -> KeptDuty:
    state = DutyState(row["state"])
    return KeptDuty(
        key=DutyKey(row["duty_key"]),
        victim_id=VictimId(row["victim_id"]),
        case_id=CaseId(row["case_id"]) if row["case_id"] else None,
        subject=row["subject"],
        due_at=row["due_at"],
        reminder_at=row["reminder_at"],
        reach=Reach(row["reach"]),
        ending=None if state is DutyState.OPEN else Ending(state, row["met_by"], row["closed_at"]),
        leg=row["leg"],
        revision=row["revision"],
    )


def _row(change: DutyChange) -> tuple[object, ...]:
    duty, deadline = change.duty, change.duty.deadline
    return (
        duty.key,
        duty.duty.id,
        duty.victim_id,
        duty.case_id,
        duty.trigger.source,
        duty.trigger.id,
        duty.trigger_type,
        duty.news_id,
        duty.duty.owner.value,
        duty.subject,
        deadline.opened_at,
        deadline.due_at,
        deadline.reminder_at,
        duty.duty.code_edition,
        deadline.beyond_calendar,
        duty.reach.value,
        change.leg,
        duty.state.value,
        duty.ending.at if duty.ending else None,
        duty.ending.met_by if duty.ending else None,
        change.revision,
    )


def _again(change: DutyChange) -> tuple[object, ...]:
    duty, deadline = change.duty, change.duty.deadline
    return (
        duty.key,
        duty.subject,
        deadline.due_at,
        deadline.reminder_at,
        deadline.beyond_calendar,
        duty.reach.value,
        duty.state.value,
        duty.ending.at if duty.ending else None,
        duty.ending.met_by if duty.ending else None,
        change.revision,
    )
