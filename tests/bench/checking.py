"""The tail check beside a million newer rows of other partitions."""

import statistics

from bench.floors import Row
from bench.stage import Bench
from bench.tail_check import TailCheck

NEWER = 1_000_000


async def rows(bench: Bench) -> list[Row]:
    """Milliseconds of a question, which come once in three seconds for each partition that stands idle."""
    taken = await TailCheck(bench.databases, NEWER).seconds()
    middle, worst = 1000 * statistics.median(taken), 1000 * taken[int(len(taken) * 0.99)]
    detail = f"median of {len(taken)} questions; p99 {worst:.1f} ms"
    return [Row(f"tail check beside {NEWER:,} newer rows, ms", middle, 5.0, detail, at_most=True)]
