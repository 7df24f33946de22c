"""Entries as they read on a day: what time made untrue is gone or said otherwise, and each says what it is about."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Final
from urllib.parse import quote

from msgspec import structs

from journey.facts.concern import Accused
from journey.facts.fact import EventKey
from journey.timeline.entries import Entry, right_data, right_type
from journey.timeline.grouping import OF_AN_OFFENCE
from journey.timeline.status import BEGINNINGS, name_of
from journey.wording import turning
from journey.wording.content import Content, Detail, Turn, Words
from journey.wording.cps import stops_all

STOPPED: Final = "cps.proceedings-stopped.v1"
NO_FURTHER_ACTION: Final = "police.no-further-action-decided.v1"
CHARGES: Final = turning.CHARGED | {STOPPED}
OF_A_REFERRAL: Final = turning.REFERRAL_ANSWERED | {"support.referral-made.v1"}
THE_CHARGE: Final = "The charge"


_Matters = Mapping[str | None, Mapping[str, Sequence[Entry]]]
"""What stands, by matter and then by type."""


def as_read(entries: Sequence[Entry], *, today: date, only: Collection[EventKey] | None = None) -> list[Entry]:
    """The entries in the words that are true on this day in London, given all that stands beside each.

    `only`: those that anybody reads; the others are left as they are.
    """
    standing = [entry for entry in entries if entry.holds]
    titles, began, matters = _titles(standing), _began(standing), _by_matter(standing)
    return [
        _about(_turned(entry, matters, today), titles, began) if only is None or entry.fact.key in only else entry
        for entry in entries
    ]


def _by_matter(standing: Iterable[Entry]) -> _Matters:
    found: defaultdict[str | None, defaultdict[str, list[Entry]]] = defaultdict(lambda: defaultdict(list))
    for entry in standing:
        found[entry.root_id][right_type(entry)].append(entry)
    return found


def _turned(entry: Entry, matters: _Matters, today: date) -> Entry:
    beside = matters.get(entry.root_id, {})
    turn = next((turn for turn in entry.words.turns if _has_come(turn, entry, beside, today)), None)
    return entry if turn is None else _reworded(entry, entry.words.after(turn))


def _reworded(entry: Entry, words: Words) -> Entry:
    return structs.replace(entry, wording=lambda _: words)


def _has_come(turn: Turn, mine: Entry, beside: Mapping[str, Sequence[Entry]], today: date) -> bool:
    if turn.after is not None and turn.after < today:
        return True
    if turn.replaced and not mine.stands:
        return True
    thread = _thread(mine) if turn.in_thread else None
    return any(
        _ends(mine, other)
        for kind in turn.by
        for other in beside.get(kind, ())
        if (turn.in_any_order or other.place > mine.place) and (not turn.in_thread or thread in _threads(other))
    )


def _thread(entry: Entry) -> str | None:
    """The one thing of its kind that it is about: a hearing, a release, a referral as its service numbers it."""
    if right_type(entry) not in OF_A_REFERRAL:
        return entry.fact.thread
    said = right_data(entry)
    return f"referral/{quote(said.part('victim').text('issuer') or '', safe='')}/{said.text('referral_id')}"


def _threads(entry: Entry) -> frozenset[str | None]:
    """Its own, and those that it ends."""
    return frozenset((_thread(entry), *entry.fact.said.ends))


def _ends(entry: Entry, other: Entry) -> bool:
    mine, theirs = entry.fact, other.fact
    if theirs.key == mine.key:
        return False
    if _in_part(other) and not (mine.accused.offences and mine.accused.offences <= theirs.accused.offences):
        return False
    return _same(mine.accused, theirs.accused)


def _in_part(entry: Entry) -> bool:
    """Does it end a part of the case alone? What a force leaves unsaid is taken to end what it promised before."""
    kind = right_type(entry)
    if kind == STOPPED:
        return not stops_all(right_data(entry))
    return kind == NO_FURTHER_ACTION and right_data(entry).text("scope") == "some"


def _same(one: Accused, other: Accused) -> bool:
    """Is it about the same person and offence, as far as either says?"""
    people = (one.defendants, other.defendants)
    offences = (one.offences, other.offences)
    return all(not mine or not theirs or mine & theirs for mine, theirs in (people, offences))


def _titles(standing: Iterable[Entry]) -> Mapping[str, str]:
    """What each offence is called, by its id, as the charges say it."""
    charges = (entry for entry in standing if right_type(entry) in CHARGES)
    named = (offence for entry in charges for offence in right_data(entry).parts("offences"))
    return {id_: title for offence in named if (id_ := _id_of(offence)) and (title := offence.text("title"))}


def _id_of(offence: Content) -> str | None:
    return offence.text("offence_id") or offence.text("id")


def _began(standing: Sequence[Entry]) -> Mapping[str, Entry]:
    """By matter, the entry that it is named by, where there are several."""
    if len({entry.root_id for entry in standing if entry.root_id}) < 2:
        return {}
    return {entry.root_id: entry for entry in standing if entry.root_id and right_type(entry) in BEGINNINGS}


def _about(entry: Entry, titles: Mapping[str, str], began: Mapping[str, Entry]) -> Entry:
    lines = [*_which_matter(entry, began), *_which_offence(entry, titles)]
    words = entry.words
    return _reworded(entry, replace(words, details=(*lines, *words.details))) if lines else entry


def _which_matter(entry: Entry, began: Mapping[str, Entry]) -> list[Detail]:
    first = began.get(entry.root_id or "")
    if first is None or first is entry:
        return []
    name = name_of(first)
    return [Detail("It is about", f"{name[0].lower()}{name[1:]}")]


def _which_offence(entry: Entry, titles: Mapping[str, str]) -> list[Detail]:
    if right_type(entry) not in OF_AN_OFFENCE:
        return []
    named = [titles[offence] for offence in sorted(entry.fact.accused.offences) if offence in titles]
    return [Detail(THE_CHARGE, "; ".join(dict.fromkeys(named)))] if named else []
