"""Reading the timelines of an officer's victims from journey, a few at a time, in the time that a page may take."""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from witness_care.elsewhere.answered import read_as
from witness_care.elsewhere.peer import Outcome, Peer, Peers, SignInAgain
from witness_care.telling.timeline import Timeline

AT_ONCE: Final = 8
SECONDS: Final = 5.0
MOST: Final = 40
"""Victims whose words a page shows; of the others each is read on their own page."""


@dataclass(frozen=True, slots=True)
class Told:
    """The timelines that were read; whose could not be, and whether the officer has to sign in again for them."""

    timelines: Mapping[str, Timeline]
    missing: frozenset[str] = frozenset()
    sign_in: bool = False


NOBODY_ASKED: Final = Told({})


@dataclass(frozen=True, slots=True)
class Tellings:
    """Asks journey as the officer whose session it is."""

    peers: Peers
    most: int = MOST
    seconds: float = SECONDS
    _seats: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(AT_ONCE))

    async def of(self, session_id: str, victims: Sequence[str]) -> Told:
        """The victims' timelines as far as they can be had in time."""
        wanted = list(dict.fromkeys(victims))[: self.most]
        reading = {victim: asyncio.create_task(self._asked(session_id, victim)) for victim in wanted}
        if reading:
            _, late = await asyncio.wait(reading.values(), timeout=self.seconds)
            for task in late:
                task.cancel()
            await asyncio.gather(*late, return_exceptions=True)
        answers = [
            (victim, read_as(Timeline, task.result())) for victim, task in reading.items() if not task.cancelled()
        ]
        read = {victim: answer for victim, answer in answers if isinstance(answer, Timeline)}
        again = any(isinstance(answer, SignInAgain) for _, answer in answers)
        return Told(read, frozenset(victims) - frozenset(read), again)

    async def _asked(self, session_id: str, victim: str) -> Outcome:
        async with self._seats:
            return await self.peers.get(session_id, Peer.JOURNEY, f"/victims/{victim}/timeline")
