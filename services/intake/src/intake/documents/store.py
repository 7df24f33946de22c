"""Documents in their table; the ciphertext goes when its time has come, what became of it stays."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from chassis.clock import business_now
from chassis.database import Connection, Pool
from chassis.log.effects import AnyRows, Effect, OneRow

from intake.documents.document import WAITS_FOR_OFFICER, Document, DocumentKind, DocumentState

_KEPT = "document_id, kind, about, digest, sealed, received_at, retain_until, state, why, due_at, asks, compared"
_COLUMNS = f"{_KEPT}, decided_at, times"
_KEEP = f"INSERT INTO document ({_KEPT}) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)"
_DECIDE = """
UPDATE document
SET state = $2, why = $3, asks = $4, compared = $5, decided_by = $6, decided_at = business_now()
WHERE document_id = $1 AND state = ANY ($7::text[])
"""
_WAITING = f"SELECT {_COLUMNS} FROM document WHERE state = ANY ($1::text[]) ORDER BY due_at, received_at LIMIT 500"
_SINCE = "SELECT received_at FROM document WHERE state = ANY ($1::text[]) AND decided_at IS NULL"
_FIND = f"SELECT {_COLUMNS} FROM document WHERE document_id = $1"
_LAST_COMPARED = f"""
SELECT {_COLUMNS} FROM document WHERE about = $1 AND kind = ANY ($2::text[]) AND compared
ORDER BY received_at DESC, document_id DESC LIMIT 1
"""
_OVERTAKE = f"""
UPDATE document SET state = '{DocumentState.DISMISSED}', decided_by = 'overtaken', decided_at = business_now()
WHERE about = $1 AND kind = '{DocumentKind.HEARING_DELETION}' AND state = '{DocumentState.HELD}'
"""
_ANSWERED = f"""
UPDATE document SET state = '{DocumentState.DISMISSED}', decided_by = 'overtaken', decided_at = business_now()
WHERE about = $1 AND state = '{DocumentState.QUESTION}' AND asks <> '{{}}' AND asks <@ $2::text[]
"""
_ASK = f"""
UPDATE document d SET state = '{DocumentState.QUESTION}', why = n.why, asks = ARRAY[n.asked]
FROM unnest($1::text[], $2::text[], $3::text[]) AS n(document_id, asked, why) WHERE d.document_id = n.document_id
"""
_BECOME = "UPDATE document SET state = $2, why = $4 WHERE document_id = ANY ($1::text[]) AND state = $3"
_EXAMPLE = f"SELECT {_COLUMNS} FROM document WHERE about = $1 ORDER BY received_at, document_id LIMIT 1"
_COUNTED = f"""
SELECT {_COLUMNS} FROM document WHERE about = $1 AND state = '{DocumentState.COUNTED}' AND sealed IS NOT NULL
ORDER BY received_at, document_id LIMIT $2
"""
_COUNT = "UPDATE document SET times = times + 1 WHERE document_id = $1"
_FIRST = "SELECT NOT EXISTS (SELECT FROM document WHERE about = $1)"
_REJUDGE = f"""
UPDATE document SET state = $2, why = $3, asks = $4, about = $5
WHERE document_id = $1 AND state = '{DocumentState.COUNTED}'
"""
_EXPIRED = """
SELECT document_id FROM document WHERE sealed IS NOT NULL AND retain_until < business_now()
ORDER BY retain_until LIMIT $1
"""
# In one order for every process, or two that forget the same documents deadlock.
_FORGET = """
UPDATE document SET sealed = NULL
WHERE document_id IN (SELECT document_id FROM document WHERE document_id = ANY ($1) ORDER BY document_id FOR UPDATE)
"""


class DatabaseDocumentBook:
    """The table `document`."""

    def __init__(self, pool: Pool) -> None:
        self._pool = pool

    async def now(self) -> datetime:
        async with self._pool.acquire() as connection:
            return await business_now(connection)

    def keeping(self, document: Document) -> Effect:
        d = document
        kept = (d.id, d.kind, d.about, d.digest, d.sealed, d.received_at, d.retain_until)
        return OneRow(_KEEP, (*kept, d.state, d.why, d.due_at, list(d.asks), d.compared))

    def deciding(self, document: Document, *, by: str) -> Effect:
        d = document
        return OneRow(_DECIDE, (d.id, d.state, d.why, list(d.asks), d.compared, by, list(WAITS_FOR_OFFICER)))

    async def waiting(self) -> Sequence[Document]:
        async with self._pool.acquire() as connection:
            rows = await connection.fetch(_WAITING, list(WAITS_FOR_OFFICER))
        return [_document(row) for row in rows]

    async def waiting_since(self) -> list[datetime]:
        async with self._pool.acquire() as connection:
            rows = await connection.fetch(_SINCE, list(WAITS_FOR_OFFICER))
        return [row["received_at"] for row in rows]

    async def find(self, document_id: str) -> Document | None:
        async with self._pool.acquire() as connection:
            row = await connection.fetchrow(_FIND, document_id)
        return None if row is None else _document(row)

    async def example_of(self, about: str) -> Document | None:
        async with self._pool.acquire() as connection:
            row = await connection.fetchrow(_EXAMPLE, about)
        return None if row is None else _document(row)

    async def counted(self, about: str, *, most: int) -> Sequence[Document]:
        async with self._pool.acquire() as connection:
            return [_document(row) for row in await connection.fetch(_COUNTED, about, most)]

    def counting(self, document: Document, *, example_id: str) -> Effect:
        return Both(self.keeping(replace(document, state=DocumentState.COUNTED)), OneRow(_COUNT, (example_id,)))

    def first(self, about: str) -> Effect:
        return First(about)

    def rejudging(self, document: Document) -> Effect:
        d = document
        return OneRow(_REJUDGE, (d.id, d.state, d.why, list(d.asks), d.about))

    async def last_compared(self, hearing_id: str, *, kinds: Sequence[DocumentKind]) -> Document | None:
        async with self._pool.acquire() as connection:
            row = await connection.fetchrow(_LAST_COMPARED, hearing_id, list(kinds))
        return None if row is None else _document(row)

    def overtaking(self, about: str) -> Effect:
        return AnyRows(_OVERTAKE, (about,))

    def answering(self, about: str, asks: Sequence[str]) -> Effect:
        return AnyRows(_ANSWERED, (about, list(asks)))

    async def apply(self, effects: Sequence[Effect]) -> bool:
        async with self._pool.acquire() as connection:
            transaction = connection.transaction()
            await transaction.start()
            await connection.execute("SELECT FROM log_head FOR UPDATE")
            for effect in effects:
                if not await effect.apply(connection):
                    await transaction.rollback()
                    return False
            await transaction.commit()
        return True

    async def expired(self, *, most: int) -> Sequence[str]:
        async with self._pool.acquire() as connection:
            rows = await connection.fetch(_EXPIRED, most)
        return [row["document_id"] for row in rows]

    async def forget(self, document_ids: Sequence[str]) -> None:
        async with self._pool.acquire() as connection:
            await connection.execute(_FORGET, list(document_ids))


@dataclass(frozen=True, slots=True)
class First:
    """Loses when there is a document about this by then."""

    about: str

    async def apply(self, connection: Connection) -> bool:
        return bool(await connection.fetchval(_FIRST, self.about))


@dataclass(frozen=True, slots=True)
class Both:
    """One write, and another that counts it."""

    one: Effect
    other: Effect

    async def apply(self, connection: Connection) -> bool:
        return await self.one.apply(connection) and await self.other.apply(connection)


async def ask(connection: Connection, questions: Mapping[str, tuple[str, str]]) -> None:
    """These documents are an officer's questions from now on: by document the key of what is asked, and the words."""
    if questions:
        asked, why = zip(*questions.values(), strict=True)
        await connection.execute(_ASK, list(questions), list(asked), list(why))


async def become(
    connection: Connection,
    document_ids: Sequence[str],
    state: DocumentState,
    *,
    of: DocumentState,
    why: str | None = None,
) -> None:
    """Those of these documents that are in the state `of` are in `state` from now on."""
    if document_ids:
        await connection.execute(_BECOME, list(document_ids), state, of, why)


def _document(row: Any) -> Document:
    return Document(
        id=row["document_id"],
        kind=DocumentKind(row["kind"]),
        about=row["about"],
        digest=row["digest"],
        sealed=row["sealed"],
        received_at=row["received_at"],
        retain_until=row["retain_until"],
        state=DocumentState(row["state"]),
        why=row["why"],
        due_at=row["due_at"],
        asks=tuple(row["asks"]),
        compared=row["compared"],
        decided_at=row["decided_at"],
        times=row["times"],
    )
