"""Rows of a police.uk street-level file: one published crime each, anonymised, to the month."""

import csv
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from intake.errors import RowUnreadable
from intake.recording.deriving import derived_id

COLUMNS: Final = (
    "Crime ID",
    "Month",
    "Reported by",
    "Falls within",
    "Longitude",
    "Latitude",
    "Location",
    "LSOA code",
    "LSOA name",
    "Crime type",
    "Last outcome category",
    "Context",
)


UNDECODABLE: Final = "surrogateescape"
"""How bytes that are no UTF-8 come in a line: as what `_fault` finds, so that they cost only their own row."""


@dataclass(frozen=True, slots=True)
class PublishedCrime:
    """One row. `ordinal` counts rows with exactly this content, from 1: they are different incidents."""

    row: int
    values: tuple[str, ...]
    ordinal: int

    @property
    def crime_id(self) -> str | None:
        return self.values[0] or None

    @property
    def month(self) -> str:
        return self.values[1]

    @property
    def event_id(self) -> str:
        return derived_id("police.uk", *self.values, str(self.ordinal))

    @property
    def reference(self) -> str:
        """What names the crime: the publisher's id, or, where it has none, our own derived one."""
        return self.crime_id or self.event_id

    @property
    def case_id(self) -> str:
        return derived_id("police.uk case", self.reference)


def read_rows(lines: Iterable[str]) -> Iterator[PublishedCrime | RowUnreadable]:
    """Every row after the heading, in order; a broken one is yielded as its error and the rest go on.

    Raises RowUnreadable for a heading that is not of a street-level file.
    """
    numbered = enumerate(lines, start=1)
    _check_heading(next(numbered, (1, ""))[1])
    seen: dict[str, int] = {}
    for row, line in numbered:
        try:
            values = _values(line)
        except csv.Error:
            yield RowUnreadable(row=row, why="the quotes do not match; repair or remove the row")
            continue
        why = _fault(values)
        if why is not None:
            yield RowUnreadable(row=row, why=why)
            continue
        content = derived_id("police.uk", *values)
        seen[content] = seen.get(content, 0) + 1
        yield PublishedCrime(row, values, seen[content])


def _check_heading(line: str) -> None:
    if _values(line.lstrip("\ufeff")) != COLUMNS:
        raise RowUnreadable(row=1, why="the heading is not that of a police.uk street-level file; choose another file")


def _values(line: str) -> tuple[str, ...]:
    """Line by line: no field of these files spans lines, and an open quote must not swallow the rows after it."""
    return tuple(value.strip() for value in next(csv.reader([line], strict=True), []))


def _fault(values: tuple[str, ...]) -> str | None:
    if len(values) != len(COLUMNS):
        return f"{len(values)} columns where {len(COLUMNS)} are expected; repair or remove the row"
    if any("\udc80" <= letter <= "\udcff" for value in values if not value.isascii() for letter in value):
        return "bytes that are not UTF-8; save the file as UTF-8 or remove the row"
    required = (1, 2, 3, 9)
    missing = [COLUMNS[index] for index in required if not values[index]]
    return f"no value for {', '.join(missing)}; fill it in or remove the row" if missing else None
