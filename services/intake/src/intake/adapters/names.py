"""Looks up the names of a whole request in one query."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from chassis.database import Connection, Pool

from intake.application.ports import Resolved
from intake.domain.identity import Directory, Report
from intake.domain.naming import Mention, Numbered

# One row per thing found: what it is, then up to four texts.
_RESOLVE: Final = """
WITH numbered AS (
  SELECT n.issuer, n.number, v.victim_id
  FROM unnest($4::text[], $5::text[]) AS n(issuer, number) JOIN victim_number v USING (issuer, number)
), reported AS (
  SELECT r.reference, coalesce(a.now_id, r.case_id) AS case_id, r.victim_id, r.share_with_police
  FROM report r LEFT JOIN case_alias a USING (case_id) WHERE r.reference = ANY ($6::text[])
), whom AS (SELECT victim_id FROM numbered UNION SELECT victim_id FROM reported)
SELECT 'case', r.scheme, r.issuer, r.value, coalesce(a.now_id, r.case_id)
FROM unnest($1::text[], $2::text[], $3::text[]) AS n(scheme, issuer, value)
JOIN reference r USING (scheme, issuer, value) LEFT JOIN case_alias a USING (case_id)
UNION ALL SELECT 'victim', issuer, number, victim_id, NULL FROM numbered
UNION ALL SELECT 'report', reference, case_id, victim_id, share_with_police::text FROM reported
UNION ALL SELECT 'link', l.victim_id, coalesce(a.now_id, l.case_id), NULL, NULL
FROM victim_link l JOIN whom USING (victim_id) LEFT JOIN case_alias a USING (case_id)
WHERE l.revoked_at IS NULL AND l.defendant_id IS NULL
UNION ALL SELECT 'now', to_char(business_now(), 'YYYY-MM-DD"T"HH24:MI:SS.US"+00:00"'), NULL, NULL, NULL
"""

_RECORDED: Final = "SELECT source, id FROM unnest($1::text[], $2::text[]) AS n(source, id) JOIN log USING (source, id)"


class DatabaseNames:
    """The identity tables. Reads outside the head lock; the append guard checks again what matters."""

    def __init__(self, pool: Pool) -> None:
        self._pool = pool

    async def resolve(self, mentions: Sequence[Mention]) -> Resolved:
        async with self._pool.acquire() as connection:
            return await resolve_within(connection, mentions)

    async def recorded(self, events: Sequence[tuple[str, str]]) -> set[tuple[str, str]]:
        async with self._pool.acquire() as connection:
            rows = await connection.fetch(_RECORDED, [source for source, _ in events], [id_ for _, id_ in events])
        return {(source, id_) for source, id_ in rows}


async def resolve_within(connection: Connection, mentions: Sequence[Mention]) -> Resolved:
    """The directory for these mentions, and the business time it was read at."""
    references = list({r.key for mention in mentions for r in mention.references})
    numbers = list({mention.victim for mention in mentions if mention.victim is not None})
    reports = list({reference for mention in mentions for reference in mention.reports})
    rows = await connection.fetch(
        _RESOLVE,
        [scheme for scheme, _, _ in references],
        [issuer for _, issuer, _ in references],
        [value for _, _, value in references],
        [number.issuer for number in numbers],
        [number.number for number in numbers],
        reports,
    )
    return _read(rows)


def _read(rows: Sequence[tuple[str, str, str, str, str]]) -> Resolved:
    directory = Directory()
    now: datetime | None = None
    for kind, first, second, third, fourth in rows:
        if kind == "case":
            directory.cases[(first, second, third)] = fourth
        elif kind == "victim":
            directory.victims[Numbered(first, second)] = third
        elif kind == "link":
            directory.links.add((first, second))
        elif kind == "report":
            directory.reports[first] = Report(second, third, fourth == "true")
        else:
            now = datetime.fromisoformat(first)
    if now is None:
        raise LookupError("the database did not tell the time")
    return Resolved(directory, now)
