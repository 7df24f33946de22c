"""One record of one person, however many ids she has: what is said, tied and told under any of them is hers."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from contracts.ids import CaseId, VictimId
from msgspec.structs import replace as replaced

from journey.facts.fact import EventKey, Fact, news_id_of
from journey.facts.persons import Person
from journey.facts.ties import Clearance, Link, Merge
from journey.tellings.record import Record
from journey.tellings.telling import Tellings

NOTHING_TOLD = Tellings({})


@dataclass(frozen=True, slots=True, kw_only=True)
class OnRecord:
    """What is on record of a person's matters, as it was recorded: each fact and link with the id that it named."""

    cases: Sequence[CaseId]
    facts: Sequence[Fact]
    links: Sequence[Link]
    merges: Sequence[Merge]
    cleared: Mapping[EventKey, Clearance]
    tellings: Mapping[VictimId, Tellings]


def record_of(person: Person, found: OnRecord) -> Record:
    """The record under the id that goes on. She was always one person, so no join makes anything known later."""
    facts = [as_said_of(person, fact) for fact in found.facts]
    own = found.tellings.get(person.goes_on, NOTHING_TOLD)
    elsewhere = together(
        told_under(person.goes_on, facts, other, found.tellings.get(other, NOTHING_TOLD)) for other in person.others
    )
    return Record(
        victim_id=person.goes_on,
        cases=found.cases,
        facts=facts,
        links=[_tie(person, link) for link in found.links],
        merges=found.merges,
        cleared=found.cleared,
        tellings=together([own, elsewhere]) if person.others else own,
        others=person.others,
        told_elsewhere=elsewhere,
    )


def as_said_of(person: Person, fact: Fact) -> Fact:
    """The fact as it is hers: one that names another id of hers names her."""
    if fact.victim_id in person.others:
        return replaced(fact, victim_id=person.goes_on)
    return fact


def told_under(goes_on: VictimId, facts: Iterable[Fact], other: VictimId, tellings: Tellings) -> Tellings:
    """What was told under another id, by the news that it is under the one that goes on: the same events."""
    keys = {fact.key for fact in facts} if tellings.seen or tellings.contacts else set[EventKey]()
    ids = {news_id_of(key, other): news_id_of(key, goes_on) for key in keys}
    seen = {ids[news_id]: at for news_id, at in tellings.seen.items() if news_id in ids}
    contacts = [
        replace(contact, news_ids=tuple(ids.get(news_id, news_id) for news_id in contact.news_ids))
        for contact in tellings.contacts
    ]
    return Tellings(seen, contacts)


def together(each: Iterable[Tellings]) -> Tellings:
    """All that was told; what was seen, when it was first."""
    every = list(each)
    seen = {
        news_id: min(one.seen[news_id] for one in every if news_id in one.seen)
        for news_id in {news_id for one in every for news_id in one.seen}
    }
    contacts = [contact for one in every for contact in one.contacts]
    return Tellings(seen, sorted(contacts, key=lambda contact: (contact.made_at, contact.contact_id)))


def _tie(person: Person, link: Link) -> Link:
    return replace(link, victim_id=person.goes_on) if link.victim_id in person.others else link
