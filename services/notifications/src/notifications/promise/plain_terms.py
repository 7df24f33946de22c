"""Terms as plain values, the form in which the promise's stream keeps them."""

from collections.abc import Mapping
from typing import TypeAlias

from contracts.notifications import ChannelKind, Language, Safety

from notifications.promise.channels import Channel, SealedText
from notifications.promise.terms import Terms
from notifications.promise.windows import SafeTimes, Weekday, Window

Plain: TypeAlias = "str | int | bool | list[Plain] | dict[str, Plain] | None"


def plain_terms(terms: Terms) -> dict[str, Plain]:
    """Terms -> JSON values; addresses and code word stay the ciphertext they are."""
    return {
        "channels": [
            {"kind": channel.kind.value, "safety": channel.safety.value, "address": channel.address}
            for channel in terms.channels
        ],
        "windows": [
            {"days": [int(day) for day in sorted(window.days)], "opens": window.opens, "closes": window.closes}
            for window in terms.times.windows
        ],
        "zone": terms.times.zone,
        "frequency_days": terms.frequency_days,
        "language": terms.language.value,
        "code_word": terms.code_word,
        "at_once": terms.at_once,
    }


def terms_from(plain: Mapping[str, Plain]) -> Terms:
    """JSON values -> terms. Raises `TypeError` when the stream holds something else."""
    return Terms(
        channels=tuple(_channel(each) for each in _mappings(plain["channels"])),
        times=SafeTimes(tuple(_window(each) for each in _mappings(plain["windows"])), _text(plain["zone"])),
        frequency_days=None if plain["frequency_days"] is None else _number(plain["frequency_days"]),
        language=Language(_text(plain["language"])),
        code_word=_sealed(plain["code_word"]),
        at_once=plain["at_once"] is True,
    )


def _channel(plain: Mapping[str, Plain]) -> Channel:
    return Channel(ChannelKind(_text(plain["kind"])), Safety(_text(plain["safety"])), _sealed(plain["address"]))


def _window(plain: Mapping[str, Plain]) -> Window:
    days = plain["days"]
    if not isinstance(days, list):
        raise TypeError("days of a window are a list")
    return Window(frozenset(Weekday(_number(day)) for day in days), _number(plain["opens"]), _number(plain["closes"]))


def _mappings(value: Plain) -> list[dict[str, Plain]]:
    if not isinstance(value, list):
        raise TypeError("a list was expected in stored terms")
    return [each for each in value if isinstance(each, dict)]


def _text(value: Plain) -> str:
    if not isinstance(value, str):
        raise TypeError("text was expected in stored terms")
    return value


def _number(value: Plain) -> int:
    if not isinstance(value, int):
        raise TypeError("a number was expected in stored terms")
    return value


def _sealed(value: Plain) -> SealedText | None:
    return None if value is None else SealedText(_text(value))
