"""A real month of one force through the whole system, imported as a user does it."""

import csv
from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest
from sandbox.scenario.calls import Service
from support.cases import case_file
from support.deadline import until
from support.everything import Everything
from support.evidence import log_of, rows, value
from support.kafka_reading import published

pytestmark = [pytest.mark.servers, pytest.mark.asyncio(loop_scope="session")]

TYPE = "intake.crime-published.v1"
RECORDED = f"SELECT count(*) FROM log WHERE type = '{TYPE}'"
PROJECTED = f"SELECT count(*) FROM fact WHERE type = '{TYPE}'"
TOLD = ("SELECT count(*) FROM news", "SELECT count(*) FROM duty")
RECEIPTS = {"notifications.message-delivered.v1", "notifications.message-failed.v1"}
MOST_MEGABYTES = 300


async def test_a_real_month_is_recorded_relayed_and_projected_once_and_told_to_nobody(everything: Everything) -> None:
    path = case_file("police/2017-07-west-yorkshire-street.csv")
    with path.open(newline="") as lines:
        count = sum(1 for _ in csv.DictReader(lines))
    await everything.lost_and_repeated_nothing()
    before = await told(everything)
    said = await everything.world.processes.run("intake", "import-police-month", str(path))
    assert f"{count} rows read: {count} recorded, 0 known already, 0 not imported" in said

    async def projected() -> bool:
        return await value(everything.system, "journey", PROJECTED) >= count

    await until(projected, f"journey has all {count} crimes", seconds=120)
    said = await everything.world.processes.run("intake", "import-police-month", str(path))
    assert f"0 recorded, {count} known already" in said
    assert await counts(everything) == (count, count, count)
    assert await told(everything) == before


async def test_no_process_of_ours_needs_much_memory(
    everything: Everything, record_property: Callable[[str, object], None]
) -> None:
    """After the faults and, where a machine has the data, after a month of a force; the peaks go to the report."""
    peaks = {name: peak_megabytes(child.pid) for name, child in everything.system.programs.running.items()}
    record_property("peak megabytes", {name: round(peak) for name, peak in peaks.items()})
    assert max(peaks.values()) < MOST_MEGABYTES, peaks


async def counts(everything: Everything) -> tuple[int, int, int]:
    """In intake's log, in Kafka (each name once) and in journey's read model."""
    messages = await published(everything.system.kafka.bootstrap, "intake.events")
    names = [header.id for message in messages if (header := decode(message.body)).type == TYPE]
    log = await value(everything.system, "intake", RECORDED)
    assert len(names) == len(set(names))
    return log, len(names), await value(everything.system, "journey", PROJECTED)


class Header(msgspec.Struct):
    id: str
    type: str


decode = msgspec.json.Decoder(Header).decode


async def told(everything: Everything) -> list[int]:
    """News, duties, messages and requests to officers so far; receipts of earlier messages may still come in."""
    asked = [one.type async for one in log_of(everything.world, Service.NOTIFICATIONS) if one.type not in RECEIPTS]
    known = [(await rows(everything.system, "journey", query))[0][0] for query in TOLD]
    return [*known, len(asked), len(await everything.world.notify.messages())]


def peak_megabytes(pid: int) -> float:
    """The most that a process ever held in memory (Linux)."""
    status = Path(f"/proc/{pid}/status")
    if not status.exists():
        pytest.skip("peaks of memory are read from /proc, which only Linux has")
    line = next(line for line in status.read_text().splitlines() if line.startswith("VmHWM"))
    return int(line.split()[1]) / 1024
