"""Warnings of what makes contact with a victim unsafe, each standing with the event that names the victim."""

from collections.abc import Collection, Iterable

import msgspec

from journey.facts.fact import EventKey, Fact


class Naming(msgspec.Struct, frozen=True, gc=False):
    """A fact that names a victim, puts such a fact right or takes one back, and whether there is a warning by it."""

    fact: Fact
    warns: bool

    @property
    def named_by(self) -> EventKey:
        """The event with which a warning stands and falls."""
        return self.fact.original or self.fact.key


class Warned(msgspec.Struct, frozen=True, gc=False):
    """A warning came or was put another way, or, where it does not stand, was taken back."""

    fact: Fact
    stands: bool


def warned_by(namings: Iterable[Naming], *, standing: Collection[EventKey]) -> list[Warned]:
    """What the namings say anew, in order; `standing` are the events that held a warning before them.

    A naming without a warning is no news where there was none: another force's silence takes nothing back.
    """
    held = set(standing)
    said = []
    for naming in namings:
        if naming.warns or naming.named_by in held:
            said.append(Warned(naming.fact, stands=naming.warns))
        (held.add if naming.warns else held.discard)(naming.named_by)
    return said
