"""Whose updates, in neutral words: they follow "the updates"."""

from collections.abc import Sequence
from datetime import datetime

from chassis.working_days import london_day

from journey.wording.dates import spoken_day


def named(name: str) -> str:
    """Those for a person whose name is known."""
    return f"for {name}"


def begun(instants: Sequence[datetime]) -> str:
    """Those without a name, told by the earliest day on their page."""
    if not instants:
        return "that have not begun yet"
    return f"that begin on {spoken_day(london_day(min(instants)))}"


def numbered(label: str, number: int) -> str:
    """One of several that read the same, in the order in which they were granted."""
    return f"{label} ({number})"
