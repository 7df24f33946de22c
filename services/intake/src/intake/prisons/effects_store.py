"""Writes about movements and numbers that belong to an event or a decision, each under the log's head lock."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from chassis.database import Connection

from intake.documents.document import DocumentState
from intake.documents.store import ask, become
from intake.prisons.book import Numbers
from intake.prisons.doubling import NEAR, is_doubled
from intake.prisons.judging import IN_QUESTION, question
from intake.prisons.movements import IDENTITY, TELLING, Meaning, Movement

_STANDING = """
SELECT confirmation_id FROM defendant_number WHERE number_hash = $1 AND withdrawn_at IS NULL AND ended_at IS NULL
"""
_ALL_STAND = """
SELECT count(*) = cardinality($1::text[]) FROM defendant_number
WHERE confirmation_id = ANY ($1::text[]) AND withdrawn_at IS NULL AND ended_at IS NULL
"""
_TELL = """
INSERT INTO told_movement (event_id, confirmation_id, identity)
SELECT n.event_id, n.confirmation_id, $3 FROM unnest($1::text[], $2::text[]) AS n(event_id, confirmation_id)
ON CONFLICT DO NOTHING
"""
_NEAR = """
SELECT c.confirmation_id, m.meaning, m.occurred_at
FROM defendant_number c JOIN defendant_number n USING (case_id, defendant_id)
JOIN told_movement t ON t.confirmation_id = n.confirmation_id JOIN movement m ON m.identity = t.identity
WHERE c.confirmation_id = ANY ($1::text[]) AND n.withdrawn_at IS NULL AND m.identity <> $2
AND m.occurred_at BETWEEN $3::timestamptz - $4::interval AND $3::timestamptz + $4::interval
ORDER BY m.occurred_at
"""
_QUESTIONS = """
SELECT m.number_hash, m.other_hash FROM movement m JOIN document d USING (document_id)
WHERE m.meaning = ANY ($2::text[]) AND d.state = $3 AND (m.number_hash = $1 OR m.other_hash = $1)
"""
# each message that says who is who and names the number, once for each defendant confirmed to have one it names
_TOUCHED = """
SELECT m.document_id, m.meaning, d.state, d.decided_at, n.case_id, n.defendant_id, n.confirmed_at
FROM movement m JOIN document d USING (document_id)
LEFT JOIN defendant_number n
ON n.number_hash IN (m.number_hash, m.other_hash) AND n.withdrawn_at IS NULL AND n.ended_at IS NULL
WHERE m.meaning = ANY ($2::text[]) AND (m.number_hash = $1 OR m.other_hash = $1)
ORDER BY m.document_id, n.case_id, n.defendant_id
"""
_TELLING_IN = """
SELECT m.document_id FROM movement m JOIN document d USING (document_id)
WHERE m.number_hash = $1 AND m.meaning = ANY ($2::text[]) AND d.state = $3
"""
_TOLD_BY_NOW = """
SELECT DISTINCT m.document_id FROM movement m JOIN told_movement t USING (identity)
WHERE m.number_hash = $1 AND m.meaning = ANY ($2::text[])
"""


async def questions_about(connection: Connection, number_hash: bytes) -> list[Numbers]:
    """What the open questions name in which an officer is asked who this number is."""
    rows = await connection.fetch(_QUESTIONS, number_hash, list(IDENTITY), DocumentState.QUESTION)
    return [Numbers(*row) for row in rows]


async def doubled_among(connection: Connection, movement: Movement, confirmations: Collection[str]) -> frozenset[str]:
    """Those of these confirmations because of whose defendant the same was told already."""
    told: defaultdict[str, list[tuple[Meaning, datetime]]] = defaultdict(list)
    rows = await connection.fetch(_NEAR, list(confirmations), movement.identity, movement.occurred_at, NEAR)
    for confirmation_id, meaning, at in rows:
        told[confirmation_id].append((Meaning(meaning), at))
    return frozenset(by for by in confirmations if is_doubled(movement, told[by]))


@dataclass(frozen=True, slots=True)
class Standing:
    """Loses when other defendants are confirmed by then, or when a question about the number came or went."""

    number_hash: bytes
    confirmed: frozenset[str]
    in_question: bool

    async def apply(self, connection: Connection) -> bool:
        rows = await connection.fetch(_STANDING, self.number_hash)
        if self.confirmed != {row["confirmation_id"] for row in rows}:
            return False
        return bool(await questions_about(connection, self.number_hash)) == self.in_question


@dataclass(frozen=True, slots=True)
class Telling:
    """By event the confirmation it is told because of; loses when one ended, or told the same, by then."""

    movement: Movement
    told: Mapping[str, str]

    async def apply(self, connection: Connection) -> bool:
        by = list({*self.told.values()})
        if not await connection.fetchval(_ALL_STAND, by) or await doubled_among(connection, self.movement, by):
            return False
        await connection.execute(_TELL, list(self.told), list(self.told.values()), self.movement.identity)
        return True


@dataclass(frozen=True, slots=True)
class Asking:
    """Asks who is who where a number is confirmed, and holds what would be told of numbers in question."""

    number_hash: bytes

    async def apply(self, connection: Connection) -> bool:
        messages: defaultdict[str, list[Any]] = defaultdict(list)
        for row in await connection.fetch(_TOUCHED, self.number_hash, list(IDENTITY)):
            messages[row["document_id"]].append(row)
        asked = {id_: _question(rows) for id_, rows in messages.items() if _is_to_be_asked(rows)}
        await ask(connection, asked)
        idle = [id_ for id_, rows in messages.items() if not _confirmed(rows)]
        await become(connection, idle, DocumentState.WAITING, of=DocumentState.QUESTION)
        named = await questions_about(connection, self.number_hash)
        for number in {self.number_hash, *(number for numbers in named for number in numbers.all)}:
            await _hold(connection, number)
        return True


@dataclass(frozen=True, slots=True)
class Settling:
    """Movements of this number that are told by now wait no longer."""

    number_hash: bytes

    async def apply(self, connection: Connection) -> bool:
        rows = await connection.fetch(_TOLD_BY_NOW, self.number_hash, list(TELLING))
        await become(connection, [row["document_id"] for row in rows], DocumentState.APPLIED, of=DocumentState.WAITING)
        return True


async def _hold(connection: Connection, number_hash: bytes) -> None:
    if await questions_about(connection, number_hash):
        before, after, why = DocumentState.WAITING, DocumentState.HELD, IN_QUESTION
    else:
        before, after, why = DocumentState.HELD, DocumentState.WAITING, None
    rows = await connection.fetch(_TELLING_IN, number_hash, list(TELLING), before)
    await become(connection, [row["document_id"] for row in rows], after, of=before, why=why)


def _is_to_be_asked(rows: Sequence[Any]) -> bool:
    """Asked anew where another defendant was confirmed since an officer decided."""
    confirmed, state = _confirmed(rows), rows[0]["state"]
    if state in (DocumentState.WAITING, DocumentState.QUESTION):
        return bool(confirmed)
    decided = rows[0]["decided_at"]
    return state == DocumentState.CONFIRMED and any(row["confirmed_at"] > decided for row in confirmed)


def _confirmed(rows: Sequence[Any]) -> list[Any]:
    return [row for row in rows if row["case_id"] is not None]


def _question(rows: Sequence[Any]) -> tuple[str, str]:
    meaning = Meaning(rows[0]["meaning"])
    return meaning.value, question(meaning, ((row["case_id"], row["defendant_id"]) for row in _confirmed(rows)))
