"""What a prisoner's movement means to a victim: a release only when every sign of it agrees."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final, TypeVar

import msgspec

from intake.errors import MovementUnreadable
from intake.identity.identifiers import canonical
from intake.prisons import event_types
from intake.prisons.not_ours import NOT_OURS
from intake.prisons.wire import AdditionalInformation, DomainEvent, PersonReference, Renumbering
from intake.recording.deriving import derived_id
from intake.recording.instants import parse_instant

Part = TypeVar("Part")


class Meaning(StrEnum):
    """What a movement tells, or why it tells nothing."""

    RELEASED = "released"
    RECEIVED = "received"
    TEMPORARY_ABSENCE = "temporary-absence"
    TO_HOSPITAL = "to-hospital"
    MERGED = "merged"
    BOOKING_MOVED = "booking-moved"
    BOOKING_DELETED = "booking-deleted"
    RENUMBERING_UNCLEAR = "renumbering-unclear"
    NOTHING = "nothing"
    NOT_OURS = "not-ours"
    ASK_OFFICER = "ask-officer"
    UNKNOWN = "unknown"


TELLING: Final = frozenset({Meaning.RELEASED, Meaning.RECEIVED, Meaning.TEMPORARY_ABSENCE, Meaning.TO_HOSPITAL})

IDENTITY: Final = frozenset(
    {Meaning.MERGED, Meaning.BOOKING_MOVED, Meaning.BOOKING_DELETED, Meaning.RENUMBERING_UNCLEAR}
)
"""Asks an officer who is who: while it is open, nothing is told of the numbers it names."""

_RENUMBERED: Final = {event_types.MERGED: Meaning.MERGED, event_types.BOOKING_MOVED: Meaning.BOOKING_MOVED}
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
_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_.-]{0,119}")
_CODE = re.compile(r"[A-Za-z][A-Za-z0-9_-]{0,39}")
_EVENT = msgspec.json.Decoder(DomainEvent, strict=False)
_INFORMATION = msgspec.json.Decoder(AdditionalInformation | None, strict=False)
_RENUMBERING = msgspec.json.Decoder(Renumbering | None, strict=False)
_PERSON = msgspec.json.Decoder(PersonReference | None, strict=False)


@dataclass(frozen=True, slots=True)
class Movement:
    """One domain event as read. `identity` is the same each time the same event is sent; `prison` is a short code.

    Where numbers were merged or a booking was moved, `prison_number` is the one before and `continued_as` the other.
    """

    event_type: str
    occurred_at: datetime
    prison_number: str | None
    prison: str | None
    meaning: Meaning
    identity: str
    continued_as: str | None = None
    kind: str = ""
    """What nobody has decided about, where its meaning is unknown: an event type, or a reason of one."""


@dataclass(frozen=True, slots=True)
class _Read:
    """A domain event, decoded: what we read of its parts, and `rest`, which tells it from others of its type."""

    event_type: str
    occurred_at: str
    information: AdditionalInformation
    persons: frozenset[str]
    rest: object
    renumbered: tuple[str, str] | None


def read_movement(raw: bytes, *, fingerprint: Callable[[bytes], str]) -> Movement:
    """Read one HMPPS domain event; `fingerprint` is a keyed hash. Raises MovementUnreadable, naming only the place."""
    try:
        event = _read(_EVENT.decode(raw))
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise MovementUnreadable(place=_place(str(error))) from error
    try:
        occurred_at = parse_instant(event.occurred_at)
    except ValueError as error:
        raise MovementUnreadable(place="$.occurredAt") from error
    # HMPPS gives no id: type, time, persons and the rest make one, and a bare hash of them could be guessed
    distinguishing = (event.event_type, occurred_at, sorted(event.persons), event.rest)
    meaning = _meaning(event)
    return Movement(
        event_type=event.event_type,
        occurred_at=occurred_at,
        prison_number=_prison_number(event),
        prison=_prison_code(event.information),
        meaning=meaning,
        identity=fingerprint(msgspec.json.encode(distinguishing, order="sorted")),
        continued_as=event.renumbered[1] if event.renumbered else None,
        kind=_kind(event) if meaning == Meaning.UNKNOWN else "",
    )


def movement_event_id(movement: Movement, *, confirmation_id: str) -> str:
    """The id of what this movement tells because of one confirmation: replays give the same.

    What was taken back with a confirmation can be told anew by a later one of the same defendant.
    """
    return derived_id("hmpps", movement.identity, movement.meaning, confirmation_id)


def _read(event: DomainEvent) -> _Read:
    """A movement's rest is what we read of it: its remarks are not to be relied on. Any other's is all there is."""
    moves = event.event_type in (event_types.RELEASED, event_types.RECEIVED)
    information = _part(_INFORMATION, event.additional_information, exact=moves) or AdditionalInformation()
    person = _part(_PERSON, event.person_reference, exact=moves)
    parts = (event.additional_information, event.person_reference, event.detail_url)
    return _Read(
        event.event_type,
        event.occurred_at,
        information,
        frozenset(one.value for one in (person and person.identifiers) or () if one.type == "NOMS"),
        rest=information if moves else [msgspec.json.decode(part) for part in parts],
        renumbered=_renumbered(event),
    )


def _renumbered(event: DomainEvent) -> tuple[str, str] | None:
    """The number before and the one since, by their fields: a published description has them the wrong way round."""
    if event.event_type not in _RENUMBERED:
        return None
    found = _part(_RENUMBERING, event.additional_information, exact=False) or Renumbering()
    merged = event.event_type == event_types.MERGED
    before = _canonical(found.removed_noms_number if merged else found.moved_from_noms_number)
    since = _canonical(found.noms_number if merged else found.moved_to_noms_number)
    return (before, since) if before and since and before != since else None


def _canonical(number: str | None) -> str:
    return canonical(number or "")


def _part(decoder: msgspec.json.Decoder[Part], part: msgspec.Raw, *, exact: bool) -> Part | None:
    """A part as we know it; None where it has another shape and nobody demands this one."""
    try:
        return decoder.decode(part)
    except msgspec.ValidationError:
        if exact:
            raise
        return None


def _meaning(event: _Read) -> Meaning:
    information = event.information
    if event.event_type in NOT_OURS:
        return Meaning.NOT_OURS
    if not event_types.is_known(event.event_type):
        return Meaning.UNKNOWN
    if event.event_type in (*_RENUMBERED, event_types.BOOKING_DELETED):
        return _who_is_who(event)
    if event.event_type not in (event_types.RELEASED, event_types.RECEIVED):
        return Meaning.NOTHING
    if event.persons - {information.noms_number}:
        return Meaning.ASK_OFFICER
    if event.event_type == event_types.RECEIVED:
        return _RECEIPT_REASONS.get(information.reason or "", Meaning.UNKNOWN)
    if information.reason == "RELEASED":
        return _release(information)
    return _RELEASE_REASONS.get(information.reason or "", Meaning.UNKNOWN)


def _who_is_who(event: _Read) -> Meaning:
    if event.event_type == event_types.BOOKING_DELETED:
        return Meaning.BOOKING_DELETED
    return _RENUMBERED[event.event_type] if event.renumbered else Meaning.RENUMBERING_UNCLEAR


def _kind(event: _Read) -> str:
    """The same for all messages about which the same is not known; a name that is none of HMPPS's is not repeated."""
    if not event_types.is_known(event.event_type):
        return event.event_type if _NAME.fullmatch(event.event_type) else "an event type in other letters"
    reason = event.information.reason or "none"
    return f"{event.event_type} reason {reason if _CODE.fullmatch(reason) else 'in other letters'}"


def _release(information: AdditionalInformation) -> Meaning:
    place = (information.current_location, information.current_prison_status)
    return Meaning.RELEASED if place == ("OUTSIDE_PRISON", "NOT_UNDER_PRISON_CARE") else Meaning.ASK_OFFICER


def _prison_number(event: _Read) -> str | None:
    if event.renumbered:
        return event.renumbered[0]
    return _canonical(event.information.noms_number or min(event.persons, default=None)) or None


def _prison_code(information: AdditionalInformation) -> str | None:
    code = information.prison_id
    return code if code and code.isascii() and code.isalnum() and len(code) <= _LONGEST_CODE else None


def _place(message: str) -> str:
    _, marker, place = message.rpartition(" - at `")
    return place.rstrip("`") if marker else "$"
