"""Every type of fact has plain words, and the words keep to the rules for victims' safety and dignity."""

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from contracts.catalogue import EVENT_TYPES
from contracts.duties import DUTIES
from journey.wording.catalogue import WORDINGS, words_for
from journey.wording.content import Audience, Content
from journey.wording.dates import spoken
from journey.wording.duties import OWED, PUBLISHERS

OURS = "journey."
SPOKEN_OF = sorted(name for name in EVENT_TYPES if not name.startswith(OURS))
PLAIN = [name for name in SPOKEN_OF if ".event-" not in name]
NEVER = ("alleged", "offender", "disposal", "vacated", "failure to respond", "!", "perpetrator")
LONGEST_SENTENCE = 25
EMPTY = Content({})


@pytest.mark.parametrize("name", PLAIN)
def test_every_type_has_words(name: str) -> None:
    assert name in WORDINGS, f"{name} has no plain words: add them in journey.wording"


def test_no_words_are_left_for_types_that_are_gone() -> None:
    assert set(WORDINGS) <= set(EVENT_TYPES)


@pytest.mark.parametrize("name", PLAIN)
def test_words_say_what_it_means_what_to_do_and_what_is_next(name: str) -> None:
    words = words_for(name, EMPTY)
    assert words.title
    assert words.meaning
    assert words.action
    assert words.ahead


@pytest.mark.parametrize("name", PLAIN)
def test_words_for_victims_keep_to_the_house_words(name: str) -> None:
    words = words_for(name, EMPTY)
    text = " ".join((words.title, words.meaning, words.action, words.ahead))
    assert not [word for word in NEVER if word in text.lower()]
    if words.audience is Audience.VICTIM:
        sentences = [part for part in text.replace(":", ".").split(".") if part.strip()]
        assert max(len(part.split()) for part in sentences) <= LONGEST_SENTENCE


@pytest.mark.parametrize("duty_id", sorted(DUTIES))
def test_every_duty_towards_a_victim_has_words(duty_id: str) -> None:
    assert duty_id in OWED or DUTIES[duty_id].kind != "duty"


def test_every_publisher_has_a_name() -> None:
    assert {kind.publisher for kind in EVENT_TYPES.values()} - {"journey"} == set(PUBLISHERS)


def test_a_contact_about_nothing_new_does_not_say_that_news_was_told() -> None:
    told = words_for("witness-care.contact-made.v1", Content({"how": "phone", "duty_keys": ["d-1"]}))
    empty = words_for("witness-care.contact-made.v1", Content({"how": "phone"}))
    assert told.meaning == "They told you what was new."
    assert empty.meaning == "It was not about anything new."


def test_a_change_gives_the_courts_reason_or_says_that_it_was_asked() -> None:
    given = {"reason": {"kind": "given", "text": "a witness was ill"}}
    asked = {"reason": {"kind": "asked", "asked_for_at": "2026-11-23T10:00:00Z"}}
    name = "court.trial-date-changed.v1"
    assert "The reason the court gave: a witness was ill." in words_for(name, Content(given)).meaning
    assert "We have asked the court why." in words_for(name, Content(asked)).meaning


def test_a_day_in_another_court_is_not_said_to_be_in_the_hearings_own() -> None:
    first, second = {"starts_at": "2026-12-01T10:00:00Z"}, {"starts_at": "2026-12-02T10:00:00Z"}
    away = {"court_centre_id": "8a5b0d4e-0000-4000-8000-0000000000cc"}

    def said(*days: dict[str, str]) -> str:
        listing = {"precision": "fixed", "days": list(days)}
        content = Content({"listing": listing, "court": {"name": "Leeds Crown Court"}})
        [place] = [line.text for line in words_for("court.hearing-listed.v1", content).details if line.label == "Where"]
        return place

    assert said(first, second) == "Leeds Crown Court"
    assert said(first, second | away).startswith("Leeds Crown Court, but another court on 2 December 2026 at 10am.")
    assert said(second | away).startswith("a court other than Leeds Crown Court.")


def test_a_correction_says_what_is_right_and_that_we_are_sorry() -> None:
    said = {
        "original_id": "1",
        "reason": "keyed in wrongly",
        "replacement": {"type": "court.verdict-reached.v1", "data": {"verdict": "not-guilty"}},
    }
    words = words_for("court.event-corrected.v1", Content(said))
    assert words.title == "Put right: the court found the person not guilty"
    assert "We are sorry." in words.meaning


def test_a_retraction_names_what_was_wrong() -> None:
    words = words_for("court.event-retracted.v1", EMPTY, original="The court set a date for the trial")
    assert words.title == "This was wrong: the court set a date for the trial"


@pytest.mark.parametrize(
    ("instant", "said"),
    [
        (datetime(2026, 6, 4, 8, 32, tzinfo=UTC), "4 June 2026 at 9:32am"),
        (datetime(2026, 6, 4, 11, 0, tzinfo=UTC), "4 June 2026 at midday"),
        (datetime(2026, 12, 4, 13, 0, tzinfo=UTC), "4 December 2026 at 1pm"),
        (datetime(2026, 6, 3, 23, 0, tzinfo=UTC), "4 June 2026"),
        (datetime(2026, 12, 4, 0, 5, tzinfo=UTC), "4 December 2026 at 12:05am"),
    ],
)
def test_dates_are_said_as_people_say_them_and_never_as_midnight(instant: datetime, said: str) -> None:
    assert spoken(instant) == said


def test_the_golden_examples_can_be_put_into_words() -> None:
    examples = sorted((Path(__file__).parents[4] / "contracts").rglob("examples/*.json"))
    if not examples:
        pytest.skip("no golden examples are generated yet")
    for example in examples:
        event = json.loads(example.read_text(encoding="utf-8"))
        if not event["type"].startswith(OURS):
            assert words_for(event["type"], Content(event["data"])).title, example.name
