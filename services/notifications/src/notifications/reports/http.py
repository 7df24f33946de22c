"""What was decided about a victim's news, and whom an event's news reached; for officers and auditors."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Annotated

from chassis.http.answers import PERMISSION
from chassis.security.bearer import Bearer
from contracts.ids import UUID_TEXT, VictimId
from contracts.shape import OPAQUE, Shape
from fastapi import APIRouter, Depends, Query

from notifications.access.http_access import AUDITOR, OFFICER, demand_known
from notifications.access.ledger import Ledger
from notifications.decisions.decision_record import DecisionRecord
from notifications.reports.reports import Change, Reached, Reports
from notifications.transaction.ledger import Ledgers

VictimInPath = Annotated[VictimId, UUID_TEXT]


class ChangeShape(Shape):
    """A decision as it was at one moment."""

    revision: int
    verdict: str
    why: str | None
    until: datetime | None
    notified_at: datetime | None
    told_at: datetime | None
    at: datetime


class DecisionShape(Shape):
    """The decision about one item of news. Notified: a message left. Told: seen signed in, or by an officer."""

    news_id: str
    event_source: str
    event_id: str
    event_type: str
    verdict: str
    why: str | None
    until: datetime | None
    decided_at: datetime
    message_id: str | None
    notified_at: datetime | None
    told_at: datetime | None
    history: tuple[ChangeShape, ...]


class DecisionsShape(Shape):
    """All decisions about one victim, newest news first."""

    decisions: tuple[DecisionShape, ...]


class ReachedShape(Shape):
    """A victim whom the news reached."""

    victim_id: str
    notified_at: datetime | None
    told_at: datetime | None


class EveryoneReachedShape(Shape):
    """Everyone whom the news of one event reached."""

    reached: tuple[ReachedShape, ...]


def reports_router(reports: Reports, ledgers: Ledgers[Ledger], bearer: Bearer) -> APIRouter:
    """Read-only; every route needs the role of officer or auditor."""
    router = APIRouter(dependencies=[Depends(bearer.require_role(OFFICER, AUDITOR))], responses=PERMISSION)

    @router.get("/victims/{victim_id}/decisions", summary="Each item of news, what was decided, and what came of it")
    async def decisions(victim_id: VictimInPath) -> DecisionsShape:
        await demand_known(ledgers, victim_id)
        found = await reports.decisions(victim_id)
        return DecisionsShape(decisions=tuple(_decision(record, history) for record, history in found))

    @router.get("/reached", summary="Everyone who was notified or told of an event")
    async def reached(
        event_source: Annotated[str, Query(), OPAQUE], event_id: Annotated[str, Query(), OPAQUE]
    ) -> EveryoneReachedShape:
        found = await reports.reached(event_source=event_source, event_id=event_id)
        return EveryoneReachedShape(reached=tuple(_reached(each) for each in found))

    return router


def _decision(record: DecisionRecord, history: Sequence[Change]) -> DecisionShape:
    news = record.news
    return DecisionShape(
        news_id=news.news_id,
        event_source=news.event_source,
        event_id=news.event_id,
        event_type=news.event_type,
        verdict=record.verdict.value,
        why=record.why,
        until=record.until,
        decided_at=record.decided_at,
        message_id=record.message_id,
        notified_at=record.notified_at,
        told_at=record.told_at,
        history=tuple(ChangeShape(**asdict(change)) for change in history),
    )


def _reached(each: Reached) -> ReachedShape:
    return ReachedShape(victim_id=each.victim, notified_at=each.notified_at, told_at=each.told_at)
