"""How a command of the audit ends: one sentence, and the code that says of what kind it is.

Where several apply, what was found out comes before what could not be asked.
"""

from typing import Final

from chassis.endings import Ending

from journey.audit.errors import LogAway, LogBroken, LogRefused, NotALog

_CODES: Final[tuple[tuple[type[Exception], Ending], ...]] = (
    (LogBroken, Ending.CHECK_FAILED),
    (LogRefused, Ending.NOT_ALLOWED),
    (NotALog, Ending.USAGE),
    (LogAway, Ending.AWAY),
)
_FIRST: Final = (Ending.CHECK_FAILED, Ending.NOT_ALLOWED, Ending.USAGE, Ending.AWAY)


def ending_of(error: Exception) -> tuple[str, Ending]:
    """What to say of an error, and the code. One that nobody foresaw says nothing about any log: unavailable, not 1."""
    for kind, code in _CODES:
        if isinstance(error, kind):
            return str(error), code
    return (
        f"The audit could not be finished ({type(error).__name__}): nothing is said about any log",
        Ending.AWAY,
    )


def worst(errors: list[Exception]) -> Ending:
    """One code for all of them."""
    codes = {ending_of(error)[1] for error in errors}
    return next((code for code in _FIRST if code in codes), Ending.DONE)
