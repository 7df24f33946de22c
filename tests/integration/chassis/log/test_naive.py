"""The bench's race, in small: our log loses nothing to a tail reader."""

from collections.abc import Callable

import pytest
from bench.race import race

pytestmark = pytest.mark.servers


async def test_the_race_shows_no_loss_in_our_log(database: Callable[[str], str]) -> None:
    """Guards the log-head lock, beside a log that has none."""
    naive, ours = await race(database("chassis"))
    assert (ours.lost, ours.gaps) == (0, 0)
    assert ours.committed == naive.committed == 4800
    assert "our log" in str(ours)
