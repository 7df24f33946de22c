"""Which warnings about contact are news: those that come, are put another way or are taken back."""

import pytest
from journey.facts.fact import EventKey
from journey.facts.warning import Naming, warned_by
from support.journey_facts import a_fact

FIRST, SECOND = a_fact(1), a_fact(2)
AGAIN = a_fact(3, original=FIRST.key)

TABLE: dict[str, tuple[list[Naming], set[EventKey], list[bool]]] = {
    "a warning comes": ([Naming(FIRST, warns=True)], set(), [True]),
    "none comes where there was none": ([Naming(AGAIN, warns=False)], set(), []),
    "it is put another way": ([Naming(AGAIN, warns=True)], {FIRST.key}, [True]),
    "it is taken back": ([Naming(AGAIN, warns=False)], {FIRST.key}, [False]),
    "it comes with a correction": ([Naming(AGAIN, warns=True)], set(), [True]),
    "another's silence takes nothing back": ([Naming(SECOND, warns=False)], {FIRST.key}, []),
    "it comes and is taken back at once": (
        [Naming(FIRST, warns=True), Naming(AGAIN, warns=False)],
        set(),
        [True, False],
    ),
    "it is taken back twice": ([Naming(AGAIN, warns=False), Naming(AGAIN, warns=False)], {FIRST.key}, [False]),
}


@pytest.mark.parametrize(("namings", "standing", "said"), TABLE.values(), ids=TABLE)
def test_what_is_said_anew_about_contact(namings: list[Naming], standing: set[EventKey], said: list[bool]) -> None:
    assert [warned.stands for warned in warned_by(namings, standing=standing)] == said
