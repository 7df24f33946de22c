"""The subscription table: which topics journey listens to, and who takes their events in."""

from collections.abc import Sequence
from dataclasses import dataclass

from chassis.consumer.events import ConsumedEvent
from chassis.consumer.subscription import Handler, Subscription
from chassis.database import Connection

from contracts import topics
from journey.facts.fact import Origin
from journey.projection.consumer_facts import intake_fact_from
from journey.projection.consumer_reported import report_from
from journey.projection.intake_facts import IntakeProjection
from journey.projection.reported_back import ReportProjection


@dataclass(frozen=True, slots=True)
class IntakeHandler:
    """Facts from intake."""

    projection: IntakeProjection

    async def apply(self, connection: Connection, events: Sequence[ConsumedEvent]) -> None:
        await self.projection.take_in(connection, [intake_fact_from(event) for event in events])


@dataclass(frozen=True, slots=True)
class ReportHandler:
    """What one of our own services reports back."""

    origin: Origin
    projection: ReportProjection

    async def apply(self, connection: Connection, events: Sequence[ConsumedEvent]) -> None:
        await self.projection.take_in(connection, [report_from(event, self.origin) for event in events])


def subscriptions(
    *,
    intake: IntakeProjection,
    reports: ReportProjection,
    log_urls: dict[str, str],
) -> list[Subscription]:
    """One line per topic; `log_urls` names the owner's log by topic."""
    handlers: dict[str, Handler] = {
        topics.INTAKE.name: IntakeHandler(intake),
        topics.NOTIFICATIONS.name: ReportHandler(Origin.NOTIFICATIONS, reports),
        topics.WITNESS_CARE.name: ReportHandler(Origin.WITNESS_CARE, reports),
    }
    return [Subscription(topic, handler, log_urls[topic]) for topic, handler in handlers.items()]
