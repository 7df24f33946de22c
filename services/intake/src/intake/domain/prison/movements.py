"""What a prisoner's movement means to a victim: a release only when every sign of it agrees."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final

import msgspec

from intake.domain.deriving import derived_id
from intake.domain.errors import MovementUnreadable
from intake.domain.hearings.instants import parse_instant
from intake.domain.prison import event_types
from intake.domain.prison.wire import AdditionalInformation, DomainEvent


class Meaning(StrEnum):
    """What a movement tells, or why it tells nothing."""

    RELEASED = "released"
    RECEIVED = "received"
    TEMPORARY_ABSENCE = "temporary-absence"
    TO_HOSPITAL = "to-hospital"
    NOTHING = "nothing"
    ASK_OFFICER = "ask-officer"
    UNKNOWN = "unknown"


TELLING: Final = frozenset({Meaning.RELEASED, Meaning.RECEIVED, Meaning.TEMPORARY_ABSENCE, Meaning.TO_HOSPITAL})

_RELEASE_REASONS: Final = {
    "TEMPORARY_ABSENCE_RELEASE": Meaning.TEMPORARY_ABSENCE,
    "RELEASED_TO_HOSPITAL": Meaning.TO_HOSPITAL,
    "SENT_TO_COURT": Meaning.NOTHING,
    "TRANSFERRED": Meaning.NOTHING,
    "UNKNOWN": Meaning.ASK_OFFICER,
}
_RECEIPT_REASONS: Final = {
    "ADMISSION": Meaning.RECEIVED,
    "TEMPORARY_ABSENCE_RETURN": Meaning.NOTHING,
    "RETURN_FROM_COURT": Meaning.NOTHING,
    "TRANSFERRED": Meaning.NOTHING,
}

_LONGEST_CODE = 10
_DECODER = msgspec.json.Decoder(DomainEvent, strict=False)


@dataclass(frozen=True, slots=True)
class Movement:
    """One domain event as read. `identity` is the same each time the same event is sent; `prison` is a short code."""

    event_type: str
    occurred_at: datetime
    prison_number: str | None
    prison: str | None
    meaning: Meaning
    identity: str


def read_movement(raw: bytes, *, fingerprint: Callable[[bytes], str]) -> Movement:
    """Read one HMPPS domain event; `fingerprint` is a keyed hash. Raises MovementUnreadable, naming only the place."""
    try:
        event = _DECODER.decode(raw)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise MovementUnreadable(place=_place(str(error))) from error
    try:
        occurred_at = parse_instant(event.occurred_at)
    except ValueError as error:
        raise MovementUnreadable(place="$.occurredAt") from error
    information = event.additional_information or AdditionalInformation()
    return Movement(
        event_type=event.event_type,
        occurred_at=occurred_at,
        prison_number=_prison_number(event, information),
        prison=_prison_code(information),
        meaning=_meaning(event, information),
        identity=fingerprint(_distinguishing(event, occurred_at, information)),
    )


def movement_event_id(movement: Movement, *, case_id: str, defendant_id: str) -> str:
    """The id of what this movement tells about one defendant in one case: replays give the same."""
    return derived_id("hmpps", movement.identity, movement.meaning, case_id, defendant_id)


def _meaning(event: DomainEvent, information: AdditionalInformation) -> Meaning:
    if not event_types.is_known(event.event_type):
        return Meaning.UNKNOWN
    if event.event_type not in (event_types.RELEASED, event_types.RECEIVED):
        return Meaning.NOTHING
    if _persons(event) - {information.noms_number}:
        return Meaning.ASK_OFFICER
    if event.event_type == event_types.RECEIVED:
        return _RECEIPT_REASONS.get(information.reason or "", Meaning.UNKNOWN)
    if information.reason == "RELEASED":
        return _release(information)
    return _RELEASE_REASONS.get(information.reason or "", Meaning.UNKNOWN)


def _release(information: AdditionalInformation) -> Meaning:
    place = (information.current_location, information.current_prison_status)
    return Meaning.RELEASED if place == ("OUTSIDE_PRISON", "NOT_UNDER_PRISON_CARE") else Meaning.ASK_OFFICER


def _prison_number(event: DomainEvent, information: AdditionalInformation) -> str | None:
    number = information.noms_number or next(iter(_persons(event)), None)
    return number.strip().upper() if number else None


def _prison_code(information: AdditionalInformation) -> str | None:
    code = information.prison_id
    return code if code and code.isascii() and code.isalnum() and len(code) <= _LONGEST_CODE else None


def _persons(event: DomainEvent) -> set[str]:
    identifiers = event.person_reference.identifiers if event.person_reference else None
    return {identifier.value for identifier in identifiers or () if identifier.type == "NOMS"}


def _distinguishing(event: DomainEvent, occurred_at: datetime, information: AdditionalInformation) -> bytes:
    """HMPPS gives no id: type, time, person and the rest make one. A bare hash of it could be guessed."""
    return msgspec.json.encode((event.event_type, occurred_at, information))


def _place(message: str) -> str:
    _, marker, place = message.rpartition(" - at `")
    return place.rstrip("`") if marker else "$"
