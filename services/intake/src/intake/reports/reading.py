"""How a person who reported wants to be reached, for the officer who answers. Each reading is on the vault's record."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final, Protocol

from chassis.vault.documents import open_document
from chassis.vault.errors import SubjectErased
from chassis.vault.port import Vault

from intake.identity.reported import Kept
from intake.reports.receiving import CONTACT_PLACE

_PURPOSE: Final = "officer reads how a report is answered"


@dataclass(frozen=True, slots=True)
class ReadableReport:
    """`contact` is as it was typed and not confirmed; None where none was given, or where it has been erased."""

    reference: str
    received_at: datetime
    share_with_police: bool
    contact: str | None


class Reports(Protocol):
    """Where reports are kept."""

    async def of_victim(self, victim_id: str) -> list[Kept]: ...


class ReadReports:
    """The officer's question."""

    def __init__(self, reports: Reports, vault: Vault) -> None:
        self._reports = reports
        self._vault = vault

    async def of(self, victim_id: str) -> list[ReadableReport]:
        """The victim's reports, newest first; none for a victim who made none. Raises VaultUnreachable."""
        return [
            ReadableReport(
                reference=kept.reference,
                received_at=kept.received_at,
                share_with_police=kept.share_with_police,
                contact=await self._contact(kept, victim_id),
            )
            for kept in await self._reports.of_victim(victim_id)
        ]

    async def _contact(self, kept: Kept, victim_id: str) -> str | None:
        if kept.contact is None:
            return None
        subject = f"victim/{victim_id}"
        try:
            opened = await open_document(
                self._vault, kept.contact, subject=subject, place=CONTACT_PLACE, purpose=_PURPOSE
            )
        except SubjectErased:
            return None
        return opened.decode()
