"""What courts are called: a day names its court by id alone, and other parts of the same message may have its name."""

from collections.abc import Iterable, Mapping
from typing import Final

import msgspec

from intake.courts.reading.snapshot import Sitting, Snapshot

_COURT: Final = "courtcentre"


def with_names(sittings: Iterable[Sitting], names: Mapping[str, str]) -> tuple[Sitting, ...]:
    """The days with the names of their own courts, by those courts' ids; what is named already stays so."""
    return tuple(
        msgspec.structs.replace(sitting, own_court_name=names.get(sitting.own_court))
        if sitting.own_court and sitting.own_court_name is None
        else sitting
        for sitting in sittings
    )


def unnamed(snapshot: Snapshot) -> frozenset[str]:
    """The ids of courts in which a day of the hearing is held and whose names are not known."""
    sittings = snapshot.listing.sittings
    return frozenset(day.own_court for day in sittings if day.own_court and day.own_court_name is None)


def named(snapshot: Snapshot, names: Mapping[str, str]) -> Snapshot:
    """The same with these courts named where they are not yet."""
    sittings = with_names(snapshot.listing.sittings, names)
    return msgspec.structs.replace(snapshot, listing=msgspec.structs.replace(snapshot.listing, sittings=sittings))


def named_among(sittings: Iterable[Sitting]) -> Mapping[str, str]:
    """The names of courts that days have already."""
    return {day.own_court: day.own_court_name for day in sittings if day.own_court and day.own_court_name}


def names_in(raw: bytes) -> Mapping[str, str]:
    """The names that a message gives to courts, by their ids in small letters, wherever it speaks of one."""
    found: dict[str, str] = {}
    todo: list[object] = [msgspec.json.decode(raw)]
    while todo:  # and not by calling itself: a message may nest as deeply as it likes
        value = todo.pop()
        if isinstance(value, list):
            todo += value
        elif isinstance(value, dict):
            todo += value.values()
            for key, item in value.items():
                found |= _name_of(item) if key.lower().endswith(_COURT) and isinstance(item, dict) else {}
    return found


def _name_of(court: Mapping[str, object]) -> dict[str, str]:
    id_, name = court.get("id"), court.get("name")
    return {id_.lower(): name} if isinstance(id_, str) and isinstance(name, str) and name.strip() else {}
