"""What the audit prints: JSON lines for programs, or plain tables for people, on stdout."""

import json
from collections.abc import Iterable
from datetime import datetime

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table

from journey.audit.about import About
from journey.audit.entries import Entry
from journey.audit.standing import Standing

_ENDED = {
    "seen": "seen on the timeline",
    "contact": "by an officer",
    "event": "by an event",
    "done": "done",
    "replaced": "replaced, or owed no longer",
    "not-wanted": "not wanted",
}


def entries_as_json(entries: Iterable[Entry]) -> Iterable[str]:
    """One JSON object per entry; field names are stable."""
    for entry in entries:
        yield json.dumps(
            {
                "recorded_at": entry.recorded_at.isoformat(),
                "occurred_at": entry.occurred_at.isoformat(),
                "service": entry.service,
                "position": entry.position,
                "type": entry.type,
                "id": entry.id,
                "source": entry.source,
                "case_id": entry.case_id,
                "backfill": entry.backfill,
                "doubt": entry.doubt,
            }
        )


def standing_as_json(standing: Standing) -> str:
    """The whole standing as one JSON object; field names are stable."""
    return json.dumps(
        {
            "contact_officer": standing.contact,
            "promise_version": standing.promise,
            "officer_contacts": standing.officer_contacts,
            "news": [
                {
                    "news_id": news_id,
                    "event_type": news.event_type,
                    **_about(news.about),
                    "withdrawn": news.withdrawn.isoformat() if news.withdrawn else None,
                    "decision": news.decision,
                    "arrived": news.arrived.isoformat(),
                    "notified": news.notified.isoformat() if news.notified else None,
                    "told": news.told.isoformat() if news.told else None,
                    "how": news.how,
                }
                for news_id, news in standing.news.items()
            ],
            "duties": [
                {
                    "duty_key": key,
                    "duty_id": duty.duty_id,
                    **_about(duty.about),
                    "due": duty.due,
                    "met": duty.met.isoformat() if duty.met else None,
                    "how": duty.how,
                }
                for key, duty in standing.duties.items()
            ],
        }
    )


def print_entries(console: Console, entries: Iterable[Entry]) -> None:
    """A table, oldest first; times are UTC."""
    table = _table("Recorded (UTC)", "Happened (UTC)", "Log and position", whole="What")
    for entry in entries:
        table.add_row(
            f"{entry.recorded_at:%Y-%m-%d %H:%M:%S}",
            f"{entry.occurred_at:%Y-%m-%d %H:%M}",
            f"{entry.service} {entry.position}",
            entry.type,
        )
    console.print(table)


def print_standing(console: Console, standing: Standing) -> None:
    """Who answered, what was promised, what had been told and what was owed; times are UTC."""
    console.print(f"Single point of contact: {standing.contact or 'nobody yet'}")
    console.print(f"Contacts asked of an officer so far: {standing.officer_contacts}")
    console.print(f"Contact promise: {f'version {standing.promise}' if standing.promise else 'none agreed yet'}")
    told = _table("Arrived (UTC)", "Decided", "Notified", "Told", "How", whole="News")
    for news_id, news in standing.news.items():
        told.add_row(
            f"{news.arrived:%Y-%m-%d %H:%M}",
            "withdrawn" if news.withdrawn else news.decision or "-",
            f"{news.notified:%Y-%m-%d %H:%M}" if news.notified else "-",
            f"{news.told:%Y-%m-%d %H:%M}" if news.told else "-",
            news.how or "-",
            f"{news.event_type}\n{news.about.words(news_id)}",
        )
    console.print(told)
    owed = _table("Due (UTC)", "Ended", "How", whole="Duty")
    for key, duty in standing.duties.items():
        due = datetime.fromisoformat(duty.due)
        owed.add_row(
            f"{due:%Y-%m-%d %H:%M}",
            f"{duty.met:%Y-%m-%d %H:%M}" if duty.met else "-",
            _ENDED.get(duty.how or "", duty.how or "-"),
            f"{duty.duty_id}\n{duty.about.words(key)}",
        )
    console.print(owed)


def _about(about: About) -> dict[str, object]:
    return {
        "case_id": about.case_id,
        "offences": list(about.offences),
        "happened": about.happened.isoformat() if about.happened else None,
    }


def _table(*columns: str, whole: str) -> Table:
    """A table whose last column, `whole`, goes on to another line rather than lose its end: names differ there."""
    table = Table(*columns, box=SIMPLE_HEAD)
    table.add_column(whole, overflow="fold")
    return table
