"""Each message kept encrypted, under a key of its own."""

from datetime import datetime, timedelta

from chassis.clock import Clock
from chassis.vault.documents import open_document, seal_document
from chassis.vault.errors import SubjectErased
from chassis.vault.port import Vault

from intake.documents.document import Document, DocumentKind, DocumentState
from intake.errors import NoLongerKept
from intake.recording.fingerprints import Fingerprints


class Filing:
    """Makes documents of raw bytes: a key of its own for each, and a day on which it goes."""

    def __init__(self, *, vault: Vault, clock: Clock, fingerprints: Fingerprints, kept: timedelta) -> None:
        self._vault = vault
        self._clock = clock
        self._fingerprints = fingerprints
        self._kept = kept

    async def document(self, raw: bytes, *, kind: DocumentKind, about: str, received_at: datetime) -> Document:
        """A document whose state is still to be decided."""
        id_ = self._clock.new_id()
        sealed = await seal_document(self._vault, raw, subject=subject_of(id_), place=_place(id_))
        return Document(
            id=id_,
            kind=kind,
            about=about,
            digest=self._fingerprints.raw(raw),
            sealed=sealed,
            received_at=received_at,
            retain_until=received_at + self._kept,
            state=DocumentState.NO_NEWS,
        )

    async def open(self, document: Document) -> bytes:
        """What was sent, to be read again after an officer has decided. Raises NoLongerKept."""
        if document.sealed is None:
            raise NoLongerKept
        subject, place = subject_of(document.id), _place(document.id)
        try:
            return await open_document(
                self._vault, document.sealed, subject=subject, place=place, purpose="read again for an officer"
            )
        except SubjectErased as error:
            raise NoLongerKept from error


def subject_of(document_id: str) -> str:
    """Whose key in the vault a document is sealed with: its own."""
    return f"document/{document_id}"


def _place(document_id: str) -> tuple[str, ...]:
    return ("intake", "document", document_id)
