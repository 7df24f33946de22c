"""Sentences about aggregates: given what was done, when one thing is done, then these events, or a refusal.

given(lambda: Account.open("x"), lambda it: it.deposit(5)).when(lambda it: it.withdraw(3)).then(
    happened(Account.Withdrawn, amount=3)
)
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar, cast

import pytest
from eventsourcing.domain import CanMutateAggregate, MutableOrImmutableAggregate

A = TypeVar("A", bound=Any)


@dataclass(frozen=True)
class Expected:
    """An event of this class with at least these attributes."""

    kind: type
    attributes: dict[str, Any]

    def fits(self, event: object) -> bool:
        """Is `event` of exactly this class, with these values?"""
        return type(event) is self.kind and all(
            hasattr(event, name) and getattr(event, name) == value for name, value in self.attributes.items()
        )

    def __str__(self) -> str:
        return f"{self.kind.__qualname__}({', '.join(f'{n}={v!r}' for n, v in self.attributes.items())})"


def happened(kind: type, **attributes: Any) -> Expected:
    """An expectation for `then`; attributes not named may have any value."""
    return Expected(kind, attributes)


def given(make: Callable[[], A], *done: Callable[[A], object]) -> "Given[A]":
    """An aggregate made by `make`, after each of `done`."""
    return Given(make, done)


@dataclass(frozen=True)
class Given(Generic[A]):
    """The past; `when` does one thing more."""

    make: Callable[[], A]
    done: Sequence[Callable[[A], object]]

    def when(self, command: Callable[[A], object]) -> "When[A]":
        """Do one thing."""
        aggregate = self.make()
        for step in self.done:
            step(aggregate)
        return When(aggregate, aggregate.collect_events(), command)


@dataclass(frozen=True)
class When(Generic[A]):
    """One thing about to be done; `then` and `refuses` do it and look."""

    aggregate: A
    past: Sequence[Any]
    command: Callable[[A], object]

    def then(self, *expected: Expected) -> A:
        """Exactly these events follow, in this order; and the events alone rebuild the same aggregate, returned."""
        self.command(self.aggregate)
        events = self.aggregate.collect_events()
        found = ", ".join(_words(event) for event in events) or "nothing"
        wanted = ", ".join(map(str, expected)) or "nothing"
        fits = len(events) == len(expected) and all(e.fits(event) for e, event in zip(expected, events, strict=True))
        assert fits, f"expected {wanted}; there happened {found}"  # noqa: S101 this is a test's assertion
        rebuilt = _rebuilt([*self.past, *events])
        assert rebuilt == self.aggregate, "the events rebuild another aggregate than they left"  # noqa: S101
        return self.aggregate

    def then_nothing(self) -> A:
        """Nothing follows."""
        return self.then()

    def refuses(self, error: type[Exception]) -> None:
        """The command raises `error`, and nothing happened."""
        with pytest.raises(error):
            self.command(self.aggregate)
        left = ", ".join(_words(event) for event in self.aggregate.collect_events())
        assert not left, f"refused, and yet there happened {left}"  # noqa: S101


def _rebuilt(events: Sequence[Any]) -> object:
    aggregate: MutableOrImmutableAggregate[Any] | None = None
    for event in events:
        aggregate = cast("CanMutateAggregate[Any]", event).mutate(cast("Any", aggregate))
    return aggregate


def _words(event: object) -> str:
    inner = {n: v for n, v in vars(event).items() if not n.startswith(("originator_", "timestamp"))}
    return f"{type(event).__qualname__}({', '.join(f'{n}={v!r}' for n, v in inner.items())})"
