"""A victim's page shows the newest of what happened, and leads to what came before."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Generic, TypeVar

T = TypeVar("T")
ON_A_PAGE: Final = 20


@dataclass(frozen=True, slots=True)
class Part(Generic[T]):
    """The items on page `number` of `last`; a number past the last page is the last one."""

    items: Sequence[T]
    number: int
    last: int

    @property
    def before(self) -> int:
        """How many items stand on newer pages."""
        return (self.number - 1) * ON_A_PAGE


def part_of(items: Sequence[T], number: int) -> Part[T]:
    """The part of all items, newest first, that stands on a page; pages count from 1."""
    last = page_with(max(len(items), 1))
    number = min(number, last)
    return Part(items[(number - 1) * ON_A_PAGE : number * ON_A_PAGE], number, last)


def page_with(place: int) -> int:
    """The page on which the item at this place stands; places count from 1."""
    return (place - 1) // ON_A_PAGE + 1


def address_of(page: int, place: int | None = None) -> str:
    """Where a page is, or an item on it: by numbers alone, so that no address names anybody."""
    where = "/" if page == 1 else f"/?page={page}"
    return f"{where}#entry-{place}" if place is not None else where
