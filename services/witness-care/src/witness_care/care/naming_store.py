"""By which event each victim is named; names are opened from the vault when they are read, each opening on record."""

from collections.abc import Mapping, Sequence
from typing import cast

from chassis.consumer.events import ConsumedEvent
from chassis.database import Connection
from chassis.vault.opening import Opener
from contracts.corrections import EventCorrected, EventRetracted

from witness_care.care.calling import Called, called
from witness_care.care.victim_store import VictimRow

NAMING = frozenset({"police.victim-identified.v1", "intake.report-received.v1"})
"""The types whose data names a victim."""


async def names_of(rows: Sequence[VictimRow], opener: Opener, *, purpose: str) -> Mapping[str, Called]:
    """How each victim is called; one whom nothing names is absent."""
    named = [(row.victim_id, row.identified) for row in rows if row.identified is not None]
    opened = await opener.open([body for _, body in named], purpose=purpose)
    return {victim: called(event["data"]) for (victim, _), event in zip(named, opened, strict=True)}


async def identified(connection: Connection, event: ConsumedEvent, victim: str) -> object:
    """This event names the victim."""
    return await connection.execute(
        """INSERT INTO victim (victim_id, identified) VALUES ($1, $2)
        ON CONFLICT (victim_id) DO UPDATE SET identified = excluded.identified""",
        victim,
        event.body,
    )


async def naming_corrected(connection: Connection, event: ConsumedEvent, victim: str) -> object:
    """The name is put right, where it is a name that was wrong."""
    data = cast(EventCorrected, event.data())
    return await identified(connection, event, victim) if data.replacement.type in NAMING else None


async def naming_retracted(connection: Connection, event: ConsumedEvent, victim: str) -> object:
    """The victim is not yet named again, where the name came from what is taken back."""
    data = cast(EventRetracted, event.data())
    return await connection.execute(
        """UPDATE victim SET identified = NULL
        WHERE victim_id = $1 AND coalesce(convert_from(identified, 'UTF8')::jsonb #>> '{data,original_id}',
                                          convert_from(identified, 'UTF8')::jsonb ->> 'id') = $2""",
        victim,
        data.original_id,
    )
