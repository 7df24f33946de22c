"""The log: our appender and `POST /events` beside raw COPY and eventsourcing's recorder."""

import gc

from bench.append_copy import CopyAppend
from bench.append_eventsourcing import EventsourcingAppend
from bench.append_group_commit import GroupCommitAppend
from bench.finished_rows import finished_rows
from bench.floors import Row, rate_row
from bench.http_batches import HttpBatches
from bench.measuring import in_turns
from bench.sealing import open_composer
from bench.services import open_services
from bench.stage import Bench
from bench.victims import drafts


async def rows(bench: Bench) -> list[Row]:
    """Rows 1 and 2 of the table."""
    scale = bench.scale
    async with (
        open_composer(bench.databases) as composer,
        open_services(bench.postgres, bench.kafka, logs=bench.logs) as services,
    ):
        made = drafts(scale.appended, run="append")
        events = await composer.compose(made)
        ours = GroupCommitAppend(bench.databases, composer, made)
        copy = CopyAppend(bench.databases, finished_rows(events))
        peer = EventsourcingAppend(bench.databases, events)
        posted = HttpBatches(services, scale.posted)
        gc.freeze()
        found = await in_turns([copy, ours, posted, peer], repeats=scale.repeats)
        gc.unfreeze()
    limit = found[copy.name]
    return [
        rate_row("append, batches of 512: ours / raw COPY", ours=found[ours.name], rival=limit, floor=0.55),
        rate_row("append: ours / eventsourcing's recorder", ours=found[ours.name], rival=found[peer.name], floor=3.0),
        rate_row("POST /events, batches of 100 / raw COPY", ours=found[posted.name], rival=limit, floor=0.35),
    ]
