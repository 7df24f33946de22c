"""Entries as they read on a day: what time made untrue is gone or said otherwise, and each says what it is about."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Final, NamedTuple

from journey.facts.concern import Accused
from journey.facts.fact import Fact
from journey.facts.standing import Place
from journey.timeline.entries import Entry
from journey.timeline.status import BEGINNINGS, name_of, right_data, right_type
from journey.wording.content import Content, Detail, Turn
from journey.wording.cps import stops_all

STOPPED: Final = "cps.proceedings-stopped.v1"
NO_FURTHER_ACTION: Final = "police.no-further-action-decided.v1"
OF_AN_OFFENCE: Final = ("court.plea-entered.v1", "court.verdict-reached.v1", "court.sentence-passed.v1")


class _Beside(NamedTuple):
    """A fact that stands in the same matter; `in_part` where it ends no more than the charges that it names."""

    fact: Fact
    place: Place
    thread: str | None
    kind: str
    in_part: bool


def as_read(entries: Sequence[Entry], *, today: date) -> list[Entry]:
    """The entries in the words that are true on this day in London, given all that stands beside each."""
    standing = [entry for entry in entries if entry.holds]
    titles, began, beside = _titles(standing), _began(standing), _by_matter(standing)
    return [_about(_turned(entry, beside[entry.root_id], today), titles, began) for entry in entries]


def _by_matter(standing: Iterable[Entry]) -> Mapping[str | None, list[_Beside]]:
    found: defaultdict[str | None, list[_Beside]] = defaultdict(list)
    for entry in standing:
        kind = right_type(entry)
        in_part = _in_part(kind, right_data(entry))
        found[entry.root_id].append(_Beside(entry.fact, entry.place, _thread(entry), kind, in_part))
    return found


def _in_part(kind: str, said: Content) -> bool:
    """Does it end a part of the case alone? What a force leaves unsaid is taken to end what it promised before."""
    return (kind == STOPPED and not stops_all(said)) or (kind == NO_FURTHER_ACTION and said.text("scope") == "some")


def _turned(entry: Entry, beside: Sequence[_Beside], today: date) -> Entry:
    turn = next((turn for turn in entry.words.turns if _has_come(turn, entry, beside, today)), None)
    return entry if turn is None else replace(entry, words=entry.words.after(turn))


def _thread(entry: Entry) -> str | None:
    """The one thing of its kind that it is about: a hearing, a release, a referral."""
    referral = right_data(entry).text("referral_id")
    return f"referral/{referral}" if referral else entry.fact.thread


def _has_come(turn: Turn, mine: Entry, beside: Sequence[_Beside], today: date) -> bool:
    if turn.after is not None and turn.after < today:
        return True
    if turn.replaced and not mine.stands:
        return True
    return any(_ends(turn, mine, other) for other in beside if other.kind in turn.by)


def _ends(turn: Turn, entry: Entry, other: _Beside) -> bool:
    mine, theirs = entry.fact, other.fact
    if theirs.key == mine.key or (turn.in_thread and _thread(entry) != other.thread):
        return False
    if other.in_part and not (mine.accused.offences and mine.accused.offences <= theirs.accused.offences):
        return False
    return (other.place > entry.place or turn.in_any_order) and _same(mine.accused, theirs.accused)


def _same(one: Accused, other: Accused) -> bool:
    """Is it about the same person and offence, as far as either says?"""
    people = (one.defendants, other.defendants)
    offences = (one.offences, other.offences)
    return all(not mine or not theirs or mine & theirs for mine, theirs in (people, offences))


def _titles(standing: Iterable[Entry]) -> Mapping[str, str]:
    """What each offence is called, by its id, as the charges say it."""
    named = (offence for entry in standing for offence in right_data(entry).parts("offences"))
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
    return replace(entry, words=replace(words, details=(*lines, *words.details))) if lines else entry


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
    return [Detail("The charge", "; ".join(dict.fromkeys(named)))] if named else []
