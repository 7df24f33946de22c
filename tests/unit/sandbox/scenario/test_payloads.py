"""What the story sends is of the shape that intake reads, and means what the story says it means."""

import json
from datetime import UTC, datetime, timedelta

from chassis.working_days import LONDON
from contracts.events import parse_event
from intake.courts.comparing.state import HearingState
from intake.courts.comparing.translation import translate
from intake.courts.reading.message import read_message
from intake.courts.reading.snapshot import Snapshot
from intake.identity.identifiers import is_crime_reference, is_prison_number, is_urn
from sandbox.scenario import cast
from sandbox.scenario.agencies import crime_reported, referral, urn, victim_identified
from sandbox.scenario.chapters.court import resulted
from sandbox.scenario.hearings import hearing, instant, moved_because_no_court_was_free

NOW = datetime(2026, 11, 23, 10, tzinfo=UTC)
SITTING = NOW + timedelta(days=35)


def snapshot(said: dict[str, object]) -> Snapshot:
    message = json.dumps({"hearing": said, "sharedTime": instant(NOW)}).encode()
    return read_message(message, fingerprint=lambda content: content.hex())[0]


def test_numbers_fit_their_patterns() -> None:
    assert is_prison_number(cast.PRISON_NUMBER)
    assert is_urn(cast.URN)
    assert is_crime_reference(cast.FIRST_CRIME) and is_crime_reference(cast.SECOND_CRIME)


def test_every_hearing_of_the_story_is_read_whole() -> None:
    listed = hearing(cast.TRIAL_ID, sitting=SITTING)
    for said in (listed, moved_because_no_court_was_free(listed), resulted(SITTING, weeks=6)):
        assert snapshot(said).unread == ()


def test_listing_moving_resulting_and_amending_are_four_kinds_of_news() -> None:
    later = SITTING + timedelta(days=14)
    messages = [
        (hearing(cast.TRIAL_ID, sitting=SITTING), NOW, False),
        (moved_because_no_court_was_free(hearing(cast.TRIAL_ID, sitting=later)), NOW, False),
        (resulted(later, weeks=26), later + timedelta(hours=5), True),
        (resulted(later, weeks=6), later + timedelta(days=1), True),
    ]
    state, told = HearingState(hearing_id=cast.TRIAL_ID), []
    for said, at, results in messages:
        found = translate(state, snapshot(said), received_at=at, resulted=results)
        state = found.state
        told.append([type(getattr(news, "details", news)).__name__ for news in found.news])
        assert not found.questions
    assert told == [["Listed"], ["Moved"], ["VerdictReached", "SentencePassed"], ["Correction"]]


def test_what_agencies_publish_fits_the_contracts() -> None:
    published = {
        "police.crime-reported.v1": crime_reported(cast.FIRST_CRIME, offence="Burglary", report_reference="R-1"),
        "police.victim-identified.v1": victim_identified(cast.FIRST_CRIME, number="V-1", name="Amira Hassan"),
        "support.referral-accepted.v1": referral(cast.FIRST_CRIME, number="V-1", referral_id="REF-1"),
        "cps.charge-authorised.v1": {"references": [urn()]},
    }
    for name, data in published.items():
        envelope = {"specversion": "1.0", "id": "1", "source": "s", "type": name, "time": "2026-11-23T10:00:00Z"}
        parse_event({**envelope, "datacontenttype": "application/json", "data": json.loads(json.dumps(data))})


def test_moments_are_written_in_utc_also_in_summer() -> None:
    assert instant(datetime(2027, 7, 5, 10, 30, tzinfo=LONDON)) == "2027-07-05T09:30:00.000Z"
