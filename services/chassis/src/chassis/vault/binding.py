"""What a sealed text is bound to: its place, so that it opens nowhere else."""

from collections.abc import Sequence
from functools import cache

import msgspec

_ENCODER = msgspec.msgpack.Encoder()


def bound_to(parts: Sequence[str]) -> bytes:
    """Additional authenticated data: a MessagePack array, each part behind its length, so that no two look alike."""
    return _ENCODER.encode(parts)


def front_of(place: Sequence[str]) -> bytes:
    """What `bound_to` gives for `place` and one more part, without that part: `end_of` is the rest."""
    return _ENCODER.encode([*place, ""])[:-1]


@cache
def end_of(field: str) -> bytes:
    """The last part of what `bound_to` gives. Kept, so only for names that are few, as those of fields."""
    return _ENCODER.encode(field)
