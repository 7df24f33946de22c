"""What the handlers of this world write."""

from typing import Final

from simulation.server import Database, Rows, Statement
from simulation.tables import Work

APPLY: Final = "INSERT INTO applied"
FIRE: Final = "INSERT INTO fired"


async def _apply(database: Database, work: Work, partition: int, pseq: int, key: str, id_: str) -> Rows:
    table = database.table("applied")
    times = 1 + sum(1 for _, row in table.seen(work) if row["event"][3] == id_)
    await table.put(work, (partition, pseq, times), {"event": (partition, pseq, key, id_), "n": database.next_number()})
    return [{}]


async def _fire(database: Database, work: Work, key: str) -> Rows:
    table = database.table("fired")
    row = await table.lock(work, key) or {"at": ()}
    await table.put(work, key, {"at": (*row["at"], database.business_now())})
    return [{}]


EFFECTS: dict[str, Statement] = {APPLY: _apply, FIRE: _fire}
