"""What people and their systems may send: the bodies and form fields of every route that takes any."""

import ast
import importlib
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Final, TypeAlias, get_args

from fastapi import params
from pydantic import BaseModel

ROOT: Final = Path(__file__).parents[2]
_TAKING: Final = {"post", "put", "patch", "delete"}
_Function: TypeAlias = ast.FunctionDef | ast.AsyncFunctionDef


def bodies() -> list[type[BaseModel]]:
    """The models that routes take."""
    found = {
        model
        for module, function in _takers()
        for argument in _arguments(function)
        for model in _named(module, argument)
        if isinstance(model, type) and issubclass(model, BaseModel)
    }
    return sorted(found, key=lambda model: model.__name__)


def lone_fields() -> dict[str, set[str]]:
    """The form fields that routes take one by one, by the name of the function."""
    found: dict[str, set[str]] = {}
    for module, function in _takers():
        alone = {argument.arg for argument in _arguments(function) if _is_alone(module, argument)}
        if alone:
            found.setdefault(function.name, set()).update(alone)
    return found


def _takers() -> Iterator[tuple[ModuleType, _Function]]:
    for path in sorted(ROOT.glob("services/*/src/**/*.py")):
        functions = [node for node in ast.walk(ast.parse(path.read_text())) if isinstance(node, _Function)]
        taking = [one for one in functions if _is_route(one) or any(map(_says_form, _arguments(one)))]
        if taking:
            parts = path.relative_to(ROOT).with_suffix("").parts[3:]
            module = importlib.import_module(".".join(parts))
            yield from ((module, one) for one in taking)


def _is_route(function: _Function) -> bool:
    called = [one.func for one in function.decorator_list if isinstance(one, ast.Call)]
    return any(isinstance(one, ast.Attribute) and one.attr in _TAKING for one in called)


def _arguments(function: _Function) -> list[ast.arg]:
    return [*function.args.args, *function.args.kwonlyargs]


def _names(argument: ast.arg) -> list[str]:
    return [node.id for node in ast.walk(argument) if isinstance(node, ast.Name)]


def _named(module: ModuleType, argument: ast.arg) -> list[object]:
    return [getattr(module, name, None) for name in _names(argument)]


def _says_form(argument: ast.arg) -> bool:
    calls = [node.func for node in ast.walk(argument) if isinstance(node, ast.Call)]
    return any(isinstance(one, ast.Name) and one.id in {"Form", "Body"} for one in calls)


def _is_alone(module: ModuleType, argument: ast.arg) -> bool:
    named = _named(module, argument)
    if any(isinstance(one, type) and issubclass(one, BaseModel) for one in named):
        return False
    marks = [mark for one in named for mark in get_args(one)]
    return _says_form(argument) or any(isinstance(mark, params.Body) for mark in marks)
