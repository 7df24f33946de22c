"""Every personal field that may come to stand on a page has a row that says which victim may read it."""

import pytest
from contracts.catalogue import EVENT_TYPES
from contracts.facts import ForWhom
from contracts.personal import personal_fields
from contracts.texts import AMENDED, TEXTS, MayRead, for_a_victim, may_read

PLAIN = {name: personal_fields(kind.model) for name, kind in EVENT_TYPES.items() if ".event-" not in name}


def test_every_personal_field_says_who_may_read_it_and_no_row_is_left_of_one_that_is_gone() -> None:
    rows = {(name, field) for name, fields in TEXTS.items() for field in fields}
    personal = {(name, field) for name, fields in PLAIN.items() for field in fields}
    assert not personal - rows, "add the field to contracts.texts: which victim may read it?"
    assert not rows - personal, "no such personal field is left"


@pytest.mark.parametrize("name", [name for name in EVENT_TYPES if ".event-corrected." in name])
def test_a_correction_says_nothing_to_more_people_than_what_it_corrects(name: str) -> None:
    for replaces in TEXTS:
        for field, rule in TEXTS[replaces].items():
            assert may_read(name, f"{AMENDED}{field}", replaces=replaces) is rule
            assert may_read(name, f"{AMENDED}{field}") is MayRead.OFFICERS
    assert may_read(name, "reason") is MayRead.AS_SAID


@pytest.mark.parametrize(
    ("rule", "said", "named", "alone", "reads"),
    [
        (MayRead.OFFICERS, None, True, True, False),
        (MayRead.VICTIM, None, True, False, True),
        (MayRead.VICTIM, None, False, True, False),
        (MayRead.EACH_VICTIM, None, False, False, True),
        (MayRead.AS_SAID, None, False, False, False),
        (MayRead.AS_SAID, None, False, True, True),
        (MayRead.AS_SAID, None, True, False, True),
        (MayRead.AS_SAID, ForWhom.EACH_VICTIM, False, False, True),
        (MayRead.AS_SAID, ForWhom.OFFICERS, True, True, False),
        (MayRead.AS_SAID, "of a later contract", True, True, False),
    ],
)
def test_a_victim_reads_what_is_for_her(
    rule: MayRead, said: str | None, *, named: bool, alone: bool, reads: bool
) -> None:
    assert for_a_victim(rule, said, named=named, alone=alone) is reads
