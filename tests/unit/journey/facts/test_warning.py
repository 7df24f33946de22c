"""Which warnings about contact are news: those that come, are put another way or are taken back."""

import msgspec
import pytest
from journey.facts.warning import Naming, NamingData, warned_among
from support.journey_facts import a_fact

FIRST, SECOND = a_fact(1), a_fact(2)
AGAIN = a_fact(3, original=FIRST.key)
LATER = a_fact(4, original=FIRST.key)

TABLE: dict[str, tuple[list[Naming], list[bool], set[str]]] = {
    "a warning comes": ([Naming(FIRST, "one")], [True], {"one"}),
    "none comes where there was none": ([Naming(FIRST, None), Naming(AGAIN, None)], [], set()),
    "it is put another way": ([Naming(FIRST, "one"), Naming(AGAIN, "other")], [True, True], {"other"}),
    "it is put right with the same words": ([Naming(FIRST, "one"), Naming(AGAIN, "one")], [True], {"one"}),
    "it is taken back": ([Naming(FIRST, "one"), Naming(AGAIN, None)], [True, False], set()),
    "it comes with a correction": ([Naming(FIRST, None), Naming(AGAIN, "one")], [True], {"one"}),
    "another's silence takes nothing back": ([Naming(FIRST, "one"), Naming(SECOND, None)], [True], {"one"}),
    "another says the same": ([Naming(FIRST, "one"), Naming(SECOND, "one")], [True], {"one"}),
    "another says something else": ([Naming(FIRST, "one"), Naming(SECOND, "other")], [True, True], {"one", "other"}),
    "one of two that say the same takes it back": (
        [Naming(FIRST, "one"), Naming(SECOND, "one"), Naming(AGAIN, None)],
        [True],
        {"one"},
    ),
    "it is taken back twice": ([Naming(FIRST, "one"), Naming(AGAIN, None), Naming(LATER, None)], [True, False], set()),
    "it comes back": (
        [Naming(FIRST, "one"), Naming(AGAIN, None), Naming(LATER, "one")],
        [True, False, True],
        {"one"},
    ),
}


@pytest.mark.parametrize(("history", "said", "standing"), TABLE.values(), ids=TABLE)
def test_what_is_said_anew_about_contact(history: list[Naming], said: list[bool], standing: set[str]) -> None:
    warned, left = warned_among(history, new={naming.fact.key for naming in history})
    assert ([one.stands for one in warned], left) == (said, standing)


def test_what_was_said_before_is_not_said_again() -> None:
    warned, left = warned_among([Naming(FIRST, "one"), Naming(SECOND, "one")], new={SECOND.key})
    assert (warned, left) == ([], {"one"})


@pytest.mark.parametrize(
    ("data", "warning"),
    [
        (b'{"safe_contact_warning":{"sealed":"c2VhbGVk","digest":"d1"}}', "d1"),
        (b'{"safe_contact_warning":{"sealed":"c2VhbGVk"}}', "c2VhbGVk"),
        (b'{"replacement":{"type":"t","data":{"safe_contact_warning":{"sealed":"c2VhbGVk","digest":"d1"}}}}', "d1"),
        (b'{"replacement":{"type":"t","data":{}}}', None),
        (b"{}", None),
    ],
)
def test_a_warning_is_told_by_its_digest_and_without_one_by_its_sealed_text(data: bytes, warning: str | None) -> None:
    assert msgspec.json.decode(data, type=NamingData).warning == warning
