"""Timers by business time, in the two lanes that the chassis claims them from."""

import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from chassis.timers import claim, failed, setting

from simulation.server import Database, Rows, Statement
from simulation.tables import Work

_HOUR = timedelta(hours=1)


async def _set(
    database: Database,
    work: Work,
    kinds: Sequence[str],
    keys: Sequence[str],
    due: Sequence[datetime],
    payloads: Sequence[str],
) -> Rows:
    for kind, key, due_at, payload in zip(kinds, keys, due, payloads, strict=True):
        row = {"kind": kind, "key": key, "due_at": due_at, "payload": json.loads(payload), "attempts": 0}
        await database.table("timer").put(work, (kind, key), row | {"not_before": None, "failed_at": None})
    return [{}] * len(kinds)


async def _ring(database: Database, work: Work, kinds: Sequence[str], due: Sequence[datetime]) -> Rows:
    now = database.business_now()
    waiting = [row for _, row in _rows(database, work, again=False)]
    for kind, due_at in zip(kinds, due, strict=True):
        if not any(row["kind"] == kind and now < row["due_at"] < due_at for row in waiting):
            work.notices.append("timer_set")
    return []


async def _look(database: Database, work: Work, lease: str, epoch: int, kinds: Sequence[str]) -> Rows:
    held = database.table("lease").get(work, lease)
    if held is None or held["epoch"] != epoch:
        return []
    found = [
        {"kind": kind, "lane": lane.name}
        for kind in kinds
        for lane in claim.Lane
        if any(_due_rows(database, work, kind, again=lane is claim.Lane.AGAIN))
    ]
    return found or [{"kind": None, "lane": None}]


def _due_of(lane: claim.Lane) -> Statement:
    again = lane is claim.Lane.AGAIN
    order = "not_before" if again else "due_at"

    async def due(database: Database, work: Work, kind: str, limit: int) -> Rows:
        rows = sorted(_due_rows(database, work, kind, again=again), key=lambda row: (row[order], row["key"]))
        return [{field: row[field] for field in ("key", "due_at", "payload", "attempts")} for row in rows[:limit]]

    return due


async def _held(database: Database, work: Work, kind: str, *seen: Sequence[Any]) -> list[tuple[int, dict[str, Any]]]:
    table = database.table("timer")
    held = []
    for number, (key, due_at, attempts, payload) in sorted(
        enumerate(zip(*seen, strict=True), 1), key=lambda one: str(one[1][0])
    ):
        if table.locked_by_others(work, (kind, key)):
            continue
        row = table.get(work, (kind, key))
        if row is None or (row["due_at"], row["attempts"], row["payload"]) != (due_at, attempts, json.loads(payload)):
            continue
        await table.lock(work, (kind, key))
        held.append((number, row))
    return held


async def _take(
    database: Database,
    work: Work,
    kind: str,
    keys: Sequence[str],
    due: Sequence[datetime],
    attempts: Sequence[int],
    payloads: Sequence[str],
    lease: str,
    epoch: int,
) -> Rows:
    if not await _fence(database, work, lease, epoch):
        return []
    held = await _held(database, work, kind, keys, due, attempts, payloads)
    for _, row in held:
        await database.table("timer").put(work, (kind, row["key"]), None)
    return [{field: row[field] for field in ("key", "due_at", "payload", "attempts")} for _, row in held]


async def _keep(
    database: Database,
    work: Work,
    kind: str,
    keys: Sequence[str],
    due: Sequence[datetime],
    attempts: Sequence[int],
    payloads: Sequence[str],
    lease: str,
    epoch: int,
    for_good: Sequence[bool],
    reasons: Sequence[str],
    most: int,
) -> Rows:
    if not await _fence(database, work, lease, epoch):
        return [{"kept": 0, "failed": 0}]
    now, newly = database.clock_timestamp(), 0
    held = await _held(database, work, kind, keys, due, attempts, payloads)
    for number, row in held:
        failing = for_good[number - 1] or row["attempts"] + 1 >= most
        failed = failing or row["failed_at"] is not None
        newly += failing and row["failed_at"] is None
        pause = _HOUR if failed else timedelta(seconds=min(300, 2 ** min(row["attempts"], 9)))
        kept = {"attempts": row["attempts"] + 1, "not_before": now + pause, "failed_at": now if failed else None}
        await database.table("timer").put(work, (kind, row["key"]), {**row, **kept})
    return [{"kept": len(held), "failed": newly}]


async def _next(database: Database, work: Work, kinds: Sequence[str]) -> Rows:
    now = database.business_now()
    due = [row["due_at"] for _, row in _rows(database, work, again=False) if row["kind"] in kinds]
    return [{"seconds": min(((at - now).total_seconds() for at in due if at > now), default=None)}]


async def _failed_now(database: Database, work: Work) -> Rows:
    return [{"count": sum(row["failed_at"] is not None for _, row in _rows(database, work, again=True))}]


async def _kinds_but(database: Database, work: Work, known: Sequence[str]) -> Rows:
    kinds = {row["kind"] for _, row in database.table("timer").seen(work)}
    return [{"kind": kind} for kind in sorted(kinds - set(known))]


async def _retry(database: Database, work: Work, kind: str | None) -> Rows:
    failed = [(key, row) for key, row in _rows(database, work, again=True) if row["failed_at"] is not None]
    for key, row in failed:
        again = {"failed_at": None, "attempts": 0, "not_before": None}
        await database.table("timer").put(work, key, {**row, **again})
    work.notices.append("timer_set")
    return [{"count": len(failed)}]


async def _fence(database: Database, work: Work, lease: str, epoch: int) -> bool:
    held = database.table("lease").get(work, lease)
    return held is not None and held["epoch"] == epoch


def _rows(database: Database, work: Work, *, again: bool) -> Iterator[tuple[Any, Mapping[str, Any]]]:
    for key, row in database.table("timer").seen(work):
        if (row["not_before"] is not None) is again:
            yield key, row


def _due_rows(database: Database, work: Work, kind: str, *, again: bool) -> Iterator[Mapping[str, Any]]:
    real, business = database.clock_timestamp(), database.business_now()
    for _, row in _rows(database, work, again=again):
        if row["kind"] == kind and row["due_at"] <= business and (not again or row["not_before"] <= real):
            yield row


TIMERS: dict[str, Statement] = {
    setting._SET: _set,
    setting._RING: _ring,
    claim._LOOK: _look,
    claim._DUE[claim.Lane.FIRST]: _due_of(claim.Lane.FIRST),
    claim._DUE[claim.Lane.AGAIN]: _due_of(claim.Lane.AGAIN),
    claim._TAKE: _take,
    claim._KEEP: _keep,
    claim._NEXT: _next,
    "SELECT count(*) FROM timer WHERE failed_at IS NOT NULL": _failed_now,
    failed._KINDS_BUT: _kinds_but,
    failed._RETRY: _retry,
}
