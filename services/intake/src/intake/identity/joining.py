"""Which cases are one, by what events say of their names: computed from the ties that stand.

Pure: a tie that is taken back is left out, and all is as if it had never been.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from intake.identity.claims import Tie


class Join(NamedTuple):
    """Two cases that went on apart until this tie go on as one: `from_case` as `into_case`."""

    from_case: str
    into_case: str
    same_crime: bool
    tie: Tie


class Continued(NamedTuple):
    """Under which case this one goes on, and under which its crime does."""

    now_id: str
    crime_id: str


def joins(ties: Iterable[Tie]) -> Iterator[Join]:
    """The ties, in their order, that join what was apart; the older case goes on."""
    matters, crimes = _Groups(), _Groups()
    for tie in ties:
        into, out_of = sorted((matters.of(tie.one_case), matters.of(tie.other_case)))
        if into == out_of:
            continue
        same = tie.same_crime and {crimes.of(tie.one_case), crimes.of(tie.other_case)} == {into, out_of}
        matters.join(out_of, into)
        if same:
            crimes.join(out_of, into)
        yield Join(out_of, into, same, tie)


def continued(found: Sequence[Join]) -> Mapping[str, Continued]:
    """Of each case that goes on as another one, by these joins."""
    matters, crimes = _Groups(), _Groups()
    for join in found:
        matters.join(join.from_case, join.into_case)
        if join.same_crime:
            crimes.join(join.from_case, join.into_case)
    return {join.from_case: Continued(matters.of(join.from_case), crimes.of(join.from_case)) for join in found}


def parting(ties: Sequence[Tie], one: str, other: str) -> list[Tie]:
    """The ties without which these two cases go on apart: the one that joins them, until none does."""
    gone: list[Tie] = []
    left = list(ties)
    while (tie := _joining(left, one, other)) is not None:
        gone.append(tie)
        left.remove(tie)
    return gone


def _joining(ties: Sequence[Tie], one: str, other: str) -> Tie | None:
    groups = _Groups()
    for join in joins(ties):
        groups.join(join.from_case, join.into_case)
        if groups.of(one) == groups.of(other):
            return join.tie
    return None


@dataclass
class _Groups:
    """Each case leads to the oldest of its group."""

    above: dict[str, str] = field(default_factory=dict)

    def of(self, case: str) -> str:
        while case in self.above:
            case = self.above[case]
        return case

    def join(self, case: str, into: str) -> None:
        self.above[self.of(case)] = self.of(into)
