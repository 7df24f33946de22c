"""The tables `telling`, `message` and `contact`: what became of each piece of news."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from datetime import datetime

from asyncpg import Record
from chassis.database import Connection
from contracts.ids import ContactId, DutyKey, NewsId, VictimId

from journey.tellings.telling import Contact, ContactTakenBack, Message, Step, Tellings, Told

COLUMN = {
    Step.NOTIFIED: "notified_at",
    Step.DELIVERED: "delivered_at",
    Step.FAILED: "failed_at",
    Step.OPENED: "opened_at",
    Step.SEEN: "seen_at",
}
# The first time counts. What is said of one victim's news for another is found with neither.
NOTE = """
INSERT INTO telling (news_id, victim_id, {column})
SELECT g.news_id, g.victim_id, min(g.at)
FROM unnest($1::uuid[], $2::uuid[], $3::timestamptz[]) AS g(news_id, victim_id, at)
GROUP BY g.news_id, g.victim_id
ON CONFLICT (news_id, victim_id) DO UPDATE SET {column} = least(telling.{column}, excluded.{column})
"""
NOTE_MESSAGE = """
INSERT INTO message (message_id, victim_id, news_ids, sent_at) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING
"""
NEWS_IN = "SELECT unnest(news_ids)::text AS news_id FROM message WHERE message_id = $1 AND victim_id = $2"
OPENED = """
INSERT INTO telling (news_id, victim_id, opened_at)
SELECT news_id, victim_id, $3 FROM news
WHERE news_id = $1 AND victim_id = $2 AND reach = 'victim' AND withdrawn_at IS NULL
ON CONFLICT (news_id, victim_id) DO UPDATE SET opened_at = coalesce(telling.opened_at, excluded.opened_at)
RETURNING opened_at
"""
NOTE_CONTACT = """
INSERT INTO contact (contact_id, victim_id, made_at, how, news_ids, duty_keys) VALUES ($1, $2, $3, $4, $5, $6)
ON CONFLICT DO NOTHING
"""
TAKE_BACK = "INSERT INTO contact_taken_back VALUES ($1) ON CONFLICT DO NOTHING"
SEEN = """
SELECT victim_id::text, news_id::text, seen_at FROM telling
WHERE victim_id = ANY($1::uuid[]) AND seen_at IS NOT NULL
"""
CONTACTS = """
SELECT c.contact_id::text, c.victim_id::text, c.made_at, c.how, c.news_ids::text[], c.duty_keys::text[]
FROM contact c WHERE c.victim_id = ANY($1::uuid[])
  AND NOT EXISTS (SELECT FROM contact_taken_back b WHERE b.contact_id = c.contact_id)
ORDER BY c.made_at, c.contact_id
"""


class TellingTable:
    """Notes the steps that news took, in whatever order the reports come."""

    async def note(self, connection: Connection, told: Sequence[Told]) -> None:
        """Note each step once, at its earliest time."""
        by_step: defaultdict[Step, list[Told]] = defaultdict(list)
        for item in told:
            by_step[item.step].append(item)
        for step, items in by_step.items():
            rows = [(item.news_id, item.victim_id, item.at) for item in items]
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

    async def note_contact(self, connection: Connection, contact: Contact) -> None:
        """Keep a contact."""
        named = list(contact.news_ids), list(contact.duty_keys)
        await connection.execute(
            NOTE_CONTACT, contact.contact_id, contact.victim_id, contact.made_at, contact.how, *named
        )

    async def take_back(self, connection: Connection, taken_back: ContactTakenBack) -> None:
        """Keep that a contact was recorded in error, which may be heard of before the contact."""
        await connection.execute(TAKE_BACK, taken_back.contact_id)

    async def of(self, connection: Connection, victims: Collection[VictimId]) -> dict[VictimId, Tellings]:
        """How each of these victims came to know what she was told."""
        seen: defaultdict[VictimId, dict[NewsId, datetime]] = defaultdict(dict)
        for row in await connection.fetch(SEEN, list(victims)):
            seen[VictimId(row["victim_id"])][NewsId(row["news_id"])] = row["seen_at"]
        contacts: defaultdict[VictimId, list[Contact]] = defaultdict(list)
        for row in await connection.fetch(CONTACTS, list(victims)):
            contacts[VictimId(row["victim_id"])].append(_contact(row))
        return {victim_id: Tellings(seen[victim_id], contacts[victim_id]) for victim_id in victims}


def _contact(row: Record) -> Contact:
    return Contact(
        contact_id=ContactId(row["contact_id"]),
        victim_id=VictimId(row["victim_id"]),
        made_at=row["made_at"],
        how=row["how"],
        news_ids=tuple(NewsId(news_id) for news_id in row["news_ids"]),
        duty_keys=tuple(DutyKey(key) for key in row["duty_keys"]),
    )
