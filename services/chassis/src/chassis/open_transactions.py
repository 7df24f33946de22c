"""Nothing outside is called while a transaction is open: it would hold its locks for as long as somebody else likes.

The server ends such a transaction after 15 s, and then the same begins again. Who calls another service asks here
first, so that every test through which such a call runs fails, and not only one that thought of it. The vault is
exempt: it is a database of ours, asked about what is appended in the same moment, with a bound of its own.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from chassis.errors import PermanentFailure

_taken: ContextVar[tuple[Any, ...]] = ContextVar("connections_taken", default=())


class CalledInTransaction(PermanentFailure):
    """Something outside was about to be called while a transaction is open; end that first, and settle in another."""


@contextmanager
def noting(connection: Any) -> Iterator[None]:
    """Remember, for this task and those it starts, that it has this connection."""
    _taken.set((*_taken.get(), connection))
    try:
        yield
    finally:
        _taken.set(tuple(one for one in _taken.get() if one is not connection))


def refuse_within_transaction() -> None:
    """Raises CalledInTransaction when this task, or one that it was started by, has a transaction open."""
    if any(_is_open(connection) for connection in _taken.get()):
        raise CalledInTransaction("another service is called in a transaction; call it before or after")


def _is_open(connection: Any) -> bool:
    # A task may outlive the one that gave its connection back: asyncpg's proxy is empty then.
    return getattr(connection, "_con", None) is not None and connection.is_in_transaction()
