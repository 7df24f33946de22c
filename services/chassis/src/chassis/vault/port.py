"""What every vault does, real or in memory."""

from collections.abc import Collection, Mapping
from datetime import timedelta
from typing import Protocol

from chassis.vault.errors import VaultRefused
from chassis.vault.keys import DataKey, Erased

LONGEST_CACHED = timedelta(seconds=60)
MOST_FORGOTTEN = 1000
"""Documents in one call, as the vault's own function has it."""


class Vault(Protocol):
    """Keys by subject: "victim/<id>", "case/<id>" or "document/<id>". Calls raise VaultUnreachable and VaultRefused.

    A key handed out may be used for at most LONGEST_CACHED after its subject was erased.
    """

    async def keys_for_sealing(self, subjects: Collection[str]) -> Mapping[str, DataKey]:
        """A key for each subject, made on first use. Raises SubjectErased."""

    async def keys_for_opening(self, subjects: Collection[str], *, purpose: str) -> Mapping[str, DataKey | Erased]:
        """A key or a tombstone for each subject; each unwrap is recorded with the purpose. Raises KeyUnknown."""

    async def erase(self, subject: str, *, reason: str) -> Erased:
        """Destroy the subject's key for good and leave a tombstone; again, the same tombstone."""

    async def forget_documents(self, subjects: Collection[str], *, reason: str) -> Mapping[str, Erased]:
        """Erase at most MOST_FORGOTTEN documents, all or none; VaultRefused for more, or any other subject."""


def demand_documents(subjects: Collection[str]) -> None:
    """What may be forgotten in one call. Raises VaultRefused."""
    if len(subjects) > MOST_FORGOTTEN or not all(subject.startswith("document/") for subject in subjects):
        raise VaultRefused(f"documents alone are forgotten, {MOST_FORGOTTEN} in a call; erase anybody else")
