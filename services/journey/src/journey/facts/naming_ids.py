"""Ids that follow from names: UUIDv5 (RFC 9562), made without a UUID object, of which a projector makes thousands."""

from hashlib import sha1
from typing import Final
from uuid import UUID

_VERSION: Final = 5 << 76
_VARIANT: Final = 2 << 62
_CLEARED: Final = ~((0xF << 76) | (3 << 62))


def id_of(namespace: UUID, name: str) -> str:
    """The same text as `str(uuid5(namespace, name))`."""
    digest = sha1(namespace.bytes + name.encode(), usedforsecurity=False).digest()
    number = int.from_bytes(digest[:16]) & _CLEARED | _VERSION | _VARIANT
    text = f"{number:032x}"
    return f"{text[:8]}-{text[8:12]}-{text[12:16]}-{text[16:20]}-{text[20:]}"
