"""A connection that is not there: given to handlers in tests whose state lives in fakes."""

from typing import NoReturn

from chassis.errors import PermanentFailure


class DatabaseTouched(PermanentFailure):
    """A handler used the database in a test that has none."""


class NoConnection:
    """Conforms to `chassis.database.Connection` and refuses every call."""

    async def execute(self, *_: object, **__: object) -> NoReturn:
        """Refuse."""
        raise DatabaseTouched("this handler was given no database; test its SQL with a real one")

    executemany = fetch = fetchrow = fetchval = copy_records_to_table = copy_to_table = execute
    add_listener = remove_listener = execute

    def transaction(self) -> NoReturn:
        """Refuse."""
        raise DatabaseTouched("this handler was given no database; test its transactions with a real one")
