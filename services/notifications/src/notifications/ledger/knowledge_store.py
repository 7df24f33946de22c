"""What is known about the victim beside decisions: that there is one, duties, what they were told, who may see."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from chassis.database import Connection
from contracts.ids import ContactId, DutyKey, NewsId, VictimId

from notifications.decisions.verdicts import WhyNot
from notifications.duties.duty import Duty
from notifications.transaction.ledger import Telling


class PostgresDuties:
    """The part of a ledger about duties."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    async def open(self, duty: Duty) -> None:
        row = (duty.key, duty.victim, duty.news, duty.reminder_at, duty.due_at)
        await self._connection.execute(_OPEN_DUTY, *row)

    async def meet(self, key: DutyKey) -> None:
        await self._connection.execute("UPDATE duty SET met = true WHERE duty_key = $1", key)

    async def of(self, key: DutyKey) -> Duty | None:
        row = await self._connection.fetchrow("SELECT * FROM duty WHERE duty_key = $1", key)
        return None if row is None else _duty_from(row)

    async def unmet_about(self, news: Sequence[NewsId]) -> Sequence[Duty]:
        rows = await self._connection.fetch(
            "SELECT * FROM duty WHERE news_id = ANY($1) AND NOT met ORDER BY due_at, duty_key", list(news)
        )
        return [_duty_from(row) for row in rows]


class PostgresTellings:
    """The part of a ledger about what the victim was told."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    async def note(self, victim: VictimId, news: NewsId, telling: Telling) -> bool:
        status = await self._connection.execute(_NOTE, victim, news, telling.how.value, telling.at)
        return status == "INSERT 0 1"

    async def of(self, victim: VictimId, news: NewsId) -> Telling | None:
        row = await self._connection.fetchrow(_TELLING, victim, news)
        return None if row is None else Telling(row["at"], WhyNot(row["how"]))

    async def told(self, victim: VictimId, at: datetime) -> None:
        await self._connection.execute(_TOLD, victim, at)

    async def last(self, victim: VictimId) -> datetime | None:
        at: datetime | None = await self._connection.fetchval("SELECT at FROM last_told WHERE victim_id = $1", victim)
        return at


class PostgresContacts:
    """The part of a ledger about contacts asked of officers."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    async def not_yet_asked(self, victim: VictimId, news: Sequence[NewsId]) -> Sequence[NewsId]:
        rows = await self._connection.fetch(
            "SELECT news_id FROM officer_contact WHERE victim_id = $1 AND news_id = ANY($2)", victim, list(news)
        )
        asked = {str(row["news_id"]) for row in rows}
        return [each for each in news if each not in asked]

    async def ask(self, contact: ContactId, victim: VictimId, news: Sequence[NewsId]) -> None:
        await self._connection.execute(_ASK, contact, victim, list(news))


class PostgresVictims:
    """The part of a ledger about whom we have heard of."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    async def note(self, victims: Sequence[VictimId]) -> None:
        await self._connection.execute(_HEARD_OF, sorted(set(victims)))

    async def knows(self, victim: VictimId) -> bool:
        found: bool = await self._connection.fetchval(
            "SELECT EXISTS (SELECT FROM victim_known WHERE victim_id = $1)", victim
        )
        return found


class PostgresGrants:
    """The part of a ledger about access."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    async def grant(self, subject: str, victim: VictimId) -> None:
        await self._connection.execute(
            "INSERT INTO access_grant (subject, victim_id) VALUES ($1, $2) ON CONFLICT DO NOTHING", subject, victim
        )

    async def revoke(self, subject: str, victim: VictimId) -> None:
        await self._connection.execute(
            "DELETE FROM access_grant WHERE subject = $1 AND victim_id = $2", subject, victim
        )

    async def holds(self, subject: str, victim: VictimId) -> bool:
        found: bool = await self._connection.fetchval(
            "SELECT EXISTS (SELECT FROM access_grant WHERE subject = $1 AND victim_id = $2)", subject, victim
        )
        return found


def _duty_from(row: Any) -> Duty:
    return Duty(
        DutyKey(str(row["duty_key"])),
        VictimId(str(row["victim_id"])),
        None if row["news_id"] is None else NewsId(str(row["news_id"])),
        row["reminder_at"],
        row["due_at"],
        met=row["met"],
    )


_OPEN_DUTY = """
INSERT INTO duty (duty_key, victim_id, news_id, reminder_at, due_at) VALUES ($1, $2, $3, $4, $5)
ON CONFLICT DO NOTHING
"""
_NOTE = "INSERT INTO told (victim_id, news_id, how, at) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING"
_TELLING = "SELECT how, at FROM told WHERE victim_id = $1 AND news_id = $2 ORDER BY at LIMIT 1"
_TOLD = """
INSERT INTO last_told (victim_id, at) VALUES ($1, $2)
ON CONFLICT (victim_id) DO UPDATE SET at = greatest(last_told.at, excluded.at)
"""
_HEARD_OF = "INSERT INTO victim_known (victim_id) SELECT unnest($1::uuid[]) ON CONFLICT DO NOTHING"
_ASK = """
INSERT INTO officer_contact (contact_id, victim_id, news_id) SELECT $1, $2, unnest($3::uuid[]) ON CONFLICT DO NOTHING
"""
