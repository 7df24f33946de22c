"""Write the schemas and the AsyncAPI document, or check that what is committed is what the models say.

`python -m contracts.generate` writes, and refuses a change that takes something away from a published type.
`python -m contracts.generate --check` writes nothing and exits 1 when a file is stale.
`python -m contracts.generate --unreleased` writes whatever the models say: for a type that nobody uses yet.
"""

import argparse
import json
import sys
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Final

from contracts.asyncapi import asyncapi_document
from contracts.compatibility import Break, breaks_between, read_directory
from contracts.schemas import as_text, schema_files

CONTRACTS: Final = Path(__file__).parents[2]


@cache
def generated_files() -> Mapping[str, str]:
    """Path below `contracts/` to text, for every generated file."""
    schemas = {f"schemas/{name}": as_text(schema) for name, schema in schema_files().items()}
    return {**schemas, "asyncapi.json": as_text(asyncapi_document())}


def stale_files(directory: Path) -> tuple[str, ...]:
    """Files below `directory` that are missing, differ from the models, or belong to no event type."""
    wanted = generated_files()
    differing = [name for name, text in wanted.items() if _text(directory / name) != text]
    present = [f"schemas/{path.name}" for path in (directory / "schemas").glob("*")]
    return tuple(sorted({*differing, *(name for name in present if name not in wanted)}))


def breaks_of_committed(directory: Path) -> tuple[Break, ...]:
    """What the models take away from the schemas below `directory`."""
    generated = {
        Path(name).name: json.loads(text) for name, text in generated_files().items() if name.startswith("schemas/")
    }
    return breaks_between(read_directory(directory / "schemas"), generated)


def write(directory: Path) -> None:
    """Write every generated file below `directory`, and remove the schemas of types that are gone."""
    (directory / "schemas").mkdir(exist_ok=True)
    wanted = generated_files()
    for name in stale_files(directory):
        if name in wanted:
            (directory / name).write_text(wanted[name])
        else:
            (directory / name).unlink()


def main(arguments: list[str], *, directory: Path = CONTRACTS) -> int:
    """Write or check; see the module."""
    parser = argparse.ArgumentParser(prog="python -m contracts.generate")
    parser.add_argument("--check", action="store_true")
    parser.add_argument("--unreleased", action="store_true")
    options = parser.parse_args(arguments)
    found = () if options.unreleased else breaks_of_committed(directory)
    sys.stdout.writelines(f"{path}: {what}: give the new meaning a new version\n" for path, what in found)
    if options.check:
        stale = stale_files(directory)
        sys.stdout.writelines(f"{name} is stale: run python -m contracts.generate\n" for name in stale)
        return 1 if found or stale else 0
    if found:
        return 1
    write(directory)
    return 0


def _text(path: Path) -> str | None:
    return path.read_text() if path.exists() else None


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
