"""Corrections and retractions: only of one's own events, and only of the state that was last."""

from collections.abc import Sequence

from chassis.vault.attributes import Said
from contracts.corrections import Amendment, EventCorrected
from contracts.shape import Shape
from pydantic import BaseModel

from intake.errors import NotYourEvent, ReplacementMisplaced, StaleCorrection
from intake.publishing.incoming import Incoming
from intake.publishing.registry import Client
from intake.recording.held import Amends
from intake.recording.originals import Original


def original_key(said: Said, amendment: Amendment) -> tuple[str, str]:
    """Source and id of the event that is put right."""
    return (amendment.original_source or said.source, amendment.original_id)


def amends(said: Said, amendment: Amendment, original: Original | None, *, client: Client) -> Amends:
    """What the guard is to hold. Raises NotYourEvent, ReplacementMisplaced or StaleCorrection."""
    if original is None or original.source not in client.sources or _publisher(original.type) != _publisher(said.type):
        raise NotYourEvent
    state = bytes.fromhex(amendment.corrects_state)
    if original.states.get(state, "unknown") not in (None, said.id):
        raise StaleCorrection
    retracts = not isinstance(amendment, EventCorrected)
    if isinstance(amendment, EventCorrected):
        _demand_same_place(amendment, original)
    return Amends(original.source, original.id, state, said.source, said.id, retracts)


def amendments(events: Sequence[Incoming]) -> dict[int, Amendment]:
    """Those among the events, by their places. Told by the type's name, which all publishers' corrections share."""
    amending = {index: event.data.whole() for index, event in enumerate(events) if ".event-" in event.said.type}
    return {index: data for index, data in amending.items() if isinstance(data, Amendment)}


def _demand_same_place(corrected: EventCorrected, original: Original) -> None:
    replacement = corrected.replacement
    named = plain(replacement.data)
    same = (
        replacement.type == original.type,
        named.get("references") == original.references,
        named.get("victim") == original.victim,
    )
    if not all(same):
        raise ReplacementMisplaced


def plain(data: Shape | BaseModel) -> dict[str, object]:
    """References and victim number of some data, as JSON has them."""
    return data.model_dump(mode="json", exclude_none=True, include={"references", "victim"})


def _publisher(type_: str) -> str:
    return type_.partition(".")[0]
