"""What became of a domain event, and what an officer is asked about it."""

from collections.abc import Sequence
from dataclasses import replace

from intake.documents.document import Document, DocumentState
from intake.prisons.confirmed import Confirmed
from intake.prisons.movements import RENUMBERING, Meaning

_MOST_NAMED = 20


def judged(document: Document, meaning: Meaning, confirmed: Sequence[Confirmed], *, told: bool) -> Document:
    if meaning in RENUMBERING:
        asks = (meaning.value,)
        if not confirmed:
            return replace(document, state=DocumentState.WAITING, why=None, asks=asks)
        return replace(document, state=DocumentState.QUESTION, why=meaning.value + whose(confirmed), asks=asks)
    state = _state(meaning, told=told)
    why = meaning.value if state in (DocumentState.PARKED, DocumentState.QUESTION) else None
    return replace(document, state=state, why=why)


def whose(confirmed: Sequence[Confirmed]) -> str:
    """What an officer's question ends with: the defendants who are confirmed."""
    return ": " + "; ".join(f"defendant {one.defendant_id} of case {one.case_id}" for one in confirmed[:_MOST_NAMED])


def _state(meaning: Meaning, *, told: bool) -> DocumentState:
    if meaning == Meaning.ASK_OFFICER:
        return DocumentState.QUESTION
    if meaning == Meaning.UNKNOWN:
        return DocumentState.PARKED
    if meaning == Meaning.NOTHING:
        return DocumentState.NO_NEWS
    return DocumentState.APPLIED if told else DocumentState.WAITING
