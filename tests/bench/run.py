"""`make bench`: ratios against the raw limit and real peers, measured in one run, in turns."""

import argparse
import sys
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack, asynccontextmanager

from bench import appending, checking, crowding, memory, paging, piping, projecting, racing, relaying
from bench.floors import Row, table
from bench.machine import settings
from bench.scale import FULL, QUICK, Scale
from bench.stage import Bench
from chassis.logging import configure_logging
from chassis.service import run_process
from sandbox.places import run_logs, temporary_folder
from sandbox.servers.kafka import KafkaServer
from sandbox.servers.postgres import PostgresServer
from support.databases import Databases

Cell = Callable[[Bench], Awaitable[list[Row]]]
CELLS: dict[str, Cell] = {
    "append": appending.rows,
    "relay": relaying.rows,
    "project": projecting.rows,
    "pipeline": piping.rows,
    "tail": checking.rows,
    "memory": memory.rows,
    "race": racing.rows,
    "crowd": crowding.rows,
    "page": paging.rows,
}


def main() -> None:
    """Measure in a process set up as ours are, rivals too; exit 1 when a floor is missed."""
    parser = argparse.ArgumentParser(prog="make bench", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="medians of 3 and fewer events")
    parser.add_argument("cells", nargs="*", help=f"which (all): {', '.join(CELLS)}")
    arguments = parser.parse_args()
    configure_logging("bench", level="ERROR")
    rows: list[Row] = []
    run_process(_measure(arguments.cells or list(CELLS), QUICK if arguments.quick else FULL, rows))
    print(f"\n{table(rows)}")
    sys.exit(any(row.missed for row in rows))


async def _measure(cells: list[str], scale: Scale, rows: list[Row]) -> None:
    async with _opened(scale) as bench:
        print("\n".join(await settings(bench.postgres.dsn())))
        for name in cells:
            print(f"\n{name}", flush=True)
            rows += await CELLS[name](bench)


@asynccontextmanager
async def _opened(scale: Scale) -> AsyncIterator[Bench]:
    async with AsyncExitStack() as stack:
        folder = stack.enter_context(temporary_folder())
        logs = run_logs(folder.name)
        postgres = await stack.enter_async_context(PostgresServer(folder, log=logs / "postgres.log"))
        kafka = await stack.enter_async_context(KafkaServer(folder, log=logs / "kafka.log"))
        yield Bench(postgres, kafka, Databases(postgres.dsn()), scale, logs)


if __name__ == "__main__":
    main()
