"""What was brought about before anything was noted of it answers to the same events as if it had been said today."""

from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from typing import Any

import asyncpg
import pytest
from chassis.migrations import migrate
from support.first_revision import make_first_revision
from support.intake_door import CPS, Door, accepted, crime_reported, event, open_door, victim_identified

pytestmark = pytest.mark.servers

URN = {"scheme": "urn", "issuer": "cps", "value": "13AB1234526"}
CP_CASE = {"scheme": "cp-case", "issuer": "court", "value": "cp 1 of three"}
OF_BEFORE = {
    "log": "*",
    "opened_case": "*",
    "reference": "*",
    "case_alias": "case_id, now_id",
    "case_merge": "event_id, from_case, into_case, merged_by, merged_at",
    "victim_number": "*",
    "report": "*",
    "victim_link": """link_id, victim_id, case_id, defendant_id, offence_ids, linked_by, linked_at, revoked_by,
        revoked_at""",
    "correction": "*",
}
"""What the release before kept of it."""
NOTED = (
    "SELECT one_case, other_case, same_crime, source, event_id FROM case_tie ORDER BY tie_id",
    "SELECT scheme, issuer, value, source, event_id, attached FROM name_joined ORDER BY 1, 2, 3, 4, 5",
    "SELECT case_id, now_id, crime_id FROM case_alias ORDER BY 1",
    "SELECT event_id, from_case, into_case, same_crime, undone_at FROM case_merge ORDER BY 1",
    "SELECT issuer, number, source, event_id FROM number_joined ORDER BY 1, 2, 3, 4",
    "SELECT link_id, source, event_id FROM link_support ORDER BY 1, 2, 3",
    "SELECT link_id, victim_id, case_id, taken_back FROM victim_link ORDER BY 1",
)


def crime(number: int) -> dict[str, str]:
    reference: dict[str, str] = crime_reported(number)["data"]["references"][0]
    return reference


def linked(id_: str, *references: dict[str, str]) -> dict[str, Any]:
    return event(id_, "cps.case-references-linked.v1", {"references": list(references)}, source=CPS)


async def a_report(door: Door) -> str:
    answer = await door.http.post("/reports", json={"wants_support": True, "share_with_police": True})
    assert answer.status_code == 201, answer.text
    return str(answer.json()["report_reference"])


async def what_agencies_said(door: Door) -> None:
    """Three crimes of one matter, said twice; one that the police quote a report for; namings, one of them twice."""
    for number in (1, 2, 3):
        await accepted(door, crime_reported(number))
    await accepted(door, victim_identified(1))
    await accepted(door, victim_identified(1, id="once-more"))
    await accepted(door, linked("first", crime(1), crime(2), URN))
    await accepted(door, linked("again", crime(1), crime(2), CP_CASE))
    await accepted(door, linked("third", URN, crime(3)))
    await accepted(door, linked("new", {**URN, "value": "13CD7654326"}, {**CP_CASE, "value": "cp 2"}))
    reference = await a_report(door)
    await accepted(door, crime_reported(4))
    await accepted(door, victim_identified(4, victim="V-4", more={"report_reference": reference.lower()}))


async def of(dsn: str, queries: Sequence[str]) -> list[list[tuple[object, ...]]]:
    connection = await asyncpg.connect(dsn)
    try:
        return [[tuple(row) for row in await connection.fetch(query)] for query in queries]
    finally:
        await connection.close()


async def as_of_before(old: str, new: str) -> None:
    """All that the release before kept of what stands in `new`, in a database of its own shape."""
    await make_first_revision(old, "intake")
    source, target = await asyncpg.connect(new), await asyncpg.connect(old)
    try:
        for table, columns in OF_BEFORE.items():
            rows = await source.fetch(f"SELECT {columns} FROM {table}")
            if rows:
                await target.copy_records_to_table(table, records=rows, columns=list(rows[0].keys()))
    finally:
        await source.close()
        await target.close()


