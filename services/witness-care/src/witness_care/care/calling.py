"""How a victim is called on the desk: by name, and by the agencies' numbers, which tell two of one name apart."""

from collections.abc import Mapping
from typing import Any, Final, NamedTuple

_NOT_NAMED: Final = "A victim not yet named"


class Called(NamedTuple):
    """`known_by` is empty where no number is known."""

    name: str = _NOT_NAMED
    known_by: str = ""


def called(data: Mapping[str, Any]) -> Called:
    """From the newest event that identifies the victim, also where it is a correction that holds what it puts right."""
    said = data["replacement"]["data"] if "replacement" in data else data
    references = [reference["value"] for reference in said.get("references") or ()]
    number, report = (said.get("victim") or {}).get("number"), said.get("report_reference")
    numbers = [one for one in (number, *references, report) if one]
    return Called(str(said.get("name") or _NOT_NAMED), ", ".join(dict.fromkeys(numbers)))
