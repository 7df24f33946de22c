"""Log calls name their values as the list of `chassis.logging` does: a value of another name would be withheld."""

import ast
from collections.abc import Iterator
from pathlib import Path

from chassis.logging import ALLOWED

ROOT = Path(__file__).parents[2]
LEVELS = {"debug", "info", "warning", "error", "critical", "exception"}


def log_calls() -> Iterator[tuple[str, ast.Call]]:
    for path in sorted(ROOT.glob("services/*/src/**/*.py")):
        for node in ast.walk(ast.parse(path.read_text())):
            match node:
                case ast.Call(func=ast.Attribute(value=ast.Name(id="_log"), attr=level)) if level in LEVELS:
                    yield f"{path.relative_to(ROOT)}:{node.lineno}", node


def test_every_logged_value_has_a_name_that_cannot_hold_a_person() -> None:
    withheld = [
        f"{place} {word.arg}" for place, call in log_calls() for word in call.keywords if word.arg not in ALLOWED
    ]
    unknown = [line for line in withheld if not line.endswith(" exc_info")]
    assert not unknown, f"use a name of ALLOWED in chassis/logging.py, these would be withheld: {unknown}"


def test_every_logged_sentence_is_constant() -> None:
    calls = list(log_calls())
    assert calls, "no log calls were found: has the logger another name now?"
    made_up = [place for place, call in calls if not isinstance(call.args[0], ast.Constant)]
    assert not made_up, f"a sentence put together from values may hold a person: {made_up}"
