"""Which failures may pass, and what may be written down about the others."""

import asyncpg
from aiokafka.errors import KafkaError

from chassis.database import AWAY, is_data_fault
from chassis.errors import ThroughlineError, TransientFailure

_TRANSIENT: tuple[type[Exception], ...] = (
    TransientFailure,
    KafkaError,
    *AWAY,
    asyncpg.TransactionRollbackError,
    asyncpg.PostgresSystemError,
)
# What another release, a migration, a restart or another server cures; by the class of the SQLSTATE.
_CURED: tuple[type[Exception], ...] = (
    asyncpg.FeatureNotSupportedError,  # 0A: a plan of before an ALTER TABLE
    asyncpg.InvalidTransactionStateError,  # 25: read-only, as a server is after a failover; ended for being idle
    asyncpg.InvalidSQLStatementNameError,  # 26: a prepared statement that the server has forgotten
    asyncpg.InvalidAuthorizationSpecificationError,  # 28: a password that was changed
    asyncpg.InvalidCatalogNameError,  # 3D
    asyncpg.InvalidSchemaNameError,  # 3F
    asyncpg.SyntaxOrAccessError,  # 42: a table or column that is not there yet, or no more; a right not given
    asyncpg.ObjectNotInPrerequisiteStateError,  # 55: a lock not got in time
    asyncpg.ConfigFileError,  # F0
    asyncpg.InternalServerError,  # XX
)


def is_transient(error: Exception) -> bool:
    """Whether the same work may succeed later: by itself, or by what a deploy or an operator does anyway.

    So each caller must bound how often it tries before it says that something is wrong.
    """
    return isinstance(error, (*_TRANSIENT, *_CURED)) and not is_data_fault(error)


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
