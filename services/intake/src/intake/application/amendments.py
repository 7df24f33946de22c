"""Corrections and retractions: only of one's own events, and only of the state that was last."""

from collections.abc import Sequence

from contracts.corrections import Amendment, EventCorrected
from contracts.events import Event
from contracts.shape import Shape
from pydantic import BaseModel

from intake.application.ports import Original
from intake.application.registry import Client
from intake.domain.claims import Amends
from intake.domain.errors import NotYourEvent, ReplacementMisplaced, StaleCorrection


def original_key(event: Event, amendment: Amendment) -> tuple[str, str]:
    """Source and id of the event that is put right."""
    return (amendment.original_source or event.envelope.source, amendment.original_id)


def amends(event: Event, amendment: Amendment, original: Original | None, *, client: Client) -> Amends:
    """What the guard is to hold. Raises NotYourEvent, ReplacementMisplaced or StaleCorrection."""
    if (
        original is None
        or original.source not in client.sources
        or _publisher(original.type) != _publisher(event.envelope.type)
    ):
        raise NotYourEvent
    state = bytes.fromhex(amendment.corrects_state)
    if original.states.get(state, "unknown") not in (None, event.envelope.id):
        raise StaleCorrection
    retracts = not isinstance(amendment, EventCorrected)
    if isinstance(amendment, EventCorrected):
        _demand_same_place(amendment, original)
    return Amends(original.source, original.id, state, event.envelope.source, event.envelope.id, retracts)


def amendments(events: Sequence[Event]) -> list[tuple[Event, Amendment]]:
    return [(event, event.data) for event in events if is_amendment(event) and isinstance(event.data, Amendment)]


def is_amendment(event: Event) -> bool:
    """By its type's name, which every publisher's corrections share: an instance check is slow."""
    return ".event-" in event.envelope.type


def _demand_same_place(corrected: EventCorrected, original: Original) -> None:
    replacement = corrected.replacement
    said = plain(replacement.data)
    same = (
        replacement.type == original.type,
        said.get("references") == original.references,
        said.get("victim") == original.victim,
    )
    if not all(same):
        raise ReplacementMisplaced


def plain(data: Shape | BaseModel) -> dict[str, object]:
    """References and victim number of some data, as JSON has them."""
    return data.model_dump(mode="json", exclude_none=True, include={"references", "victim"})


def _publisher(type_: str) -> str:
    return type_.partition(".")[0]
