"""Whose timeline to look at: what tells one victim from another for a sign-in that may see several."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from chassis.database import Pool
from contracts.ids import VictimId

from journey.access.access import Sight
from journey.timeline.entries import Shown, entries_of
from journey.timeline.naming import name_in, naming_facts
from journey.timeline.reading import Opening, Timelines, opened
from journey.wording.content import Audience
from journey.wording.whose import begun, named, numbered

PURPOSE = "whose timeline to choose"


@dataclass(frozen=True, slots=True)
class Choice:
    """One victim, and the words that follow "the updates"."""

    victim_id: VictimId
    label: str


@dataclass(frozen=True, slots=True)
class Whose:
    """Whose timeline is shown, and whose else there are."""

    shown: Choice
    others: Sequence[Choice]


@dataclass(frozen=True, slots=True)
class Choices:
    """Puts into words whose timelines there are. Who may see which is decided before."""

    pool: Pool
    timelines: Timelines
    opening: Opening

    async def whose(self, sight: Sight) -> Whose | None:
        """What to say of what is looked at; None for a sign-in with one timeline and no choice ever made."""
        if len(sight.victims) == 1 and not sight.chosen:
            return None
        choices = {choice.victim_id: choice for choice in await self.among(sight.victims)}
        return Whose(choices.pop(sight.now), list(choices.values()))

    async def among(self, victims: Sequence[VictimId]) -> list[Choice]:
        """A choice for each, no two with the same words. Opens nothing but what the police call each by."""
        shown = {victim_id: await self._shown(victim_id) for victim_id in victims}
        naming = {victim_id: naming_facts(found) for victim_id, found in shown.items()}
        every = {item.kept.fact.key: item for found in naming.values() for item in found}
        said = await opened(self.opening, list(every.values()), purpose=PURPOSE, reader=Audience.VICTIM)
        choices = []
        for victim_id in victims:
            entries = entries_of(naming[victim_id], said, reader=Audience.VICTIM)
            name = name_in(entries)
            label = named(name) if name else begun([item.kept.fact.occurred_at for item in shown[victim_id]])
            choices.append(Choice(victim_id, label))
        return _apart(choices)

    async def _shown(self, victim_id: VictimId) -> list[Shown]:
        async with self.pool.acquire() as connection:
            material = await self.timelines.material(connection, victim_id)
        return material.shown_to(Audience.VICTIM)


def _apart(choices: Sequence[Choice]) -> list[Choice]:
    times, seen, apart = Counter(choice.label for choice in choices), Counter[str](), []
    for choice in choices:
        seen[choice.label] += 1
        label = choice.label if times[choice.label] == 1 else numbered(choice.label, seen[choice.label])
        apart.append(replace(choice, label=label))
    return apart
