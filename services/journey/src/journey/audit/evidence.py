"""What was said of a log elsewhere and must be found in it: earlier stamps, publishers' receipts, consumers' places.

A chain that was cut off at its end and given an earlier head is whole; only somebody outside it knows of more.
"""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final, TypeVar

import msgspec
from chassis.log.served import ServedRecord

RECEIPTS_OF: Final = "intake"
Kind = TypeVar("Kind", bound=msgspec.Struct)


class NoEvidence(Exception):
    """A file holds nothing that could prove anything, or what can't be read."""


class Stamp(msgspec.Struct, frozen=True):
    """Where a log ended when it was verified. Kept elsewhere, it proves later that nothing before it is gone."""

    log: str
    position: int
    hash: str
    at: datetime


class _Receipt(msgspec.Struct, frozen=True):
    id: str
    source: str
    position: int
    hash: str


@dataclass(frozen=True, slots=True)
class Claim:
    """What somebody says of one record: `fields` by name. `by` names who says it, and follows "says" in a sentence."""

    log: str
    position: int
    by: str
    fields: Mapping[str, object]

    def holds(self, record: ServedRecord) -> bool:
        """Is it this record that was spoken of?"""
        return all(getattr(record, name) == value for name, value in self.fields.items())


def stamps_in(text: str) -> list[Claim]:
    """The stamps in what `verify` printed, as text or as JSON. Raises NoEvidence."""
    found = [
        Claim(s.log, s.position, f"the stamp of {s.at.isoformat()}", {"hash": _hash(s.hash)}) for s in _stamps(text)
    ]
    if not found:
        raise NoEvidence("it holds no stamp; give what `throughline audit verify` printed")
    return found


def receipts_in(text: str) -> list[Claim]:
    """The receipts in what intake answered, one answer or many, each on its own line. Raises NoEvidence."""
    kept = [_read(each, _Receipt) for each in _objects(_values(text)) if {"id", "position", "hash"} <= each.keys()]
    if not kept:
        raise NoEvidence("it holds no receipt; give what intake answered to the publisher")
    return [
        Claim(
            RECEIPTS_OF,
            r.position,
            f"the receipt of event {r.id}",
            {"hash": _hash(r.hash), "id": r.id, "source": r.source},
        )
        for r in kept
    ]


def _stamps(text: str) -> Iterator[Stamp]:
    for each in _objects(_values("\n".join(line for line in text.splitlines() if line[:1] in {"{", "["}))):
        if {"log", "position", "hash", "at"} <= each.keys():
            yield _read(each, Stamp)


def _values(text: str) -> Sequence[object]:
    try:
        return [json.loads(text)]
    except ValueError:
        pass
    try:
        return [json.loads(line) for line in text.splitlines() if line.strip()]
    except ValueError:
        raise NoEvidence("it can't be read as JSON, nor as one JSON value on each line") from None


def _objects(values: Iterable[object]) -> Iterator[dict[str, Any]]:
    for value in values:
        if isinstance(value, dict):
            yield value
            yield from _objects(value.values())
        if isinstance(value, list):
            yield from _objects(value)


def _read(value: object, kind: type[Kind]) -> Kind:
    try:
        return msgspec.convert(value, kind)
    except msgspec.ValidationError:
        raise NoEvidence("one of its entries lacks something, or has it in another form") from None


def _hash(text: str) -> bytes:
    try:
        return bytes.fromhex(text)
    except ValueError:
        raise NoEvidence("a hash in it is none") from None
