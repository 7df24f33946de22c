"""Freed memory stays with the process: see mallopt(3). Only glibc's allocator is told; others do as they do."""

import ctypes
from typing import Final

_TRIM_THRESHOLD: Final = -1
_MMAP_THRESHOLD: Final = -3
_KEPT_BYTES: Final = 64 << 20
_HEAP_UP_TO_BYTES: Final = 32 << 20


def keep_freed_memory() -> None:
    """Keep up to 64 MB that were freed.

    Bodies of requests and of COPY come and go with each batch. Left alone, glibc hands them back to the system, which
    clears every page again before the next batch may have it: nearly one page for each event.
    """
    mallopt = getattr(ctypes.CDLL(None), "mallopt", None)
    if mallopt is not None:
        mallopt(_TRIM_THRESHOLD, _KEPT_BYTES)
        mallopt(_MMAP_THRESHOLD, _HEAP_UP_TO_BYTES)
