"""What agencies' systems call things is for officers: they read it beside the words, and a victim never gets it."""

import json
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from contracts.golden import EXAMPLES as FOLDER
from contracts.ids import VictimId
from journey.facts.concern import Reach
from journey.facts.standing import places_of
from journey.timeline.entries import Entry, Kept, Shown, Whereabouts, entries_of
from journey.timeline.http_answers import timeline_answer
from journey.timeline.moment import as_read
from journey.timeline.page import page_of
from journey.timeline.reading import Timeline
from journey.timeline.status import status_of
from journey.wording.catalogue import WORDINGS
from journey.wording.content import Audience, Content
from support.journey_facts import AMIRA, MONDAY, a_fact

EXAMPLES = sorted(FOLDER.glob("*.json"))
CODE = "code-of-theirs"
REASON = {"kind": "given", "code": CODE, "text": "a witness was ill"}
HEARING = {"hearing_id": "h-1", "hearing_type": CODE, "court": {"code": CODE, "name": "Leeds Crown Court"}}
SAID: Mapping[str, Mapping[str, Any]] = {
    "police.suspect-charged.v1": {"suspect_number": CODE, "offences": [{"code": CODE, "title": "Burglary"}]},
    "police.no-further-action-decided.v1": {"outcome_code": CODE},
    "cps.charge-authorised.v1": {"offences": [{"code": CODE, "title": "Burglary"}]},
    "cps.proceedings-stopped.v1": {"offences": [{"code": CODE, "title": "Burglary"}]},
    **dict.fromkeys(("court.hearing-listed.v1", "court.trial-date-set.v1"), HEARING),
    **{kind: {**HEARING, "reason": REASON} for kind in ("court.hearing-changed.v1", "court.trial-date-changed.v1")},
    **{kind: {"reason": REASON} for kind in ("court.hearing-vacated.v1", "court.trial-date-vacated.v1")},
    "court.plea-entered.v1": {"hearing_id": CODE},
    "court.verdict-reached.v1": {"hearing_id": "h-1", "category": CODE},
    "court.sentence-passed.v1": {"hearing_id": CODE},
    "prison.release-planned.v1": {"calculation_id": CODE},
    "prison.offender-released.v1": {"prison": CODE},
    "prison.offender-received.v1": {"prison": CODE, "reason": "admission"},
    "prison.temporary-absence-started.v1": {"prison": CODE},
    "prison.offender-moved-to-hospital.v1": {"prison": CODE},
    **{kind: {"referral_id": CODE} for kind in ("support.referral-made.v1", "support.referral-accepted.v1")},
    "support.referral-declined.v1": {"referral_id": CODE},
    "witness-care.contact-assigned.v1": {"taken_over_from": CODE},
    "witness-care.contact-made.v1": {"made_by": CODE},
}
"""Facts with a code in each field that is for officers."""


def read(kind: str, said: Mapping[str, Any], *, reader: Audience) -> list[Entry]:
    fact = a_fact(type=kind)
    kept = Kept(fact, fact.case_id, news_id=None, whereabouts=Whereabouts())
    shown = Shown(kept, Reach.VICTIM, places_of([fact])[fact.key])
    entries = entries_of([shown], {fact.key: Content(said)}, reader=reader)
    return as_read(entries, today=date(2026, 11, 24))


def corrected(kind: str, said: Mapping[str, Any]) -> dict[str, Any]:
    return {"reason": "keyed in wrongly", "replacement": {"type": kind, "data": said}}


def timeline_of(entries: list[Entry]) -> Timeline:
    return Timeline(VictimId(AMIRA), entries, status_of(entries, now=MONDAY), (), (), MONDAY)


@pytest.mark.parametrize("kind", SAID)
def test_officers_read_it_and_the_victim_never_gets_it(kind: str) -> None:
    for type_, said in (
        (kind, SAID[kind]),
        (f"{kind.split('.')[0]}.event-corrected.v1", corrected(kind, SAID[kind])),
    ):
        theirs = timeline_of(read(type_, said, reader=Audience.OFFICER))
        assert CODE in timeline_answer(theirs, reader=Audience.OFFICER).model_dump_json()
        hers = timeline_of(read(type_, said, reader=Audience.VICTIM))
        assert CODE not in timeline_answer(hers, reader=Audience.VICTIM).model_dump_json()
        assert CODE not in repr(page_of(hers))
        assert CODE not in repr([entry.words for entry in hers.entries])


@pytest.mark.parametrize(
    ("kind", "said", "line"),
    [
        ("probation.offender-recalled.v1", {"kind": "fixed-term"}, ("Kind of recall", "fixed term")),
        ("notifications.contact-promise-agreed.v1", {"agreed_by": "victim"}, ("Agreed by", "the victim")),
        (
            "court.trial-date-set.v1",
            {"listing": {"precision": "fixed", "days": [{"starts_at": "2026-12-01T10:00:00Z", "minutes": 90}]}},
            ("Time listed", "90 minutes"),
        ),
        (
            "court.trial-date-vacated.v1",
            {"reason": {"kind": "asked", "asked_for_at": "2026-11-23T10:00:00Z"}},
            ("No reason had come by", "23 November 2026 at 10am"),
        ),
        (
            "court.sentence-passed.v1",
            {"shared_at": "2026-11-23T10:00:00Z"},
            ("The court shared it", "23 November 2026 at 10am"),
        ),
    ],
)
def test_what_is_for_officers_is_said_in_words(kind: str, said: Mapping[str, Any], line: tuple[str, str]) -> None:
    [entry] = read(kind, said, reader=Audience.OFFICER)
    assert line in [(one.label, one.text) for one in entry.words.for_officers]
    [hers] = read(kind, said, reader=Audience.VICTIM)
    assert not hers.words.for_officers


@pytest.mark.parametrize(
    ("kind", "said"),
    [
        ("intake.victim-linked.v1", {"by": {"kind": "officer", "subject": CODE}}),
        ("intake.offender-linked.v1", {"defendant_id": CODE}),
        ("intake.offender-unlinked.v1", {"offender_linked_id": CODE}),
        ("witness-care.access-granted.v1", {"granted_by": CODE}),
        ("witness-care.access-revoked.v1", {"revoked_by": CODE}),
        ("notifications.message-sent.v1", {"reference": CODE}),
    ],
)
def test_an_entry_that_only_officers_read_says_who_did_it_to_what(kind: str, said: Mapping[str, Any]) -> None:
    [entry] = read(kind, said, reader=Audience.OFFICER)
    assert CODE in " ".join(line.text for line in entry.words.details)
    assert read(kind, said, reader=Audience.VICTIM) == []


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda one: one.stem)
def test_no_fact_that_agencies_send_has_such_a_part_for_the_victim(example: Path) -> None:
    event = json.loads(example.read_text(encoding="utf-8"))
    if event["type"] in WORDINGS:
        assert not any(entry.words.for_officers for entry in read(event["type"], event["data"], reader=Audience.VICTIM))
