"""Whether a change of schemas only adds: every event that was valid stays valid.

`python -m contracts.compatibility OLD_DIRECTORY NEW_DIRECTORY` prints each break and exits 1 when there is one.
An optional field, another enumeration value or a looser bound is an addition. A new meaning is a new version.
"""

import json
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

Schema = Mapping[str, Any]

_LOWER_BOUNDS = ("minLength", "minItems", "minimum", "exclusiveMinimum")
_UPPER_BOUNDS = ("maxLength", "maxItems", "maximum", "exclusiveMaximum")


class Break(NamedTuple):
    """Where a change takes something away, and what."""

    path: str
    what: str


def breaks(old: Schema, new: Schema) -> tuple[Break, ...]:
    """Everything that `old` allows and `new` does not, or that changes who may read it."""
    return tuple(_Comparison(old, new).nodes(old, new, "$"))


def breaks_between(old: Mapping[str, Schema], new: Mapping[str, Schema]) -> tuple[Break, ...]:
    """The breaks between two sets of schemas by name; a name that is gone is a break, a new one is not."""
    found: list[Break] = []
    for name, schema in old.items():
        if name not in new:
            found.append(Break(name, "the event type was removed"))
            continue
        found.extend(Break(f"{name} {path}", what) for path, what in breaks(schema, new[name]))
    return tuple(found)


def read_directory(directory: Path) -> dict[str, Schema]:
    """Every JSON file of a directory, by file name."""
    return {path.name: json.loads(path.read_text()) for path in sorted(directory.glob("*.json"))}


class _Comparison:
    """Two whole documents, in which references are looked up."""

    def __init__(self, old: Schema, new: Schema) -> None:
        self._old, self._new = old, new
        self._open: set[tuple[str, str]] = set()

    def nodes(self, old: Schema, new: Schema, path: str) -> Iterator[Break]:
        pair = (old.get("$ref", ""), new.get("$ref", ""))
        if all(pair):
            if pair in self._open:
                return
            self._open.add(pair)
        yield from self._resolved(_resolve(self._old, old), _resolve(self._new, new), path)
        self._open.discard(pair)

    def _resolved(self, old: Schema, new: Schema, path: str) -> Iterator[Break]:
        if old.get("x-personal") != new.get("x-personal"):
            yield Break(path, "the personal mark changed")
        if _choices(old) or _choices(new):
            yield from self._unions(_choices(old) or [old], _choices(new) or [new], path)
            return
        yield from _values(old, new, path)
        yield from _bounds(old, new, path)
        yield from self._objects(old, new, path)
        if "items" in new:
            yield from self.nodes(old.get("items", {}), new["items"], f"{path}[]")

    def _unions(self, old: list[Schema], new: list[Schema], path: str) -> Iterator[Break]:
        for number, choice in enumerate(old, start=1):
            if all(any(self.nodes(choice, other, path)) for other in new):
                yield Break(path, f"choice {number} of {len(old)} was removed or narrowed")

    def _objects(self, old: Schema, new: Schema, path: str) -> Iterator[Break]:
        old_fields, new_fields = old.get("properties", {}), new.get("properties", {})
        for name in sorted(set(new.get("required", ())) - set(old.get("required", ()))):
            yield Break(f"{path}.{name}", "the field was made required")
        if old.get("additionalProperties", True) is not False and new.get("additionalProperties", True) is False:
            yield Break(path, "other fields are no longer allowed")
        for name, field in old_fields.items():
            if name not in new_fields:
                yield Break(f"{path}.{name}", "the field was removed")
                continue
            yield from self.nodes(field, new_fields[name], f"{path}.{name}")


def _resolve(document: Schema, node: Schema) -> Schema:
    reference = node.get("$ref")
    if reference is None:
        return node
    target: Any = document
    for part in reference.removeprefix("#/").split("/"):
        target = target[part]
    return {**_resolve(document, target), **{key: value for key, value in node.items() if key != "$ref"}}


def _choices(node: Schema) -> list[Schema]:
    return list(node.get("anyOf") or node.get("oneOf") or ())


def _values(old: Schema, new: Schema, path: str) -> Iterator[Break]:
    if "type" in new and old.get("type") != new["type"] and (old.get("type"), new["type"]) != ("integer", "number"):
        yield Break(path, "the type changed")
    allowed = _enumerated(new)
    if allowed is not None:
        before = _enumerated(old)
        if before is None or any(value not in allowed for value in before):
            yield Break(path, "a value was removed")
    for keyword in ("pattern", "format"):
        if keyword in new and old.get(keyword) != new[keyword]:
            yield Break(path, f"the {keyword} changed")


def _enumerated(node: Schema) -> list[Any] | None:
    return [node["const"]] if "const" in node else node.get("enum")


def _bounds(old: Schema, new: Schema, path: str) -> Iterator[Break]:
    for keyword in _LOWER_BOUNDS:
        if keyword in new and (keyword not in old or new[keyword] > old[keyword]):
            yield Break(path, f"{keyword} was raised")
    for keyword in _UPPER_BOUNDS:
        if keyword in new and (keyword not in old or new[keyword] < old[keyword]):
            yield Break(path, f"{keyword} was lowered")


def main(arguments: list[str]) -> int:
    """Compare two directories of schemas."""
    if len(arguments) != 2:
        sys.stderr.write("usage: python -m contracts.compatibility OLD_DIRECTORY NEW_DIRECTORY\n")
        return 2
    found = breaks_between(*(read_directory(Path(argument)) for argument in arguments))
    sys.stdout.writelines(f"{path}: {what}\n" for path, what in found)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
