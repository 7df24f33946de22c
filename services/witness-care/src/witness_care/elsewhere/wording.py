"""Why something that was asked of another service was not done, in an officer's words."""

from typing import Final

from witness_care.elsewhere.peer import NotThere, Outcome, Refused, SignInAgain

_AWAY: Final = "The service that decides this does not answer. Look again: it may have been done all the same."
_GONE: Final = "That is not there any more. Look again to see what became of it."
_AGAIN: Final = "Sign in again to do this."


def why_not(outcome: Outcome) -> str:
    """Of an outcome that is not what was asked for."""
    match outcome:
        case Refused():
            return outcome.detail or _AWAY
        case NotThere():
            return _GONE
        case SignInAgain():
            return _AGAIN
        case _:
            return _AWAY
