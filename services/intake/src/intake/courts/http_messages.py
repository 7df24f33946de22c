"""What the OpenAPI document says of a Common Platform message: what must be there for it to be kept at all."""

from typing import Any, Final

from intake.courts.reading.unread import ID_PATTERN

HEARING: Final[dict[str, Any]] = {
    "type": "object",
    "title": "HearingMessage",
    "description": (
        "Common Platform's own schema of a hearing. What is read of it is told; what is not understood waits for an "
        "officer; only what is no JSON, or names no hearing, is refused."
    ),
    "required": ["hearing"],
    "properties": {
        "hearing": {
            "type": "object",
            "required": ["id"],
            "properties": {
                "id": {"type": "string", "pattern": ID_PATTERN, "description": "The same as in the address."}
            },
        },
    },
}
