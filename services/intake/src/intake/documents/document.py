"""A message that an agency sent in a format of its own, and what became of it."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


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
    COUNTED = "counted"
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
    times: int = 1
    """How often its like came: one is listed as the example of all."""
