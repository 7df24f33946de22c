"""Reads what is due for each victim, soonest first, and what each is about."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from chassis.database import Connection
from contracts.journey import Reach

from witness_care.due.due import DueItem, DueKind, NewsToTell, Standing
from witness_care.due.ending import EndsBy, duty_ends_by
from witness_care.due.wording import contact_wording, duty_wording, news_wording, wish_wording
from witness_care.wishes.wish import Wish
from witness_care.wishes.wish_store import open_wishes


async def due_items(connection: Connection, victim_ids: Sequence[str]) -> Mapping[str, tuple[DueItem, ...]]:
    """What is due per victim, soonest first, and what each is about."""
    items: dict[str, list[DueItem]] = defaultdict(list)
    rows = await connection.fetch(_DUE, list(victim_ids))
    news = await _news(connection, rows)
    for row in rows:
        items[row["victim_id"]].append(_item(row, news))
    for victim, asked in (await open_wishes(connection, victim_ids)).items():
        items[victim] = sorted([*items[victim], *map(_wished, asked)], key=lambda item: (item.due_at, item.key))
    return {victim: tuple(found) for victim, found in items.items()}


_DUE = """
SELECT victim_id, 'contact' AS kind, contact_id AS key, reason AS about, news_ids, duty_keys, due_at, ends_by,
       'victim' AS reach,
       EXISTS (SELECT FROM duty d WHERE d.duty_key = ANY(duty_keys) AND d.met_by = 'event') AS overtaken,
       NOT EXISTS (SELECT FROM unnest(news_ids) AS asked(news_id) WHERE NOT EXISTS (
           SELECT FROM news n WHERE n.victim_id = open_contact.victim_id AND n.news_id = asked.news_id
           AND n.reach = 'victim')) AS looked_at
FROM open_contact WHERE victim_id = ANY($1)
UNION ALL
SELECT victim_id, 'duty', duty_key, duty_id,
       CASE WHEN news_id IS NULL OR EXISTS (
           SELECT FROM news n WHERE n.victim_id = duty.victim_id AND n.news_id = duty.news_id
           AND (n.withdrawn OR NOT n.standing))
       THEN '{}'::text[] ELSE ARRAY[news_id] END, ARRAY[duty_key], due_at, NULL, reach, false, false
FROM duty WHERE victim_id = ANY($1) AND met_at IS NULL
ORDER BY due_at, key
"""


_NEWS = """
SELECT DISTINCT n.victim_id, n.news_id, n.event_type, n.occurred_at, n.withdrawn, n.says_type, n.about_at,
       n.corrects IS NOT NULL AS amends,
       (SELECT coalesce(o.says_type, o.event_type) FROM news o
        WHERE o.victim_id = n.victim_id AND o.news_id = n.corrects) AS original,
       (SELECT bool_or(later.retracts) FROM news later
        WHERE later.victim_id = n.victim_id AND later.corrects = n.news_id) AS retracted
FROM unnest($1::text[], $2::text[]) AS wanted(victim_id, news_id) JOIN news n USING (victim_id, news_id)
"""


async def _news(connection: Connection, rows: Sequence[Mapping[str, Any]]) -> Mapping[tuple[str, str], NewsToTell]:
    wanted = [(row["victim_id"], news_id) for row in rows for news_id in row["news_ids"]]
    if not wanted:
        return {}
    found = await connection.fetch(_NEWS, *map(list, zip(*wanted, strict=True)))
    return {(row["victim_id"], row["news_id"]): _to_tell(row) for row in found}


def _to_tell(row: Mapping[str, Any]) -> NewsToTell:
    standing = {None: Standing.STANDS, False: Standing.CORRECTED, True: Standing.RETRACTED}[row["retracted"]]
    standing = Standing.NOT_THEIRS if row["withdrawn"] else standing
    what = news_wording(row["event_type"], says=row["says_type"], original=row["original"], amends=row["amends"])
    return NewsToTell(row["news_id"], what, row["occurred_at"], standing, row["about_at"])


def _item(row: Mapping[str, Any], news: Mapping[tuple[str, str], NewsToTell]) -> DueItem:
    kind, about = DueKind(row["kind"]), row["about"]
    waits = kind is DueKind.DUTY and row["reach"] == Reach.OFFICER
    told = (news.get((row["victim_id"], news_id)) for news_id in row["news_ids"])
    return DueItem(
        victim_id=row["victim_id"],
        kind=kind,
        key=row["key"],
        what=duty_wording(about, waits=waits) if kind is DueKind.DUTY else _contact(row),
        news_ids=tuple(row["news_ids"]),
        duty_keys=tuple(row["duty_keys"]),
        due_at=row["due_at"],
        about=tuple(item for item in told if item is not None),
        overtaken=row["overtaken"],
        ends_by=duty_ends_by(about) if kind is DueKind.DUTY else EndsBy(row["ends_by"]),
        waits=waits,
    )


def _wished(wish: Wish) -> DueItem:
    return DueItem(
        victim_id=wish.victim_id,
        kind=DueKind.WISH,
        key=f"{wish.report_id}/{wish.kind}",
        what=wish_wording(wish.kind),
        news_ids=(),
        duty_keys=(),
        due_at=wish.due_at,
        ends_by=EndsBy.DONE,
        wish=wish,
    )


def _contact(row: Mapping[str, Any]) -> str:
    return contact_wording(row["about"], about_news=bool(row["news_ids"]), looked_at=row["looked_at"])
