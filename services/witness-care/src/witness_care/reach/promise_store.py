"""What was agreed with each victim about being reached: the newest contact promise, without an address."""

from collections.abc import Mapping, Sequence
from datetime import time
from typing import cast

from chassis.consumer.events import ConsumedEvent
from chassis.database import Connection
from contracts.notifications import ContactPromiseAgreed, ContactPromiseQuestioned

from witness_care.reach.reach import Reach, SafeHours


async def reaches(connection: Connection, victim_ids: Sequence[str]) -> Mapping[str, Reach]:
    """How each victim may be reached; one with whom nothing was agreed is absent."""
    rows = await connection.fetch(
        "SELECT victim_id, agreed::text FROM promise WHERE victim_id = ANY($1)", list(victim_ids)
    )
    return {row["victim_id"]: _reach(ContactPromiseAgreed.model_validate_json(row["agreed"])) for row in rows}


async def promise_agreed(connection: Connection, event: ConsumedEvent, victim: str) -> object:
    """Keep what was agreed, unless something newer is kept."""
    data = cast(ContactPromiseAgreed, event.data())
    return await connection.execute(
        """INSERT INTO promise (victim_id, version, agreed) VALUES ($1, $2, $3::text::jsonb)
        ON CONFLICT (victim_id) DO UPDATE SET version = excluded.version, agreed = excluded.agreed
        WHERE promise.version < excluded.version""",
        victim,
        data.version,
        data.model_dump_json(),
    )


async def promise_questioned(connection: Connection, event: ConsumedEvent, victim: str) -> object:
    """A warning came: what was called safe is not known to be, unless something newer was agreed."""
    data = cast(ContactPromiseQuestioned, event.data())
    return await connection.execute(
        """UPDATE promise SET version = $2, agreed = agreed || $3::text::jsonb
        WHERE victim_id = $1 AND version < $2""",
        victim,
        data.version,
        data.model_dump_json(include={"channels"}),
    )


def _reach(agreed: ContactPromiseAgreed) -> Reach:
    hours = (
        SafeHours(window.days, time.fromisoformat(window.starts), time.fromisoformat(window.ends))
        for window in agreed.windows
    )
    channels = {channel.kind: channel.safe for channel in agreed.channels}
    return Reach(channels, tuple(hours), agreed.language, agreed.has_code_word)
