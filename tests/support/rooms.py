"""The rooms of a service, read from its tree: what each holds, and what kind of module a file is by its name."""

import ast
import re
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).parents[2]
SERVICES: Final[tuple[str, ...]] = ("intake", "journey", "notifications", "witness_care")
AT_THE_TOP: Final = {"__init__", "__main__", "main", "settings", "errors"}
FACES: Final = {"http", "page", "pages", "forms", "consumer", "live", "rounds", "alarms", "command"}
"""Words in the name of a module that the world speaks to."""
STORES: Final = {"store", "tables", "published", "providers", "memory"}
"""Words in the name of a module that remembers or tells."""
_INPUT_OUTPUT: Final = re.compile(
    r"(asyncpg|httpx2?|chassis\.(database|outward|timers|log(?!\.(errors|records|effects|served))|vault(?!\.attributes)))(\.|$)"
)
_METHODS: Final = {"get", "post", "put", "patch", "delete"}
_CREATED = re.compile(r"CREATE TABLE (\w+)")
_DROPPED = re.compile(r"DROP TABLE (\w+)")
_RENAMED = re.compile(r"ALTER TABLE (\w+) RENAME TO (\w+)")
_WRITTEN = re.compile(r"\b(?:INSERT INTO|UPDATE|DELETE FROM)\s+(\w+)")
_READ = re.compile(r"\b(?:FROM|JOIN|USING)\s+(\w+)")
_SQL = re.compile(r"\b(?:SELECT|INSERT INTO|UPDATE|DELETE FROM)\b")


@dataclass(frozen=True, slots=True)
class Module:
    """One Python file of a room."""

    path: Path
    name: str
    tree: ast.Module

    @property
    def place(self) -> str:
        return str(self.path.relative_to(ROOT))

    @property
    def room(self) -> str:
        return self.name.split(".")[1]

    @property
    def kind(self) -> str:
        """What the module is: a face, a store, a use case, or a rule, which does no input or output."""
        words = {word for part in self.name.split(".")[2:] for word in part.split("_")}
        if words & FACES:
            return "face"
        if words & STORES:
            return "store"
        if _waits(self.tree):
            return "use case"
        # a port names what is to be done, of whatever kind, and does none of it
        touches = any(map(_INPUT_OUTPUT.match, self.imports)) and not _ports(self.tree)
        return "use case" if touches else "rule"

    @property
    def imports(self) -> set[str]:
        """The modules that this one imports, by their dotted names; of `from a import b` both `a` and `a.b`."""
        found: set[str] = set()
        for node in ast.walk(self.tree):
            if isinstance(node, ast.Import):
                found |= {alias.name for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and node.module:
                found |= {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
        return found

    @property
    def statements(self) -> Iterator[str]:
        """The texts of this module that are SQL."""
        for node in ast.walk(self.tree):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and _SQL.search(node.value):
                yield node.value

    @property
    def writes(self) -> set[str]:
        """Names of tables that its SQL writes, as far as they are tables."""
        copied = {
            str(node.args[0].value)
            for node in ast.walk(self.tree)
            if isinstance(node, ast.Call)
            and isinstance(node.func, ast.Attribute)
            and node.func.attr == "copy_records_to_table"
            and isinstance(node.args[0], ast.Constant)
        }
        return copied | {name for text in self.statements for name in _WRITTEN.findall(text)}

    @property
    def reads(self) -> set[str]:
        """Names of tables that its SQL reads, as far as they are tables."""
        return {name for text in self.statements for name in _READ.findall(text)}

    @property
    def routes(self) -> Iterator[str]:
        """`POST /events`, for each route that this module adds to a router."""
        for node in ast.walk(self.tree):
            if isinstance(node, ast.AsyncFunctionDef | ast.FunctionDef):
                found = (route for each in node.decorator_list if (route := _route(each)) is not None)
                yield from (f"{method} {_prefix(self.tree)}{path}" for method, path in found)


@dataclass(frozen=True, slots=True)
class House:
    """One service: its rooms in their order, lowest last."""

    name: str
    package: Path
    readme: str
    order: Sequence[frozenset[str]]
    """Each layer's rooms, the highest first, as the import contract has them."""

    @property
    def folders(self) -> set[str]:
        return {f.name for f in self.package.iterdir() if f.is_dir() and f.name not in {"__pycache__", "migrations"}}

    @property
    def top(self) -> list[Module]:
        """The modules that stand in no room."""
        return [_module(path, self.package) for path in sorted(self.package.glob("*.py"))]

    @property
    def modules(self) -> list[Module]:
        """The modules of all rooms."""
        paths = [path for room in sorted(self.folders) for path in sorted((self.package / room).rglob("*.py"))]
        return [_module(path, self.package) for path in paths]

    def tables(self, room: str) -> set[str]:
        """The tables that a room's own SQL leaves, by the names that they have in the end."""
        texts = [path.read_text() for path in (self.package / room).rglob("*.sql")]
        renamed = dict(pair for text in texts for pair in _RENAMED.findall(text))
        dropped = {name for text in texts for name in _DROPPED.findall(text)}
        return {renamed.get(name, name) for text in texts for name in _CREATED.findall(text)} - dropped

    def below(self, room: str) -> set[str]:
        """The rooms under this one."""
        place = next(index for index, layer in enumerate(self.order) if room in layer)
        return {lower for layer in self.order[place + 1 :] for lower in layer}


@cache
def house(name: str) -> House:
    """The service of this package name."""
    folder = ROOT / "services" / name.replace("_", "-")
    return House(name, folder / "src" / name, (folder / "README.md").read_text(), _order(name))


def _order(name: str) -> list[frozenset[str]]:
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
    [layers] = [each["layers"] for each in contracts if each["type"] == "layers" and each["containers"] == [name]]
    rooms = [frozenset(re.split(r"\s*[|:]\s*", layer)) - AT_THE_TOP for layer in layers]
    return [layer for layer in rooms if layer]


@cache
def _module(path: Path, package: Path) -> Module:
    parts = path.relative_to(package.parent).with_suffix("").parts
    return Module(path, ".".join(parts).removesuffix(".__init__"), ast.parse(path.read_text()))


def _ports(tree: ast.Module) -> list[ast.ClassDef]:
    classes = [node for node in ast.walk(tree) if isinstance(node, ast.ClassDef)]
    return [each for each in classes if any(ast.unparse(base).startswith("Protocol") for base in each.bases)]


def _waits(tree: ast.Module) -> bool:
    """Is there anything to await, but for what a port says of its two sides?"""
    said = {id(inner) for port in _ports(tree) for inner in ast.walk(port)}
    return any(isinstance(node, ast.AsyncFunctionDef) and id(node) not in said for node in ast.walk(tree))


def _prefix(tree: ast.Module) -> str:
    """What all addresses of a module's router begin with."""
    for node in ast.walk(tree):
        match node:
            case ast.keyword(arg="prefix", value=ast.Constant(value=str(prefix))):
                return prefix
    return ""


def _route(decorator: ast.expr) -> tuple[str, str] | None:
    match decorator:
        case ast.Call(
            func=ast.Attribute(value=ast.Name(id=owner), attr=method), args=[ast.Constant(value=str(path)), *_]
        ):
            if method in _METHODS and owner.endswith("router"):
                return method.upper(), path
    return None
