"""One line of an agency's own words, in letters that any contract and table can hold."""

from typing import Final

LONGEST: Final = 200


def one_line(text: str) -> str:
    """The text without what cannot be printed, cut to what a line holds; it may be empty."""
    printable = "".join(letter if letter.isprintable() else " " for letter in text)
    return " ".join(printable.split())[:LONGEST]
