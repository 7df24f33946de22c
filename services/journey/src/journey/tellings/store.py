"""The tables `telling` and `message`: what became of each piece of news."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime

from chassis.database import Connection
from contracts.ids import NewsId, VictimId

from journey.tellings.telling import Message, Step, Told

COLUMN = {
    Step.NOTIFIED: "notified_at",
    Step.DELIVERED: "delivered_at",
    Step.FAILED: "failed_at",
    Step.OPENED: "opened_at",
    Step.SEEN: "seen_at",
    Step.CONTACT: "contacted_at",
}
# The first time counts. News of another victim is never noted, whoever names it.
NOTE = """
INSERT INTO telling (news_id, {column}, contacted_how)
SELECT g.news_id, min(g.at), min(g.how)
FROM unnest($1::uuid[], $2::uuid[], $3::timestamptz[], $4::text[]) AS g(news_id, victim_id, at, how)
WHERE NOT EXISTS (SELECT 1 FROM news n WHERE n.news_id = g.news_id AND n.victim_id <> g.victim_id)
GROUP BY g.news_id
ON CONFLICT (news_id) DO UPDATE SET {column} = least(telling.{column}, excluded.{column}),
    contacted_how = coalesce(telling.contacted_how, excluded.contacted_how)
"""
NOTE_MESSAGE = """
INSERT INTO message (message_id, victim_id, news_ids, sent_at) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING
"""
NEWS_IN = "SELECT unnest(news_ids)::text AS news_id FROM message WHERE message_id = $1 AND victim_id = $2"
OPENED = """
INSERT INTO telling (news_id, opened_at)
SELECT news_id, $3 FROM news WHERE news_id = $1 AND victim_id = $2 AND reach = 'victim' AND withdrawn_at IS NULL
ON CONFLICT (news_id) DO UPDATE SET opened_at = coalesce(telling.opened_at, excluded.opened_at)
RETURNING opened_at
"""


class TellingTable:
    """Notes the steps that news took, in whatever order the reports come."""

    async def note(self, connection: Connection, told: Sequence[Told]) -> None:
        """Note each step once, at its earliest time."""
        by_step: defaultdict[Step, list[Told]] = defaultdict(list)
        for item in told:
            by_step[item.step].append(item)
        for step, items in by_step.items():
            rows = [(item.news_id, item.victim_id, item.at, item.how) for item in items]
            await connection.execute(NOTE.format(column=COLUMN[step]), *map(list, zip(*rows, strict=True)))

    async def note_message(self, connection: Connection, message: Message) -> None:
        """Remember which news a message stood for: its delivery names only the message."""
        await connection.execute(
            NOTE_MESSAGE, message.message_id, message.victim_id, list(message.news_ids), message.sent_at
        )

    async def news_in(self, connection: Connection, message_id: str, *, victim_id: VictimId) -> list[NewsId]:
        """The news that a message to this victim stood for; none when the message is not known."""
        return [NewsId(row["news_id"]) for row in await connection.fetch(NEWS_IN, message_id, victim_id)]

    async def note_opened(
        self, connection: Connection, news_id: NewsId, *, victim_id: VictimId, at: datetime
    ) -> datetime | None:
        """Note that she opened an entry; when she first did, or None when it is not news of hers."""
        opened: datetime | None = await connection.fetchval(OPENED, news_id, victim_id, at)
        return opened
