"""The subscription table: whom the desk listens to, and who handles what they say."""

from chassis.consumer.subscription import Handler, Subscription
from contracts.topics import INTAKE, JOURNEY, NOTIFICATIONS


def subscriptions(desk: Handler, *, intake_url: str, journey_url: str, notifications_url: str) -> list[Subscription]:
    """One handler for all: the desk only writes its read model."""
    return [
        Subscription(INTAKE.name, desk, intake_url),
        Subscription(JOURNEY.name, desk, journey_url),
        Subscription(NOTIFICATIONS.name, desk, notifications_url),
    ]
