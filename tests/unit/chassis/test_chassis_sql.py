"""The files that make and change the chassis' tables."""

import re
from pathlib import Path

import pytest
from chassis.migrations import CHASSIS_SQL, chassis_steps
from chassis.steps import OUTSIDE, Step
from chassis.vault.administration import vault_steps

SQL = Path(__file__).parents[3] / "services" / "chassis" / "src" / "chassis" / "sql"
BASE = "0ccfd9b35cad8857390b5772614f8f44f01991b96f12be875561ae5b3106e6f0"


def test_every_sql_file_is_in_the_declared_order() -> None:
    assert {file.stem for file in SQL.glob("*.sql")} == {*CHASSIS_SQL, "clock_production", "clock_sandbox"}


def test_the_base_stays_as_it_was_given_out() -> None:
    """What every database has recorded as its base: to change a table, write a step."""
    base = "\n".join((SQL / f"{name}.sql").read_text() for name in ("clock_production", "clock_sandbox", *CHASSIS_SQL))
    assert Step("0000_base", base).hash == BASE


@pytest.mark.parametrize("whose", ["chassis", "vault"])
def test_steps_have_numbers_of_their_own_and_begin_an_index_anew(whose: str) -> None:
    steps = {"chassis": chassis_steps, "vault": vault_steps}[whose]()
    numbers = [step.name[:4] for step in steps if not step.is_after]
    assert len(numbers) == len(set(numbers)), f"two steps have one number: {numbers}"
    for step in steps:
        assert ("CONCURRENTLY" in step.text) == step.text.startswith(OUTSIDE), f"{step.name}: see chassis.steps"
        made = set(re.findall(r"^CREATE (?:UNIQUE )?INDEX CONCURRENTLY (\w+)", step.text, re.MULTILINE))
        dropped = set(re.findall(r"^DROP INDEX CONCURRENTLY IF EXISTS (?:vault\.)?(\w+);", step.text, re.MULTILINE))
        assert made <= dropped, (
            f"{step.name}: one that failed leaves a broken index, so drop it first: {made - dropped}"
        )
