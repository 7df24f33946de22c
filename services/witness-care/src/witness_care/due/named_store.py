"""Looks up the news and the duties that a contact names."""

from collections.abc import Sequence

from chassis.database import Connection
from contracts.ids import DutyKey, NewsId

from witness_care.due.ending import EndsBy, duty_ends_by
from witness_care.due.named import Named


async def named_by(
    connection: Connection, victim_id: str, *, news_ids: Sequence[NewsId], duty_keys: Sequence[DutyKey]
) -> Named:
    """The news of a duty is told with it where it stands; of news that the desk has not heard of nothing is known."""
    duties = await connection.fetch(
        """SELECT duty_id, duty.news_id FROM duty LEFT JOIN news n USING (victim_id, news_id)
        WHERE victim_id = $1 AND duty_key = ANY($2) AND coalesce(n.standing AND NOT n.withdrawn, true)""",
        victim_id,
        list(duty_keys),
    )
    told = [NewsId(row["news_id"]) for row in duties if row["news_id"] and _by_telling(row["duty_id"])]
    told = list(dict.fromkeys((*news_ids, *told)))
    happened_at = await connection.fetchval(
        "SELECT max(occurred_at) FROM news WHERE victim_id = $1 AND news_id = ANY($2)", victim_id, told
    )
    return Named(
        told=tuple(told),
        happened_at=happened_at,
        needs_more=any(not _by_telling(row["duty_id"]) for row in duties),
    )


def _by_telling(duty_id: str) -> bool:
    return duty_ends_by(duty_id) is EndsBy.TOLD
