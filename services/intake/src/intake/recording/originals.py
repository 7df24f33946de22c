"""Recorded events that somebody wants to put right."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Protocol

from contracts.intake import Doubt


@dataclass(frozen=True, slots=True)
class Original:
    """An event that somebody wants to correct; `references` and `victim` as they stand in its data.

    `doubts` are those that no officer has cleared: what puts it right is as doubtful, and told to nobody either.
    `states` maps the hash of each of its states to the id of the correction that was made of that state, or None.
    """

    source: str
    id: str
    type: str
    case_id: str
    victim_id: str | None
    backfill: bool
    doubts: tuple[Doubt, ...]
    references: object
    victim: object
    crimeids: str | None = None
    states: dict[bytes, str | None] = field(default_factory=dict)

    @property
    def standing(self) -> bytes | None:
        """The state that nobody has put right since; None when it was taken back."""
        return next((state for state, used in self.states.items() if used is None), None)


class Originals(Protocol):
    """Finds recorded events by source and id, with their corrections."""

    async def find(self, keys: Sequence[tuple[str, str]]) -> dict[tuple[str, str], Original]: ...
