"""What stands in the place of a text that is not for the victim who reads."""

from collections.abc import Mapping
from typing import Final

from contracts.texts import AMENDED, WHY_AMENDED

ASK_WHY: Final = "Your contact person can tell you the reason."
INSTEAD: Final[Mapping[tuple[str, str], str]] = {
    ("police.crime-reported.v1", "offence"): "Your contact person can tell you what was recorded.",
    ("police.no-further-action-decided.v1", "reason"): ASK_WHY,
    ("cps.proceedings-stopped.v1", "reason"): ASK_WHY,
}
"""By type and field; nothing is said of the others, as if they were not there."""


def said_instead(event_type: str, field: str, *, replaces: str | None = None) -> str | None:
    """The words for a field of such an event; `replaces` is the type of what a correction says is right."""
    if field == WHY_AMENDED and ".event-" in event_type:
        return ASK_WHY
    if replaces is not None:
        return INSTEAD.get((replaces, field.removeprefix(AMENDED)))
    return INSTEAD.get((event_type, field))
