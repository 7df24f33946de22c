"""What an agency sent, in a form that the decoder takes: odd characters cost themselves, not the message."""

import json
from typing import Any, Final, TypeVar

import msgspec

_Part = TypeVar("_Part")
_BOM: Final = b"\xef\xbb\xbf"


def readable(raw: bytes) -> bytes:
    """The same JSON in clean UTF-8: a byte order mark is dropped, what is half of a character becomes U+FFFD.

    Raises ValueError or RecursionError where it is no JSON.
    """
    raw = raw.removeprefix(_BOM)
    try:
        msgspec.json.decode(raw)
    except (msgspec.DecodeError, UnicodeDecodeError):
        return _repaired(raw)
    return raw


def part(raw: msgspec.Raw, kind: type[_Part]) -> _Part | None:
    """One part of a message, or None where it is not of its shape: its neighbours are read all the same."""
    try:
        return msgspec.json.decode(raw, type=kind, strict=False)
    except msgspec.MsgspecError:
        return None


def is_there(raw: msgspec.Raw) -> bool:
    """Is the part in the message at all? Null is nothing."""
    return bytes(raw) not in (b"", b"null")


def _repaired(raw: bytes) -> bytes:
    """Python's own reader takes what ours does not: a lone surrogate, a control character inside a text."""
    found: Any = json.loads(raw.decode("utf-8", errors="replace"), strict=False)
    return json.dumps(found, ensure_ascii=False, allow_nan=False).encode("utf-8", errors="replace")
