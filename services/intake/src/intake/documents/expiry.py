"""Agencies' messages whose time is up: their keys are destroyed, so that no copy of them opens, a back-up's neither."""

from collections.abc import Sequence
from typing import Final, Protocol

from chassis.vault.port import Vault

from intake.documents.filing import subject_of

_AT_A_TIME: Final = 500
_REASON: Final = "its time of keeping is over"


class KeptDocuments(Protocol):
    """The documents whose ciphertext is still there."""

    async def expired(self, *, most: int) -> Sequence[str]:
        """The ids of those whose time is up, longest first."""

    async def forget(self, document_ids: Sequence[str]) -> None:
        """Let go of their ciphertext; what became of them stays."""


class ForgetDocuments:
    """The key goes first: the ciphertext that is left says what is still to be done after a crash in between."""

    def __init__(self, *, documents: KeptDocuments, vault: Vault) -> None:
        self._documents = documents
        self._vault = vault

    async def some(self) -> int:
        """Forget a batch; how many, and 0 when no time is up.

        Raises VaultUnreachable and VaultRefused, and all of the batch is kept then.
        """
        expired = await self._documents.expired(most=_AT_A_TIME)
        if expired:
            await self._vault.forget_documents([subject_of(each) for each in expired], reason=_REASON)
            await self._documents.forget(expired)
        return len(expired)
