"""The golden example of each event type: one event, all invented, as a publisher would send it."""

import json
from functools import cache
from pathlib import Path
from typing import Final

from contracts.schemas import JsonObject

EXAMPLES: Final = Path(__file__).parent / "examples"


@cache
def example_of(name: str) -> JsonObject:
    """The example of an event type; not to be changed."""
    found: JsonObject = json.loads((EXAMPLES / f"{name}.json").read_text(encoding="utf-8"))
    return found
