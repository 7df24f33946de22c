"""Take in what notifications and witness care report back: shown on the timeline, never fanned out again."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from chassis.database import Connection
from contracts.ids import VictimId

from journey.facts.fact import Fact
from journey.projection.ports import Facts, Freshness, Grants, TakingTurns, Tellings
from journey.projection.settling import Settling
from journey.tellings.telling import Contact, ContactTakenBack, Message, Step, Told


@dataclass(frozen=True, slots=True)
class MessageOutcome:
    """What became of a message; it names the message alone."""

    message_id: str
    step: Step
    at: datetime


@dataclass(frozen=True, slots=True)
class GrantChange:
    """A sign-in may see the victim's journey from now on, or no longer."""

    subject: str
    granted: bool


Meaning = Message | MessageOutcome | Contact | ContactTakenBack | GrantChange


@dataclass(frozen=True, slots=True)
class Report:
    """A fact about one victim from one of our services, the news it took further, and what else it means."""

    fact: Fact
    victim_id: VictimId
    told: tuple[Told, ...] = ()
    meaning: Meaning | None = None

    @property
    def tells(self) -> bool:
        """May it change what the victim was told?"""
        seen = any(told.step is Step.SEEN for told in self.told)
        return seen or isinstance(self.meaning, (Contact, ContactTakenBack))


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportProjection:
    """Takes reports in, a batch at a time, inside the transaction that moves the consumer's offset."""

    turns: TakingTurns
    facts: Facts
    tellings: Tellings
    settling: Settling
    grants: Grants
    freshness: Freshness

    async def take_in(self, connection: Connection, batch: Sequence[Report]) -> None:
        """Apply the batch; what is already here has no second effect."""
        telling = any(report.tells for report in batch)
        await (self.turns.settle_alone if telling else self.turns.keep_beside_others)(connection)
        new = {fact.key for fact in await self.facts.add(connection, [report.fact for report in batch])}
        fresh = [report for report in batch if report.fact.key in new]
        await self.tellings.note(connection, [told for report in fresh for told in report.told])
        for report in fresh:
            await self._apply(connection, report)
        told = {report.victim_id for report in fresh if report.tells}
        if told:
            await self.settling.settle(connection, told, at=max(report.fact.recorded_at for report in fresh))
        await self.freshness.note(connection, [report.fact for report in fresh])

    async def _apply(self, connection: Connection, report: Report) -> None:
        victim_id, at = report.victim_id, report.fact.recorded_at
        match report.meaning:
            case Message():
                await self.tellings.note_message(connection, report.meaning)
            case MessageOutcome(message_id, step, when):
                news_ids = await self.tellings.news_in(connection, message_id, victim_id=victim_id)
                await self.tellings.note(connection, [Told(news_id, victim_id, step, when) for news_id in news_ids])
            case Contact():
                await self.tellings.note_contact(connection, report.meaning)
            case ContactTakenBack():
                await self.tellings.take_back(connection, report.meaning)
            case GrantChange(subject, granted=True):
                await self.grants.grant(connection, subject, victim_id=victim_id, at=at)
            case GrantChange(subject):
                await self.grants.revoke(connection, subject, victim_id=victim_id, at=at)
            case _:
                pass
