"""What makes contact with a victim unsafe, as whoever names her said it: the first thing that officers read of her."""

from collections.abc import Iterable

from journey.timeline.entries import Entry, right_data


def warnings_in(entries: Iterable[Entry]) -> list[str]:
    """Those that stand, newest first: of facts that nothing put right or took back, and of what put them right."""
    standing = [entry for entry in entries if entry.holds]
    return [text for entry in standing if (text := right_data(entry).text("safe_contact_warning")) is not None]
