"""What the names of a request mean: those settled before from memory, the others in one query."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final, NamedTuple, TypeAlias

from chassis.database import Connection, Pool
from chassis.shared_read import SharedRead

from intake.identity.directory import Directory, Key, Origin, Report
from intake.identity.names import Resolved
from intake.identity.naming import Mention, Numbered
from intake.identity.settled import SettledNames

# One row per thing found: what it is, up to three texts, its case, and those that case and crime go on as. Each name
# is its own look-up (LATERAL, LIMIT): an index is used whatever the planner believes of the tables, which it has never
# seen when they are new.
_RESOLVE: Final = """
WITH numbered AS MATERIALIZED (
  SELECT n.issuer, n.number, v.victim_id FROM unnest($4::text[], $5::text[]) AS n(issuer, number)
  CROSS JOIN LATERAL (
    SELECT victim_id FROM victim_number v WHERE v.issuer = n.issuer AND v.number = n.number LIMIT 1) v
), reported AS MATERIALIZED (
  SELECT reference, case_id, victim_id, share_with_police FROM report WHERE reference = ANY ($6::text[])
), whom AS (SELECT victim_id FROM numbered UNION SELECT victim_id FROM reported), found AS (
  SELECT 'case' AS kind, n.scheme AS first, n.issuer AS second, n.value AS third, r.case_id
  FROM unnest($1::text[], $2::text[], $3::text[]) AS n(scheme, issuer, value)
  CROSS JOIN LATERAL (
    SELECT case_id FROM reference r
    WHERE r.scheme = n.scheme AND r.issuer = n.issuer AND r.value = n.value LIMIT 1) r
  UNION ALL SELECT kind, victim_id, supported, NULL, case_id FROM whom CROSS JOIN LATERAL (
    SELECT CASE WHEN l.revoked_at IS NULL THEN 'link' ELSE 'revoked' END AS kind, case_id,
      (SELECT count(*) >= $7 FROM link_support s WHERE s.link_id = l.link_id)::text AS supported FROM victim_link l
    WHERE l.victim_id = whom.victim_id AND l.defendant_id IS NULL AND NOT l.taken_back OFFSET 0) l
  UNION ALL SELECT 'report', reference, victim_id, share_with_police::text, case_id FROM reported
)
SELECT kind, first, second, third, found.case_id, a.now_id, a.crime_id FROM found
LEFT JOIN LATERAL (SELECT now_id, crime_id FROM case_alias a WHERE a.case_id = found.case_id LIMIT 1) a ON true
UNION ALL SELECT 'victim', issuer, number, victim_id, NULL, NULL, NULL FROM numbered
UNION ALL SELECT 'revision', revision::text, NULL, NULL, NULL, NULL, NULL FROM identity_revision
"""
_PARTED: Final = """
SELECT coalesce(a.now_id, t.one_case), coalesce(b.now_id, t.other_case) FROM case_tie t
LEFT JOIN case_alias a ON a.case_id = t.one_case LEFT JOIN case_alias b ON b.case_id = t.other_case
WHERE t.parted_at IS NOT NULL
"""
ENOUGH: Final = 3
"""So many events that say of a victim whose victim they are outlast what is ever taken back; more are not noted."""
_NOW: Final = "SELECT revision, business_now() FROM identity_revision"
_RECORDED: Final = "SELECT source, id FROM unnest($1::text[], $2::text[]) AS n(source, id) JOIN log USING (source, id)"


class DatabaseNames:
    """The identity tables. Reads outside the head lock; the append guard checks again what matters."""

    def __init__(self, pool: Pool) -> None:
        self._pool = pool
        self._settled = SettledNames()
        self._now = SharedRead(self._read_now)

    async def resolve(self, mentions: Sequence[Mention]) -> Resolved:
        revision, now = await self._now.value()
        known = self._settled.known(mentions, revision=revision)
        asked = [mention for mention in mentions if mention not in known] if len(known) < len(mentions) else []
        if not asked:
            return Resolved(Directory(settled=known), now)
        async with self._pool.acquire() as connection:
            found = await _found(connection, asked)
            if found.revision != revision:
                known, asked = {}, list(mentions)
                found = await _found(connection, asked)
        self._settled.learn(asked, found.directory, revision=found.revision)
        found.directory.settled.update(known)
        return Resolved(found.directory, now)

    async def recorded(self, events: Sequence[tuple[str, str]]) -> set[tuple[str, str]]:
        async with self._pool.acquire() as connection:
            rows = await connection.fetch(_RECORDED, [source for source, _ in events], [id_ for _, id_ in events])
        return {(source, id_) for source, id_ in rows}

    async def _read_now(self) -> tuple[int, datetime]:
        async with self._pool.acquire() as connection:
            revision, now = await connection.fetchrow(_NOW)
        return revision, now


async def resolve_within(connection: Connection, mentions: Sequence[Mention]) -> Resolved:
    """The directory for these mentions, and the business time it was read at."""
    _, now = await connection.fetchrow(_NOW)
    return Resolved((await _found(connection, mentions)).directory, now)


class _Found(NamedTuple):
    directory: Directory
    revision: int


async def _found(connection: Connection, mentions: Sequence[Mention]) -> _Found:
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
        ENOUGH,
    )
    found = _read(rows)
    if any(mention.joins for mention in mentions):
        found.directory.parted.update(map(tuple, await connection.fetch(_PARTED)))
    return found


_Row: TypeAlias = tuple[str, str, str, str, str, str | None, str | None]


def _read(rows: Sequence[_Row]) -> _Found:
    directory, revision = Directory(), 0
    for row in rows:
        kind, first, second, third, *_ = row
        if kind == "revision":
            revision = int(first)
        elif kind == "victim":
            directory.victims[Numbered(first, second)] = third
        else:
            _place(directory, row)
    return _Found(directory, revision)


def _place(directory: Directory, row: _Row) -> None:
    kind, first, second, third, own, now, of_crime = row
    case, crime = now or own, of_crime or own
    if kind == "link":
        directory.link(first, crime, case)
        directory.supported |= {(first, crime)} if second == "true" else set()
        return
    if kind == "revoked":
        directory.revoked |= {(first, crime), (first, case)}
        return
    name: Key | str = first
    if kind == "case":
        name = (first, second, third)
        directory.cases[name] = case
    else:
        directory.reports[first] = Report(case, second, third == "true")
    if now is not None:
        directory.origins[name] = Origin(own, crime)
