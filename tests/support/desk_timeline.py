"""Entries of a timeline as journey answers an officer with them."""

from typing import Any

SOURCE = "https://court.example.org"


def entry(name: str, **more: Any) -> dict[str, Any]:
    """An entry as journey answers with it."""
    return {
        "event": {"source": SOURCE, "id": name},
        "type": "court.verdict-reached.v1",
        "what": f"The words of {name}",
        "meaning": "What it means.",
        "action": "You do not need to do anything.",
        "ahead": "",
        "details": [{"label": "Where", "text": "Humberton Crown Court"}],
        "for_officers": [],
        "when": "24 November 2026",
        "occurred_at": "2026-11-24T10:00:00Z",
        "doubt": None,
        "reach": "victim",
        "corrected_by": None,
        "retracted": False,
        "case_id": "case-1",
        "news_id": f"news-{name}",
        "told_at": None,
        "something_newer": True,
    } | more


def named(name: str) -> dict[str, str]:
    return {"source": SOURCE, "id": name}
