"""What makes contact with a victim unsafe, as whoever names her said it: the first thing that officers read of her."""

from collections.abc import Iterable, Mapping

from journey.facts.fact import EventKey
from journey.timeline.entries import Entry
from journey.wording.content import Content

CORRECTED = "event-corrected"


def warnings_in(entries: Iterable[Entry], said: Mapping[EventKey, Content]) -> list[str]:
    """Those that stand, newest first: of facts that nothing put right or took back, and of what put them right."""
    standing = [entry.fact for entry in entries if not entry.retracted and entry.righted_by is None]
    warnings = [_warning(said[fact.key], corrected=CORRECTED in fact.type) for fact in standing]
    return [warning for warning in warnings if warning is not None]


def _warning(said: Content, *, corrected: bool) -> str | None:
    held = said.part("replacement").part("data") if corrected else said
    return held.text("safe_contact_warning")
