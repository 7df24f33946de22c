"""Ids derived from where a fact came from, so that the same message, read again, gives the same ids."""

from typing import Final
from uuid import UUID, uuid5

_NAMESPACE: Final = UUID("8f0c8b1e-7d1c-5a53-9a55-0d6a3f6f7c11")


def derived_id(*parts: str) -> str:
    """UUIDv5 of the parts; each part is delimited, so ("a", "bc") and ("ab", "c") differ."""
    return str(uuid5(_NAMESPACE, "\x1f".join(parts)))
