"""Warnings of what makes contact with a victim unsafe: kept sealed, opened for who is about to be in touch."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any, Final, cast

from chassis.consumer.events import ConsumedEvent
from chassis.database import Connection
from chassis.vault.opening import ErasedText, Opener
from contracts.corrections import Amendment, EventCorrected
from contracts.police import VictimIdentified

REMOVED: Final = "There was a warning about contact, which has been removed. Find out before you are in touch."


async def sealed_warnings(connection: Connection, victim_ids: Sequence[str]) -> list[tuple[str, bytes]]:
    """The victims with a warning and the event that holds it, newest first."""
    rows = await connection.fetch(
        """SELECT victim_id, body FROM safe_contact_warning WHERE victim_id = ANY($1)
        ORDER BY said_at DESC, source, event_id""",
        list(victim_ids),
    )
    return [(row["victim_id"], row["body"]) for row in rows]


async def opened_warnings(
    sealed: Sequence[tuple[str, bytes]], opener: Opener, *, purpose: str
) -> Mapping[str, tuple[str, ...]]:
    """What each victim's warnings say; one without any is absent."""
    opened = await opener.open([body for _, body in sealed], purpose=purpose)
    found: dict[str, tuple[str, ...]] = defaultdict(tuple)
    for (victim, _), event in zip(sealed, opened, strict=True):
        found[victim] += (_said(event["data"]),)
    return found


async def warning_named(connection: Connection, event: ConsumedEvent, victim: str) -> None:
    """What the event that names a victim warns of. One that warns of nothing takes nothing back."""
    data = event.data()
    if isinstance(data, VictimIdentified) and data.safe_contact_warning is not None:
        await _keep(connection, event, victim, named_by=(event.header.source, event.header.id))


async def warning_amended(connection: Connection, event: ConsumedEvent, victim: str) -> None:
    """The event that names the victim was put right or taken back, and its warning with it."""
    data = cast(Amendment, event.data())
    named_by = (data.original_source or event.header.source, data.original_id)
    replacement = data.replacement.data if isinstance(data, EventCorrected) else None
    if isinstance(replacement, VictimIdentified) and replacement.safe_contact_warning is not None:
        await _keep(connection, event, victim, named_by=named_by)
    else:
        await connection.execute("DELETE FROM safe_contact_warning WHERE source = $1 AND event_id = $2", *named_by)


async def _keep(connection: Connection, event: ConsumedEvent, victim: str, *, named_by: tuple[str, str]) -> None:
    await connection.execute(
        """INSERT INTO safe_contact_warning (source, event_id, victim_id, said_at, body) VALUES ($1, $2, $3, $4, $5)
        ON CONFLICT (source, event_id) DO UPDATE
        SET victim_id = excluded.victim_id, said_at = excluded.said_at, body = excluded.body""",
        *named_by,
        victim,
        event.recorded_at,
        event.body,
    )


def _said(data: Mapping[str, Any]) -> str:
    said = data["replacement"]["data"] if "replacement" in data else data
    text = said["safe_contact_warning"]
    return REMOVED if isinstance(text, ErasedText) else str(text)
