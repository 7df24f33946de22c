"""Secrets that outlive a run, since the containers' data does."""

import json
from dataclasses import asdict
from pathlib import Path

from pydantic import TypeAdapter

from sandbox.compose.private import write_private
from sandbox.system.keys import RunKeys


def kept_keys(file: Path) -> RunKeys:
    """Those in the file; what it lacks is made and kept there."""
    fresh = asdict(RunKeys())
    kept = json.loads(file.read_text()) if file.exists() else {}
    keys = {
        name: value | kept.get(name, {}) if isinstance(value, dict) else kept.get(name, value)
        for name, value in fresh.items()
    }
    write_private(file, json.dumps(keys))
    return TypeAdapter(RunKeys).validate_python(keys)
