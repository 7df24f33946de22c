"""What the world learns of a promise. No address and no code word passes here."""

from contracts.notifications import Channel, ContactPromiseAgreed, ContactPromiseQuestioned, Weekday, Window

from notifications.promise.contact_promise import ContactPromise
from notifications.promise.windows import Window as SafeWindow

LONDON = "Europe/London"


def promise_questioned(promise: ContactPromise) -> ContactPromiseQuestioned:
    """What the world learns when nothing counts as safe any more."""
    return ContactPromiseQuestioned(version=promise.version, channels=_channels(promise))


def promise_agreed(promise: ContactPromise) -> ContactPromiseAgreed:
    """What the world learns of a promise: kinds of channel and windows, and whether there is a code word.

    Windows are read by London's clock. Where others were agreed none is published: an officer then takes no hour for
    safe, and nobody learns from the zone where a victim lives.
    """
    terms = promise.terms
    windows = terms.times.windows if terms.times.zone == LONDON else ()
    return ContactPromiseAgreed(
        version=promise.version,
        channels=_channels(promise),
        windows=tuple(map(_window, windows)),
        frequency_days=terms.frequency_days,
        language=terms.language,
        has_code_word=terms.code_word is not None,
        agreed_by=promise.agreed_by,
    )


def _channels(promise: ContactPromise) -> tuple[Channel, ...]:
    return tuple(Channel(kind=channel.kind, safe=channel.safety) for channel in promise.terms.channels)


def clock_time(minute: int) -> str:
    """Minutes after midnight as "18:30"."""
    return f"{minute // 60:02d}:{minute % 60:02d}"


def _window(window: SafeWindow) -> Window:
    names = list(Weekday)
    days = tuple(names[day] for day in sorted(window.days))
    return Window(days=days, starts=clock_time(window.opens), ends=clock_time(window.closes))
