"""What became of a domain event, and what an officer is asked about it."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from enum import StrEnum
from typing import Final

from intake.documents.document import Document, DocumentState
from intake.prisons.confirmed import Confirmed
from intake.prisons.movements import IDENTITY, TELLING, Meaning, Movement

_MOST_NAMED: Final = 20
IN_QUESTION: Final = "number-in-question"
"""Why a movement waits: somebody is asked who its number is."""
DOUBLED: Final = "doubled"
"""Why a movement is no news: it was told already, by another message or under another number."""


class Fate(StrEnum):
    """What became of a movement that tells something."""

    TOLD = "told"
    DOUBLED = "doubled"
    HELD = "held"
    WAITING = "waiting"


_STATES: Final = {
    Fate.TOLD: (DocumentState.APPLIED, None),
    Fate.DOUBLED: (DocumentState.NO_NEWS, DOUBLED),
    Fate.HELD: (DocumentState.HELD, IN_QUESTION),
    Fate.WAITING: (DocumentState.WAITING, None),
}


def judged(document: Document, movement: Movement, confirmed: Sequence[Confirmed], fate: Fate) -> Document:
    """What became of the message, when these defendants are confirmed to have a number that it names."""
    meaning = movement.meaning
    if meaning in IDENTITY:
        return _asked(document, movement, confirmed)
    if meaning in TELLING:
        state, why = _STATES[fate]
        return replace(document, state=state, why=why)
    if meaning == Meaning.UNKNOWN:
        return replace(
            document, state=DocumentState.PARKED, why=f"unknown: {movement.kind}", about=about_kind(movement)
        )
    state = _state(meaning)
    return replace(document, state=state, why=None if state == DocumentState.NO_NEWS else meaning.value)


def about_kind(movement: Movement) -> str:
    """What all messages have in common about which the same is not known."""
    return f"unknown/{movement.kind}"


def question(meaning: Meaning, defendants: Iterable[tuple[str, str]]) -> str:
    """What an officer is asked: the meaning, and the (case, defendant) of those who are confirmed."""
    named = [f"defendant {defendant_id} of case {case_id}" for case_id, defendant_id in dict.fromkeys(defendants)]
    return f"{meaning}: {'; '.join(named[:_MOST_NAMED])}" if named else meaning.value


def _asked(document: Document, movement: Movement, confirmed: Sequence[Confirmed]) -> Document:
    """A message that names no number is asked about always: nobody can say whom it leaves alone."""
    asks = (movement.meaning.value,)
    if movement.prison_number is not None and not confirmed:
        return replace(document, state=DocumentState.WAITING, why=None, asks=asks)
    why = question(movement.meaning, ((one.case_id, one.defendant_id) for one in confirmed))
    return replace(document, state=DocumentState.QUESTION, why=why, asks=asks)


def _state(meaning: Meaning) -> DocumentState:
    return DocumentState.QUESTION if meaning == Meaning.ASK_OFFICER else DocumentState.NO_NEWS
