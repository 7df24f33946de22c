"""What intake takes back of what it translated: the state that stands, as doubtful and as old as the original."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from contracts.corrections import EventRetracted
from contracts.ids import EventId
from contracts.intake import Doubt
from intake.errors import Superseded
from intake.prisons.withdrawals import WHY
from intake.recording.drafting import retraction_draft
from intake.recording.originals import Original

NOW = datetime(2027, 5, 6, 9, 30, tzinfo=UTC)
FIRST, SECOND = b"\x01" * 32, b"\x02" * 32
RELEASED = Original(
    source="urn:hmpps:domain-events",
    id="released-1",
    type="prison.offender-released.v1",
    case_id="case-1",
    victim_id=None,
    backfill=False,
    doubts=(),
    references=None,
    victim=None,
    states={FIRST: None},
)


def test_a_retraction_names_the_original_and_the_state_that_stands() -> None:
    corrected = replace(RELEASED, states={FIRST: "corrected-1", SECOND: None})
    draft, amends = retraction_draft(corrected, event_id="back-1", now=NOW, reason=WHY)
    assert draft.said.type == "prison.event-retracted.v1"
    assert (draft.said.source, draft.said.time, draft.key) == (RELEASED.source, NOW, "case-1")
    assert draft.data == EventRetracted(original_id=EventId("released-1"), corrects_state=SECOND.hex(), reason=WHY)
    assert (amends.key, amends.event_id, amends.retracts) == ((RELEASED.source, "released-1", SECOND), "back-1", True)


def test_a_retraction_is_as_doubtful_and_as_old_as_what_it_takes_back() -> None:
    original = replace(RELEASED, backfill=True, doubts=(Doubt.PRISON_NUMBER_PATTERN,))
    draft, _ = retraction_draft(original, event_id="back-1", now=NOW, reason=WHY)
    assert b'"backfill":true' in draft.said.text
    assert draft.added.doubt == "prison-number-pattern"


def test_what_was_taken_back_before_is_not_taken_back_again() -> None:
    gone = replace(RELEASED, states={FIRST: "back-1", SECOND: "back-1"})
    with pytest.raises(Superseded):
        retraction_draft(gone, event_id="back-2", now=NOW, reason=WHY)
