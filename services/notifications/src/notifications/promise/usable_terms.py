"""The rules new terms must meet; checked when they are agreed and never when an old stream is read again."""

from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from contracts.notifications import Safety

from notifications.errors import UnusableTerms
from notifications.promise.channels import MESSAGE_CHANNELS
from notifications.promise.terms import Terms
from notifications.promise.windows import Window

LONGEST_SILENCE = 366
SHORTEST_WINDOW = 15
LAST_MINUTE = 24 * 60 - 1


def refuse_unusable(terms: Terms) -> None:
    """Raise `UnusableTerms` when the terms could not be kept as written."""
    kinds = [channel.kind for channel in terms.channels]
    if len(kinds) != len(set(kinds)):
        raise UnusableTerms("a channel is named twice: name each kind once, with one answer about its safety")
    if terms.frequency_days is not None and not 1 <= terms.frequency_days <= LONGEST_SILENCE:
        raise UnusableTerms(f"frequency_days must be between 1 and {LONGEST_SILENCE}")
    _refuse_safe_without_address(terms)
    _refuse_unknown_zone(terms.times.zone)
    for window in terms.times.windows:
        _refuse_window(window)


def _refuse_safe_without_address(terms: Terms) -> None:
    for channel in terms.channels:
        if channel.safety is Safety.SAFE and channel.kind in MESSAGE_CHANNELS and channel.address is None:
            raise UnusableTerms(f"{channel.kind} is called safe but has no address: give one, or call it unknown")


def _refuse_unknown_zone(zone: str) -> None:
    try:
        ZoneInfo(zone)
    except (ZoneInfoNotFoundError, ValueError, OSError) as unknown:
        raise UnusableTerms("the time zone is not known: use an IANA name such as Europe/London") from unknown


def _refuse_window(window: Window) -> None:
    if not window.days:
        raise UnusableTerms("a window names no day: name at least one")
    if not 0 <= window.opens < window.closes <= LAST_MINUTE:
        raise UnusableTerms("a window must open before it closes on the same day: split one that passes midnight")
    if window.closes - window.opens < SHORTEST_WINDOW:
        raise UnusableTerms(f"a window is shorter than {SHORTEST_WINDOW} minutes: widen it")
