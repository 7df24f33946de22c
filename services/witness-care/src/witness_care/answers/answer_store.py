"""Keeps answers in the log, and ends the wishes that they are about, in one transaction."""

from collections.abc import Callable
from datetime import datetime

from chassis.database import Connection
from contracts.ids import EventId, VictimId
from contracts.witness_care import WishAnswered

from witness_care.care.care import VictimCare
from witness_care.care.care_store import LoggedCareStore
from witness_care.care.published_events import SOURCE
from witness_care.errors import NoSuchWish
from witness_care.wishes.wish_store import keep_fact, wish_is_open


class LoggedAnswerStore:
    """The store on PostgreSQL, beside what else is decided on victims' care."""

    def __init__(self, care: LoggedCareStore) -> None:
        self._care = care

    async def record(
        self, victim_id: VictimId, *, event_id: EventId, decide: Callable[[VictimCare, datetime], WishAnswered | None]
    ) -> None:
        async def end(connection: Connection, said: WishAnswered) -> None:
            if not await wish_is_open(connection, victim_id, report_id=said.report_id, kind=said.wish):
                raise NoSuchWish
            await keep_fact(connection, said, SOURCE, event_id, victim=victim_id, at=said.answered_at)

        await self._care.change(victim_id, event_id=event_id, decide=decide, beside=end)
