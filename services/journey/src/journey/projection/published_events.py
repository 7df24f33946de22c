"""What journey publishes: news for a victim, duties opened and met. Ids, types and times; no content.

This is the projector's hot path: the events are encoded from plain dictionaries, five times as fast as through the
contract models. A test reads every one of them back through the contracts.
"""

import hmac
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from uuid import UUID, uuid5

import msgspec
from chassis.database import Connection
from chassis.key_ring import KeyRing
from chassis.log.appender import append_within
from chassis.log.records import NewEvent
from contracts.ids import CaseId, DutyKey, NewsId, VictimId
from contracts.journey import DutyEnding, MetBy

from journey.duties.changes import DutyChange, KeptDuty
from journey.duties.duty import DutyState, Ending
from journey.errors import FactWithoutCase, UnreadableFact
from journey.facts.changes import NewsChange
from journey.facts.fact import EventKey, Fact
from journey.facts.warning import Warned
from journey.projection.settling import Changes

SOURCE = "urn:throughline:journey"
HEARD_OF = UUID("8c0de1c5-94f7-5d0a-b0f5-3d1f6d5c7e21")
WARNED = UUID("5b1f6f43-6a52-5a0c-9a3e-7d1e7a4f8d10")
LONGEST_SUBJECT = 200
_ENCODER = msgspec.json.Encoder()
_ENDINGS = {
    DutyState.MET: DutyEnding.DONE,
    DutyState.SUPERSEDED: DutyEnding.REPLACED,
    DutyState.EXEMPT: DutyEnding.NOT_WANTED,
}


