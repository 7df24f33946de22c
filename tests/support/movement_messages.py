"""HMPPS domain events about an invented prisoner, in the published shape."""

import json
from typing import Any

NUMBER = "A1234AA"


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
