"""The simulation itself: a seed is the same world each time, and what is wrong in it is seen."""

import asyncio

import pytest

from simulation.loop import NothingToWaitFor, run
from simulation.play import play


def test_a_seed_is_the_same_world_each_time() -> None:
    first, again = play(5), play(5)
    assert first.happened, "nothing happened in this seed: take another"
    assert (first.happened, first.seconds) == (again.happened, again.seconds)


def test_other_seeds_are_other_worlds() -> None:
    assert play(5).happened != play(6).happened


# 2148: a process told to end waited ten seconds for a ROLLBACK that nobody answered.
FAILED_ONCE = (2148,)


@pytest.mark.parametrize("seed", [*range(1, 61), *FAILED_ONCE])
def test_a_seed_holds(seed: int) -> None:
    outcome = play(seed)
    assert outcome.broken is None, "\n".join((*outcome.happened, repr(outcome.broken)))


def test_a_world_in_which_nobody_can_go_on_is_said() -> None:

    async def waits_for_ever() -> None:
        await asyncio.Event().wait()

    with pytest.raises(NothingToWaitFor):
        run(waits_for_ever)
