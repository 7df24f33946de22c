"""The log: our appender and `POST /events` beside raw COPY and eventsourcing's recorder."""

import gc

from bench.append_copy import CopyAppend
from bench.append_eventsourcing import EventsourcingAppend
from bench.append_group_commit import GroupCommitAppend
from bench.append_processes import ProcessesAppend
from bench.finished_rows import finished_rows
from bench.floors import Row, rate_row
from bench.http_batches import HttpBatches
from bench.measuring import in_turns
from bench.sealing import composer_of, open_vault
from bench.services import open_services
from bench.stage import Bench
from bench.victims import drafts

OFTENER = 2
"""More rounds than elsewhere, because a machine's speed may change every few seconds, and not for all alike."""


async def rows(bench: Bench) -> list[Row]:
    """Rows 1 and 2 of the table."""
    scale = bench.scale
    async with (
        open_vault(bench.databases) as vault,
        composer_of(vault) as composer,
        open_services(bench.postgres, bench.kafka, logs=bench.logs) as services,
    ):
        made = drafts(scale.appended, run="append")
        events = await composer.compose(made)
        alone = GroupCommitAppend(bench.databases, composer, made)
        ours = ProcessesAppend(bench.databases, vault, scale.appended, bench.logs)
        copy = CopyAppend(bench.databases, finished_rows(events))
        peer = EventsourcingAppend(bench.databases, events)
        posted = HttpBatches(services, scale.posted)
        gc.freeze()
        found = await in_turns([copy, alone, ours, posted, peer], repeats=OFTENER * scale.repeats)
        gc.unfreeze()
    limit = found[copy.name]
    its = found[peer.name]
    return [
        rate_row("append, batches of 512, one process / raw COPY", ours=found[alone.name], rival=limit, floor=None),
        rate_row("append, batches of 512, two processes / raw COPY", ours=found[ours.name], rival=limit, floor=0.55),
        rate_row("append, one process / eventsourcing's recorder", ours=found[alone.name], rival=its, floor=None),
        rate_row("append, two processes / eventsourcing's recorder", ours=found[ours.name], rival=its, floor=3.0),
        rate_row("POST /events by 100, two intakes / raw COPY", ours=found[posted.name], rival=limit, floor=0.35),
    ]
