"""Agencies' numbers: pattern and check letter, on the published samples."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from intake.identity import identifiers


@pytest.mark.parametrize("value", ["74GD8837719", "74gd8837719", "74 GD 88377 19", "74GD/88377/19"])
def test_a_urn_has_eleven_letters_and_digits(value: str) -> None:
    assert identifiers.is_urn(value)
    assert identifiers.canonical_urn(value) == "74GD8837719"


@pytest.mark.parametrize("value", ["74GD883771", "74GD88377190", "TVL12345", ""])
def test_other_lengths_are_doubted(value: str) -> None:
    assert not identifiers.is_urn(value)


@pytest.mark.parametrize(
    ("value", "sound"),
    [("A8513EA", True), ("A3690EA", True), ("I8513EA", False), ("A851EA", False), ("A8513OA", False)],
)
def test_a_prison_number_has_no_letters_that_look_like_digits(value: str, *, sound: bool) -> None:
    assert identifiers.is_prison_number(value) is sound


def test_check_letters_of_published_samples() -> None:
    assert identifiers.is_arrest_summons_number("0700000000000002536Y")
    assert not identifiers.is_arrest_summons_number("0700000000000002536Z")
    assert identifiers.is_pnc_id("2002/0073319Z")
    assert not identifiers.is_pnc_id("2099/1234567L")
    assert identifiers.is_cro_number("SF05/482703J")
    assert identifiers.is_court_case_reference("05/9876/123456L")
    assert not identifiers.is_court_case_reference("05/9876/123456R")


def test_a_short_pnc_id_has_the_letter_of_the_long_one() -> None:
    assert identifiers.is_pnc_id("02/73319Z")


@given(st.integers(min_value=0, max_value=10**11))
def test_a_wrong_check_letter_is_always_seen(number: int) -> None:
    letter = identifiers.check_letter(str(number))
    assert letter not in "IOS"
    assert identifiers.check_letter(str(number + 1)) != letter


@given(st.text(max_size=40) | st.text(alphabet="0123456789AZaz /.-\u0131\u017f\u00df\u1e9e\ufb01", max_size=30))
def test_a_number_in_its_one_spelling_is_spelled_so_again_and_judged_alike(text: str) -> None:
    for spelling in (identifiers.canonical, identifiers.canonical_urn):
        assert spelling(spelling(text)) == spelling(text)
    assert identifiers.is_prison_number(identifiers.canonical(text)) == identifiers.is_prison_number(text)
    assert identifiers.is_crime_reference(identifiers.canonical(text)) == identifiers.is_crime_reference(text)
    assert identifiers.is_urn(identifiers.canonical_urn(text)) == identifiers.is_urn(text)


@given(st.text(max_size=40))
def test_no_text_breaks_a_check(text: str) -> None:
    for check in (
        identifiers.is_urn,
        identifiers.is_crime_reference,
        identifiers.is_prison_number,
        identifiers.is_arrest_summons_number,
        identifiers.is_pnc_id,
        identifiers.is_cro_number,
        identifiers.is_court_case_reference,
    ):
        assert check(text) in (True, False)
