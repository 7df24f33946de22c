"""Which failures pass by themselves, and what may be written down about the others."""

import asyncpg
from aiokafka.errors import KafkaError

from chassis.database import AWAY, is_data_fault
from chassis.errors import ThroughlineError, TransientFailure

_TRANSIENT: tuple[type[Exception], ...] = (
    TransientFailure,
    KafkaError,
    *AWAY,
    asyncpg.TransactionRollbackError,
    asyncpg.LockNotAvailableError,
    asyncpg.PostgresSystemError,
    asyncpg.IdleInTransactionSessionTimeoutError,
)


def is_transient(error: Exception) -> bool:
    """Whether the same work may succeed later without anybody doing anything."""
    return isinstance(error, _TRANSIENT) and not is_data_fault(error)


def may_be_too_much(error: Exception) -> bool:
    """Whether fewer at once may succeed: a statement or a transaction took too long, or its connection was lost."""
    return isinstance(error, (*AWAY, asyncpg.IdleInTransactionSessionTimeoutError)) and not is_data_fault(error)


def reason(error: BaseException) -> str:
    """A line for a parked row or a failed timer: our own words, or only the error's name (it may quote data)."""
    if isinstance(error, ThroughlineError):
        return f"{type(error).__name__}: {error}"[:500]
    return type(error).__name__


def backoff_seconds(attempt: int, *, first: float, ceiling: float) -> float:
    """The pause after the `attempt`-th failure (from 1): doubling, up to `ceiling`."""
    return min(ceiling, first * float(1 << min(attempt - 1, 30)))
