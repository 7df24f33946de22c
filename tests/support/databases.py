"""Databases for tests, each a copy of a template that is migrated once per run."""

import asyncio
import secrets
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import urlsplit, urlunsplit

import psycopg
from chassis.migrations import migrate, migrate_chassis
from psycopg import sql

EMPTY, CHASSIS = "empty", "chassis"


class Databases:
    """Makes and drops databases on one server, given its superuser's DSN.

    `copy_of("empty")` has nothing in it, `copy_of("chassis")` the chassis' tables, any other name the migrations of the
    package of that name ("intake" is migrated by `intake.migrations`). All have the clock that tests may move.
    """

    def __init__(self, admin_dsn: str) -> None:
        self._admin_dsn = admin_dsn
        self._templates: dict[str, str] = {}

    def copy_of(self, name: str) -> str:
        """The DSN of a new database."""
        if name not in self._templates:
            self._templates[name] = self._make_template(name)
        return self._create(_unique(name), template=self._templates[name])

    def drop(self, dsn: str) -> None:
        database = urlsplit(dsn).path.removeprefix("/")
        with psycopg.connect(self._admin_dsn, autocommit=True) as admin:
            admin.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(database)))

    def _make_template(self, name: str) -> str:
        database = _unique(f"template_{name}")
        dsn = self._create(database, template="template1")
        if name != EMPTY:
            # In a thread of its own: the test that asks may be running in an event loop.
            with ThreadPoolExecutor(max_workers=1) as aside:
                aside.submit(asyncio.run, _migrate(dsn, name)).result()
        return database

    def _create(self, database: str, *, template: str) -> str:
        names = {"database": sql.Identifier(database), "template": sql.Identifier(template)}
        with psycopg.connect(self._admin_dsn, autocommit=True) as admin:
            admin.execute(sql.SQL("CREATE DATABASE {database} TEMPLATE {template}").format(**names))
        return urlunsplit(urlsplit(self._admin_dsn)._replace(path=f"/{database}"))


def _unique(name: str) -> str:
    return f"{name}_{secrets.token_hex(4)}"


async def _migrate(dsn: str, name: str) -> None:
    if name != CHASSIS:
        await migrate(dsn, package=f"{name}.migrations", sandbox_clock=True)
        return
    await migrate_chassis(dsn, sandbox_clock=True)
