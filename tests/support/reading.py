"""What it means that code reads a field: its syntax tree mentions it, other than to write it."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).parents[2]
FUNCTION: Final = (ast.FunctionDef, ast.AsyncFunctionDef)


@dataclass(frozen=True, slots=True)
class Row:
    """Some fields of a model (`*` is all) with their reader, as `path::symbol`, or the reason why they have none."""

    fields: tuple[str, ...]
    reader: str | None = None
    reason: str | None = None


def read(fields: str, *, by: str) -> Row:
    """These fields, separated by spaces, are read there."""
    return Row(tuple(fields.split()), reader=by)


def unread(fields: str, *, because: str) -> Row:
    """These fields, separated by spaces, are read by nobody."""
    return Row(tuple(fields.split()), reason=because)


def mentioned(reader: str) -> frozenset[str] | None:
    """The names that the code of a reader takes something by; None where there is no such code."""
    path, _, symbol = reader.partition("::")
    return mentioned_in(_tree(path), symbol) if symbol and (ROOT / path).is_file() else None


def mentioned_in(tree: ast.AST, symbol: str) -> frozenset[str] | None:
    """The same of one symbol of a file, dotted where it stands inside another."""
    node: ast.AST | None = tree
    for name in symbol.split("."):
        node = next((child for child in _children(node) if _name(child) == name), None) if node else None
    return None if node is None else frozenset(_mentions(node))


@cache
def _tree(path: str) -> ast.Module:
    return ast.parse((ROOT / path).read_text())


def _children(node: ast.AST) -> list[ast.AST]:
    return list(getattr(node, "body", ()))


def _name(node: ast.AST) -> str | None:
    if isinstance(node, ast.Assign):
        return getattr(node.targets[0], "id", None)
    if isinstance(node, ast.AnnAssign):
        return getattr(node.target, "id", None)
    return getattr(node, "name", None)


def _mentions(node: ast.AST) -> Iterator[str]:
    """An attribute, a text by which something is taken, its own argument; what stands before a value takes nothing."""
    written = {id(key) for child in ast.walk(node) if isinstance(child, ast.Dict) for key in child.keys}
    given = (
        {one.arg for one in ast.walk(node.args) if isinstance(one, ast.arg)} if isinstance(node, FUNCTION) else set()
    )
    for child in ast.walk(node):
        if isinstance(child, ast.Attribute) and isinstance(child.ctx, ast.Load):
            yield child.attr
        elif isinstance(child, ast.Name) and child.id in given:
            yield child.id
        elif isinstance(child, ast.Constant) and isinstance(child.value, str) and id(child) not in written:
            yield child.value
