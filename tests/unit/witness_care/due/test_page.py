"""The officer's page with somebody on it: names, how they may be reached, and what is due."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import time, timedelta

import pytest
from contracts.notifications import ChannelKind, Language, Safety, Weekday
from support.desk_page import EVENINGS, NOW, OVERDUE, Caseload, due, duty, page, waiting
from witness_care.due.due import Standing
from witness_care.due.wording import duty_wording, news_wording, without_wording
from witness_care.reach.reach import Reach, SafeHours


async def test_a_victim_of_mine_is_shown_with_what_is_due() -> None:
    shown = await page(Caseload([waiting("Amira Hassan", OVERDUE)], []))
    assert "Amira Hassan" in shown
    assert "have not looked" in shown
    assert 'value="n-1|d-1"' in shown
    assert "Overdue since 24 November 2026 at 11am" in shown


async def test_a_victim_of_nobodys_can_be_taken_over() -> None:
    shown = await page(Caseload([], [waiting("Ben Okoro", OVERDUE)]))
    assert "Ben Okoro" in shown
    assert "1 due" in shown
    assert 'action="/take-over"' in shown


async def test_a_victim_who_waits_for_nothing_is_shown_too() -> None:
    assert "Amira Hassan" in await page(Caseload([waiting("Amira Hassan")], [waiting("Ben Okoro")]))


@pytest.mark.parametrize(
    ("channels", "hours", "warning"),
    [
        ({ChannelKind.EMAIL: Safety.SAFE, ChannelKind.PHONE: Safety.NOT_SAFE}, EVENINGS, "Do not phone."),
        ({ChannelKind.EMAIL: Safety.SAFE}, EVENINGS, "Do not phone."),
        ({ChannelKind.SMS: Safety.NOT_SAFE}, EVENINGS, "Do not phone. Do not use text message."),
        ({ChannelKind.PHONE: Safety.SAFE}, EVENINGS, "Do not phone now: this is outside the safe hours."),
    ],
)
async def test_what_is_not_safe_is_said_before_an_officer_picks_up_the_phone(
    channels: Mapping[ChannelKind, Safety], hours: SafeHours, warning: str
) -> None:
    shown = await page(Caseload([waiting("Amira Hassan", reach=Reach(channels, (hours,)))], []))
    assert f"{warning}</strong>" in shown
    assert "Safe hours, UK time: Monday to Friday, 6pm to 9pm." in shown


async def test_a_code_word_is_spoken_of_before_an_officer_gets_in_touch() -> None:
    reach = Reach({ChannelKind.PHONE: Safety.SAFE}, (EVENINGS,))
    assert "code word" not in await page(Caseload([waiting("Amira Hassan", reach=reach)], []))
    agreed = replace(reach, has_code_word=True)
    assert "A code word was agreed" in await page(Caseload([waiting("Amira Hassan", reach=agreed)], []))


async def test_a_victim_who_chose_welsh_is_spoken_to_in_welsh() -> None:
    reach = Reach({ChannelKind.PHONE: Safety.SAFE}, (EVENINGS,))
    assert "Welsh" not in await page(Caseload([waiting("Amira Hassan", reach=reach)], []))
    chosen = replace(reach, language=Language.WELSH)
    assert "speak and write to them in Welsh" in await page(Caseload([waiting("Amira Hassan", reach=chosen)], []))


async def test_no_agreement_means_that_no_way_is_safe() -> None:
    shown = await page(Caseload([waiting("Amira Hassan")], []))
    assert "Do not phone, text or write until you know that it is safe." in shown


async def test_a_phone_that_is_safe_now_needs_no_warning() -> None:
    reach = Reach({ChannelKind.PHONE: Safety.SAFE}, (SafeHours(tuple(Weekday), time(9), time(17)),))
    shown = await page(Caseload([waiting("Amira Hassan", reach=reach)], []))
    assert "Safe: phone." in shown
    assert "Warning" not in shown


async def test_an_officer_sees_what_there_is_to_tell_and_when_it_happened() -> None:
    shown = await page(Caseload([waiting("Amira Hassan", OVERDUE)], []))
    assert "The court moved the date of the trial, 23 November 2026 at midday" in shown


@pytest.mark.parametrize(("ahead", "said"), [(1, ": tell it before"), (-1, ", which has come")])
async def test_what_is_about_a_day_says_whether_that_has_come(ahead: int, said: str) -> None:
    day = NOW + timedelta(days=ahead)
    about = tuple(replace(news, about_at=day) for news in OVERDUE.about)
    shown = await page(Caseload([waiting("Amira Hassan", replace(OVERDUE, about=about))], []))
    assert f"It is about {day.day} November 2026 at midday{said}" in shown


async def test_a_duty_stands_beside_the_contact_about_the_same_news() -> None:
    beside, apart = duty("d-1", news="n-1", at=NOW), duty("d-2", news="n-2", at=NOW)
    shown = await page(Caseload([waiting("Amira Hassan", OVERDUE, beside, apart)], []))
    assert shown.count('type="checkbox"') == 2
    assert 'value="n-1|d-1"' in shown
    assert 'value="n-2|d-2"' in shown
    assert "The words of d-1" in shown


async def test_what_was_taken_back_since_is_not_told_as_true() -> None:
    wrong = due("Tell them yourself", at=NOW, standing=Standing.RETRACTED)
    assert "This was taken back since: it did not happen" in await page(Caseload([waiting("Amira", wrong)], []))


async def test_what_was_overtaken_is_looked_at_before_it_is_told() -> None:
    assert "Look before you tell it" in await page(Caseload([waiting("Amira", replace(OVERDUE, overtaken=True))], []))
    assert "Look before you tell it" not in await page(Caseload([waiting("Amira", OVERDUE)], []))


async def test_what_talking_does_not_end_cannot_be_ticked_as_told() -> None:
    shown = await page(Caseload([waiting("Amira", duty("d-1", news="n-1", at=NOW, by_telling=False))], []))
    assert "The words of d-1" in shown
    assert 'type="checkbox"' not in shown


def test_everything_that_is_told_has_words_for_the_officer_who_tells_it() -> None:
    assert not without_wording(), "give these types words in witness_care.due.wording"
    corrected = news_wording("court.event-corrected.v1", original="court.sentence-passed.v1")
    assert corrected == "Put right: the court passed a sentence"


def test_no_line_says_that_all_ended_where_the_fact_may_be_about_a_part() -> None:
    for about in ("cps.proceedings-stopped.v1", "police.no-further-action-decided.v1"):
        assert "part of it" in news_wording(about)
    assert duty_wording("R6-CPS-STOP").startswith("Tell them which proceedings ended and which go on")
