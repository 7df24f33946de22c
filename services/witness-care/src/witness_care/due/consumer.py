"""The subscription table: whom the desk listens to, and who handles what they say."""

from collections.abc import Container, Mapping

from chassis.consumer.subscription import Handler, Subscription
from contracts.topics import INTAKE, JOURNEY, NOTIFICATIONS

TOPICS = (INTAKE.name, JOURNEY.name, NOTIFICATIONS.name)


def subscriptions(desk: Handler, *, known: Container[str], log_urls: Mapping[str, str]) -> list[Subscription]:
    """One handler for all: the desk only writes its read model. `log_urls` names the owner's log by topic."""
    return [Subscription(topic, desk, log_urls[topic], known=known) for topic in TOPICS]
