"""How a victim's journey stood: who answered to them, what was promised, what they had been told, what was owed."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from journey.audit.about import About, Facts
from journey.audit.entries import Entry


@dataclass(slots=True)
class News:
    """One item of news, what was decided about it and why, and how far it had come before it was withdrawn.

    `told_in` is the contact that told it, where one did.
    """

    event_type: str
    arrived: datetime
    about: About
    withdrawn: datetime | None = None
    decision: str | None = None
    notified: datetime | None = None
    told: datetime | None = None
    how: str | None = None
    told_in: str | None = None


@dataclass(slots=True)
class Owed:
    """One duty, and how it ended if it had: seen, contact, done, replaced, not-wanted, or event if no more is said."""

    duty_id: str
    due: str
    about: About
    met: datetime | None = None
    how: str | None = None


@dataclass(slots=True)
class Standing:
    """The journey as it stood after the entries it has heard."""

    contact: str | None = None
    promise: int | None = None
    news: dict[str, News] = field(default_factory=dict)
    duties: dict[str, Owed] = field(default_factory=dict)
    officer_contacts: int = 0
    facts: Facts = field(default_factory=Facts)

    def hear(self, entry: Entry) -> None:
        """Apply one entry of the journey."""
        self.facts.hear(entry)
        apply = _APPLY.get(entry.type)
        if apply is not None:
            apply(self, entry)


def standing_after(entries: Iterable[Entry]) -> Standing:
    """Replay the entries, which are in order."""
    standing = Standing()
    for entry in entries:
        standing.hear(entry)
    return standing


def _arrived(standing: Standing, entry: Entry) -> None:
    # The same news arrives again when it may reach the victim herself, who may have been told of it before.
    about = standing.facts.about(entry.data)
    news = News(entry.data["event_type"], entry.recorded_at, about)
    standing.news.setdefault(entry.data["news_id"], news).withdrawn = None


def _withdrawn(standing: Standing, entry: Entry) -> None:
    news = standing.news.get(entry.data["news_id"])
    if news is not None:
        news.withdrawn = entry.recorded_at


def _decided(standing: Standing, entry: Entry) -> None:
    news = standing.news.get(entry.data["news_id"])
    if news is not None:
        why = entry.data.get("why")
        news.decision = f"{entry.data['verdict']}: {why}" if why else entry.data["verdict"]


def _notified(standing: Standing, entry: Entry) -> None:
    for news_id in entry.data.get("news_ids", []):
        if news_id in standing.news:
            standing.news[news_id].notified = entry.recorded_at


def _seen(standing: Standing, entry: Entry) -> None:
    _tell(standing, entry.data["news_id"], entry.recorded_at, "seen on the timeline")


def _contacted(standing: Standing, entry: Entry) -> None:
    for news_id in entry.data.get("news_ids", []):
        _tell(
            standing,
            news_id,
            entry.recorded_at,
            f"by an officer, {entry.data['how']}",
            contact=entry.data["contact_id"],
        )


def _taken_back(standing: Standing, entry: Entry) -> None:
    for news in standing.news.values():
        if news.told_in == entry.data["contact_id"]:
            news.told = news.how = news.told_in = None


def _tell(standing: Standing, news_id: str, at: datetime, how: str, *, contact: str | None = None) -> None:
    news = standing.news.get(news_id)
    if news is not None and news.told is None:
        news.told, news.how, news.told_in = at, how, contact


def _owed(standing: Standing, entry: Entry) -> None:
    news = standing.news.get(entry.data.get("news_id") or "")
    about = news.about if news is not None else About(entry.data.get("case_id"))
    standing.duties[entry.data["duty_key"]] = Owed(entry.data["duty_id"], entry.data["due_at"], about)


def _met(standing: Standing, entry: Entry) -> None:
    duty = standing.duties.get(entry.data["duty_key"])
    if duty is not None:
        duty.met, duty.how = entry.recorded_at, entry.data.get("ending") or entry.data["met_by"]


def _assigned(standing: Standing, entry: Entry) -> None:
    standing.contact = entry.data["officer"]


def _promised(standing: Standing, entry: Entry) -> None:
    standing.promise = entry.data["version"]


def _contact_due(standing: Standing, entry: Entry) -> None:  # noqa: ARG001
    standing.officer_contacts += 1


_APPLY: Mapping[str, Callable[[Standing, Entry], None]] = {
    "journey.news-arrived.v1": _arrived,
    "journey.news-withdrawn.v1": _withdrawn,
    "journey.duty-opened.v1": _owed,
    "journey.duty-changed.v1": _owed,
    "journey.duty-met.v1": _met,
    "notifications.decision-changed": _decided,
    "notifications.message-sent.v1": _notified,
    "notifications.news-seen.v1": _seen,
    "notifications.contact-promise-agreed.v1": _promised,
    "notifications.contact-promise-questioned.v1": _promised,
    "notifications.officer-contact-due.v1": _contact_due,
    "witness-care.contact-assigned.v1": _assigned,
    "witness-care.contact-made.v1": _contacted,
    "witness-care.contact-taken-back.v1": _taken_back,
}
