"""Leases in real time, and the question whether anybody is there."""

from datetime import timedelta

from chassis import leases

from simulation.server import Database, Rows, Statement
from simulation.tables import Work


async def _acquire(database: Database, work: Work, name: str, seconds: float) -> Rows:
    table = database.table("lease")
    held = await table.lock(work, name)
    now = database.clock_timestamp()
    if held is not None and held["expires_at"] > now:
        return []
    epoch = 1 if held is None else held["epoch"] + 1
    await table.put(work, name, {"epoch": epoch, "expires_at": now + timedelta(seconds=seconds)})
    return [{"epoch": epoch}]


async def _renew(database: Database, work: Work, name: str, epoch: int, seconds: float) -> Rows:
    table = database.table("lease")
    held = await table.lock(work, name)
    if held is None or held["epoch"] != epoch:
        return []
    await table.put(work, name, held | {"expires_at": database.clock_timestamp() + timedelta(seconds=seconds)})
    return [{"epoch": epoch}]


async def _release(database: Database, work: Work, name: str, epoch: int) -> Rows:
    return await _renew(database, work, name, epoch, 0.0)


async def _nothing(database: Database, work: Work) -> Rows:
    return []


LEASES: dict[str, Statement] = {
    leases._ACQUIRE: _acquire,
    leases._RENEW: _renew,
    leases._RELEASE: _release,
    "SELECT": _nothing,
}
