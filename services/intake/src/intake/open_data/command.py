"""The importer's face: a bar where somebody watches, plain lines in a pipe, counts at the end."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from intake.errors import RowUnreadable
from intake.open_data.police_import import Counts, ImportMonth
from intake.open_data.police_rows import UNDECODABLE, read_rows

_LINE_EVERY = 5_000


async def import_file(path: Path, importing: ImportMonth, *, out: TextIO = sys.stdout, err: TextIO = sys.stderr) -> int:
    """Import a street-level file; the exit status: 1 when a row was not imported, and the other rows were."""
    try:
        total = _count_rows(path)
        with path.open(encoding="utf-8", errors=UNDECODABLE, newline="") as lines, _shown(err, total) as progress:
            counts = await importing.run(read_rows(lines), progress=progress)
    except RowUnreadable as error:
        print(f"{path.name}: {error}", file=err)
        return 1
    for broken in counts.broken:
        print(f"{path.name}: {broken}", file=err)
    print(_summary(counts), file=out)
    return 1 if counts.broken else 0


def _summary(counts: Counts) -> str:
    return (
        f"{counts.rows} rows read: {counts.recorded} recorded, {counts.known} known already, "
        f"{len(counts.broken)} not imported"
    )


def _count_rows(path: Path) -> int:
    with path.open("rb") as content:
        return max(sum(1 for _ in content) - 1, 0)


@contextmanager
def _shown(err: TextIO, total: int) -> Iterator[Callable[[Counts], None]]:
    if not err.isatty():
        yield _lines(err, total)
        return
    columns = (TextColumn("importing"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(file=err)) as bar:
        task = bar.add_task("importing", total=total)

        def show(counts: Counts) -> None:
            bar.update(task, completed=counts.rows)

        yield show


def _lines(err: TextIO, total: int) -> Callable[[Counts], None]:
    shown = 0

    def show(counts: Counts) -> None:
        nonlocal shown
        if counts.rows - shown >= _LINE_EVERY or counts.rows == total:
            shown = counts.rows
            print(f"{counts.rows} of {total} rows", file=err)

    return show
