"""A JSON array taken apart without reading what it holds: an element that cannot be read is then refused alone."""

import re
from collections.abc import Iterator

# A quote that begins no text ends the search at once: to look on from each would take the square of the body's length.
_MARKS = re.compile(rb'"(?:[^"\\]|\\.)*+"|["\[\]{},]', re.DOTALL)
_WHITE = b" \t\r\n"


def elements(body: bytes) -> list[bytes] | None:
    """The text of each element, or None where this is no array, or has no end."""
    array = body.strip(_WHITE)
    if not (len(array) > 1 and array.startswith(b"[") and array.endswith(b"]")):
        return None
    if not array[1:-1].strip(_WHITE):
        return []
    commas = list(_commas(array))
    if not commas or commas[-1] != len(array) - 1:
        return None
    return [array[start + 1 : end].strip(_WHITE) for start, end in zip([0, *commas], commas, strict=False)]


def _commas(array: bytes) -> Iterator[int]:
    """Where the elements of the array end: its own commas, and its last bracket; nothing after what is not closed."""
    depth = 0
    for mark in _MARKS.finditer(array):
        kind = mark[0]
        if kind == b'"':
            return
        if kind in (b"[", b"{"):
            depth += 1
        elif kind in (b"]", b"}"):
            depth -= 1
            if depth == 0:
                yield mark.start()
                return
        elif kind == b"," and depth == 1:
            yield mark.start()
