"""The port that seals and opens the texts of a promise that nobody but the victim and their officer may read."""

from typing import Protocol

from contracts.ids import VictimId

from notifications.promise.channels import SealedText


class Seals(Protocol):
    """Bound to one event each: a text sealed for another event, victim or field doesn't open."""

    async def seal(self, victim: VictimId, *, event_id: str, texts: dict[str, str]) -> dict[str, SealedText]:
        """Seal texts by field name. Raises `TransientFailure` and `PermanentFailure`."""

    async def open(self, victim: VictimId, *, sealed: dict[str, SealedText], purpose: str) -> dict[str, str]:
        """Open them again; each opening is recorded with its purpose. Texts whose key was erased are left out.

        Raises `TransientFailure` when the vault can't be reached: that is never "erased".
        """
