"""Every type of fact has plain words, and the words keep to the rules for victims' safety and dignity."""

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from contracts.catalogue import EVENT_TYPES
from contracts.duties import DUTIES
from contracts.duty import Kind
from journey.wording.catalogue import WORDINGS, words_for
from journey.wording.content import Audience, Content, Detail
from journey.wording.dates import spoken
from journey.wording.duties import CAME_LATE, OWED, PUBLISHERS

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


def test_every_duty_of_one_agency_to_another_has_words_for_when_it_came_late() -> None:
    assert {duty.id for duty in DUTIES.values() if duty.kind is Kind.UPSTREAM_LEG} == set(CAME_LATE)


def test_every_publisher_has_a_name() -> None:
    assert {kind.publisher for kind in EVENT_TYPES.values()} - {"journey"} == set(PUBLISHERS)


def test_a_contact_about_nothing_new_does_not_say_that_news_was_told() -> None:
    told = words_for("witness-care.contact-made.v1", Content({"how": "phone", "duty_keys": ["d-1"]}))
    empty = words_for("witness-care.contact-made.v1", Content({"how": "phone"}))
    assert told.meaning == "They told you what was new."
    assert empty.meaning == "It was not about anything new."


def test_a_contact_that_put_something_right_is_neutral_to_her_and_says_to_officers_what_it_was() -> None:
    words = words_for("witness-care.contact-made.v1", Content({"how": "phone", "put_right": ["n-1"]}))
    assert words.meaning == "It was about something that you were told before."
    assert "somebody else" not in f"{words.title} {words.meaning} {words.ahead} {words.details}"
    assert Detail("Put right", "They were told that something was about somebody else.") in words.for_officers


@pytest.mark.parametrize(
    "name",
    [f"court.{fact}.v1" for fact in ("hearing-changed", "hearing-vacated", "trial-date-changed", "trial-date-vacated")],
)
def test_a_change_gives_the_courts_reason_or_says_whom_to_ask_since_nobody_has_asked(name: str) -> None:
    given = {"reason": {"kind": "given", "text": "a witness was ill"}}
    asked = {"reason": {"kind": "asked", "asked_for_at": "2026-11-23T10:00:00Z"}}
    without = words_for(name, Content(asked))
    said = " ".join([without.meaning, *(turn.meaning or "" for turn in without.turns)])
    assert "The reason the court gave: a witness was ill." in words_for(name, Content(given)).meaning
    assert "The court gave no reason. Your contact person can ask the court why." in without.meaning
    assert "have asked" not in said
    assert not any("asked" in line.label.lower() for line in without.for_officers)


def test_a_day_in_another_court_is_not_said_to_be_in_the_hearings_own() -> None:
    first, second = {"starts_at": "2026-12-01T10:00:00Z"}, {"starts_at": "2026-12-02T10:00:00Z"}
    away = {"court_centre_id": "8a5b0d4e-0000-4000-8000-0000000000cc"}

    assert place(first, second) == "Leeds Crown Court"
    assert place(first, second | away).startswith("Leeds Crown Court, but another court on 2 December 2026 at 10am.")
    assert place(second | away).startswith("a court other than Leeds Crown Court.")


def test_a_day_in_another_court_is_said_to_be_in_the_one_that_is_known() -> None:
    ask = "Your contact person can find out which."
    first, second, third = ({"starts_at": f"2026-12-0{day}T10:00:00Z"} for day in (1, 2, 3))
    york = {"court_centre_id": "8a5b0d4e-0000-4000-8000-0000000000cc", "court_name": "York Crown Court"}
    hull = {"court_centre_id": "8a5b0d4e-0000-4000-8000-0000000000dd", "court_name": "Hull Crown Court"}
    unnamed = {"court_centre_id": "8a5b0d4e-0000-4000-8000-0000000000ee"}
    on = {day: f"{day} December 2026 at 10am" for day in (1, 2, 3)}
    assert place(first | york, second | york) == "York Crown Court"
    assert place(first, second | york, third | york) == f"Leeds Crown Court, but York Crown Court on {on[2]}, {on[3]}"
    assert place(first | hull, second | york) == f"Hull Crown Court on {on[1]}; York Crown Court on {on[2]}"
    assert place(first, second | york, third | unnamed) == (
        f"Leeds Crown Court, but York Crown Court on {on[2]}; another court on {on[3]}. {ask}"
    )


def place(*days: dict[str, str]) -> str:
    listing = {"precision": "fixed", "days": list(days)}
    content = Content({"listing": listing, "court": {"name": "Leeds Crown Court"}})
    [found] = [line.text for line in words_for("court.hearing-listed.v1", content).details if line.label == "Where"]
    return found


@pytest.mark.parametrize(
    ("bail", "done", "to_do"),
    [
        ("custody", "kept them in custody", "You do not need to do anything."),
        ("conditional-bail", "go on bail, with rules to keep to", "If this worries you"),
        ("unconditional-bail", "go on bail, without special rules", "If this worries you"),
    ],
)
def test_a_charge_says_what_became_of_the_person_until_the_first_hearing(bail: str, done: str, to_do: str) -> None:
    words = words_for("police.suspect-charged.v1", Content({"bail": bail, "first_hearing_on": "2026-12-01"}))
    assert done in words.meaning
    assert words.action.startswith(to_do)
    for turn in words.turns:
        over = words.after(turn)
        assert over.meaning.startswith("The person accused was told to go to court.")
        assert done in over.meaning
        assert over.action == words.action, "whoever is worried may ask at any time"


def test_a_charge_by_post_says_nothing_of_bail() -> None:
    words = words_for("police.suspect-charged.v1", Content({"bail": "not-applicable"}))
    assert words.meaning == "The person accused will have to go to court."
    assert words.turns[0].meaning == "The person accused was told to go to court."


@pytest.mark.parametrize(
    "review", [{}, {"review_eligible": True}, {"review_eligible": True, "review_by": "2026-12-01"}]
)
def test_an_offer_to_meet_stands_however_the_time_for_a_review_runs_out(review: dict[str, object]) -> None:
    offer = "The prosecutors offered to meet you and explain."
    words = words_for("cps.proceedings-stopped.v1", Content({**review, "meeting_offered": True, "scope": "all"}))
    assert offer in words.action
    assert all(offer in words.after(turn).action for turn in words.turns)
    without = words_for("cps.proceedings-stopped.v1", Content({**review, "scope": "all"}))
    assert offer not in without.action
    assert not any(offer in without.after(turn).action for turn in without.turns)


@pytest.mark.parametrize("asked", ["police", "cps", "victim", "other"])
def test_a_referral_says_who_asked_for_it(asked: str) -> None:
    words = words_for("support.referral-made.v1", Content({"referred_by": asked}))
    assert [line.label for line in words.details] == ["Who asked"]


@pytest.mark.parametrize("shared", [True, False])
def test_a_report_says_that_support_was_asked_for(*, shared: bool) -> None:
    def said(*, wanted: bool) -> str:
        report = Content({"share_with_police": shared, "wants_support": wanted})
        words = words_for("intake.report-received.v1", report)
        return f"{words.meaning} {words.ahead}"

    assert "You asked for support." in said(wanted=True)
    assert "You asked for support." not in said(wanted=False)
    assert "You can ask for support" not in said(wanted=True)


def test_a_message_is_said_to_tell_what_it_told() -> None:
    def said(kind: str) -> str:
        return words_for("notifications.message-sent.v1", Content({"kind": kind})).meaning

    assert said("news") == "It said that there is an update, and no more."
    assert said("nothing-changed") == "It said that nothing has changed."


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
