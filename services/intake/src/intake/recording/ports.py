"""What intake's use cases need from the world; each has a real side beside it."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from chassis.database import Connection
from chassis.log.records import NewEvent, Receipt, Refusal, Submission
from chassis.vault.composing import Draft
from contracts.intake import Doubt

from intake.identity.claims import NO_CLAIMS, Amends, Claims
from intake.identity.naming import Mention
from intake.identity.planning import Directory


class Log(Protocol):
    """Where events are recorded; a result per event of each submission."""

    async def append_all(self, submissions: Sequence[Submission]) -> list[Sequence[Receipt | Refusal]]: ...


class Composer(Protocol):
    """Seals what is personal and writes the bytes that are recorded."""

    async def compose(self, drafts: Sequence[Draft]) -> list[NewEvent]: ...


class Effect(Protocol):
    """A write of ours that belongs to an event, in the transaction that records it; repeatable until that commits."""

    async def apply(self, connection: Connection) -> bool:
        """False when what it was decided upon has changed: the event is then refused and decided again."""


@dataclass(frozen=True, slots=True)
class Held:
    """What the append guard checks and writes with a submission. `by` is who brought it about, opaque."""

    claims: Claims = NO_CLAIMS
    amends: tuple[Amends, ...] = ()
    effects: tuple[Effect, ...] = ()
    by: str = ""


@dataclass(frozen=True, slots=True)
class Resolved:
    """What is known about the names of one request, at this business time."""

    directory: Directory
    now: datetime


class Names(Protocol):
    """Looks up references, victim numbers, reports and links, all of a request at once."""

    async def resolve(self, mentions: Sequence[Mention]) -> Resolved: ...

    async def recorded(self, events: Sequence[tuple[str, str]]) -> set[tuple[str, str]]:
        """Which of these (source, id) the log has already."""


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
    states: dict[bytes, str | None] = field(default_factory=dict)

    @property
    def standing(self) -> bytes | None:
        """The state that nobody has put right since; None when it was taken back."""
        return next((state for state, used in self.states.items() if used is None), None)


class Originals(Protocol):
    """Finds recorded events by source and id, with their corrections."""

    async def find(self, keys: Sequence[tuple[str, str]]) -> dict[tuple[str, str], Original]: ...
