"""Seals without secrecy, for tests: they keep the rules (bound to victim; erased texts are left out), not the text."""

from collections.abc import Callable
from dataclasses import dataclass, field

from chassis.errors import TransientFailure
from contracts.ids import VictimId

from notifications.promise.channels import SealedText


@dataclass(slots=True)
class MemorySeals:
    """`purposes` lists why texts were opened; `away` and `erased` make the vault unreachable, or empty for a victim."""

    purposes: list[str] = field(default_factory=list)
    erased: set[VictimId] = field(default_factory=set)
    away: bool = False
    before_open: Callable[[], None] | None = None

    async def seal(self, victim: VictimId, *, event_id: str, texts: dict[str, str]) -> dict[str, SealedText]:
        self._be_there()
        return {name: SealedText(f"{victim}|{event_id}|{text[::-1]}") for name, text in texts.items()}

    async def open(self, victim: VictimId, *, sealed: dict[str, SealedText], purpose: str) -> dict[str, str]:
        self._be_there()
        self.purposes.append(purpose)
        if self.before_open is not None:
            self.before_open()
        if victim in self.erased:
            return {}
        return {name: self._opened(victim, text) for name, text in sealed.items()}

    def _opened(self, victim: VictimId, text: SealedText) -> str:
        owner, _, rest = text.split("|", 2)
        if owner != victim:
            raise ValueError("sealed for another victim")
        return rest[::-1]

    def _be_there(self) -> None:
        if self.away:
            raise TransientFailure("the vault in memory was told to be away")
