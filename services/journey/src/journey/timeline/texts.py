"""Which texts of a fact are not for the one who reads, and what stands in their place: they are not even opened."""

from collections.abc import Iterable, Mapping
from typing import Final

from contracts.catalogue import EVENT_TYPES
from contracts.personal import personal_fields
from contracts.texts import AMENDED, MayRead, for_a_victim, may_read

from journey.facts.fact import CORRECTED, EventKey, Fact
from journey.timeline.entries import Shown
from journey.wording.content import Audience, Content
from journey.wording.withheld import said_instead

Closed = Mapping[str, str | None]
"""By dotted path, the words that stand in the place of a text; None where it is as if it were not there."""
NOTHING_CLOSED: Final[Closed] = {}


def closed_to(reader: Audience, shown: Iterable[Shown], said: Mapping[EventKey, Content]) -> dict[EventKey, Closed]:
    """The texts of these facts that `reader` may not read; `said` is their data as it was recorded, unopened."""
    if reader is Audience.OFFICER:
        return {}
    return {item.kept.fact.key: _closed(item, said[item.kept.fact.key]) for item in shown}


def _closed(item: Shown, said: Content) -> Closed:
    fact = item.kept.fact
    replaces = said.part("replacement").text("type") if CORRECTED in fact.type else None
    asked = {
        path: may_read(fact.type, path, replaces=replaces) for path in personal_fields(EVENT_TYPES[fact.type].model)
    }
    if item.lost:
        return dict.fromkeys(asked)
    return {
        path: said_instead(fact.type, path, replaces=replaces)
        for path, rule in asked.items()
        if not _open_to_her(fact, rule, said, alone=item.alone)
    }


def _open_to_her(fact: Fact, rule: MayRead, said: Content, *, alone: bool) -> bool:
    said_for = _said_for(said) if rule is MayRead.AS_SAID else None
    return for_a_victim(rule, said_for, named=fact.victim_id is not None, alone=alone)


def _said_for(said: Content) -> str | None:
    """Whom the fact says that its words are for; of a correction, what is right."""
    return said.text("texts_for") or said.part(AMENDED.split(".")[0]).part("data").text("texts_for")
