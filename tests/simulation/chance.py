"""What a seed decides: how long each call takes, and whether it fails, and how."""

import asyncio
import random
from enum import StrEnum
from typing import Final


class Fault(StrEnum):
    """What may happen to a call to something outside the process."""

    BEFORE = "the connection breaks before the call arrives"
    AFTER = "the call is done and its answer is lost"
    SLOW = "the call takes longer than anybody waits"
    FROZEN = "the process stands still before the call"
    FULL = "the disk is full"
    READ_ONLY = "the server takes no writes, as one that is no primary any more"


_FAULTS: Final = (Fault.BEFORE, Fault.AFTER, Fault.AFTER, Fault.SLOW, Fault.FULL, Fault.READ_ONLY)


class Chance:
    """Draws from one seed. While `calm`, calls take a moment and never fail."""

    def __init__(self, seed: int) -> None:
        self._draws = random.Random(seed)  # noqa: S311 a seed to repeat, not a secret
        self.calm = False
        self.trouble = self._draws.choice((0.0, 0.002, 0.01, 0.04))
        self.freezes = self._draws.choice((0.0, 0.001, 0.005))
        self.handlers_fail = self._draws.choice((0.0, 0.02, 0.1, 0.3))
        self.drawn: list[str] = []

    async def moment(self) -> None:
        """Let a call take its time, and let others go between."""
        draws = self._draws.random()
        await asyncio.sleep(0.0002 + 0.004 * draws * draws)

    def fault(self, what: str) -> Fault | None:
        """Draw what happens to a call; None is most often."""
        if self.happens(self.freezes):
            return self._told(what, Fault.FROZEN)
        if not self.happens(self.trouble):
            return None
        return self._told(what, self._draws.choice(_FAULTS))

    def _told(self, what: str, fault: Fault) -> Fault:
        self.drawn.append(f"{asyncio.get_running_loop().time():.4f} {what}: {fault.value}")
        return fault

    def seconds(self, least: float, most: float) -> float:
        """A pause."""
        return self._draws.uniform(least, most)

    def below(self, most: int) -> int:
        """A number from 0 to `most` - 1."""
        return self._draws.randrange(most)

    def happens(self, how_often: float) -> bool:
        """Whether something of the probability `how_often` happens now; never while calm."""
        return not self.calm and self._draws.random() < how_often
