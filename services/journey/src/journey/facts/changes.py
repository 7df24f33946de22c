"""What is different in a victim's news from what was last said of it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final, NamedTuple

from contracts.ids import NewsId, VictimId

from journey.facts.concern import Reach
from journey.facts.news import News

NOT_MOVED: Final[Mapping[NewsId, VictimId]] = {}


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
    moved_to: VictimId | None = None
    told_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class NewsChange:
    """News to say, for the first time or otherwise than before. `narrowed`: it reaches only her officer any more."""

    news: News
    revision: int
    narrowed: bool = False


@dataclass(frozen=True, slots=True)
class Withdrawal:
    """News that is not to be had under this id. `moved_to`: she goes on under another, and it is hers there."""

    kept: KeptNews
    moved_to: VictimId | None = None


class NewsDifference(NamedTuple):
    """What to say, and what was said and is not the victim's."""

    said: Sequence[NewsChange]
    withdrawn: Sequence[Withdrawal]


def difference_of_news(
    now: Iterable[News], *, kept: Iterable[KeptNews], moved: Mapping[NewsId, VictimId] = NOT_MOVED
) -> NewsDifference:
    """What has to be said, so that what was said last is what is so now. `moved` is where news of hers went."""
    before = {one.news_id: one for one in kept}
    current = {news.news_id: news for news in now}
    said = [_change(news, before) for news in current.values() if not _same(news, before)]
    lost = [Withdrawal(one, moved.get(key)) for key, one in before.items() if key not in current]
    gone = [one for one in lost if not one.kept.withdrawn or one.kept.moved_to != one.moved_to]
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
    said = (kept.reach, kept.standing, kept.corrects, kept.told_at)
    return said == (news.reach, news.standing, news.corrects, news.told_at)
