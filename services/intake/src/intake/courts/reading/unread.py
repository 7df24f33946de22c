"""Collects what a message says and we do not understand, each part with where it stands and whose it is."""

import re
from collections.abc import Callable
from typing import Final, TypeVar

import msgspec

from intake.courts.reading import wire
from intake.courts.reading.salvage import part
from intake.courts.reading.snapshot import Unread

Fingerprint = Callable[[bytes], str]
_Part = TypeVar("_Part")

# printable and without the "/" that joins ids
ID_PATTERN: Final = r"^[\x21-\x2e\x30-\x7e]{1,100}$"
_ID: Final = re.compile(ID_PATTERN)
_HASH_CHARACTERS: Final = 16


class UnreadParts:
    """What waits for an officer because nobody has decided yet what it means."""

    def __init__(self, fingerprint: Fingerprint) -> None:
        self._fingerprint = fingerprint
        self._found: dict[tuple[str, str], Unread] = {}

    def note(self, what: str, about: str, content: object) -> None:
        """Something at `what` that belongs to the ids `about`; its content is kept as a hash alone."""
        raw = bytes(content) if isinstance(content, msgspec.Raw) else msgspec.json.encode(content)
        known = self._found.get((what, about))
        raw = raw if known is None else known.content.encode() + raw
        self._found[(what, about)] = Unread(what, about, self._fingerprint(raw)[:_HASH_CHARACTERS])

    def read(self, raw: msgspec.Raw, kind: type[_Part], what: str, about: str) -> _Part | None:
        """One part of a list, or None, noted, where it is not of its shape."""
        found = part(raw, kind)
        if found is None:
            self.note(what, "/".join(filter(None, (about, _id_in(raw)))), raw)
        return found

    def id(self, text: str, what: str, about: str) -> str | None:
        """An id as events may name it, or None, noted."""
        if not is_id(text):
            self.note(what, about, text)
            return None
        return text

    def all(self) -> tuple[Unread, ...]:
        return tuple(self._found.values())


def is_id(text: str) -> bool:
    """May events name something so, and ids be joined by "/"?"""
    return _ID.fullmatch(text) is not None


def _id_in(raw: msgspec.Raw) -> str | None:
    named = part(raw, wire.Named)
    return named.id if named is not None and named.id and is_id(named.id) else None
