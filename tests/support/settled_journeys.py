"""Journey's two projections over tables in memory, fed as a consumer feeds them."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import cast

from chassis.consumer.events import ConsumedEvent
from chassis.database import Connection
from chassis.working_days import england_and_wales
from journey.projection.consumer import subscriptions
from journey.projection.intake_facts import IntakeProjection
from journey.projection.journey import Journey, journey_under
from journey.projection.reported_back import ReportProjection
from journey.projection.settling import Settling
from support.memory_journeys import MemoryDuties, MemoryJourneys, MemoryNews, MemoryTables
from support.memory_reports import MemoryFreshness, MemoryRest, MemoryTellings, MemoryVictims, MemoryWarnings

CALENDAR = england_and_wales()
NO_CONNECTION = cast(Connection, None)


@dataclass
class SettledJourneys:
    """What the projections keep, batch by batch."""

    held: MemoryJourneys = field(default_factory=MemoryJourneys)

    def __post_init__(self) -> None:
        tables, rest, freshness = MemoryTables(self.held), MemoryRest(self.held), MemoryFreshness()
        self.settling = Settling(
            records=tables,
            news=MemoryNews(self.held),
            duties=MemoryDuties(self.held),
            announcements=rest,
            calendar=CALENDAR,
        )
        intake = IntakeProjection(
            turns=tables,
            facts=tables,
            ties=tables,
            settling=self.settling,
            announcements=rest,
            freshness=freshness,
            victims=MemoryVictims(),
            warnings=MemoryWarnings(),
        )
        reports = ReportProjection(
            turns=tables,
            facts=tables,
            tellings=MemoryTellings(self.held),
            settling=self.settling,
            grants=rest,
            freshness=freshness,
        )
        urls = dict.fromkeys(("intake.events", "notifications.events", "witness-care.events"), "http://nowhere")
        table = subscriptions(intake=intake, reports=reports, log_urls=urls)
        self.handlers = {subscription.topic: subscription.handler for subscription in table}

    async def apply(self, batch: Sequence[ConsumedEvent]) -> None:
        """One batch of one topic."""
        await self.handlers[batch[0].topic].apply(NO_CONNECTION, batch)

    def by_the_record(self) -> dict[str, Journey]:
        """Each victim's journey, computed from the whole record at once."""
        return {
            victim: journey_under(victim, self.held.record(victim), calendar=CALENDAR) for victim in self.held.victims()
        }
