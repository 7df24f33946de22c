"""Opens the personal fields of facts through the vault, for reading: those alone that the reader may read."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import msgspec
from chassis.vault.opening import ErasedText, Opener

from journey.facts.fact import EventKey, Fact
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
        shut = [closed.get(fact.key, NOTHING_CLOSED) for fact in facts]
        bodies = [_without(fact.body, paths) for fact, paths in zip(facts, shut, strict=True)]
        events = await self.opener.open(bodies, purpose=purpose)
        return {
            fact.key: Content(_instead(_readable(event), paths))
            for fact, event, paths in zip(facts, events, shut, strict=True)
        }


def _without(body: bytes, paths: Closed) -> bytes:
    if not paths:
        return body
    event = msgspec.json.decode(body)
    for path in paths:
        holder, name = _holder(_data(event), path)
        holder.pop(name, None)
    return msgspec.json.encode(event)


def _instead(data: dict[str, Any], paths: Closed) -> dict[str, Any]:
    for path, words in paths.items():
        if words is not None:
            holder, name = _holder(data, path)
            holder[name] = words
    return data


def _holder(data: dict[str, Any], path: str) -> tuple[dict[str, Any], str]:
    *within, name = path.split(".")
    for part in within:
        data = data[part]
    return data, name


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
