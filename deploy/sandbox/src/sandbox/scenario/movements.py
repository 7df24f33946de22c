"""Invented HMPPS domain events."""

import json
from collections.abc import Mapping
from datetime import datetime

from sandbox.scenario import cast
from sandbox.scenario.calls import Service, as_system, expect
from sandbox.world import World

DELAYED_LANE = "prison-offender-events.prisoner.released"
IMMEDIATE_LANE = "prisoner-offender-search.prisoner.released"
_OUT = {"currentLocation": "OUTSIDE_PRISON", "currentPrisonStatus": "NOT_UNDER_PRISON_CARE"}
_AT_COURT = {"currentLocation": "OUTSIDE_PRISON", "currentPrisonStatus": "UNDER_PRISON_CARE"}


async def released(
    world: World, *, reason: str, at: datetime, lane: str = DELAYED_LANE, number: str = cast.PRISON_NUMBER
) -> None:
    """`prisoner.released` with this reason, as the named lane sends it."""
    event = {
        "eventType": lane,
        "version": 1,
        "description": "A prisoner has been released from a prison",
        "occurredAt": at.isoformat(timespec="seconds"),
        "publishedAt": at.isoformat(timespec="seconds"),
        "additionalInformation": {
            "nomsNumber": number,
            "reason": reason,
            "prisonId": "HBI",
            "nomisMovementReasonCode": "CR",
            "details": "Movement reason code CR",
            **(_OUT if reason == "RELEASED" else _AT_COURT),
        },
        "personReference": {"identifiers": [{"type": "NOMS", "value": number}]},
    }
    await _send(world, event)


async def booking_moved(world: World, *, at: datetime) -> None:
    """The booking of the prisoner in the story is another number's from now on."""
    event = {
        "eventType": "prison-offender-events.prisoner.booking.moved",
        "version": 1,
        "description": "A NOMIS booking has moved between prisoners",
        "occurredAt": at.isoformat(timespec="seconds"),
        "publishedAt": at.isoformat(timespec="seconds"),
        "additionalInformation": {
            "movedFromNomsNumber": cast.PRISON_NUMBER,
            "movedToNomsNumber": cast.NEXT_PRISON_NUMBER,
            "bookingId": "4400127",
        },
    }
    await _send(world, event)


async def _send(world: World, event: Mapping[str, object]) -> None:
    content, kind = json.dumps(event).encode(), "application/json"
    expect(
        await as_system(
            world, "sandbox-prison", Service.INTAKE, "POST", "/domain-events", content=content, content_type=kind
        )
    )
