"""What one sharing of the court says of several charges in the same words is one item; what differs is not."""

from datetime import timedelta
from typing import Any

import pytest
from contracts.ids import NewsId, VictimId
from journey.facts.concern import Accused, Reach
from journey.facts.standing import places_of
from journey.timeline.entries import Kept, Shown, Whereabouts, entries_of
from journey.timeline.grouping import groups_of
from journey.timeline.items import Item
from journey.timeline.moment import as_read
from journey.timeline.page import page_of
from journey.timeline.reading import Timeline
from journey.timeline.status import status_of
from journey.wording.content import Audience, Content
from support.journey_facts import AMIRA, MONDAY, a_fact

CHARGED, VERDICT, SENTENCE = "police.suspect-charged.v1", "court.verdict-reached.v1", "court.sentence-passed.v1"
TITLES = {"o-1": "Burglary", "o-2": "Theft", "o-3": "Criminal damage"}
OPENED = Whereabouts(opened_at=MONDAY)
GUILTY = {"hearing_id": "h-1", "verdict": "guilty"}
Told = tuple[dict[str, Any], dict[str, Any]]


def of(offence: str, said: dict[str, Any] | None = None, **changes: Any) -> Told:
    """A verdict of guilty on an offence, or what is said instead."""
    accused = Accused(frozenset({changes.pop("defendant", "d-1")}), frozenset({offence}))
    return {"type": VERDICT, "accused": accused, **changes}, GUILTY if said is None else said


def read(*told: Told, at: Whereabouts = OPENED, charged: bool = True) -> list[Item]:
    """The items of the page, newest first, but for the charge."""
    offences = [{"offence_id": id_, "code": "TH68001", "title": title} for id_, title in TITLES.items()]
    before = [({"type": CHARGED}, {"offences": offences})] if charged else []
    facts = [a_fact(number, **changes) for number, (changes, _) in enumerate((*before, *told), 1)]
    said = {fact.key: Content(data) for fact, (_, data) in zip(facts, (*before, *told), strict=True)}
    codes = {key: Content({k: v for k, v in one.data.items() if k != "sentence"}) for key, one in said.items()}
    places = places_of(facts)
    shown = [
        Shown(Kept(fact, "c", NewsId(f"n-{fact.position}"), at), Reach.VICTIM, places[fact.key])
        for fact in reversed(facts)
    ]
    groups = groups_of(entries_of(shown, codes, reader=Audience.VICTIM))
    entries = as_read(entries_of(shown, said, reader=Audience.VICTIM), today=MONDAY.date())
    status = status_of(entries, now=MONDAY)
    timeline = Timeline(VictimId(AMIRA), entries, status, (), (), MONDAY, groups=groups)
    return [item for item in page_of(timeline).items if "charged" not in item.title]


def test_what_one_sharing_says_of_several_charges_is_one_item() -> None:
    [item] = read(of("o-1"), of("o-2"), of("o-3"))
    assert item.title == "The court found the person guilty"
    assert [(line.label, line.text) for line in item.details] == [
        ("How many charges", "3"),
        ("The charges", "Criminal damage; Theft; Burglary"),
    ]


def test_charges_that_nobody_named_are_counted_all_the_same() -> None:
    [item] = read(of("o-1"), of("o-2"), charged=False)
    assert [(line.label, line.text) for line in item.details] == [("How many charges", "2")]


def test_sentences_of_one_sharing_are_one_item_in_which_each_charge_has_its_own() -> None:
    shared = {"hearing_id": "h-1", "shared_at": "2026-11-23T10:00:00Z", "passed_on": "2026-11-23"}
    first = of("o-1", {**shared, "sentence": "Two years"}, type=SENTENCE)
    second = of("o-2", {**shared, "sentence": "A fine"}, type=SENTENCE)
    [item] = read(first, second)
    assert [(line.label, line.text) for line in item.details] == [
        ("How many charges", "2"),
        ("The charge", "Theft"),
        ("The sentence", "A fine"),
        ("The charge", "Burglary"),
        ("The sentence", "Two years"),
        ("Day", "23 November 2026"),
    ]


@pytest.mark.parametrize(
    "other",
    [
        of("o-2", {"hearing_id": "h-1", "verdict": "not-guilty"}),
        of("o-2", {"hearing_id": "h-2", "verdict": "guilty"}),
        of("o-2", defendant="d-2"),
        of("o-2", recorded_at=MONDAY + timedelta(minutes=1)),
        of("o-2", backfill=True),
    ],
    ids=["another verdict", "another hearing", "another accused", "another sharing", "history"],
)
def test_what_differs_in_more_than_the_charge_is_an_item_of_its_own(other: Told) -> None:
    assert len(read(of("o-1"), other)) == 2


def test_facts_of_one_kind_that_are_about_no_charge_stay_apart() -> None:
    listing = {"type": "court.hearing-listed.v1", "accused": Accused(frozenset({"d-1"}))}
    assert len(read((listing, {}), (listing, {}))) == 2


def test_what_reads_as_one_is_opened_together() -> None:
    [item] = read(of("o-1"), of("o-2"), at=Whereabouts(), charged=False)
    assert item.unseen
    assert item.news_ids == ["n-2", "n-1"]
