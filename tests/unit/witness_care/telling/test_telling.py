"""What there is to say is what journey says, and what stands now where that was put right."""

import asyncio
from typing import Any

import pytest
from contracts.intake import Doubt
from support.desk_timeline import entry, named
from witness_care.elsewhere.memory_peers import MemoryPeers
from witness_care.elsewhere.peer import Outcome, Peer, Said
from witness_care.telling.doubts import DOUBTS, doubts_said
from witness_care.telling.reading import Tellings
from witness_care.telling.timeline import Timeline
from witness_care.telling.words import to_tell


def timeline(*entries: dict[str, Any]) -> Timeline:
    return Timeline.model_validate({"entries": entries})


def test_news_is_told_in_the_words_of_its_entry() -> None:
    told = to_tell(timeline(entry("a")), "news-a")
    assert told is not None
    assert told.said.what == "The words of a"
    assert told.said.sentences == ("What it means.",)
    assert told.said.details == (("Where", "Humberton Crown Court"),)
    assert (told.right, told.taken_back) == (None, False)


def test_what_stands_now_is_followed_to_its_end() -> None:
    kind = "court.event-corrected.v1"
    told = to_tell(
        timeline(
            entry("c", type=kind), entry("b", type=kind, corrected_by=named("c")), entry("a", corrected_by=named("b"))
        ),
        "news-a",
    )
    assert told is not None
    assert told.right is not None
    assert told.right.what == "The words of c"


def test_what_was_taken_back_has_nothing_that_stands_instead() -> None:
    back = entry("b", type="court.event-retracted.v1")
    told = to_tell(timeline(back, entry("a", corrected_by=named("b"), retracted=True)), "news-a")
    assert told is not None
    assert (told.right, told.taken_back) == (None, True)


@pytest.mark.parametrize("later", ["elsewhere", "a"], ids=["not on the timeline", "itself"])
def test_a_correction_that_leads_nowhere_ends(later: str) -> None:
    told = to_tell(timeline(entry("a", corrected_by=named(later))), "news-a")
    assert told is not None
    assert told.right is None


def test_news_that_is_not_on_the_timeline_has_no_words() -> None:
    assert to_tell(timeline(entry("a")), "news-of-somebody-else") is None


def path(victim: str) -> tuple[Peer, str]:
    return Peer.JOURNEY, f"/victims/{victim}/timeline"


async def test_what_cannot_be_had_is_missing_and_the_rest_is_there() -> None:
    peers = MemoryPeers({path("v1"): Said({"entries": [entry("a")]}), path("v2"): Said({"entries": [{}]})})
    told = await Tellings(peers).of("session", ["v1", "v2", "v3"])
    assert set(told.timelines) == {"v1"}
    assert told.missing == {"v2", "v3"}
    assert not told.sign_in


async def test_a_sign_in_that_is_spent_is_said() -> None:
    told = await Tellings(MemoryPeers(spent=True)).of("session", ["v1"])
    assert told.sign_in
    assert told.missing == {"v1"}


async def test_no_more_are_asked_for_than_a_page_shows() -> None:
    peers = MemoryPeers()
    told = await Tellings(peers, most=2).of("session", ["v1", "v2", "v3", "v1"])
    assert len(peers.asked) == 2
    assert told.missing == {"v1", "v2", "v3"}


class Slow(MemoryPeers):
    """Answers for one victim, and for another never."""

    async def get(self, session_id: str, peer: Peer, path: str) -> Outcome:
        if "slow" in path:
            await asyncio.Event().wait()
        return await super().get(session_id, peer, path)


async def test_a_page_waits_no_longer_than_it_may() -> None:
    peers = Slow({path("v1"): Said({"entries": []})})
    told = await Tellings(peers, seconds=0.05).of("session", ["slow", "v1"])
    assert set(told.timelines) == {"v1"}
    assert told.missing == {"slow"}


def test_every_reason_for_a_doubt_is_said_in_words_and_a_later_one_by_its_name() -> None:
    assert set(DOUBTS) == set(Doubt), "give the doubt its words in witness_care.telling.doubts"
    said = doubts_said("urn-pattern,two-suns")
    assert said == "its URN is not written as URNs are; two suns"
