"""What a machine must not decide waits for an officer and tells nobody; what is merely large is told in parts."""

from collections.abc import Sequence
from datetime import timedelta

from sandbox.scenario import cast
from sandbox.scenario.answers import Waiting
from sandbox.scenario.chapters.charge import link_to_her_offence
from sandbox.scenario.chapters.court import SENTENCE
from sandbox.scenario.chapters.prison import RELEASED
from sandbox.scenario.days import morning_comes
from sandbox.scenario.hearings import appeal_against_sentence, of_many_offences, share_results
from sandbox.scenario.letters import letters
from sandbox.scenario.movements import booking_moved, released
from sandbox.scenario.people import decide, record_talk, timeline, waiting_documents
from sandbox.scenario.steps import Step
from sandbox.scenario.tale import Tale
from sandbox.scenario.telling import hers, news_of, nothing_waits_for_her, told_the_same_evening
from sandbox.scenario.waiting import demand, eventually, until

OFFICER = cast.WITNESS_CARE_OFFICER
INSIDE = timedelta(days=14)
MOVED, HELD, APPEAL = "booking-moved", "number-in-question", "unread courtApplication"
OFFENCES, PARTS = 150, 3
"""A fact of a sentence holds sixty results."""


async def booking_is_moved(tale: Tale) -> None:
    now = await morning_comes(tale.world)
    tale.known.ordinary_messages = len(await letters(tale.world))
    await booking_moved(tale.world, at=now)
    await _asked(tale, MOVED)


async def release_waits(tale: Tale) -> None:
    """The officer finds both on the list; nothing is on her page, on the desk or in the post."""
    await tale.world.clock.advance_by(INSIDE)
    now = await morning_comes(tale.world)
    before = len((await hers(tale)).of(RELEASED))
    await released(tale.world, reason="RELEASED", at=now, number=cast.NEXT_PRISON_NUMBER)
    await _asked(tale, MOVED)
    await _asked(tale, HELD)
    await nothing_waits_for_her(tale, officer=OFFICER)
    demand(len((await hers(tale)).of(RELEASED)) == before, "a release is told while its number is in question")
    demand(len(await letters(tale.world)) == tale.known.ordinary_messages, "a message left about what waits")


async def move_is_confirmed(tale: Tale) -> None:
    """What waited is decided with the question, and nothing of either is left on the list."""
    state = await decide(tale.world, OFFICER, about=await _asked(tale, MOVED), decision="confirmed")
    demand(state == "confirmed", f"the question that was confirmed is {state}")
    news = await told_the_same_evening(tale, RELEASED, officer=OFFICER)
    demand(len(news) == 1, f"one release is {len(news)} items of news")
    demand(not await _listed(tale, MOVED, HELD), "what was decided is still on the list")


async def large_sentence_comes(tale: Tale) -> None:
    """The part with her offence is hers; for Ben, whom nobody linked to an offence, the officer sees each part."""
    now = await morning_comes(tale.world)
    hers_before = {entry.event.id for entry in (await hers(tale)).of(SENTENCE)}
    bens_before = await _sentences_of_ben(tale)
    await share_results(tale.world, of_many_offences(cast.LARGE_HEARING_ID, on=now, offences=OFFENCES), at=now)

    async def in_parts() -> int | None:
        more = await _sentences_of_ben(tale) - bens_before
        return more if more >= PARTS else None

    parts = await eventually("each part of the large sentence is on record", in_parts)
    demand(parts == PARTS, f"a sentence for {OFFENCES} offences is {parts} facts, not {PARTS}")
    news = await news_of(tale, SENTENCE)
    demand(len(news) == 1 and news[0].event.id not in hers_before, "more of the large sentence than her part is news")


async def others_are_not_hers(tale: Tale) -> None:
    """Offences that nobody had heard of, of her own accused: her officer finds out that they are not hers."""

    async def seen_by_the_officer(parts: int) -> None:
        async def so_many() -> bool:
            entries = (await timeline(tale.world, OFFICER, of=tale.known.amira)).of(SENTENCE)
            return len(entries) == len((await hers(tale)).of(SENTENCE)) + parts

        await until(f"the officer sees {parts} parts of the sentence that she does not", so_many)

    await seen_by_the_officer(PARTS - 1)
    await link_to_her_offence(tale, OFFICER)
    await seen_by_the_officer(0)


async def she_is_told_her_part(tale: Tale) -> None:
    await told_the_same_evening(tale, SENTENCE, officer=OFFICER)


async def appeal_waits(tale: Tale) -> None:
    """Confirming loses nothing: what no event can tell yet stays on the list, marked as looked at."""
    now = await morning_comes(tale.world)
    tale.known.ordinary_messages = len(await letters(tale.world))
    await share_results(tale.world, appeal_against_sentence(cast.APPEAL_HEARING_ID, sitting=now), at=now)
    asked = await _asked(tale, APPEAL)
    demand(asked.decided_at is None, "the appeal was decided before anybody looked")
    await decide(tale.world, OFFICER, about=asked, decision="confirmed")
    demand((await _asked(tale, APPEAL)).decided_at, "the list does not say that an officer looked at the appeal")
    await nothing_waits_for_her(tale, officer=OFFICER)
    demand(len(await letters(tale.world)) == tale.known.ordinary_messages, "a message left about the appeal")


async def appeal_is_told_in_person(tale: Tale) -> None:
    at = await tale.world.clock.now()
    talks = len((await hers(tale)).of(TALK))
    await record_talk(tale.world, OFFICER, victim=tale.known.amira, key=cast.APPEAL_ID, at=at)
    state = await decide(tale.world, OFFICER, about=await _asked(tale, APPEAL), decision="dismissed")
    demand(state == "dismissed", f"the appeal that she was told of is {state}")
    demand(not await _listed(tale, APPEAL), "the appeal is still on the list")

    async def on_her_timeline() -> bool | None:
        return len((await hers(tale)).of(TALK)) > talks or None

    await eventually("the officer's talk with her is on her timeline", on_her_timeline)


TALK = "witness-care.contact-made"


async def _asked(tale: Tale, why: str) -> Waiting:
    listed = await _listed(tale, why)
    demand(len(listed) == 1, f"{len(listed)} messages wait for an officer as {why}, not one")
    return listed[0]


async def _listed(tale: Tale, *whys: str) -> list[Waiting]:
    found = await waiting_documents(tale.world, OFFICER)
    return [one for one in found if one.why and one.why.startswith(whys)]


async def _sentences_of_ben(tale: Tale) -> int:
    return len((await timeline(tale.world, OFFICER, of=tale.known.ben)).of(SENTENCE))


STEPS: Sequence[Step] = (
    Step("HMPPS moves the booking to another prison number: an officer is asked", booking_is_moved),
    Step("A release under the new number waits for the officer, and tells nobody", release_waits),
    Step("The officer confirms the move: the release is told, once", move_is_confirmed),
    Step("A sentence too large for one fact comes: it is three, and one of them is hers", large_sentence_comes),
    Step(
        "The other parts are about offences that nobody knew: her officer finds that they are not hers",
        others_are_not_hers,
    ),
    Step("She is told her part of it the same evening", she_is_told_her_part),
    Step("An appeal comes that nothing can tell yet: it waits for an officer", appeal_waits),
    Step("The officer tells her of the appeal in person, and takes it off the list", appeal_is_told_in_person),
)
