"""Finds events that somebody wants to correct, with every state they have had."""

from collections.abc import Sequence

import msgspec
from chassis.database import Pool
from contracts.intake import Doubt

from intake.recording.originals import Original

_FIND = """
SELECT o.source, o.id, o.type, o.body, o.hash, d.event_id IS NOT NULL AS cleared
FROM unnest($1::text[], $2::text[]) AS n(source, id) JOIN log o USING (source, id)
LEFT JOIN doubt_cleared d ON d.source = o.source AND d.event_id = o.id
"""
_CORRECTIONS = """
SELECT c.source, c.original_id, c.corrects_state, c.event_id, c.retracts, l.hash
FROM unnest($1::text[], $2::text[]) AS n(source, original_id) JOIN correction c USING (source, original_id)
JOIN log l ON l.source = c.event_source AND l.id = c.event_id
"""


class _Body(msgspec.Struct):
    caseid: str
    data: dict[str, object]
    victimid: str | None = None
    backfill: bool = False
    doubt: str | None = None
    crimeids: str | None = None


_BODY = msgspec.json.Decoder(_Body)


class DatabaseOriginals:
    """Reads the log and the corrections made so far."""

    def __init__(self, pool: Pool) -> None:
        self._pool = pool

    async def find(self, keys: Sequence[tuple[str, str]]) -> dict[tuple[str, str], Original]:
        sources, ids = [source for source, _ in keys], [id_ for _, id_ in keys]
        async with self._pool.acquire() as connection:
            rows = await connection.fetch(_FIND, sources, ids)
            made = await connection.fetch(_CORRECTIONS, sources, ids)
        found = {(row["source"], row["id"]): _original(row) for row in rows}
        for row in made:
            states = found[(row["source"], row["original_id"])].states
            states[bytes(row["corrects_state"])] = row["event_id"]
            # a retraction is an end: nothing can be put right about what was taken back
            states.setdefault(bytes(row["hash"]), row["event_id"] if row["retracts"] else None)
        return found


def _original(row: "dict[str, bytes]") -> Original:
    body = _BODY.decode(row["body"])
    return Original(
        source=str(row["source"]),
        id=str(row["id"]),
        type=str(row["type"]),
        case_id=body.caseid,
        victim_id=body.victimid,
        backfill=body.backfill,
        doubts=tuple(map(Doubt, body.doubt.split(","))) if body.doubt and not row["cleared"] else (),
        references=body.data.get("references"),
        victim=body.data.get("victim"),
        crimeids=body.crimeids,
        states={bytes(row["hash"]): None},
    )
