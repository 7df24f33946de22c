"""The relay as a process of its own: it reads the log and talks to Kafka, and has no access to the vault."""

from chassis.database import open_pool
from chassis.relay.relay import Relay
from chassis.relay.session import Target
from chassis.service import run_relay
from chassis.settings import RelaySettings


async def relay_log(settings: RelaySettings, *, topic: str) -> None:
    """Relay the service's log to `topic` until told to stop. Raises Fenced when another relay has taken over."""
    target = Target(settings.kafka_bootstrap, topic, settings.kafka_replication)
    async with open_pool(settings.database_url.get_secret_value()) as pool:
        await run_relay(Relay(pool, target).run)
