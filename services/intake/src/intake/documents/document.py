"""What agencies send in formats of their own: each message kept, encrypted, with what became of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Protocol

from chassis.clock import Clock
from chassis.vault.documents import open_document, seal_document
from chassis.vault.errors import SubjectErased
from chassis.vault.port import Vault

from intake.errors import NoLongerKept
from intake.recording.fingerprints import Fingerprints
from intake.recording.ports import Effect


class DocumentKind(StrEnum):
    """The format it came in."""

    HEARING = "hearing"
    HEARING_RESULT = "hearing-result"
    HEARING_DELETION = "hearing-deletion"
    MOVEMENT = "movement"


class DocumentState(StrEnum):
    """What became of it. `held`, `parked` and `question` wait for an officer."""

    APPLIED = "applied"
    NO_NEWS = "no-news"
    OLDER = "older"
    WAITING = "waiting"
    HELD = "held"
    PARKED = "parked"
    QUESTION = "question"
    CONFIRMED = "confirmed"
    DISMISSED = "dismissed"


WAITS_FOR_OFFICER = (DocumentState.HELD, DocumentState.PARKED, DocumentState.QUESTION)


@dataclass(frozen=True, slots=True)
class Document:
    """One message. `about` is an opaque id (the hearing's), `digest` a keyed hash, `why` one of our own words.

    `asks` are keys of questions to an officer; `compared` when what is known of the hearing has this message in it;
    `decided_at` with a state that still waits is when an officer looked, and nothing could follow yet.
    """

    id: str
    kind: DocumentKind
    about: str
    digest: bytes
    sealed: bytes | None
    received_at: datetime
    retain_until: datetime
    state: DocumentState
    why: str | None = None
    due_at: datetime | None = None
    asks: tuple[str, ...] = ()
    compared: bool = False
    decided_at: datetime | None = None


class DocumentBook(Protocol):
    """Where documents are kept."""

    async def now(self) -> datetime: ...

    def keeping(self, document: Document) -> Effect: ...

    def deciding(self, document: Document, *, by: str) -> Effect:
        """What an officer has made of it: the document as it is now; loses when it waits for nobody any more."""

    async def waiting(self) -> Sequence[Document]: ...

    async def find(self, document_id: str) -> Document | None: ...

    async def last_compared(self, hearing_id: str, *, kinds: Sequence[DocumentKind]) -> Document | None:
        """The newest message of these kinds that what is known of the hearing was made of."""

    async def apply(self, effects: Sequence[Effect]) -> bool:
        """Apply effects that no event goes with, in a transaction that excludes appends; False when one has lost."""


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
