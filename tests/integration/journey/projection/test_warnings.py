"""A warning of what makes contact unsafe goes out at once and first, with no word of what it says."""

from support.journey_facts import (
    AMIRA,
    BORIS,
    Journey,
    corrected,
    crime_reported,
    data_of,
    linked,
    retracted,
    victim_identified,
)

WORDS = "Do not ring: the telephone is answered by others in the home"


async def warned(journey: Journey) -> list[bool]:
    return [data["stands"] for data in await journey.published("safe-contact-warned")]


async def test_a_warning_is_announced_when_it_comes_is_put_right_and_is_taken_back(journey: Journey) -> None:
    named = victim_identified(journey, AMIRA, name="Amira Example", warning=WORDS)
    await journey.intake(named)
    assert await warned(journey) == [True]
    await journey.intake(
        corrected(journey, named, {**data_of(named), "safe_contact_warning": "Letters only"}, victim=AMIRA)
    )
    await journey.intake(retracted(journey, named, victim=AMIRA))
    assert await warned(journey) == [True, True, False]
    assert {data["victim"] for data in await journey.published("safe-contact-warned")} == {AMIRA}


async def test_one_that_comes_with_a_correction_is_announced(journey: Journey) -> None:
    named = victim_identified(journey, AMIRA, name="Amira Example")
    await journey.intake(named)
    assert await warned(journey) == []
    await journey.intake(corrected(journey, named, {**data_of(named), "safe_contact_warning": WORDS}, victim=AMIRA))
    assert await warned(journey) == [True]


async def test_who_names_the_victim_without_a_warning_takes_none_back(journey: Journey) -> None:
    await journey.intake(victim_identified(journey, AMIRA, name="Amira Example", warning=WORDS))
    silent = victim_identified(journey, AMIRA, name="Amira Example")
    await journey.intake(
        silent, corrected(journey, silent, data_of(silent), victim=AMIRA), retracted(journey, silent, victim=AMIRA)
    )
    assert await warned(journey) == [True]


async def test_the_same_said_again_of_another_crime_by_whomever_is_no_news(journey: Journey) -> None:
    first = victim_identified(journey, AMIRA, name="Amira Example", warning=WORDS)
    again = victim_identified(journey, AMIRA, name="Amira Example", warning=WORDS)
    other = victim_identified(journey, BORIS, name="Boris Example", warning=WORDS)
    await journey.intake(first, again)
    await journey.apply(victim_identified(journey, AMIRA, name="Amira Example", warning=WORDS), other)
    assert await warned(journey) == [True, True]
    await journey.intake(retracted(journey, first, victim=AMIRA))
    assert await warned(journey) == [True, True]
    await journey.intake(victim_identified(journey, AMIRA, name="Amira Example", warning="Letters only"))
    assert await warned(journey) == [True, True, True]


async def test_it_stands_in_the_log_before_the_news_of_its_batch(journey: Journey) -> None:
    named = victim_identified(journey, AMIRA, name="Amira Example", warning=WORDS)
    await journey.apply(linked(journey, AMIRA), crime_reported(journey), named)
    rows = await journey.rows("SELECT type FROM log ORDER BY position")
    types = [row["type"] for row in rows]
    assert types.index("journey.safe-contact-warned.v1") < types.index("journey.news-arrived.v1")


async def test_its_words_are_in_nothing_that_is_published(journey: Journey) -> None:
    await journey.intake(victim_identified(journey, AMIRA, name="Amira Example", warning=WORDS))
    rows = await journey.rows("SELECT body FROM log")
    assert WORDS.encode() not in b"".join(row["body"] for row in rows)


async def test_one_that_comes_twice_in_a_batch_is_announced_once(journey: Journey) -> None:
    named = victim_identified(journey, AMIRA, name="Amira Example", warning=WORDS)
    await journey.apply(named, named)
    await journey.apply(named)
    assert await warned(journey) == [True]
