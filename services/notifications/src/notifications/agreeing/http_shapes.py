"""A contact promise as it travels over HTTP, in clear over TLS; pydantic here, frozen values inside."""

from typing import Annotated

from contracts.notifications import AgreedBy, ChannelKind, Language, Safety, Weekday, Window
from contracts.shape import Shape
from pydantic import Field, StringConstraints

from notifications.agreeing.promising import ClearTerms
from notifications.promise.addresses import address_of
from notifications.promise.channels import Channel
from notifications.promise.terms import Terms
from notifications.promise.windows import SafeTimes
from notifications.promise.windows import Weekday as Day
from notifications.promise.windows import Window as SafeWindow

DAYS = list(Weekday)

Address = Annotated[str, StringConstraints(min_length=3, max_length=500, pattern=r"^[^\x00-\x1f\x7f]+$")]
CodeWord = Annotated[str, StringConstraints(min_length=1, max_length=100, pattern=r"^[^\x00-\x1f\x7f]+$")]


class ChannelShape(Shape):
    """One channel. `safe` is never assumed; a safe e-mail or text channel needs its address."""

    kind: ChannelKind
    safe: Safety
    address: Address | None = Field(default=None, repr=False)


class PromiseShape(Shape):
    """What is agreed. Channels in order of preference; without a window no hour is known to be safe."""

    channels: tuple[ChannelShape, ...] = Field(max_length=8)
    windows: tuple[Window, ...] = Field(max_length=20)
    zone: str = Field(default="Europe/London", max_length=50)
    frequency_days: int | None = Field(default=None, ge=1, le=366)
    language: Language = Language.ENGLISH
    code_word: CodeWord | None = Field(default=None, repr=False)
    at_once: bool = True

    def clear_terms(self) -> ClearTerms:
        """As the application takes it. Raises `UnusableTerms` for an address that can't be one."""
        terms = Terms(
            channels=tuple(Channel(channel.kind, channel.safe) for channel in self.channels),
            times=SafeTimes(tuple(_safe_window(window) for window in self.windows), self.zone),
            frequency_days=self.frequency_days,
            language=self.language,
            at_once=self.at_once,
        )
        addresses = {
            channel.kind: address_of(channel.kind, channel.address)
            for channel in self.channels
            if channel.address is not None
        }
        return ClearTerms(terms, addresses, self.code_word)


class AgreedShape(PromiseShape):
    """What is in force."""

    version: int
    agreed_by: AgreedBy


def agreed_shape(clear: ClearTerms, *, version: int, agreed_by: AgreedBy) -> AgreedShape:
    """As the victim or their officer reads it."""
    terms = clear.terms
    return AgreedShape(
        channels=tuple(
            ChannelShape(kind=channel.kind, safe=channel.safety, address=clear.addresses.get(channel.kind))
            for channel in terms.channels
        ),
        windows=tuple(_window(window) for window in terms.times.windows),
        zone=terms.times.zone,
        frequency_days=terms.frequency_days,
        language=terms.language,
        code_word=clear.code_word,
        at_once=terms.at_once,
        version=version,
        agreed_by=agreed_by,
    )


def _safe_window(window: Window) -> SafeWindow:
    days = frozenset(Day(DAYS.index(day)) for day in window.days)
    return SafeWindow(days, _minute(window.starts), _minute(window.ends))


def _window(window: SafeWindow) -> Window:
    days = tuple(DAYS[day] for day in sorted(window.days))
    return Window(days=days, starts=_clock_time(window.opens), ends=_clock_time(window.closes))


def _minute(clock_time: str) -> int:
    hours, _, minutes = clock_time.partition(":")
    return int(hours) * 60 + int(minutes)


def _clock_time(minute: int) -> str:
    return f"{minute // 60:02d}:{minute % 60:02d}"
