"""The race of eight writers and a tail reader: ours must lose nothing; a naive serial log shows that one could."""

from bench.clean_database import clean_database
from bench.floors import Row
from bench.race import race
from bench.stage import Bench
from support.databases import CHASSIS


async def rows(bench: Bench) -> list[Row]:
    """Row 7 of the table."""
    async with clean_database(bench.databases, CHASSIS) as dsn:
        naive, ours = await race(dsn)
    return [
        Row("race of 8 writers and a tail reader: events lost", ours.lost, 0, str(ours), at_most=True),
        Row("the same race, naive serial column: events lost", naive.lost, None, str(naive)),
    ]
