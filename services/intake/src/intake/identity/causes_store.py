"""Which event answers for what: it is undone when that event is taken back."""

from collections.abc import Iterable, Sequence

from chassis.database import Connection

from intake.identity.claims import Claims

_TIES = """
INSERT INTO case_tie (one_case, other_case, same_crime, source, event_id)
SELECT * FROM unnest($1::text[], $2::text[], $3::boolean[], $4::text[], $5::text[])
"""
_NAMES = """
INSERT INTO name_joined (scheme, issuer, value, attached, source, event_id)
SELECT * FROM unnest($1::text[], $2::text[], $3::text[], $4::boolean[], $5::text[], $6::text[]) ON CONFLICT DO NOTHING
"""
_NUMBERS = """
INSERT INTO number_joined (issuer, number, source, event_id)
SELECT * FROM unnest($1::text[], $2::text[], $3::text[], $4::text[]) ON CONFLICT DO NOTHING
"""
_MADE = """
INSERT INTO link_support (link_id, source, event_id)
SELECT * FROM unnest($1::text[], $2::text[], $3::text[]) ON CONFLICT DO NOTHING
"""
_SUPPORTED = """
INSERT INTO link_support (link_id, source, event_id)
SELECT l.link_id, n.source, n.event_id
FROM unnest($1::text[], $2::text[], $3::text[], $4::text[]) AS n(victim_id, crime_id, source, event_id)
JOIN victim_link l USING (victim_id) LEFT JOIN case_alias a USING (case_id)
WHERE coalesce(a.crime_id, l.case_id) = n.crime_id AND l.defendant_id IS NULL AND l.revoked_at IS NULL
ON CONFLICT DO NOTHING
"""


async def write_causes(connection: Connection, accepted: Sequence[tuple[Claims, tuple[str, str]]]) -> None:
    """What each of these claims is taken back with; links and cases are written before."""
    rows: dict[str, list[tuple[object, ...]]] = {
        _TIES: [(t.one_case, t.other_case, t.same_crime, *cause) for one, cause in accepted for t in one.ties],
        _NAMES: [(*j.name.key, j.attached, *cause) for one, cause in accepted for j in one.joined],
        _NUMBERS: [(*one.reporter, *cause) for one, cause in accepted if one.reporter is not None],
        _MADE: [(link.link_id, *cause) for one, cause in accepted for link in one.links],
        _SUPPORTED: [(*pair, *cause) for one, cause in accepted for pair in one.supports],
    }
    for statement, values in rows.items():
        if values:
            await connection.execute(statement, *_columns(values))


def _columns(rows: Iterable[tuple[object, ...]]) -> list[list[object]]:
    return [list(column) for column in zip(*rows, strict=True)]
