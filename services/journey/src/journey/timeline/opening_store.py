"""Opens the personal fields of facts through the vault, for reading: those alone that the reader may read."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import msgspec
from chassis.vault.opening import ErasedText, Opener

from journey.facts.fact import EventKey, Fact
from journey.timeline.recorded import put, take
from journey.timeline.texts import NOTHING_CLOSED, Closed
from journey.wording.content import REMOVED, Content


@dataclass(frozen=True, slots=True)
class OpenedFacts:
    """Opens many facts with one vault call; each unwrap is recorded with its purpose."""

    opener: Opener

    async def contents(
        self, facts: Sequence[Fact], *, purpose: str, closed: Mapping[EventKey, Closed]
    ) -> dict[EventKey, Content]:
        """The data of each fact, its texts opened but those that are `closed`; what was erased reads "[removed]".

        A text that is closed leaves the event before anything is opened. Raises VaultUnreachable.
        """
        shut = [_shut(fact.body, closed.get(fact.key, NOTHING_CLOSED)) for fact in facts]
        events = await self.opener.open([body for body, _ in shut], purpose=purpose)
        return {
            fact.key: Content(_with(_readable(event), words))
            for fact, event, (_, words) in zip(facts, events, shut, strict=True)
        }


def _shut(body: bytes, closed: Closed) -> tuple[bytes, Closed]:
    """The event without what is closed, and the words that stand for what was there."""
    if not closed:
        return body, NOTHING_CLOSED
    event = msgspec.json.decode(body)
    taken = {path for path in closed if take(_data(event), path) is not None}
    return msgspec.json.encode(event) if taken else body, {path: closed[path] for path in taken}


def _with(data: dict[str, Any], words: Closed) -> dict[str, Any]:
    for path, text in words.items():
        if text is not None:
            put(data, path, text)
    return data


def _data(event: dict[str, Any]) -> dict[str, Any]:
    data = event.get("data")
    return data if isinstance(data, dict) else {}


def _readable(event: dict[str, Any]) -> dict[str, Any]:
    data = _without_erased(_data(event))
    return data if isinstance(data, dict) else {}


def _without_erased(value: object) -> object:
    match value:
        case ErasedText():
            return REMOVED
        case dict():
            return {name: _without_erased(child) for name, child in value.items()}
        case list():
            return [_without_erased(child) for child in value]
        case _:
            return value
