"""What the OpenAPI document says of a domain event of HMPPS: what must be there for it to be kept at all."""

from typing import Any, Final

_TIME: Final = (
    r"^(19|20|21)[0-9]{2}-(0[1-9]|1[0-2])-(0[1-9]|1[0-9]|2[0-8]|29|30|31)"
    r"([T ]([01][0-9]|2[0-3]):[0-5][0-9](:[0-5][0-9](\.[0-9]{1,9})?)?(Z|[+-]([01][0-9]|2[0-3]):?[0-5][0-9])?)?$"
)
DOMAIN_EVENT: Final[dict[str, Any]] = {
    "type": "object",
    "title": "DomainEvent",
    "description": "A domain event as HMPPS publishes it. A type that nobody has decided about waits for an officer.",
    "required": ["eventType", "occurredAt"],
    "properties": {
        "eventType": {"type": "string"},
        "occurredAt": {"type": "string", "pattern": _TIME, "description": "Without a zone it is taken as UTC."},
        "additionalInformation": {"description": "Of a movement: `nomsNumber`, `reason`, `prisonId`."},
        "personReference": {"description": "Of a movement: `identifiers`, each with `type` and `value`."},
    },
}
