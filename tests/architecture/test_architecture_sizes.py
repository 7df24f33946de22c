"""The size budget of the house rules: small files, small functions."""

import ast
import statistics
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SOURCES = [ROOT / "contracts/src", *sorted(ROOT.glob("services/*/src")), ROOT / "deploy/sandbox/src"]
FILE_CEILING, FILE_MEDIAN = 300, 80
FUNCTION_CEILING, FUNCTION_P90, FUNCTION_MEDIAN = 50, 25, 8
FORBIDDEN_NAMES = {"utils", "helpers", "common", "manager", "base", "misc", "core"}


def source_files() -> list[Path]:
    return [path for source in SOURCES for path in sorted(source.rglob("*.py"))]


def function_lengths(path: Path) -> Iterator[tuple[str, int]]:
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            length = (node.end_lineno or node.lineno) - node.lineno + 1 - _docstring_lines(node)
            yield f"{path.relative_to(ROOT)}:{node.lineno} {node.name}", length


def _docstring_lines(node: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    first = node.body[0]
    if ast.get_docstring(node) is None:
        return 0
    return (first.end_lineno or first.lineno) - first.lineno + 1


def lines(path: Path) -> int:
    return len(path.read_text().splitlines())


def test_no_file_is_longer_than_the_ceiling() -> None:
    long = {str(p.relative_to(ROOT)): lines(p) for p in source_files() if lines(p) > FILE_CEILING}
    assert not long, f"split these files, one idea each: {long}"


def test_the_median_file_is_small() -> None:
    sizes = [lines(p) for p in source_files() if lines(p) > 1]
    assert statistics.median(sizes) <= FILE_MEDIAN


def test_functions_keep_to_the_budget() -> None:
    lengths = [pair for path in source_files() for pair in function_lengths(path)]
    over = [pair for pair in lengths if pair[1] > FUNCTION_CEILING]
    assert not over, f"split these functions: {over}"
    counts = [length for _, length in lengths]
    assert statistics.median(counts) <= FUNCTION_MEDIAN
    assert statistics.quantiles(counts, n=10)[8] <= FUNCTION_P90


@pytest.mark.parametrize("path", source_files(), ids=lambda path: str(path.relative_to(ROOT)))
def test_modules_are_named_for_the_noun_they_hold(path: Path) -> None:
    assert path.stem not in FORBIDDEN_NAMES, f"{path.name} says nothing about what it holds"
