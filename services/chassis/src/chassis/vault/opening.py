"""Reading personal fields: recorded events opened with the vault's keys, each sealed text only where it was sealed."""

import base64
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

import msgspec

from chassis.vault.binding import bound_to
from chassis.vault.errors import SealBroken
from chassis.vault.keys import DataKey, Erased
from chassis.vault.port import Vault

_MEMBERS = frozenset({"sealed", "subject", "type", "field"})
_RECOGNISED = _MEMBERS | {"digest"}


class ErasedText(str):
    """Stands where a text was whose key has been destroyed; shown as it is, told apart by its type."""

    __slots__ = ()


ERASED: Final = ErasedText("[erased]")


@dataclass(frozen=True, slots=True)
class _Found:
    event: dict[str, Any]
    node: Any
    at: str | int
    path: str
    sealed: dict[str, str]


class Opener:
    """Opens the bodies of recorded events, many at a time, with one vault call."""

    def __init__(self, vault: Vault) -> None:
        self._vault = vault

    async def open(self, bodies: Sequence[bytes], *, purpose: str) -> list[dict[str, Any]]:
        """The events as JSON objects with every sealed text opened, or ERASED on a tombstone.

        Open before upcasting: a text opens only in the type and field under which it was recorded. Raises SealBroken,
        VaultUnreachable, KeyUnknown.
        """
        events: list[dict[str, Any]] = [msgspec.json.decode(body) for body in bodies]
        found = [place for event in events for place in _sealed_in(event, event.get("data"), "")]
        if not found:
            return events
        keys = await self._vault.keys_for_opening({place.sealed["subject"] for place in found}, purpose=purpose)
        for place in found:
            place.node[place.at] = _opened(place, keys[place.sealed["subject"]])
        return events


def _sealed_in(event: dict[str, Any], node: Any, path: str) -> Iterator[_Found]:
    children = node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ()
    for at, child in children:
        below = f"{path}.{at}" if path else str(at)
        if isinstance(child, dict) and child.keys() in (_MEMBERS, _RECOGNISED):
            yield _Found(event, node, at, below, child)
        else:
            yield from _sealed_in(event, child, below)


def _opened(place: _Found, key: DataKey | Erased) -> str:
    sealed, event = place.sealed, place.event
    if sealed["field"] != place.path or sealed["type"] != event["type"] or _is_anothers(sealed["subject"], event):
        raise SealBroken("a sealed text stands in another field, type or victim than it was sealed for")
    if isinstance(key, Erased):
        return ERASED
    aad = bound_to((event["source"], event["id"], sealed["subject"], sealed["type"], sealed["field"]))
    text = key.open(_bytes_of(sealed["sealed"]), aad)
    if sealed.get("digest") not in (None, key.digest(text)):
        raise SealBroken("a sealed text has the digest of another")
    return text.decode()


def _is_anothers(subject: str, event: dict[str, Any]) -> bool:
    victim = event.get("victimid")
    return victim is not None and subject.startswith("victim/") and subject != f"victim/{victim}"


def _bytes_of(text: str) -> bytes:
    try:
        return base64.b64decode(text, validate=True)
    except ValueError as error:
        raise SealBroken("a sealed text is not base64") from error
