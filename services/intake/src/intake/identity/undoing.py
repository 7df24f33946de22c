"""What falls with an event that is taken back, or with a merge that an officer takes back."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import NamedTuple, Protocol

from chassis.log.effects import Effect

from intake.identity.cases import StandingLink
from intake.identity.claims import Merge, Tie
from intake.identity.joining import joins


class Told(NamedTuple):
    """What the ties between some cases were, and which merges were told of them."""

    ties: tuple[tuple[int, Tie], ...]
    merges: tuple[Merge, ...]


@dataclass(frozen=True, slots=True)
class Apart:
    """The merges that no longer hold, and those that are told anew because the others went before them."""

    undone: tuple[Merge, ...] = ()
    made: tuple[Merge, ...] = ()

    @property
    def shape(self) -> tuple[object, ...]:
        """The same where nothing has changed meanwhile, whatever ids the new ones were given."""
        return self.undone, [(merge.from_case, merge.into_case, merge.same_crime) for merge in self.made]


@dataclass(frozen=True, slots=True)
class Undone:
    """What is told with a retraction or an officer's decision, and the writes that make it so."""

    links: tuple[StandingLink, ...] = ()
    apart: Apart = Apart()
    effects: tuple[Effect, ...] = ()


class Undoing(Protocol):
    """Looks up what rests on an event, or on a merge, and nothing else."""

    async def caused_by(self, source: str, event_id: str, *, by: str, new_id: Callable[[], str]) -> Undone: ...

    async def of_merge(self, merged_event_id: str, *, by: str, new_id: Callable[[], str]) -> Undone | None:
        """None where no such merge was ever told."""


def apart(told: Told, gone: Sequence[int], *, new_id: Callable[[], str]) -> Apart:
    """What changes of the merges when these ties are no more."""
    wanted = [Merge(*join[:2], "", join.same_crime) for join in joins(tie for id_, tie in told.ties if id_ not in gone)]
    standing = {(merge.from_case, merge.into_case, merge.same_crime): merge for merge in told.merges}
    kept = {key for one in wanted if (key := (one.from_case, one.into_case, one.same_crime)) in standing}
    made = [one for one in wanted if (one.from_case, one.into_case, one.same_crime) not in kept]
    return Apart(
        tuple(merge for key, merge in standing.items() if key not in kept),
        tuple(Merge(one.from_case, one.into_case, new_id(), one.same_crime) for one in made),
    )
