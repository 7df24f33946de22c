"""Secret keys with ids: the first makes what is made now, the others open or recognise what they made before.

As a setting: `2027:BASE64,2026:BASE64`, the current one first. One without an id, as `BASE64` alone, is the key of
before keys had ids; what it made says no id either, and is told apart by that.
"""

import base64
import binascii
import re
from dataclasses import dataclass
from typing import Self

KEY_BYTES = 32
_ID = re.compile(r"([a-z0-9][a-z0-9-]{0,15})?")


class RingMalformed(ValueError):
    """Why a text is no ring of keys, in words that repeat nothing of it."""


@dataclass(frozen=True, repr=False)
class KeyRing:
    """Keys of 32 bytes by their ids, the current one first; nothing of them is shown."""

    by_id: dict[str, bytes]

    @classmethod
    def of(cls, text: str) -> Self:
        """Read a setting. Raises RingMalformed."""
        by_id: dict[str, bytes] = {}
        for entry in text.split(","):
            id_, colon, encoded = entry.strip().rpartition(":")
            if _ID.fullmatch(id_) is None or (colon and not id_):
                raise RingMalformed("an id is up to 16 small letters, digits and hyphens")
            key = _key(encoded)
            if id_ in by_id:
                raise RingMalformed("each key needs an id of its own")
            if key in by_id.values():
                raise RingMalformed("one key stands there twice")
            by_id[id_] = key
        return cls(by_id)

    @classmethod
    def alone(cls, key: bytes) -> Self:
        """One key, without an id."""
        return cls({"": key})

    @property
    def current_id(self) -> str:
        return next(iter(self.by_id))

    @property
    def current(self) -> bytes:
        return self.by_id[self.current_id]

    @property
    def older(self) -> tuple[bytes, ...]:
        """All but the current one."""
        return tuple(self.by_id.values())[1:]

    @property
    def oldest(self) -> bytes:
        """The last of the ring."""
        return next(reversed(self.by_id.values()))


def _key(encoded: str) -> bytes:
    if not encoded:
        raise RingMalformed("a key is missing; the first is the current one")
    try:
        key = base64.b64decode(encoded, validate=True)
    except (binascii.Error, ValueError) as error:
        raise RingMalformed("a key must be base64") from error
    if len(key) != KEY_BYTES:
        raise RingMalformed(f"a key must be base64 of {KEY_BYTES} bytes")
    return key
