"""The hash chain over the log.

hash_n = SHA256(hash_{n-1} || place_n || SHA256(content_n || private_n)), where `content` is what the submitter gave and
`place` what the log added (position, recorded_at, partition, pseq), as `row_format` writes them, and `private` stands
by its own SHA-256. The inner hash is made before the head is locked, because it does not depend on the place.
Personal fields are ciphertext by then, so erasing a key leaves the chain whole.
"""

import hashlib

from chassis.log.records import LogRecord, NewEvent
from chassis.log.row_format import Content, bytes_value, content_front

GENESIS = bytes(32)

_sha256 = hashlib.sha256


def content_hash(event: NewEvent | LogRecord) -> bytes:
    """SHA-256 over every field the submitter gave; raises UnstorableEvent."""
    return hash_of_content(content_front(event), event.body, event.private)


def content_hash_of(event: Content, private_sha256: bytes | None) -> bytes:
    """Return `content_hash` for a reader who was given only the SHA-256 of `private`."""
    return _hash(content_front(event), event.body, private_sha256)


def hash_of_content(front: bytes, body: bytes, private: bytes | None) -> bytes:
    """Return `content_hash` of what `content_front` gave and what follows."""
    return _hash(front, body, None if private is None else _sha256(private).digest())


def link(previous: bytes, content: bytes, place: bytes) -> bytes:
    """Return hash_n of hash_{n-1}, a content hash and what `place_values` gives."""
    return _sha256(previous + place + content).digest()


def _hash(front: bytes, body: bytes, private_sha256: bytes | None) -> bytes:
    hashed = _sha256(front)
    hashed.update(body)
    hashed.update(bytes_value(private_sha256))
    return hashed.digest()
