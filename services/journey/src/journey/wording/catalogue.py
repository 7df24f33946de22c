"""Which words each event type is put into."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Final

from journey.errors import NoWording
from journey.wording import court, cps, intake, outcome, police, prison, services, support
from journey.wording.content import Audience, Content, Words, details

Wording = Callable[[Content], Words]

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


def words_for(event_type: str, said: Content, *, original: str | None = None) -> Words:
    """The words for an event; for a correction, those of what it puts right with a note. `original` is its title.

    Raises NoWording for a type that has none.
    """
    fact = event_type.split(".")[1]
    if fact == CORRECTED:
        return _corrected(said)
    if fact == RETRACTED:
        return _retracted(said, original)
    wording = WORDINGS.get(event_type)
    if wording is None:
        raise NoWording(event_type)
    return wording(said)


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


def _corrected(said: Content) -> Words:
    replacement = said.part("replacement")
    right = words_for(replacement.text("type") or "", replacement.part("data"))
    sorry = "What was here before was wrong. We are sorry. This is right:"
    return Words(
        title=f"Put right: {right.title[0].lower()}{right.title[1:]}",
        meaning=f"{sorry} {right.meaning}",
        action=right.action,
        ahead=right.ahead,
        details=(*right.details, *details(("Why it was wrong", said.text("reason")))),
        for_officers=right.for_officers,
        audience=right.audience,
        turns=tuple(
            turn if turn.meaning is None else replace(turn, meaning=f"{sorry} {turn.meaning}") for turn in right.turns
        ),
    )


def _retracted(said: Content, original: str | None) -> Words:
    return Words(
        title=f"This was wrong: {original[0].lower()}{original[1:]}" if original else "An earlier entry was wrong",
        meaning="What was here before did not happen. We are sorry.",
        ahead="If anything else changes, it will appear here.",
        details=details(("Why it was wrong", said.text("reason"))),
    )
