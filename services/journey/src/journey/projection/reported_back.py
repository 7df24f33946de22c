"""Take in what notifications and witness care report back: shown on the timeline, never fanned out again."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from chassis.database import Connection
from contracts.ids import DutyKey, VictimId

from journey.facts.fact import Fact
from journey.projection.ports import Announcements, DutyBook, Facts, Freshness, Grants, Tellings
from journey.tellings.telling import Message, Step, Told


@dataclass(frozen=True, slots=True)
class MessageOutcome:
    """What became of a message; it names the message alone."""

    message_id: str
    step: Step
    at: datetime


@dataclass(frozen=True, slots=True)
class ContactWithDuties:
    """A contact with the victim, by an officer, that meets the duties it names."""

    duty_keys: tuple[DutyKey, ...]
    at: datetime


@dataclass(frozen=True, slots=True)
class GrantChange:
    """A sign-in may see the victim's journey from now on, or no longer."""

    subject: str
    granted: bool


Meaning = Message | MessageOutcome | ContactWithDuties | GrantChange


@dataclass(frozen=True, slots=True)
class Report:
    """A fact about one victim from one of our services, the news it took further, and what else it means."""

    fact: Fact
    victim_id: VictimId
    told: tuple[Told, ...] = ()
    meaning: Meaning | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportProjection:
    """Takes reports in, a batch at a time, inside the transaction that moves the consumer's offset."""

    facts: Facts
    tellings: Tellings
    duties: DutyBook
    grants: Grants
    announcements: Announcements
    freshness: Freshness

    async def take_in(self, connection: Connection, batch: Sequence[Report]) -> None:
        """Apply the batch; what is already here has no second effect."""
        new = {fact.key for fact in await self.facts.add(connection, [report.fact for report in batch])}
        fresh = [report for report in batch if report.fact.key in new]
        await self.tellings.note(connection, [told for report in fresh for told in report.told])
        closed = []
        for report in fresh:
            if isinstance(report.meaning, ContactWithDuties):
                contact = report.meaning
                closed += await self.duties.settle_named(
                    connection, contact.duty_keys, victim_id=report.victim_id, at=contact.at
                )
            else:
                await self._apply(connection, report)
        told = {report.victim_id for report in fresh if report.told}
        closed += await self.duties.settle(connection, victims=told)
        await self.announcements.announce(connection, closed=closed)
        await self.freshness.note(connection, [report.fact for report in fresh])

    async def _apply(self, connection: Connection, report: Report) -> None:
        victim_id, at = report.victim_id, report.fact.recorded_at
        match report.meaning:
            case Message():
                await self.tellings.note_message(connection, report.meaning)
            case MessageOutcome(message_id, step, when):
                news_ids = await self.tellings.news_in(connection, message_id, victim_id=victim_id)
                await self.tellings.note(connection, [Told(news_id, victim_id, step, when) for news_id in news_ids])
            case GrantChange(subject, granted=True):
                await self.grants.grant(connection, subject, victim_id=victim_id, at=at)
            case GrantChange(subject):
                await self.grants.revoke(connection, subject, victim_id=victim_id, at=at)
            case _:
                pass
