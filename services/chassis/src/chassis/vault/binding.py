"""What a sealed text is bound to: its place, so that it opens nowhere else."""

from collections.abc import Sequence

import msgspec

_ENCODER = msgspec.msgpack.Encoder()


def bound_to(parts: Sequence[str]) -> bytes:
    """Additional authenticated data: a MessagePack array, each part behind its length, so that no two look alike."""
    return _ENCODER.encode(parts)