@dataclass(frozen=True, slots=True)
class JourneyLog:
    """Appends journey's public events to its log. What is said of one thing has its id and how often it was said."""

    digest_keys: KeyRing
    epoch: int

    async def announce(
        self, connection: Connection, *, heard: Sequence[Fact] = (), warned: Sequence[Warned] = ()
    ) -> None:
        """Append of whom we have heard, and what was warned, in the caller's transaction."""
        events = [self._victim_heard_of(fact) for fact in heard]
        events += [self._safe_contact_warned(item) for item in warned]
        await append_within(connection, events, epoch=self.epoch)

    async def announce_changes(
        self, connection: Connection, changes: Changes, *, traces: Mapping[EventKey, str]
    ) -> None:
        """Append what is different, in the caller's transaction. A duty that was superseded or not wanted ends as met
        by an event."""
        # What is withdrawn goes before news, and what is owed goes after the news that it is owed for.
        events = [
            self._news_withdrawn(
                one.kept.news_id, one.kept.victim_id, one.kept.revision + 1, at=changes.at, moved_to=one.moved_to
            )
            for one in changes.withdrawn
        ]
        for change in changes.news:
            if change.narrowed:
                hers = change.news.news_id, change.news.victim_id
                events.append(self._news_withdrawn(*hers, change.revision, at=changes.at))
            events.append(self._news_arrived(change, traces))
        said = [change for change in changes.duties if not change.leg]
        events += [self._duty_said(change, at=changes.at) for change in said if change.opened or change.restated]
        events += [self._duty_let_go(kept, at=changes.at) for kept in changes.let_go if not kept.leg]
        events += [self._duty_met(change, change.duty.ending) for change in said if change.ended and change.duty.ending]
        await append_within(connection, events, epoch=self.epoch)

    def _news_arrived(self, change: NewsChange, traces: Mapping[EventKey, str]) -> NewEvent:
        news, fact = change.news, change.news.fact
        data = dict[str, object](
            news_id=news.news_id,
            event_id=fact.key.id,
            event_source=fact.key.source,
            event_type=fact.type,
            says_type=fact.said.says,
            about_at=fact.said.about_at,
            case_id=_case_of(fact.case_id),
            occurred_at=fact.occurred_at,
            recorded_at=fact.recorded_at,
            backfill=fact.backfill,
            reach=news.reach.value,
            standing=news.standing,
            corrects_news=news.corrects,
            retracts=news.retracts,
            told_at=news.told_at,
        )
        return self._event(
            "news-arrived",
            _said_again(news.news_id, change.revision),
            data,
            news.victim_id,
            news.known_at,
            case_id=fact.case_id,
            cause=fact.key.id,
            traceparent=traces.get(fact.key),
        )

    def _news_withdrawn(
        self,
        news_id: NewsId,
        victim_id: VictimId,
        revision: int,
        *,
        at: datetime,
        moved_to: VictimId | None = None,
    ) -> NewEvent:
        data: dict[str, object] = {"news_id": news_id, "at": at, "moved_to": moved_to}
        event_id = str(uuid5(UUID(news_id), f"withdrawn\n{revision}"))
        return self._event("news-withdrawn", event_id, data, victim_id, at, case_id=None, cause=news_id)

    def _victim_heard_of(self, fact: Fact) -> NewEvent:
        # Its id follows from the fact too: projected anew in another order, another fact may be the first one.
        return self._of_victim("victim-heard-of", fact, namespace=HEARD_OF)

    def _safe_contact_warned(self, item: Warned) -> NewEvent:
        return self._of_victim("safe-contact-warned", item.fact, namespace=WARNED, stands=item.stands)

    def _of_victim(self, name: str, fact: Fact, *, namespace: UUID, **more: object) -> NewEvent:
        at = fact.recorded_at
        data = dict[str, object](event_id=fact.key.id, event_source=fact.key.source, **more, at=at)
        event_id = str(uuid5(namespace, f"{fact.key.source}\n{fact.key.id}"))
        return self._event(
            name,
            event_id,
            data,
            _victim_of(fact.victim_id),
            at,
            case_id=fact.case_id,
            cause=fact.key.id,
            traceparent=fact.traceparent,
        )

    def _duty_said(self, change: DutyChange, *, at: datetime) -> NewEvent:
        duty = change.duty
        data = dict[str, object](
            duty_key=duty.key,
            duty_id=duty.duty.id,
            subject=_opaque(duty.subject),
            reach=duty.reach.value,
            news_id=duty.news_id,
            case_id=_case_of(duty.case_id),
            owner=duty.duty.owner.value,
            opened_at=duty.deadline.opened_at,
            due_at=duty.deadline.due_at,
            reminder_at=duty.deadline.reminder_at,
            code_edition=duty.duty.code_edition,
            due_beyond_calendar=duty.deadline.beyond_calendar,
        )
        name, when = ("duty-opened", duty.deadline.opened_at) if change.opened else ("duty-changed", at)
        event_id = _said_again(duty.key, change.revision)
        return self._event(name, event_id, data, duty.victim_id, when, case_id=duty.case_id, cause=duty.trigger.id)

    def _duty_met(self, change: DutyChange, ending: Ending) -> NewEvent:
        return self._duty_ended(change.duty.key, change.revision, ending, change.duty.victim_id, change.duty.case_id)

    def _duty_let_go(self, kept: KeptDuty, *, at: datetime) -> NewEvent:
        ending = Ending(DutyState.SUPERSEDED, MetBy.EVENT.value, at)
        return self._duty_ended(kept.key, kept.revision + 1, ending, kept.victim_id, kept.case_id)

    def _duty_ended(
        self, key: DutyKey, revision: int, ending: Ending, victim_id: VictimId, case_id: CaseId | None
    ) -> NewEvent:
        data: dict[str, object] = {"duty_key": key, "met_by": ending.met_by, "at": ending.at}
        if ending.met_by == MetBy.EVENT:
            data["ending"] = _ENDINGS[ending.state]
        event_id = str(uuid5(UUID(key), f"met\n{revision}"))
        return self._event("duty-met", event_id, data, victim_id, ending.at, case_id=case_id, cause=key)

    def _event(
        self,
        fact: str,
        event_id: str,
        data: dict[str, object],
        victim_id: VictimId,
        occurred_at: datetime,
        *,
        case_id: CaseId | None,
        cause: str,
        traceparent: str | None = None,
    ) -> NewEvent:
        name = f"journey.{fact}.v1"
        said = {
            "specversion": "1.0",
            "id": event_id,
            "source": SOURCE,
            "type": name,
            "time": occurred_at,
            "datacontenttype": "application/json",
            "caseid": case_id,
            "victimid": victim_id,
            "causationid": cause,
            "data": {field: value for field, value in data.items() if value is not None},
        }
        body = _ENCODER.encode({field: value for field, value in said.items() if value is not None})
        return NewEvent(
            id=event_id,
            source=SOURCE,
            type=name,
            stream=f"victim/{victim_id}",
            version=None,
            key=victim_id,
            occurred_at=occurred_at,
            body=body,
            digest=_digest(self.digest_keys.current, body),
            older_digests=tuple([_digest(key, body) for key in self.digest_keys.older]),
            traceparent=traceparent,
        )


def _said_again(id_: str, revision: int) -> str:
    """The id of what is said of it for the first time is its own; each time after that another."""
    return id_ if revision == 1 else str(uuid5(UUID(id_), f"said again\n{revision}"))


def _opaque(subject: str) -> str | None:
    """A subject as the contract has room for it; one that is named by a longer event is left out."""
    return subject if len(subject) <= LONGEST_SUBJECT and subject.isascii() and " " not in subject else None


def _digest(key: bytes, body: bytes) -> bytes:
    return hmac.digest(key, body, sha256().name)


def _victim_of(victim_id: VictimId | None) -> VictimId:
    if victim_id is None:
        raise UnreadableFact("a fact that was announced as a victim's names none")
    return victim_id


def _case_of(case_id: CaseId | None) -> CaseId:
    if case_id is None:
        raise FactWithoutCase
    return case_id
