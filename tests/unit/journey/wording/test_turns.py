"""What words become once what they say ahead is over: nothing in them looks ahead to it any more."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from journey.wording.catalogue import WORDINGS, words_for
from journey.wording.content import Audience, Content, Turn, Words

AHEAD = (" will ", "probably", "may be no need", " has to ", "has worked out", "can change")
LEFT_OPEN = (
    "We will not pass it to the police without your wish.",
    "The police will not take the case further now.",
    "The police will not take the case further against this person now.",
    "If the court sets a new date, it will appear here.",
    "The police can look at the case again",
)
"""What stays true however often it is read, until a turn of its own."""
FIXED = {"precision": "fixed", "days": [{"starts_at": "2026-12-01T10:00:00Z"}, {"starts_at": "2026-12-03T10:00:00Z"}]}
SAID: list[dict[str, Any]] = [
    {},
    {"listing": FIXED, "previous": FIXED},
    {"listing": {"precision": "week-commencing", "week_commencing": "2026-12-07"}},
    {"listing": {"precision": "undated"}, "previous": {"precision": "undated"}},
    *({"plea": plea} for plea in ("GUILTY", "NOT_GUILTY")),
    *({"verdict": verdict, "others_open": True} for verdict in ("guilty", "not-guilty", "no-verdict")),
    {"share_with_police": True},
    {"review_eligible": True, "review_by": "2026-12-01", "scope": "all"},
    {"review_eligible": True, "review_by": "2026-12-01", "scope": "some"},
    {"first_hearing_on": "2026-12-01"},
    *(
        {"first_hearing_on": "2026-12-01", "bail": bail}
        for bail in ("custody", "conditional-bail", "unconditional-bail")
    ),
    {"meeting_offered": True, "review_eligible": True, "review_by": "2026-12-01"},
    {"first_contact_by": "2026-12-01"},
    {"planned": {"day": "2026-12-01"}},
    {"planned": {"month": "2026-12"}},
]


def turned() -> Iterator[tuple[str, Words, Turn]]:
    for name in sorted(WORDINGS):
        for said in SAID:
            words = words_for(name, Content(said))
            for turn in words.turns:
                yield name, words, turn


def looks_ahead(*said: str) -> list[str]:
    text = " ".join(said)
    for open_still in LEFT_OPEN:
        text = text.replace(open_still, "")
    return [word for word in AHEAD if word in f" {text.lower()} "]


def test_no_words_look_ahead_to_what_is_over() -> None:
    read = [(name, words.after(turn)) for name, words, turn in turned()]
    assert {name: found for name, one in read if (found := looks_ahead(one.title, one.meaning, one.ahead))} == {}


@pytest.mark.parametrize("name", sorted(WORDINGS))
def test_whatever_looks_ahead_has_a_turn_by_which_it_is_over(name: str) -> None:
    for words in (words_for(name, Content(said)) for said in SAID):
        if words.audience is Audience.VICTIM and looks_ahead(words.title, words.meaning):
            assert words.turns, f"{name} looks ahead and nothing ends it: give it a turn"


def test_what_ends_words_are_types_that_exist() -> None:
    assert {kind for _, _, turn in turned() for kind in turn.by} <= set(WORDINGS)


@pytest.mark.parametrize(
    ("said", "last"),
    [
        ({"listing": FIXED}, date(2026, 12, 3)),
        ({"listing": {"precision": "week-commencing", "week_commencing": "2026-12-07"}}, date(2026, 12, 13)),
        ({"listing": {"precision": "undated"}}, None),
    ],
)
def test_a_hearing_is_over_after_its_last_day(said: dict[str, object], last: date | None) -> None:
    words = words_for("court.hearing-listed.v1", Content(said))
    assert words.turns[-1].after == last


@pytest.mark.parametrize("kind", ["hearing-listed", "hearing-changed", "trial-date-set", "trial-date-changed"])
def test_a_hearing_without_a_day_is_not_said_to_have_a_date(kind: str) -> None:
    words = words_for(f"court.{kind}.v1", Content({"listing": {"precision": "undated"}}))
    assert "set a date" not in words.title
    assert "without a date" in words.title or "no new date" in words.title
    assert "on that day" not in words.meaning
