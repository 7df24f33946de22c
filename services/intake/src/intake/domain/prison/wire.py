"""The parts of an HMPPS domain event that we read (hmpps-domain-events, June 2026); all else in it is ignored."""

from msgspec import Struct


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


class DomainEvent(Struct, rename="camel"):
    event_type: str
    occurred_at: str
    additional_information: AdditionalInformation | None = None
    person_reference: PersonReference | None = None
    detail_url: str | None = None
