"""How a program ends: one sentence for whoever started it, and a code that a program can tell apart."""

import sys
from collections.abc import Callable, Generator
from contextlib import contextmanager
from enum import IntEnum
from typing import Final

import asyncpg

from chassis.environment import SettingsWrong
from chassis.errors import Fenced, PermanentFailure, ThroughlineError, TransientFailure
from chassis.failures import is_transient
from chassis.steps import TablesInUse
from chassis.vault.errors import KeysLeft


class Ending(IntEnum):
    """The codes of every program; the words for them are in its README."""

    DONE = 0
    CHECK_FAILED = 1
    USAGE = 2
    NOT_FOUND = 3
    NOT_ALLOWED = 4
    CONFLICT = 5
    AWAY = 69
    TRY_AGAIN = 75
    INTERRUPTED = 130


class PortTaken(PermanentFailure):
    """Another program listens where this one is told to."""


_AWAY = "What this needs does not answer; start it, or correct its address."
# The first that fits decides.
ENDINGS: Final[tuple[tuple[type[BaseException], Ending, str], ...]] = (
    (KeyboardInterrupt, Ending.INTERRUPTED, "Interrupted."),
    (SettingsWrong, Ending.USAGE, ""),
    (PortTaken, Ending.CONFLICT, ""),
    (Fenced, Ending.TRY_AGAIN, ""),
    (TablesInUse, Ending.TRY_AGAIN, ""),
    (KeysLeft, Ending.TRY_AGAIN, ""),
    (asyncpg.InvalidAuthorizationSpecificationError, Ending.NOT_ALLOWED, "The database refuses the name or password."),
    (asyncpg.InsufficientPrivilegeError, Ending.NOT_ALLOWED, "The database's role may not do this."),
    (asyncpg.InvalidCatalogNameError, Ending.NOT_FOUND, "The database server has no database of this name."),
    (asyncpg.UndefinedTableError, Ending.NOT_FOUND, "The database has no tables yet; run migrate first."),
    (FileNotFoundError, Ending.NOT_FOUND, "A file that was named is not there."),
    (PermissionError, Ending.NOT_ALLOWED, "A file that was named may not be read or written."),
    (ConnectionError, Ending.AWAY, _AWAY),
    (TransientFailure, Ending.AWAY, ""),
    (OSError, Ending.AWAY, _AWAY),
    (TimeoutError, Ending.AWAY, "What this needs does not answer in time."),
    (ThroughlineError, Ending.CHECK_FAILED, ""),
)
_UNFORESEEN = "The program ended by a failure that nobody foresaw; its log has the kind and the place."


def ending_of(error: BaseException) -> tuple[Ending, str]:
    """The code and the sentence for what ended a program; no words of others, which may quote a row or a password."""
    leaves = _leaves(error)
    for leaf in leaves:
        for kind, ending, sentence in ENDINGS:
            if isinstance(leaf, kind):
                return ending, sentence or str(leaf)
    if any(isinstance(leaf, Exception) and is_transient(leaf) for leaf in leaves):
        return Ending.AWAY, _AWAY
    return Ending.CHECK_FAILED, _UNFORESEEN


@contextmanager
def ends_plainly(program: str, *, unforeseen: Callable[[BaseException], None]) -> Generator[None]:
    """Run the block as a program: what it raises becomes a sentence on standard error and an exit code.

    `unforeseen` is told of a failure that has no row in the table.
    """
    try:
        yield
    except (Exception, KeyboardInterrupt) as error:  # noqa: BLE001 each ends the program, with its code
        ending, sentence = ending_of(error)
        if sentence == _UNFORESEEN:
            unforeseen(error)
        sys.stderr.write(f"{program}: {sentence}\n")
        raise SystemExit(int(ending)) from None


def _leaves(error: BaseException) -> list[BaseException]:
    if not isinstance(error, BaseExceptionGroup):
        return [error]
    return [leaf for part in error.exceptions for leaf in _leaves(part)]
