"""A journey of before keeps its links, merges, contacts and duties when the tables take their shape of today."""

import json
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from uuid import UUID

import asyncpg
import pytest
from chassis.database import Connection
from chassis.migrations import migrate
from support.first_revision import make_first_revision

pytestmark = pytest.mark.servers

AT = datetime(2026, 3, 2, 10, tzinfo=UTC)
INTAKE, WITNESS_CARE, POLICE, CPS = "urn:throughline:intake", "urn:throughline:witness-care", "urn:police", "urn:cps"
VICTIM, CASE, SECOND, THIRD = (UUID(int=number) for number in (1, 11, 12, 13))
NEWS, UNKNOWN_NEWS, DUTY = UUID(int=21), UUID(int=22), UUID(int=31)
CONTACT, EMPTY_CONTACT, FOREIGN_CONTACT = (UUID(int=number) for number in (41, 42, 43))
_FACT = """
INSERT INTO fact (topic, position, source, id, type, case_id, victim_id, occurred_at, recorded_at, backfill, body)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $8, false, $9)
"""
_ROWS = """
INSERT INTO victim_link VALUES
  ('stands', '{victim}', '{case}', '{{}}', '{{}}', '2026-03-02T10:00Z', 1, NULL),
  ('revoked', '{victim}', '{second}', '{{}}', '{{}}', '2026-03-02T10:00Z', 2, '2026-03-04T10:00Z');
INSERT INTO case_root VALUES ('{second}', '{case}', 3, '2026-03-02T10:00Z');
INSERT INTO membership VALUES ('{case}', '{victim}', '{{}}', '{{}}', true, 1, '2026-03-02T10:00Z');
INSERT INTO doubt_cleared VALUES ('urn:police', 'doubtful', '2026-03-03T10:00Z');
INSERT INTO news VALUES ('{news}', '{victim}', 'urn:police', 'quoting', 'victim', true, '2026-03-02T10:00Z', NULL);
INSERT INTO telling (news_id, notified_at, contacted_at, contacted_how) VALUES
  ('{news}', '2026-03-02T11:00Z', '2026-03-03T10:00Z', 'phone'),
  ('{unknown}', '2026-03-02T11:00Z', NULL, NULL);
INSERT INTO enhanced_victim VALUES ('{victim}');
INSERT INTO duty VALUES
  ('{duty}', 'told-of-charge', '{victim}', '{case}', 'urn:police', 'quoting', 'police.suspect-charged.v1', '{news}',
   'police', 'case/11', '2026-03-02T10:00Z', '2026-03-09T17:00Z', '2026-03-06T12:00Z', '2024', false, true, 'open');
"""


async def add(
    connection: Connection, topic: int, position: int, source: str, body: Mapping[str, object], *, victim: UUID | None
) -> None:
    """A fact as the release before kept it."""
    at, text = AT + timedelta(hours=position), json.dumps(body).encode()
    row = (topic, position, source, body["id"], body["type"], UUID(str(body["caseid"])), victim, at, text)
    await connection.execute(_FACT, *row)


def merged(id_: str, from_case: UUID, *, cause: str) -> dict[str, object]:
    data = {"from_case": str(from_case), "into_case": str(CASE)}
    return {"id": id_, "type": "intake.case-merged.v1", "caseid": str(CASE), "causationid": cause, "data": data}


def said(id_: str, type_: str) -> dict[str, object]:
    return {"id": id_, "type": type_, "caseid": str(CASE), "data": {}}


def contact(id_: str, contact_id: UUID, **told: object) -> dict[str, object]:
    data = {"contact_id": str(contact_id), "made_at": "2026-03-03T10:00:00Z", "how": "phone", **told}
    return {"id": id_, "type": "witness-care.contact-made.v1", "caseid": str(CASE), "data": data}


