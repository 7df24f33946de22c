"""What one process remembers of names, while another merges cases or revokes a link."""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

import pytest
from chassis.database import Connection, Pool, open_pool
from contracts.intake import Doubt
from contracts.references import Scheme
from intake.identity.names_store import DatabaseNames
from intake.identity.naming import Mention, Numbered, named
from intake.identity.planning import plan

CRIME = named(Scheme.CRIME_REFERENCE, "force", "13/100")
AMIRA = Mention("police", (CRIME,), (), Numbered("force", "V1"))
_KNOWN = """
INSERT INTO opened_case (case_id) VALUES ('case-1'), ('case-2');
INSERT INTO reference (scheme, issuer, value, case_id) VALUES ('crime-reference', 'force', '13/100', 'case-1');
INSERT INTO victim_number (issuer, number, victim_id) VALUES ('force', 'V1', 'amira');
INSERT INTO victim_link (link_id, victim_id, case_id, linked_by) VALUES ('link', 'amira', 'case-1', 'test');
"""
_MERGED = "INSERT INTO case_alias (case_id, now_id, crime_id) VALUES ('case-1', 'case-2', 'case-1')"
_REVOKED = "UPDATE victim_link SET revoked_at = business_now(), revoked_by = 'test' WHERE link_id = 'link'"


@pytest.mark.parametrize(("change", "then"), [(_MERGED, ("case-2", ())), (_REVOKED, ("case-1", (Doubt.LINK_REVOKED,)))])
async def test_a_change_elsewhere_is_known_at_the_next_request(
    database: Callable[[str], str], change: str, then: tuple[str, tuple[Doubt, ...]]
) -> None:
    async with open_pool(database("intake"), size=2) as pool:
        await _execute(pool, _KNOWN)
        names = DatabaseNames(pool)
        assert [await _planned(names) for _ in range(2)] == [("case-1", ())] * 2
        assert (await names.resolve([AMIRA])).directory.settled.keys() == {AMIRA}
        await _execute(pool, change)
        assert await _planned(names) == then


async def test_a_change_between_the_two_readings_of_a_request_is_seen_by_all_of_it(
    database: Callable[[str], str],
) -> None:
    other = Mention("police", (named(Scheme.URN, "force", "13AB1234526"),), (), None)
    async with open_pool(database("intake"), size=2) as pool:
        await _execute(pool, _KNOWN)
        disturbed = _Disturbed(pool)
        names = DatabaseNames(disturbed)
        await names.resolve([AMIRA])
        disturbed.before_next_query = lambda: _execute(pool, _MERGED)
        directory = (await names.resolve([AMIRA, other])).directory
    assert not directory.settled
    assert directory.cases[CRIME.key] == "case-2"


@dataclass
class _Disturbed:
    """A pool whose connections let something happen before a query of many rows."""

    pool: Pool
    before_next_query: Callable[[], Awaitable[None]] | None = None

    @property
    def apart(self) -> Pool:
        return self.pool.apart

    @asynccontextmanager
    async def acquire(self, *, timeout: float | None = None) -> AsyncIterator[Any]:  # noqa: ASYNC109 as the pool has it
        async with self.pool.acquire(timeout=timeout) as connection:
            yield _DisturbedConnection(connection, self)


@dataclass
class _DisturbedConnection:
    connection: Connection
    disturbed: _Disturbed

    async def fetchrow(self, query: str, *args: object) -> Any:
        return await self.connection.fetchrow(query, *args)

    async def fetch(self, query: str, *args: object) -> list[Any]:
        happens, self.disturbed.before_next_query = self.disturbed.before_next_query, None
        if happens is not None:
            await happens()
        return await self.connection.fetch(query, *args)


async def _planned(names: DatabaseNames) -> tuple[str, tuple[Doubt, ...]]:
    """The case that Amira's next event goes to, and what is doubtful about it."""
    found = plan(AMIRA, (await names.resolve([AMIRA])).directory, new_id=lambda: "new")
    return found.case_id, found.doubts


async def _execute(pool: Pool, sql: str) -> None:
    async with pool.acquire() as connection:
        await connection.execute(sql)
