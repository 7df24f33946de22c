"""Opens the personal fields of facts through the vault, for reading."""

from collections.abc import Sequence
from dataclasses import dataclass

from chassis.vault.opening import ErasedText, Opener

from journey.facts.fact import EventKey, Fact
from journey.wording.content import REMOVED, Content


@dataclass(frozen=True, slots=True)
class OpenedFacts:
    """Opens many facts with one vault call; each unwrap is recorded with its purpose."""

    opener: Opener

    async def contents(self, facts: Sequence[Fact], *, purpose: str) -> dict[EventKey, Content]:
        """The data of each fact; what was erased reads "[removed]". Raises VaultUnreachable."""
        events = await self.opener.open([fact.body for fact in facts], purpose=purpose)
        return {fact.key: Content(_readable(event)) for fact, event in zip(facts, events, strict=True)}


def _readable(event: dict[str, object]) -> dict[str, object]:
    data = _without_erased(event.get("data"))
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