@asynccontextmanager
async def upgraded(dsn: str) -> AsyncIterator[Connection]:
    """The tables of before with rows in them, brought to the newest."""
    await make_first_revision(dsn, "journey")
    connection = await asyncpg.connect(dsn)
    try:
        await connection.execute(
            _ROWS.format(victim=VICTIM, case=CASE, second=SECOND, news=NEWS, unknown=UNKNOWN_NEWS, duty=DUTY)
        )
        await add(connection, 1, 1, POLICE, said("quoting", "police.victim-identified.v1"), victim=VICTIM)
        await add(connection, 1, 2, INTAKE, merged("by-police", SECOND, cause="quoting"), victim=None)
        await add(connection, 1, 3, CPS, said("joining", "cps.case-references-linked.v1"), victim=None)
        await add(connection, 1, 4, INTAKE, merged("by-prosecutor", THIRD, cause="joining"), victim=None)
        told = {"news_ids": [str(NEWS)], "duty_keys": [str(DUTY)]}
        await add(connection, 3, 1, WITNESS_CARE, contact("told", CONTACT, **told), victim=VICTIM)
        await add(connection, 3, 2, WITNESS_CARE, contact("told-again", CONTACT), victim=VICTIM)
        await add(connection, 3, 3, WITNESS_CARE, contact("kept-in-touch", EMPTY_CONTACT), victim=VICTIM)
        await add(connection, 3, 4, WITNESS_CARE, contact("of-nobody", FOREIGN_CONTACT), victim=None)
        await migrate(dsn, package="journey.migrations", sandbox_clock=True)
        yield connection
    finally:
        await connection.close()


async def test_a_merge_of_before_is_of_one_crime_where_the_police_said_so(empty_database: str) -> None:
    async with upgraded(empty_database) as connection:
        rows = await connection.fetch("SELECT * FROM case_merge ORDER BY position")
    assert [tuple(row) for row in rows] == [
        ("by-police", SECOND, CASE, True, AT + timedelta(hours=2), 2),
        ("by-prosecutor", THIRD, CASE, False, AT + timedelta(hours=4), 4),
    ]


async def test_a_link_that_was_revoked_before_is_revoked(empty_database: str) -> None:
    async with upgraded(empty_database) as connection:
        revoked = await connection.fetch("SELECT * FROM link_revoked")
        links = await connection.fetch("SELECT link_id FROM victim_link ORDER BY link_id")
    assert [tuple(row) for row in revoked] == [("revoked", datetime(2026, 3, 4, 10, tzinfo=UTC))]
    assert [row["link_id"] for row in links] == ["revoked", "stands"]


async def test_a_contact_of_before_is_kept_once_with_what_it_told(empty_database: str) -> None:
    async with upgraded(empty_database) as connection:
        rows = await connection.fetch("SELECT * FROM contact ORDER BY contact_id")
    at = datetime(2026, 3, 3, 10, tzinfo=UTC)
    assert [tuple(row) for row in rows] == [
        (CONTACT, VICTIM, at, "phone", [NEWS], [DUTY]),
        (EMPTY_CONTACT, VICTIM, at, "phone", [], []),
    ]


async def test_what_was_told_before_is_told_to_whom_it_concerns(empty_database: str) -> None:
    async with upgraded(empty_database) as connection:
        rows = await connection.fetch("SELECT news_id, victim_id, notified_at FROM telling")
    assert [tuple(row) for row in rows] == [(NEWS, VICTIM, datetime(2026, 3, 2, 11, tzinfo=UTC))]


async def test_a_duty_of_before_is_owed_about_the_same(empty_database: str) -> None:
    async with upgraded(empty_database) as connection:
        rows = await connection.fetch("SELECT duty_key, subject, state, reach, revision, leg FROM duty")
        cleared = await connection.fetch("SELECT source, id, position FROM doubt_cleared")
    assert [tuple(row) for row in rows] == [(DUTY, "case/11", "open", "victim", 1, False)]
    assert [tuple(row) for row in cleared] == [("urn:police", "doubtful", 0)]
