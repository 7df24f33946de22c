"""What stopped is said as far as the fact says it: one person, some charges, or all."""

from typing import Any

import pytest
from contracts.duties import DUTIES
from contracts.facts import Scope
from journey.facts.concern import Reach
from journey.facts.standing import places_of
from journey.timeline.entries import Entry, Kept, Shown, Whereabouts, entries_of
from journey.timeline.moment import as_read
from journey.timeline.status import status_of
from journey.wording.catalogue import words_for
from journey.wording.content import Audience, Content
from support.journey_facts import MONDAY, a_fact
from witness_care.due.wording import duty_wording, news_wording

NFA, STOPPED = "police.no-further-action-decided.v1", "cps.proceedings-stopped.v1"
CHARGED = "police.suspect-charged.v1"
BURGLARY = {"offence_id": "o-1", "code": "TH68001", "title": "Burglary"}
OF_ALL = ("the investigation", "the case further now", "stopped the case", "does not go on")


def read(*said: tuple[str, dict[str, Any]]) -> list[Entry]:
    """The entries of these facts, newest first."""
    facts = [a_fact(number, type=kind) for number, (kind, _) in enumerate(said, 1)]
    places = places_of(facts)
    kept = [Kept(fact, "c", news_id=None, whereabouts=Whereabouts()) for fact in reversed(facts)]
    shown = [Shown(item, Reach.VICTIM, places[item.fact.key]) for item in kept]
    content = {fact.key: Content(data) for fact, (_, data) in zip(facts, said, strict=True)}
    return as_read(entries_of(shown, content, reader=Audience.VICTIM), today=MONDAY.date())


@pytest.mark.parametrize("kind", [NFA, STOPPED])
def test_all_is_said_where_the_fact_says_all(kind: str) -> None:
    words = words_for(kind, Content({"scope": Scope.ALL.value}))
    assert any(phrase in f"{words.title}. {words.meaning} {words.ahead}" for phrase in OF_ALL)


@pytest.mark.parametrize(
    ("kind", "said", "part"),
    [
        (NFA, {"scope": "some"}, "one person"),
        (NFA, {}, "one person or the whole investigation"),
        (STOPPED, {"scope": "some", "offences": [BURGLARY]}, "some of the charges"),
        (STOPPED, {"scope": "some", "defendant_id": "d-1"}, "one person who was accused"),
        (STOPPED, {"scope": "some"}, "a part of the case"),
    ],
)
def test_a_part_is_said_to_be_one(kind: str, said: dict[str, Any], part: str) -> None:
    words = words_for(kind, Content(said))
    assert part in f"{words.title}. {words.meaning}"
    assert not any(phrase in f"{words.title}. {words.ahead}" for phrase in ("stop the inv", *OF_ALL[1:]))


def test_no_further_action_against_one_of_two_moves_the_matter_nowhere_and_ends_no_charge_of_the_other() -> None:
    entries = read((CHARGED, {}), (NFA, {"scope": "some"}))
    assert status_of(entries, now=MONDAY).stages == ["A person was charged. The court comes next."]
    assert "will have to go to court" in entries[1].words.meaning


@pytest.mark.parametrize("kind", [NFA, STOPPED])
def test_what_went_on_when_a_part_stopped_does_not_go_on_once_all_of_it_ended(kind: str) -> None:
    part = {"scope": "some", "offences": []}
    alone, [_, first] = read((kind, part)), read((kind, part), (kind, {"scope": "all"}))
    assert "goes on" in alone[0].words.ahead
    assert "goes on" not in first.words.ahead


@pytest.mark.parametrize(
    ("kind", "said", "stage"),
    [
        (NFA, {"scope": "all"}, "The police stopped the investigation."),
        (NFA, {}, "The police decided to take no further action."),
        (STOPPED, {"scope": "all"}, "The prosecutors stopped the case."),
        (STOPPED, {"scope": "some"}, "The prosecutors stopped part of the case. The rest goes on."),
    ],
)
def test_where_things_are_says_how_much_has_ended(kind: str, said: dict[str, Any], stage: str) -> None:
    assert status_of(read((CHARGED, {}), (kind, said)), now=MONDAY).stages == [stage]


def test_an_officer_who_does_not_see_the_fact_is_not_told_that_all_of_it_ended() -> None:
    assert "all" not in duty_wording("R6-CPS-STOP").split()
    assert "all" not in DUTIES["R6-CPS-STOP"].must_tell.split()
    assert "part of it" in news_wording(STOPPED)
    assert "investigation" not in news_wording(NFA)
