"""What a sealed text is bound to: its place, so that it opens nowhere else."""

from collections.abc import Iterable


def bound_to(parts: Iterable[str]) -> bytes:
    """Additional authenticated data: each part with its length before it, so that no two lists look alike."""
    return b"".join([len(raw).to_bytes(4, "big") + raw for raw in (part.encode() for part in parts)])
