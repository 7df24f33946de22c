"""The reference of a report by the public: easy to read out, hard to guess, and a slip of the tongue is seen.

`R-7KQM-2XTW-HN4D`: twelve characters without look-alikes, of which the last checks the others. 11 free characters of 29
are about 53 bits.
"""

from typing import Final

from intake.identity.identifiers import canonical

ALPHABET: Final = "23456789ABCDEFGHJKMNPQRTVWXYZ"
_FREE: Final = 11


def report_reference(randomness: bytes) -> str:
    """A reference from at least 16 random bytes."""
    number = int.from_bytes(randomness, "big")
    free = ""
    for _ in range(_FREE):
        number, digit = divmod(number, len(ALPHABET))
        free += ALPHABET[digit]
    text = free + _check(free)
    return f"R-{text[:4]}-{text[4:8]}-{text[8:]}"


def is_report_reference(value: str) -> bool:
    """Has the reference the right form, and does its last character check the others?"""
    text = canonical(value).replace("-", "")
    if len(text) != _FREE + 2 or not text.startswith("R") or not set(text[1:]) <= set(ALPHABET):
        return False
    return _check(text[1:-1]) == text[-1]


def _check(free: str) -> str:
    """A weighted sum modulo a prime, 29, sees every single slip and every swap of neighbours."""
    total = sum((index + 2) * ALPHABET.index(character) for index, character in enumerate(free))
    return ALPHABET[total % len(ALPHABET)]
