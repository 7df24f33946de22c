"""What a piece of news or a duty is about, so that two of one type can be told apart."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final

from journey.audit.entries import Entry

_SHORT: Final = 8


@dataclass(frozen=True, slots=True)
class About:
    """The case, the offences by their national titles where charges named them, and when it happened."""

    case_id: str | None = None
    offences: tuple[str, ...] = ()
    happened: datetime | None = None

    def words(self, id_: str) -> str:
        """One line; ids by their last letters, which differ."""
        case = [f"case {self.case_id[-_SHORT:]}"] if self.case_id else []
        when = [f"{self.happened:%Y-%m-%d %H:%M}"] if self.happened else []
        return ", ".join([f"no. {id_[-_SHORT:]}", *case, *self.offences, *when])


@dataclass(slots=True)
class Facts:
    """The facts of a journey as far as news may be about them."""

    _titles: dict[str, str] = field(default_factory=dict)
    _offences: dict[tuple[str, str], tuple[str, ...]] = field(default_factory=dict)

    def hear(self, entry: Entry) -> None:
        """Remember which offences a fact names; later ones name them by id alone."""
        charged = [one for one in entry.data.get("offences") or () if isinstance(one, dict) and "title" in one]
        self._titles |= {one["offence_id"]: one["title"] for one in charged if one.get("offence_id")}
        named = [self._titles[one] for one in entry.data.get("offence_ids") or () if one in self._titles]
        titles = tuple(dict.fromkeys([*(one["title"] for one in charged), *named]))
        if titles:
            self._offences[entry.source, entry.id] = titles

    def about(self, news: Mapping[str, Any]) -> About:
        """What a news-arrived is about."""
        happened = news.get("occurred_at")
        return About(
            case_id=news.get("case_id"),
            offences=self._offences.get((news.get("event_source", ""), news.get("event_id", "")), ()),
            happened=datetime.fromisoformat(happened) if happened else None,
        )
