"""The projector beside COPY of its rows and a FastStream handler."""

import gc
import time

from bench import concerned
from bench.finished_rows import finished_rows, messages_of
from bench.floors import Row, rate_row
from bench.kafka_topics import new_topic
from bench.measuring import in_turns
from bench.project_copy import CopyProjection
from bench.project_faststream import FastStreamProjector
from bench.project_ours import OurProjector
from bench.relay_send_batch import send_all
from bench.sealing import open_composer
from bench.stage import Bench
from bench.victims import drafts

PARKED = 100_000
CONCERNED = (
    "fact",
    "victim_heard_of",
    "contact_warning",
    "freshness",
    "case_root",
    "victim_link",
    "news",
    "duty",
    "log",
)


async def rows(bench: Bench) -> list[Row]:
    """Row 4 of the table."""
    return [*await _with_nobody_concerned(bench), await _with_one_in_five_concerned(bench)]


async def _with_nobody_concerned(bench: Bench) -> list[Row]:
    count, bootstrap = bench.scale.projected, bench.kafka.bootstrap
    async with open_composer(bench.databases) as composer:
        finished = finished_rows(await composer.compose(drafts(count, run="project")))
    async with new_topic(bootstrap, f"projected-{time.monotonic_ns()}") as topic:
        await send_all(bootstrap, topic, messages_of(finished))
        ours = OurProjector(bench.databases, bootstrap, topic, count)
        copy = CopyProjection(
            bench.databases, await ours.written(["fact", "victim_heard_of", "contact_warning", "freshness"]), count
        )
        peer = FastStreamProjector(bench.databases, bootstrap, topic, count)
        beside = OurProjector(bench.databases, bootstrap, topic, count, parked=PARKED)
        gc.freeze()
        found = await in_turns([copy, ours, beside, peer], repeats=bench.scale.repeats)
        gc.unfreeze()
    mine = found[ours.name]
    return [
        rate_row("projector, exactly once / raw COPY of the same rows", ours=mine, rival=found[copy.name], floor=0.35),
        rate_row("projector / FastStream batch handler", ours=mine, rival=found[peer.name], floor=1.5),
        rate_row(
            f"projector beside {PARKED:,} parked keys / beside none", ours=found[beside.name], rival=mine, floor=0.9
        ),
    ]


async def _with_one_in_five_concerned(bench: Bench) -> Row:
    """Each of these is looked through by the record of whom it concerns, and what is different is announced."""
    count, bootstrap = bench.scale.projected, bench.kafka.bootstrap
    async with open_composer(bench.databases) as composer:
        finished = finished_rows(await composer.compose(concerned.drafts(count, run="concern")))
    async with new_topic(bootstrap, f"concerned-{time.monotonic_ns()}") as topic:
        await send_all(bootstrap, topic, messages_of(finished))
        ours = OurProjector(bench.databases, bootstrap, topic, count)
        copy = CopyProjection(bench.databases, await ours.written(CONCERNED), count)
        gc.freeze()
        found = await in_turns([copy, ours], repeats=bench.scale.repeats)
        gc.unfreeze()
    return rate_row(
        "projector, one in five concerns a victim / raw COPY of its rows",
        ours=found[ours.name],
        rival=found[copy.name],
        floor=0.25,
    )
