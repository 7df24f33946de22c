"""Every member of an enumeration that people read has words, and one set of them."""

from enum import StrEnum

import pytest
from contracts.court import Verdict
from contracts.words import WORDS, word


@pytest.mark.parametrize("kind", WORDS, ids=lambda kind: kind.__name__)
def test_every_member_has_words_and_no_words_are_left_of_one_that_is_gone(kind: type[StrEnum]) -> None:
    assert set(WORDS[kind]) == set(kind), "say in contracts.words what the member is called"
    said = [words for words in WORDS[kind].values() if words]
    assert len(set(said)) == len(said), "two members read alike"


def test_a_value_as_it_stands_in_an_event_has_the_words_of_its_member() -> None:
    assert word(Verdict, "guilty") == "The court found the person guilty"


@pytest.mark.parametrize("value", [None, "", "of-a-later-contract"])
def test_of_a_value_that_nobody_here_knows_nothing_is_said(value: str | None) -> None:
    assert word(Verdict, value) == ""
