"""What a type says stands as data; those alone have code that must choose between texts."""

import string

import pytest
from contracts.witness_care import ContactRole
from journey.wording.catalogue import WORDINGS, words_for
from journey.wording.content import Content
from journey.wording.rows import Row, called, text

ROWS = {name: wording for name, wording in WORDINGS.items() if isinstance(wording, Row)}
CHOOSING = {
    "police.crime-reported.v1",
    "police.suspect-charged.v1",
    "police.no-further-action-decided.v1",
    "support.referral-accepted.v1",
    "support.referral-declined.v1",
    "cps.proceedings-stopped.v1",
    "court.hearing-listed.v1",
    "court.hearing-changed.v1",
    "court.hearing-vacated.v1",
    "court.trial-date-set.v1",
    "court.trial-date-changed.v1",
    "court.trial-date-vacated.v1",
    "court.plea-entered.v1",
    "court.verdict-reached.v1",
    "court.sentence-passed.v1",
    "prison.release-planned.v1",
    "intake.report-received.v1",
    "notifications.contact-promise-agreed.v1",
    "notifications.message-sent.v1",
    "witness-care.contact-made.v1",
    "witness-care.wish-answered.v1",
}


def test_a_type_that_need_not_choose_is_data() -> None:
    assert set(WORDINGS) - set(ROWS) <= CHOOSING, "write its words as a Row"


@pytest.mark.parametrize("name", ROWS)
def test_each_slot_of_a_row_is_filled_and_none_is_left_over(name: str) -> None:
    row = ROWS[name]
    named = {slot for template in row.templates for _, slot, _, _ in string.Formatter().parse(template) if slot}
    assert named == set(row.slots)


def test_slots_and_lines_say_what_the_event_says() -> None:
    row = Row(
        title="Ask your {role}",
        meaning="Of {what}.",
        ahead="",
        details=(("Name", text("name")), ("Phone", text("phone"))),
        slots={"role": called(ContactRole, "role", otherwise="officer"), "what": text("what")},
    )
    words = row(Content({"role": "police-officer", "what": "{role}", "name": "Dana"}))
    assert (words.title, words.meaning) == ("Ask your police officer", "Of {role}.")
    assert [(line.label, line.text) for line in words.details] == [("Name", "Dana")]
    assert row(Content({"role": "of-a-later-contract"})).title == "Ask your officer"


def test_a_title_ends_where_nothing_is_said_of_how() -> None:
    assert words_for("witness-care.contact-tried.v1", Content({})).title == "An officer tried to reach them"