@asynccontextmanager
async def upgraded(old: str, new: str) -> AsyncIterator[Door]:
    await as_of_before(old, new)
    await migrate(old, package="intake.migrations", sandbox_clock=True)
    async with open_door(old) as door:
        yield door


async def test_what_was_said_before_is_noted_as_if_it_were_said_now(
    database: Callable[[str], str], empty_database: str
) -> None:
    new = database("intake")
    async with open_door(new) as door:
        await what_agencies_said(door)
    async with upgraded(empty_database, new):
        before, now = await of(empty_database, NOTED), await of(new, NOTED)
    for query, found, expected in zip(NOTED, before, now, strict=True):
        assert expected, query
        assert found == expected, query


async def retracted(door: Door, id_: str) -> None:
    """Its publisher takes an event back that was recorded before the upgrade."""
    async with door.pool.acquire() as connection:
        row = await connection.fetchrow("SELECT source, type, encode(hash, 'hex') AS hash FROM log WHERE id = $1", id_)
    data = {"original_id": id_, "corrects_state": row["hash"], "reason": "Sent by mistake"}
    publisher = row["type"].partition(".")[0]
    await accepted(door, event(f"no-{id_}", f"{publisher}.event-retracted.v1", data, source=row["source"]))


async def test_a_joining_of_before_falls_with_the_last_event_that_says_so(
    database: Callable[[str], str], empty_database: str
) -> None:
    new = database("intake")
    async with open_door(new) as door:
        await what_agencies_said(door)
    async with upgraded(empty_database, new) as door:
        await retracted(door, "first")
        assert await door.log("intake.merge-undone.v1") == []
        await retracted(door, "again")
        [undone] = await door.log("intake.merge-undone.v1")
        first, second, *_ = await door.log("police.crime-reported.v1")
        assert {undone["data"]["from_case"], undone["data"]["into_case"]} == {first["caseid"], second["caseid"]}


async def test_a_link_of_before_falls_with_the_last_naming_and_one_crime_with_its_quoting(
    database: Callable[[str], str], empty_database: str
) -> None:
    new = database("intake")
    async with open_door(new) as door:
        await what_agencies_said(door)
    async with upgraded(empty_database, new) as door:
        await retracted(door, "identified-1-V-1")
        assert await door.log("intake.link-revoked.v1") == []
        await retracted(door, "once-more")
        assert len(await door.log("intake.link-revoked.v1")) == 1
        await retracted(door, "identified-4-V-4")
        # her report says still whose it is
        assert len(await door.log("intake.link-revoked.v1")) == 1
        assert len(await door.log("intake.merge-undone.v1")) == 1
        assert await door.count("number_joined") == 0


async def test_a_merge_whose_event_was_taken_back_before_is_still_parted_by_an_officer(
    database: Callable[[str], str], empty_database: str
) -> None:
    new = database("intake")
    async with open_door(new) as door:
        await accepted(door, crime_reported(1))
        await accepted(door, crime_reported(2))
        await accepted(door, linked("first", crime(1), crime(2)))
    await as_of_before(empty_database, new)
    async with open_door(new) as door:
        await retracted(door, "first")
    connection, after = await asyncpg.connect(empty_database), await asyncpg.connect(new)
    try:
        # the release before let the merge stand
        [taken_back] = await after.fetch("SELECT * FROM correction")
        await connection.copy_records_to_table("correction", records=[taken_back], columns=list(taken_back.keys()))
    finally:
        await connection.close()
        await after.close()
    await migrate(empty_database, package="intake.migrations", sandbox_clock=True)
    async with open_door(empty_database) as door:
        [merged] = await door.log("intake.case-merged.v1")
        assert await door.count("name_joined") == 0
        answer = await door.officer(f"/merges/{merged['id']}/withdrawal", {"why": "They are two."})
        assert answer.status_code == 204, answer.text
        assert len(await door.log("intake.merge-undone.v1")) == 1
        assert await door.count("case_alias") == 0
