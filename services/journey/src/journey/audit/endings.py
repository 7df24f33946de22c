"""How a command of the audit ends: one sentence, and the code that says of what kind it is."""

from enum import IntEnum
from typing import Final

from journey.audit.errors import LogAway, LogBroken, LogRefused, NotALog


class Ending(IntEnum):
    """Exit codes. Where several apply, what was found out comes before what could not be asked."""

    WELL = 0
    CHECK_FAILED = 1
    USAGE = 2
    NOT_FOUND = 3
    PERMISSION = 4
    UNAVAILABLE = 69
    INTERRUPTED = 130


_CODES: Final[tuple[tuple[type[Exception], Ending], ...]] = (
    (LogBroken, Ending.CHECK_FAILED),
    (LogRefused, Ending.PERMISSION),
    (NotALog, Ending.USAGE),
    (LogAway, Ending.UNAVAILABLE),
)
_FIRST: Final = (Ending.CHECK_FAILED, Ending.PERMISSION, Ending.USAGE, Ending.UNAVAILABLE)


def ending_of(error: Exception) -> tuple[str, Ending]:
    """What to say of an error, and the code. One that nobody foresaw says nothing about any log: unavailable, not 1."""
    for kind, code in _CODES:
        if isinstance(error, kind):
            return str(error), code
    return (
        f"The audit could not be finished ({type(error).__name__}): nothing is said about any log",
        Ending.UNAVAILABLE,
    )


def worst(errors: list[Exception]) -> Ending:
    """One code for all of them."""
    codes = {ending_of(error)[1] for error in errors}
    return next((code for code in _FIRST if code in codes), Ending.WELL)
