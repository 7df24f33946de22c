"""The way on for a log that was restored from an older copy, where no newer copy is to be had.

The topic holds events that the log has lost. Numbering goes on past them: no number is given twice, consumers miss
nothing and take nothing for a repeat. A new epoch begins, so that a process from before the restore is fenced. The lost
events stay lost, and the chain says so at the gap in the positions.
"""

from chassis.database import Pool, open_pool
from chassis.logging import get_logger
from chassis.relay.broker import KafkaBroker
from chassis.relay.session import Target
from chassis.settings import RelaySettings

_NUMBERED = "SELECT position, pseqs FROM log_head FOR UPDATE"
_GO_ON = "UPDATE log_head SET position = $1, pseqs = $2, epoch = epoch + 1"
_log = get_logger(__name__)


async def past_topic(settings: RelaySettings, *, topic: str) -> None:
    """Run once, with the service and its relays stopped; where the topic is not ahead it changes nothing."""
    async with open_pool(settings.database_url.get_secret_value()) as pool:
        await number_past(pool, Target(KafkaBroker(settings.kafka), topic))


async def number_past(pool: Pool, target: Target) -> bool:
    """Let the log number on after all that the topic holds; False where it does already."""
    async with pool.acquire() as connection:
        partitions = await connection.fetchval("SELECT cardinality(pseqs) FROM log_head")
    tail = await target.broker.tail(target.topic, partitions=partitions)
    async with pool.acquire() as connection, connection.transaction():
        position, pseqs = await connection.fetchrow(_NUMBERED)
        on = [max(given, tail[lane].pseq if lane in tail else 0) for lane, given in enumerate(pseqs)]
        if on == pseqs:
            _log.info("The topic is not ahead of the log; nothing was changed.", topic=target.topic)
            return False
        after = max(position, *(last.position for last in tail.values()))
        await connection.execute(_GO_ON, after, on)
    lost = sum(on) - sum(pseqs)
    _log.warning("The log numbers on past its topic.", topic=target.topic, position=after, count=lost)
    return True
