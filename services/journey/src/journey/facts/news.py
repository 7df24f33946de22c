"""From a case's fact to a victim's news."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from contracts.ids import NewsId, VictimId

from journey.facts.concern import Reach
from journey.facts.fact import EventKey, Fact, news_id_of
from journey.facts.matter import Concern

RETRACTED = ".event-retracted."
CORRECTED = ".event-corrected."
NewsKey = tuple[VictimId, EventKey]


@dataclass(frozen=True, slots=True)
class Entered:
    """News as it was entered: how far it went, and when it was withdrawn, if it was."""

    news_id: NewsId
    reach: Reach
    withdrawn_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Withdrawal:
    """News that was not about this victim after all."""

    news_id: NewsId
    victim_id: VictimId
    at: datetime


@dataclass(frozen=True, slots=True)
class News:
    """One fact that concerns one victim, as it is announced.

    `known_at` is when it became known that it concerns her; `promoted` when it reached only her officer before;
    `corrects` the news she has of what it corrects or takes back; `again` is true when it was withdrawn before.
    """

    news_id: NewsId
    victim_id: VictimId
    fact: Fact
    reach: Reach
    standing: bool
    known_at: datetime
    promoted: bool
    corrects: NewsId | None
    again: bool = False

    @property
    def retracts(self) -> bool:
        """Does it take an earlier fact back?"""
        return RETRACTED in self.fact.type


@dataclass(frozen=True, slots=True)
class History:
    """What is known besides the facts at hand.

    `known` is the news there is already; `replaced` facts no longer stand; `cleared_at` is when doubts were cleared;
    `overtaken` are those that for this victim had been followed by another before they came.
    """

    known: Mapping[NewsKey, Entered]
    replaced: frozenset[EventKey]
    cleared_at: Mapping[EventKey, datetime]
    overtaken: frozenset[NewsKey] = frozenset()


def news_from(concerns: Iterable[Concern], history: History) -> list[News]:
    """The news that these concerns make: each fact once per victim, and once more when it may now reach her."""
    return [news for concern in concerns if (news := _news_from(concern, history)) is not None]


def not_theirs(entered: Mapping[NewsKey, Entered], concerns: Iterable[Concern]) -> list[NewsKey]:
    """The news that its victim should not have had: the fact concerns her no more, or reaches only her officer."""
    reaches = {(concern.victim_id, concern.fact.key): concern.reach for concern in concerns}
    return [key for key, news in entered.items() if reaches.get(key) not in (news.reach, Reach.VICTIM)]


def _news_from(concern: Concern, history: History) -> News | None:
    fact, victim_id = concern.fact, concern.victim_id
    entered = history.known.get((victim_id, fact.key))
    withdrawn_at = entered.withdrawn_at if entered else None
    prior = entered if withdrawn_at is None else None
    promoted = prior is not None and prior.reach is Reach.OFFICER and concern.reach is Reach.VICTIM
    if prior is not None and not promoted:
        return None
    corrects = _corrected_news(concern, history)
    return News(
        news_id=prior.news_id if prior else news_id_of(fact.key, victim_id, withdrawn_at=withdrawn_at),
        victim_id=victim_id,
        fact=fact,
        reach=concern.reach,
        standing=_stands(concern, history, anew=promoted or withdrawn_at is not None, corrects=corrects),
        known_at=_known_at(concern, history),
        promoted=promoted,
        corrects=corrects,
        again=withdrawn_at is not None,
    )


def _stands(concern: Concern, history: History, *, anew: bool, corrects: NewsId | None) -> bool:
    if not (concern.late or anew):
        return (concern.victim_id, concern.fact.key) not in history.overtaken
    if RETRACTED in concern.fact.type and corrects is None:
        return False
    return concern.fact.key not in history.replaced


def _known_at(concern: Concern, history: History) -> datetime:
    instants = [concern.fact.recorded_at]
    if concern.late and concern.member is not None:
        instants.append(concern.member.since_at)
    cleared_at = history.cleared_at.get(concern.fact.key)
    return max(instants if cleared_at is None else [*instants, cleared_at])


def _corrected_news(concern: Concern, history: History) -> NewsId | None:
    original = concern.fact.original
    entered = history.known.get((concern.victim_id, original)) if original is not None else None
    return entered.news_id if entered is not None and entered.withdrawn_at is None else None
