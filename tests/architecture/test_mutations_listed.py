"""The list of mutations keeps up with the code: each guard still stands where the list says, and so does its test."""

import re
from pathlib import Path

import pytest
from mutations.guards import GUARDS
from mutations.mutation import Mutation

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize("mutation", GUARDS, ids=lambda one: one.guard)
def test_a_mutation_finds_its_guard_and_its_test(mutation: Mutation) -> None:
    code = (ROOT / mutation.file).read_text()
    found = {guard: code.count(guard) for guard, _ in mutation.changes}
    assert set(found.values()) == {1}, f"{mutation.file} changed; bring the mutation up to date: {found}"
    file, _, name = mutation.test.partition("::")
    assert f"def {name.partition('[')[0]}(" in (ROOT / file).read_text(), f"there is no {mutation.test}"
    re.compile(mutation.because)


def test_every_guard_has_a_name_of_its_own() -> None:
    names = [one.guard for one in GUARDS]
    assert len(names) == len(set(names))
