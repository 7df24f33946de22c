"""What is different in a victim's news from what was last said of it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from contracts.ids import NewsId, VictimId

from journey.facts.concern import Reach
from journey.facts.news import News


@dataclass(frozen=True, slots=True)
class KeptNews:
    """News as it was last said; `revision` counts how often it was."""

    news_id: NewsId
    victim_id: VictimId
    reach: Reach
    standing: bool
    corrects: NewsId | None
    withdrawn: bool = False
    revision: int = 1


@dataclass(frozen=True, slots=True)
class NewsChange:
    """News to say, for the first time or otherwise than before. `narrowed`: it reaches only her officer any more."""

    news: News
    revision: int
    narrowed: bool = False


class NewsDifference(NamedTuple):
    """What to say, and what was said and is not the victim's."""

    said: Sequence[NewsChange]
    withdrawn: Sequence[KeptNews]


def difference_of_news(now: Iterable[News], *, kept: Iterable[KeptNews]) -> NewsDifference:
    """What has to be said, so that what was said last is what is so now."""
    before = {one.news_id: one for one in kept}
    current = {news.news_id: news for news in now}
    said = [_change(news, before) for news in current.values() if not _same(news, before)]
    gone = [one for key, one in before.items() if key not in current and not one.withdrawn]
    return NewsDifference(said, gone)


def _change(news: News, before: Mapping[NewsId, KeptNews]) -> NewsChange:
    kept = before.get(news.news_id)
    if kept is None:
        return NewsChange(news, 1)
    narrowed = not kept.withdrawn and kept.reach is Reach.VICTIM and news.reach is Reach.OFFICER
    return NewsChange(news, kept.revision + 1, narrowed=narrowed)


def _same(news: News, before: Mapping[NewsId, KeptNews]) -> bool:
    kept = before.get(news.news_id)
    if kept is None or kept.withdrawn:
        return False
    return (kept.reach, kept.standing, kept.corrects) == (news.reach, news.standing, news.corrects)
