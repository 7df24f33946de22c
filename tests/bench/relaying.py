"""The relay beside raw `send_batch`."""

import gc

from bench.clean_database import clean_database
from bench.finished_rows import finished_rows, keep_finished, messages_of
from bench.floors import Row, rate_row
from bench.measuring import in_turns
from bench.relay_ours import OurRelay
from bench.relay_send_batch import RawSendBatch
from bench.sealing import open_composer
from bench.stage import Bench
from bench.victims import drafts
from support.databases import CHASSIS


async def rows(bench: Bench) -> list[Row]:
    """Row 3 of the table."""
    count, bootstrap = bench.scale.relayed, bench.kafka.bootstrap
    async with open_composer(bench.databases) as composer, clean_database(bench.databases, CHASSIS) as dsn:
        finished = finished_rows(await composer.compose(drafts(count, run="relay")))
        await keep_finished(dsn, finished)
        raw = RawSendBatch(bootstrap, messages_of(finished))
        ours = OurRelay(dsn, bootstrap, count)
        gc.freeze()
        found = await in_turns([raw, ours], repeats=bench.scale.repeats)
        gc.unfreeze()
    return [rate_row("relay / raw send_batch", ours=found[ours.name], rival=found[raw.name], floor=0.40)]
