"""Drafts of the golden examples, to be sealed."""

from typing import Any

from chassis.log.records import NewEvent
from chassis.vault.composing import Draft, EventComposer
from contracts.events import Event, parse_recorded
from contracts.golden import EXAMPLES
from msgspec.structs import replace
from pydantic import BaseModel

VICTIM = "01930000-0000-7000-8000-00000000000a"
OTHER = "01930000-0000-7000-8000-00000000000b"
CASE = "01930000-0000-7000-8000-00000000000c"


def golden(name: str, **changes: Any) -> Event:
    """The golden example of a type, of this victim and case."""
    event = parse_recorded((EXAMPLES / f"{name}.json").read_bytes())
    return Event(event.envelope.model_copy(update={"victimid": VICTIM, "caseid": CASE} | changes), event.data)


def a_draft(name: str = "police.victim-identified.v1", *, subject: str = f"victim/{VICTIM}", **changes: Any) -> Draft:
    """The same as it is before it is sealed."""
    return Draft.of(*golden(name, **changes), stream=f"case/{CASE}", key=CASE, subject=subject)


async def composed(composer: EventComposer, draft: Draft) -> NewEvent:
    """The event that a draft becomes."""
    return (await composer.compose([draft]))[0]


def reworded(draft: Draft, **data: Any) -> Draft:
    """The draft with other data."""
    assert isinstance(draft.data, BaseModel)
    return replace(draft, data=draft.data.model_copy(update=data))
