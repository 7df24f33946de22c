"""A vault in memory, for tests; it can be made unreachable and remembers who asked."""

import os
from collections.abc import Collection, Mapping

from chassis.clock import Clock
from chassis.key_ring import KEY_BYTES
from chassis.vault.errors import KeyUnknown, SubjectErased, VaultUnreachable
from chassis.vault.keys import DataKey, Erased
from chassis.vault.port import demand_documents


class MemoryVault:
    """Keeps keys for as long as the object lives. `unwraps` lists (purpose, subject)."""

    def __init__(self, *, clock: Clock) -> None:
        self.reachable = True
        self.unwraps: list[tuple[str, str]] = []
        self._clock = clock
        self._held: dict[str, DataKey | Erased] = {}

    async def keys_for_sealing(self, subjects: Collection[str]) -> Mapping[str, DataKey]:
        self._demand_reachable()
        return {subject: self._key_for_sealing(subject) for subject in dict.fromkeys(subjects)}

    async def keys_for_opening(self, subjects: Collection[str], *, purpose: str) -> Mapping[str, DataKey | Erased]:
        self._demand_reachable()
        if unknown := set(subjects) - self._held.keys():
            raise KeyUnknown(f"the vault has no key for {len(unknown)} of the subjects")
        self.unwraps += [(purpose, subject) for subject in dict.fromkeys(subjects)]
        return {subject: self._held[subject] for subject in subjects}

    async def erase(self, subject: str, *, reason: str) -> Erased:  # noqa: ARG002 the real vault records it
        self._demand_reachable()
        return self._tombstone(subject)

    async def forget_documents(self, subjects: Collection[str], *, reason: str) -> Mapping[str, Erased]:  # noqa: ARG002
        demand_documents(subjects)
        self._demand_reachable()
        return {subject: self._tombstone(subject) for subject in subjects}

    def _tombstone(self, subject: str) -> Erased:
        held = self._held.get(subject)
        tombstone = held if isinstance(held, Erased) else Erased(self._clock.now())
        self._held[subject] = tombstone
        return tombstone

    def _key_for_sealing(self, subject: str) -> DataKey:
        held = self._held.setdefault(subject, DataKey(os.urandom(KEY_BYTES)))
        if isinstance(held, Erased):
            raise SubjectErased("the subject was erased; record nothing personal for them")
        return held

    def _demand_reachable(self) -> None:
        if not self.reachable:
            raise VaultUnreachable("the vault does not answer")
