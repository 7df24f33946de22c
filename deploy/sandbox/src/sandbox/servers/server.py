"""What our servers have in common: each is made once, then started, killed and started again as a test likes."""

import asyncio
from abc import ABC, abstractmethod
from pathlib import Path
from types import TracebackType
from typing import ClassVar, Self

from sandbox.processes import Child, Program


class Server(ABC):
    """One server with its own data folder, on ports of its own; all stay the same over `kill` and `start`."""

    ready_seconds: ClassVar[float]

    def __init__(self, folder: Path, *, log: Path) -> None:
        self.child: Child | None = None
        self._folder = folder
        self._log = log

    async def __aenter__(self) -> Self:
        await self.create()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.stop()

    async def create(self) -> None:
        """Makes its data folder and starts it. Raises ProgramFailed or NotReadyInTime."""
        await asyncio.to_thread(self._prepare)
        await self.start()

    async def start(self) -> None:
        """Starts it and waits until it answers. Raises ProgramFailed or NotReadyInTime."""
        self.child = Child(self._program())
        try:
            await self.child.ready(self._answers, within=self.ready_seconds)
        except BaseException:
            self.child.kill()
            raise

    async def stop(self) -> None:
        """Ends it in order."""
        if self.child:
            await self.child.stop()

    def kill(self) -> None:
        """Ends it as a crash would; `start` brings it back on the same data and ports."""
        if self.child:
            self.child.kill()

    @abstractmethod
    def _prepare(self) -> None:
        """Make the data folder; this may take seconds."""

    @abstractmethod
    def _program(self) -> Program:
        """What to run."""

    @abstractmethod
    async def _answers(self) -> bool:
        """It does what it is for."""
