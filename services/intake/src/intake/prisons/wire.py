"""The parts of an HMPPS domain event that we read (hmpps-domain-events, June 2026); all else in it is ignored."""

from msgspec import Raw, Struct

_ABSENT = Raw(b"null")


class Identifier(Struct, rename="camel"):
    type: str
    value: str


class PersonReference(Struct, rename="camel"):
    identifiers: list[Identifier] | None = None


class AdditionalInformation(Struct, rename="camel"):
    noms_number: str | None = None
    reason: str | None = None
    prison_id: str | None = None
    current_location: str | None = None
    current_prison_status: str | None = None


class Renumbering(Struct, rename="camel"):
    """Beside the others, since what is in those makes a movement's identity."""

    noms_number: str | None = None
    removed_noms_number: str | None = None
    moved_from_noms_number: str | None = None
    moved_to_noms_number: str | None = None


class DomainEvent(Struct, rename="camel"):
    """What every event has. Its parts differ from type to type, and only movements' are read exactly."""

    event_type: str
    occurred_at: str
    additional_information: Raw = _ABSENT
    person_reference: Raw = _ABSENT
    detail_url: Raw = _ABSENT
