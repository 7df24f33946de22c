"""What the audit prints: JSON lines for programs, or plain tables for people, on stdout."""

import json
from collections.abc import Iterable

from rich.console import Console
from rich.table import Table

from journey.audit.entries import Entry
from journey.audit.standing import Standing


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
                    "due": duty.due,
                    "met": duty.met.isoformat() if duty.met else None,
                }
                for key, duty in standing.duties.items()
            ],
        }
    )


def print_entries(console: Console, entries: Iterable[Entry]) -> None:
    """A table, oldest first."""
    table = Table("Recorded", "Happened", "Log", "Position", "What")
    for entry in entries:
        table.add_row(
            f"{entry.recorded_at:%Y-%m-%d %H:%M:%S}",
            f"{entry.occurred_at:%Y-%m-%d %H:%M}",
            entry.service,
            str(entry.position),
            entry.type,
        )
    console.print(table)


def print_standing(console: Console, standing: Standing) -> None:
    """Who answered, what was promised, what had been told and what was owed."""
    console.print(f"Single point of contact: {standing.contact or 'nobody yet'}")
    console.print(f"Contact promise: {f'version {standing.promise}' if standing.promise else 'none agreed yet'}")
    told = Table("News", "Arrived", "Notified", "Told", "How")
    for news in standing.news.values():
        told.add_row(
            news.event_type,
            f"{news.arrived:%Y-%m-%d %H:%M}",
            f"{news.notified:%Y-%m-%d %H:%M}" if news.notified else "-",
            f"{news.told:%Y-%m-%d %H:%M}" if news.told else "-",
            news.how or "-",
        )
    console.print(told)
    owed = Table("Duty", "Due", "Met")
    for duty in standing.duties.values():
        owed.add_row(duty.duty_id, duty.due, f"{duty.met:%Y-%m-%d %H:%M}" if duty.met else "-")
    console.print(owed)
