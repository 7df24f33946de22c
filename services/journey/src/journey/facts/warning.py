"""Warnings of what makes contact with a victim unsafe, each standing with the event that names the victim.

What a warning says stays sealed; its digest (`contracts.personal.Sealed`) tells whether the same was said before.
"""

from collections.abc import Collection, Iterable

import msgspec

from journey.facts.fact import EventKey, Fact


class _SealedText(msgspec.Struct, frozen=True, gc=False):
    sealed: str
    digest: str | None = None


class _Said(msgspec.Struct, frozen=True, gc=False):
    safe_contact_warning: _SealedText | str | None = None


class _Replacement(msgspec.Struct, frozen=True, gc=False):
    data: _Said = _Said()


class NamingData(_Said, frozen=True, gc=False):
    """What is looked at in the data of an event that names a victim, or puts one right."""

    enhanced_categories: list[str] = []
    replacement: _Replacement | None = None

    @property
    def warning(self) -> str | None:
        """The digest of the warning in it; the sealed text where it has none, which is like no other."""
        said = self.safe_contact_warning or (self.replacement.data.safe_contact_warning if self.replacement else None)
        return said.digest or said.sealed if isinstance(said, _SealedText) else said


class Naming(msgspec.Struct, frozen=True, gc=False):
    """A fact that names a victim, puts such a fact right or takes one back, and which warning there is by it."""

    fact: Fact
    warning: str | None

    @property
    def named_by(self) -> EventKey:
        """The event with which a warning stands and falls."""
        return self.fact.original or self.fact.key


class Warned(msgspec.Struct, frozen=True, gc=False):
    """A warning came or was put another way, or, where it does not stand, was taken back."""

    fact: Fact
    stands: bool


def warned_among(history: Iterable[Naming], *, new: Collection[EventKey]) -> tuple[list[Warned], set[str]]:
    """What the new ones of one victim's namings say anew, in order, and which warnings stand after all of them.

    The same text again is no news, and a naming without one none where there was none: another force's silence takes
    nothing back.
    """
    held: dict[EventKey, str] = {}
    said: list[Warned] = []
    for naming in history:
        before = set(held.values())
        if naming.warning is None:
            held.pop(naming.named_by, None)
        else:
            held[naming.named_by] = naming.warning
        if naming.fact.key in new and set(held.values()) != before:
            said.append(Warned(naming.fact, stands=naming.warning is not None))
    return said, set(held.values())
