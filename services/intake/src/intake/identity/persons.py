"""Who is one person under several numbers, as officers confirm it."""

from dataclasses import dataclass
from typing import Protocol

from chassis.log.effects import Effect


@dataclass(frozen=True, slots=True)
class PersonJoin:
    """Two victims are one person; `victim_id` goes on as `into_victim_id`."""

    join_id: str
    victim_id: str
    into_victim_id: str


class Persons(Protocol):
    """Joins of persons, looked up; and the writes that make one and take it back."""

    async def case_of(self, victim_id: str) -> str | None:
        """A case that this victim has been linked to: what is said of persons is recorded for it."""

    async def join(self, join_id: str) -> PersonJoin | None: ...

    def joining(self, join: PersonJoin, *, by: str) -> tuple[Effect, ...]: ...

    def parting(self, join: PersonJoin, *, by: str) -> tuple[Effect, ...]: ...
