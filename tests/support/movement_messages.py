"""HMPPS domain events about an invented prisoner, in the published shape."""

import json
from typing import Any

NUMBER, KEPT_NUMBER = "A1234AA", "A9999AA"


def movement(
    *,
    event_type: str = "prison-offender-events.prisoner.released",
    reason: str = "RELEASED",
    occurred: str = "2026-12-01T10:00:00+00:00",
    published: str = "2026-12-01T10:46:00.123456789+00:00",
    number: str = NUMBER,
    person: str | None = None,
    **information: Any,
) -> bytes:
    """One movement; by default a release of which every sign agrees."""
    return json.dumps(
        {
            "eventType": event_type,
            "version": 1,
            "description": "in words",
            "occurredAt": occurred,
            "publishedAt": published,
            "additionalInformation": {
                "nomsNumber": number,
                "prisonId": "LEI",
                "reason": reason,
                "currentLocation": "OUTSIDE_PRISON",
                "currentPrisonStatus": "NOT_UNDER_PRISON_CARE",
                **information,
            },
            "personReference": {"identifiers": [{"type": "NOMS", "value": person or number}]},
        }
    ).encode()


def merged(*, gone: str = NUMBER, kept: str = KEPT_NUMBER, occurred: str = "2026-12-01T09:00:00+00:00") -> bytes:
    """HMPPS found that two numbers are one prisoner; its words have them the wrong way round, as published."""
    return _renumbering(
        "prison-offender-events.prisoner.merged",
        {"nomsNumber": kept, "removedNomsNumber": gone, "reason": "MERGE"},
        description=f"A prisoner has been merged from {kept} to {gone}",
        occurred=occurred,
    )


def booking_moved(*, before: str = NUMBER, since: str = KEPT_NUMBER) -> bytes:
    return _renumbering(
        "prison-offender-events.prisoner.booking.moved",
        {"movedFromNomsNumber": before, "movedToNomsNumber": since, "bookingId": "1234567"},
        description="in words",
        occurred="2026-12-01T09:00:00+00:00",
    )


def _renumbering(event_type: str, information: dict[str, Any], *, description: str, occurred: str) -> bytes:
    return json.dumps(
        {
            "eventType": event_type,
            "version": 1,
            "description": description,
            "occurredAt": occurred,
            "publishedAt": occurred,
            "additionalInformation": information,
        }
    ).encode()


def booking_deleted(*, number: str = NUMBER) -> bytes:
    return _renumbering(
        "prison-offender-events.prisoner.booking.deleted",
        {"nomsNumber": number, "bookingId": "1234567"},
        description="in words",
        occurred="2026-12-01T09:00:00+00:00",
    )


def unclear(*, number: str | None = NUMBER) -> bytes:
    """A merge that names one number only, or none."""
    return _renumbering(
        "prison-offender-events.prisoner.merged",
        {"nomsNumber": number, "reason": "MERGE"},
        description="in words",
        occurred="2026-12-01T09:00:00+00:00",
    )
