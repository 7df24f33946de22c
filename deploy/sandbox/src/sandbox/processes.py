"""Child processes that never outlive us."""

import asyncio
import contextlib
import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from sandbox.errors import NotReadyInTime, ProgramFailed

PR_SET_PDEATHSIG = 1
POLL_SECONDS = 0.05
STOP_SECONDS = 10.0


@dataclass(frozen=True, kw_only=True)
class Program:
    """What to run. `user` is a uid to run as (only root may name another); `stop_with` asks it to end."""

    name: str
    command: Sequence[str]
    log: Path
    environment: Mapping[str, str] = field(default_factory=dict)
    user: int | None = None
    stop_with: signal.Signals = signal.SIGTERM


class Child:
    """A running program, in a process group of its own, so that a Ctrl-C reaches us first and we end it in order."""

    def __init__(self, program: Program) -> None:
        self.program = program
        program.log.parent.mkdir(parents=True, exist_ok=True)
        with program.log.open("ab") as log:
            self._process = subprocess.Popen(
                program.command,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                env={**os.environ, **program.environment},
                user=program.user,
                start_new_session=True,
                preexec_fn=_ends_with_parent(),
            )

    @property
    def pid(self) -> int:
        return self._process.pid

    @property
    def exit_code(self) -> int | None:
        return self._process.poll()

    async def ready(self, answers: Callable[[], Awaitable[bool]], *, within: float) -> None:
        """Waits until `answers` is true. Raises ProgramFailed or NotReadyInTime (seconds), naming the program."""
        deadline = time.monotonic() + within
        while not await answers():
            if self.exit_code is not None:
                raise ProgramFailed(self.program.name, exit_code=self.exit_code, log=self.program.log)
            if time.monotonic() > deadline:
                raise NotReadyInTime(self.program.name, seconds=within, log=self.program.log)
            await asyncio.sleep(POLL_SECONDS)

    async def stop(self) -> None:
        """Asks it to end, waits a while, and then ends it with everything in its group."""
        if self.exit_code is None:
            self.send(self.program.stop_with)
            with contextlib.suppress(subprocess.TimeoutExpired):
                await asyncio.to_thread(self._process.wait, STOP_SECONDS)
        self.kill()

    def kill(self) -> None:
        """Ends it and all its descendants at once, without a word."""
        self._signal_all(signal.SIGKILL)
        self._process.wait()

    def pause(self) -> None:
        """Stops it and all its descendants in their tracks, until `resume`."""
        self._signal_all(signal.SIGSTOP)

    def resume(self) -> None:
        self._signal_all(signal.SIGCONT)

    def send(self, what: signal.Signals) -> None:
        with contextlib.suppress(ProcessLookupError):
            self._process.send_signal(what)

    def _signal_all(self, what: signal.Signals) -> None:
        # PostgreSQL's own children leave our process group, so the group alone is not enough.
        below = _descendants(self.pid) if self.exit_code is None else []
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.pid, what)
        for pid in below:
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, what)


def _descendants(pid: int) -> list[int]:
    """Children and theirs (Linux only; elsewhere none are known)."""
    try:
        children = [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
    except OSError:
        return []
    return [*children, *(below for child in children for below in _descendants(child))]


def _ends_with_parent() -> Callable[[], None] | None:
    """On Linux the kernel kills the child when we die, however we die.

    The request is bound to the thread that starts the child: start children from the main thread only.
    """
    if sys.platform != "linux":
        return None
    library = ctypes.CDLL(None)
    parent = os.getpid()

    def prepare() -> None:
        library.prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
        if os.getppid() != parent:
            os._exit(1)

    return prepare
