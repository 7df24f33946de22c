"""Accepted claims, written: a statement for each kind, however many there are."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from chassis.database import Connection

from intake.identity.causes_store import write_causes
from intake.identity.claims import Claims, Merge

_OPEN = "INSERT INTO opened_case (case_id) SELECT unnest($1::text[]) ON CONFLICT DO NOTHING"
_REFERENCE = """
INSERT INTO reference (scheme, issuer, value, case_id)
SELECT * FROM unnest($1::text[], $2::text[], $3::text[], $4::text[]) ON CONFLICT DO NOTHING
"""
_NUMBER = """
INSERT INTO victim_number (issuer, number, victim_id)
SELECT * FROM unnest($1::text[], $2::text[], $3::text[]) ON CONFLICT DO NOTHING
"""
_LINK = """
INSERT INTO victim_link (link_id, victim_id, case_id, defendant_id, offence_ids, linked_by)
VALUES ($1, $2, $3, $4, $5, $6)
"""
_LINKS = """
INSERT INTO victim_link (link_id, victim_id, case_id, linked_by)
SELECT * FROM unnest($1::text[], $2::text[], $3::text[], $4::text[])
"""
_FOLLOW = """
UPDATE case_alias SET now_id = $2, crime_id = CASE WHEN $3 AND crime_id = $1 THEN $2 ELSE crime_id END WHERE now_id = $1
"""
_ALIAS = "INSERT INTO case_alias (case_id, now_id, crime_id) VALUES ($1, $2, CASE WHEN $3 THEN $2 ELSE $1 END)"
_MERGE = """
INSERT INTO case_merge (event_id, from_case, into_case, same_crime, merged_by) VALUES ($1, $2, $3, $4, $5)
"""


class Claimed(NamedTuple):
    """What a submission claims, who brought it about, and the event that it is taken back with."""

    claims: Claims
    by: str
    cause: tuple[str, str] | None = None


async def open_cases(connection: Connection, cases: Iterable[str]) -> None:
    """Open cases that are not open yet."""
    wanted = list(dict.fromkeys(cases))
    if wanted:
        await connection.execute(_OPEN, wanted)


async def write_claims(connection: Connection, accepted: Sequence[Claimed]) -> None:
    """Write claims with who brought each about; the caller has checked them under the head lock."""
    claims = [one.claims for one in accepted]
    references = {named.key: case for one in claims for named, case in one.references}
    numbers = {(number.issuer, number.number): victim for one in claims for number, victim in one.numbers}
    opened = [case for one in claims for case in (*one.opened, *(link.case_id for link in one.links))]
    await open_cases(connection, [*references.values(), *opened])
    if references:
        await connection.execute(_REFERENCE, *_columns((*key, case) for key, case in references.items()))
    if numbers:
        await connection.execute(_NUMBER, *_columns((*key, victim) for key, victim in numbers.items()))
    await _write_links(connection, accepted)
    for one in accepted:
        for merge in one.claims.merges:
            await write_merge(connection, merge, by=one.by)
    await write_causes(connection, [(one.claims, one.cause) for one in accepted if one.cause is not None])


async def _write_links(connection: Connection, accepted: Sequence[Claimed]) -> None:
    made = [(link, one.by) for one in accepted for link in one.claims.links]
    plain = [(link.link_id, link.victim_id, link.case_id, by) for link, by in made if not link.defendant_id]
    if plain:
        await connection.execute(_LINKS, *_columns(plain))
    for link, by in made:
        if link.defendant_id:
            arguments = (link.link_id, link.victim_id, link.case_id, link.defendant_id, list(link.offence_ids), by)
            await connection.execute(_LINK, *arguments)


async def write_merge(connection: Connection, merge: Merge, *, by: str) -> None:
    """One case goes on as another from now on."""
    pair = (merge.from_case, merge.into_case, merge.same_crime)
    await connection.execute(_FOLLOW, *pair)
    await connection.execute(_ALIAS, *pair)
    await connection.execute(_MERGE, merge.event_id, *pair, by)


def _columns(rows: Iterable[tuple[str, ...]]) -> list[list[str]]:
    return [list(column) for column in zip(*rows, strict=True)]
