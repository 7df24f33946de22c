"""One seed from beginning to end."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass

from simulation.chance import Chance
from simulation.loop import run
from simulation.publishing import Publishing
from simulation.reading import Reading
from simulation.world import World

_WRITERS = 3
_EVENTS = 12


@dataclass(frozen=True, slots=True)
class Outcome:
    """What happened in a seed, how long it took there, and what did not hold."""

    seed: int
    seconds: float
    happened: Sequence[str]
    broken: BaseException | None


def play(seed: int) -> Outcome:
    """Play one seed."""
    chance = Chance(seed)
    broken: BaseException | None = None
    seconds = 0.0
    try:
        seconds = run(lambda: _play(chance))
    except (Exception, asyncio.CancelledError) as error:  # noqa: BLE001 whatever it is, it is what this seed shows
        broken = error
    return Outcome(seed, seconds, chance.drawn, broken)


async def _play(chance: Chance) -> None:
    world = World(chance)
    await world.begin()
    publishing, reading = Publishing(world), Reading(world)
    keepers = [
        asyncio.create_task(world.keep(name, life), name=name)
        for name, life in (
            ("door 1", publishing.door),
            ("door 2", publishing.door),
            ("relay 1", publishing.relay),
            ("relay 2", publishing.relay),
            ("consumer 1", reading.consumer),
            ("consumer 2", reading.consumer),
            ("timers 1", reading.timers),
            ("timers 2", reading.timers),
        )
    ]
    writers = [asyncio.create_task(publishing.write(number, _EVENTS)) for number in range(_WRITERS)]
    await world.storm()

    def done() -> bool:
        return all(writer.done() for writer in writers) and reading.done(_WRITERS * _EVENTS)

    await world.calm(done, lambda: f"{publishing.left()}; {reading.left()}", reading.retry)
    world.verify()
    publishing.verify()
    reading.verify([record.id for record in publishing.log()])
    await world.end(keepers)
