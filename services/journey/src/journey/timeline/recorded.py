"""What facts say as they were recorded: codes, dates and numbers, without a text of anybody's being opened."""

from collections.abc import Iterable
from typing import Any

import msgspec

from journey.facts.fact import EventKey, Fact
from journey.wording.content import Content


class _Event(msgspec.Struct):
    data: dict[str, Any] = {}


_events = msgspec.json.Decoder(_Event)


def recorded(facts: Iterable[Fact]) -> dict[EventKey, Content]:
    """The data of each fact; what is sealed is no text, and reads as nothing."""
    return {fact.key: Content(_events.decode(fact.body).data) for fact in facts}
