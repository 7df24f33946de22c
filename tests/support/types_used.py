"""Which types of event our own code says and acts on: it names the type, or makes its data."""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Final

from contracts.event_type import EventType
from contracts.topics import INTAKE, TOPICS

ROOT: Final = Path(__file__).parents[2]
SERVICES: Final = frozenset(topic.owner for topic in TOPICS.values())
AMENDS: Final = ".event-"
"""What the names of corrections and retractions have in them."""


def said_by_its_service(kind: EventType) -> bool:
    """Does the service name this type of its own, whole or without its own name, or its data's model?"""
    named = {kind.name, kind.name.split(".")[1], kind.model.__name__}
    return not named.isdisjoint(names_in(kind.publisher))


def acted_on(kind: EventType) -> bool:
    """Does a service name the type that neither says it nor passes it on: put it into words, or act on it?"""
    return any(kind.name in names_in(service) for service in SERVICES - {kind.publisher, INTAKE.owner})


@cache
def names_in(service: str) -> frozenset[str]:
    """The texts and names that a service's code uses, other than to import them."""
    sources = (ROOT / "services" / service / "src").rglob("*.py")
    return frozenset(name for path in sources for name in _names(ast.parse(path.read_text())))


def _names(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value
        elif isinstance(node, ast.Attribute):
            yield node.attr
        elif isinstance(node, ast.Name):
            yield node.id
