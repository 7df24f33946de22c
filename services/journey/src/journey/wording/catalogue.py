"""Which words each event type is put into."""

from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from typing import Final

from journey.errors import NoWording
from journey.wording import court, cps, intake, outcome, police, prison, services, support
from journey.wording.content import Audience, Content, Words, details
from journey.wording.retracting import NOT_ABOUT_HER, taken_back
from journey.wording.rows import Wording

WORDINGS: Final[Mapping[str, Wording]] = {
    **police.WORDINGS,
    **support.WORDINGS,
    **cps.WORDINGS,
    **court.WORDINGS,
    **outcome.WORDINGS,
    **prison.WORDINGS,
    **intake.WORDINGS,
    **services.WORDINGS,
}
CORRECTED, RETRACTED = "event-corrected", "event-retracted"
UNOPENED: Final = Content({})


def words_for(event_type: str, said: Content, *, original: str | None = None, first: bool = False) -> Words:
    """The words for an event; for a correction, those of what it puts right with a note. `original` is its title.

    `first`: the reader has had nothing that it corrects, so it puts nothing right for them.
    Raises NoWording for a type that has none.
    """
    fact = event_type.split(".")[1]
    if fact == CORRECTED:
        return _right(said) if first else _corrected(said)
    if fact == RETRACTED:
        return _retracted(said, original)
    wording = WORDINGS.get(event_type)
    if wording is None:
        raise NoWording(event_type)
    return wording(said)


def lost(words: Words) -> Words:
    """What is left of words that she was told and that turned out to be about somebody else: the title."""
    return Words(title=words.title, meaning=NOT_ABOUT_HER, action="", ahead="")


@cache
def audience_of(event_type: str, *, original: str | None = None) -> Audience:
    """Who reads such an entry, known without opening it; for a correction, whoever reads the type it corrects.

    Raises NoWording for a type that has none.
    """
    fact = event_type.split(".")[1]
    if fact == RETRACTED or (fact == CORRECTED and original is None):
        return Audience.VICTIM
    if fact == CORRECTED and original is not None:
        return audience_of(original)
    return words_for(event_type, UNOPENED).audience


def _right(said: Content) -> Words:
    replacement = said.part("replacement")
    return words_for(replacement.text("type") or "", replacement.part("data"))


def _corrected(said: Content) -> Words:
    right = _right(said)
    sorry = "What was here before was wrong. We are sorry. This is right:"
    return replace(
        right,
        title=f"Put right: {_lower(right.title)}",
        meaning=f"{sorry} {right.meaning}",
        details=(*right.details, *details(("Why it was wrong", said.text("reason")))),
        turns=tuple(
            turn if turn.meaning is None else replace(turn, meaning=f"{sorry} {turn.meaning}") for turn in right.turns
        ),
    )


def _retracted(said: Content, original: str | None) -> Words:
    back = taken_back(said.text("kind"))
    return Words(
        title=f"{back.before}: {_lower(original)}" if original else back.alone,
        meaning=back.meaning,
        ahead="If anything else changes, it will appear here.",
        details=details((back.why, said.text("reason"))) if back.why else (),
        for_officers=() if back.why else details(("Why it was taken back", said.text("reason"))),
    )


def _lower(title: str) -> str:
    return f"{title[0].lower()}{title[1:]}"
