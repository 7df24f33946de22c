"""What rings as something new: only what its reader can see change on the page."""

from chassis.vault.opening import Opener
from contracts.ids import VictimId
from journey.facts.fact import EventKey, news_id_of
from journey.timeline.opening_store import OpenedFacts
from journey.timeline.reading import TimelineReader
from journey.timeline.store import TimelineTables
from journey.wording.content import Audience
from support.journey_facts import (
    AMIRA,
    MONDAY,
    Journey,
    corrected,
    crime_reported,
    data_of,
    investigation_stopped,
    linked,
    retracted,
    revoked,
    told_in_person,
    trial,
    verdict,
)


class Watch:
    """Says whether what came since the last look rings for its reader."""

    def __init__(self, journey: Journey, reader: Audience = Audience.VICTIM) -> None:
        self._timelines = TimelineReader(journey.pool, TimelineTables(), OpenedFacts(Opener(journey.vault)))
        self._reader = reader
        self._seen = ""

    async def rings(self) -> bool:
        before = self._seen
        self._seen = await self._timelines.fingerprint(VictimId(AMIRA), reader=self._reader)
        return self._seen != before


async def test_a_new_fact_rings_and_her_own_opening_does_not(journey: Journey) -> None:
    event, watch = crime_reported(journey), Watch(journey)
    await journey.intake(linked(journey, AMIRA))
    assert not await watch.rings()
    await journey.intake(event)
    assert await watch.rings()
    news_id = news_id_of(EventKey(event.header.source, event.header.id), VictimId(AMIRA))
    said = {"news_id": news_id, "seen_at": MONDAY.isoformat()}
    await journey.intake(journey.event("notifications.news-seen", said, case=None, victim=AMIRA))
    assert not await watch.rings()
    await journey.intake(trial(journey, "set"))
    assert await watch.rings()


async def test_what_an_officer_tells_first_rings_once_it_was_told(journey: Journey) -> None:
    """Guard: no bell for what she cannot see."""
    watch, stopped = Watch(journey), investigation_stopped(journey)
    await journey.intake(linked(journey, AMIRA), crime_reported(journey))
    await watch.rings()
    await journey.intake(stopped, retracted(journey, stopped))
    assert not await watch.rings()
    await journey.apply(told_in_person(journey, AMIRA, stopped))
    assert await watch.rings()


async def test_an_agreed_contact_promise_rings(journey: Journey) -> None:
    watch = Watch(journey)
    said = {"version": 1, "frequency_days": 28, "agreed_by": "victim"}
    await journey.intake(journey.event("notifications.contact-promise-agreed", said, case=None, victim=AMIRA))
    assert await watch.rings()


async def test_what_only_officers_read_rings_for_them_alone(journey: Journey) -> None:
    hers, officers = Watch(journey), Watch(journey, Audience.OFFICER)
    await journey.intake(linked(journey, AMIRA, defendant="d-1"), crime_reported(journey))
    await hers.rings()
    await officers.rings()
    said = {"subject": "somebody", "granted_by": "officer-1"}
    await journey.intake(journey.event("witness-care.access-granted", said, case=None, victim=AMIRA))
    assert (await hers.rings(), await officers.rings()) == (False, True)
    await journey.intake(trial(journey, "set", doubt="future-time"))
    assert (await hers.rings(), await officers.rings()) == (False, True)
    await journey.intake(verdict(journey, defendant="d-2"))
    assert (await hers.rings(), await officers.rings()) == (False, True), "whose d-2 is nobody knows: her officer looks"


async def test_a_correction_rings_and_so_does_a_link_taken_back(journey: Journey) -> None:
    watch, event = Watch(journey), crime_reported(journey)
    await journey.intake(linked(journey, AMIRA), event)
    await watch.rings()
    await journey.intake(corrected(journey, event, {**data_of(event), "offence": "Theft"}))
    assert await watch.rings()
    await journey.intake(revoked(journey, AMIRA))
    assert await watch.rings()
