"""Which of the database's failures pass by themselves: one list for answers, readiness, consumers and the log."""

import asyncpg
import pytest
from chassis.database import AWAY, is_data_fault, is_database_trouble
from chassis.failures import is_transient
from chassis.http.app import create_app
from chassis.http.readiness import Check
from httpx2 import ASGITransport, AsyncClient

# asyncpg's error for a value that it cannot send stands in a private module, below another of the same name.
UNENCODABLE = next(kind for kind in asyncpg.InterfaceError.__subclasses__() if kind.__name__ == "DataError")


@pytest.mark.parametrize("failure", AWAY)
def test_a_database_that_is_away_passes_by_itself(failure: type[Exception]) -> None:
    assert is_database_trouble(failure("in a test"))
    assert is_transient(failure("in a test"))


@pytest.mark.parametrize(
    "failure",
    [
        asyncpg.InvalidCachedStatementError,
        asyncpg.ReadOnlySQLTransactionError,
        asyncpg.IdleInTransactionSessionTimeoutError,
        asyncpg.InvalidSQLStatementNameError,
        asyncpg.InvalidPasswordError,
        asyncpg.InvalidCatalogNameError,
        asyncpg.InvalidSchemaNameError,
        asyncpg.UndefinedColumnError,
        asyncpg.UndefinedTableError,
        asyncpg.InsufficientPrivilegeError,
        asyncpg.LockNotAvailableError,
        asyncpg.ConfigFileError,
        asyncpg.InternalServerError,
    ],
)
def test_what_a_release_a_restart_or_another_server_cures_is_not_for_good(failure: type[Exception]) -> None:
    assert is_transient(failure("in a test"))


@pytest.mark.parametrize("failure", [asyncpg.DataError, asyncpg.UniqueViolationError, UNENCODABLE])
def test_a_refused_value_does_not(failure: type[Exception]) -> None:
    assert is_data_fault(failure("in a test"))
    assert not is_database_trouble(failure("in a test"))
    assert not is_transient(failure("in a test"))


@pytest.mark.parametrize("failure", AWAY)
async def test_a_database_that_goes_away_in_mid_statement_is_told_as_try_again_and_as_not_ready(
    failure: type[Exception],
) -> None:
    app = create_app("away", routers=[], readiness={"database": raising(failure)})

    @app.get("/asks")
    async def asks() -> None:
        raise failure("in a test")

    async with AsyncClient(transport=ASGITransport(app), base_url="http://service.example.org") as client:
        answers = [await client.get("/asks"), await client.get("/readyz")]
    assert [answer.status_code for answer in answers] == [503, 503]
    assert answers[0].headers["retry-after"] == "2"
    assert answers[1].json()["checks"] == {"database": f"away ({failure.__name__})"}


def raising(failure: type[Exception]) -> Check:
    async def check() -> str:
        raise failure("in a test")

    return check
