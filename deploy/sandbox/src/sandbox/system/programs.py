"""The processes of one run, by name."""

import asyncio
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import partial

import httpx2
from chassis.endings import Ending

from sandbox.errors import NotReadyInTime, ProgramFailed
from sandbox.processes import Child, Program

# Long enough for a machine that is busy with something else; alone it takes a fraction.
READY_SECONDS = 180.0
LOOK_SECONDS = 0.5
# A failure that nobody foresaw ends a process, and whoever runs it starts it again: here a few times, to be seen.
MOST_STARTS_AGAIN = 3


@dataclass(frozen=True, kw_only=True)
class Launch:
    """A program, and the address that answers 200 once it is ready; a program without one is ready when it runs."""

    program: Program
    ready_at: str | None = None


@dataclass
class Programs:
    """Starts, kills, starts again, watches and ends them."""

    http: httpx2.AsyncClient
    say: Callable[[str], None] = lambda _: None
    _again: Counter[str] = field(default_factory=Counter)
    _launches: dict[str, Launch] = field(default_factory=dict)
    _children: dict[str, Child] = field(default_factory=dict)

    async def start(self, *launches: Launch) -> None:
        """Starts all at once and waits for each. Raises ProgramFailed or NotReadyInTime of the first that isn't."""
        for launch in launches:
            name = launch.program.name
            self._launches[name] = launch
            self._children[name] = Child(launch.program)
        async with asyncio.TaskGroup() as group:
            for launch in launches:
                group.create_task(self._ready(launch))

    async def finish(self, *programs: Program) -> None:
        """Runs programs that end by themselves, all at once. Raises ProgramFailed."""
        async with asyncio.TaskGroup() as group:
            for program in programs:
                group.create_task(_finished(Child(program)))

    def kill(self, name: str) -> None:
        """Ends one as a crash would; `restart` brings it back."""
        self._children.pop(name).kill()

    async def restart(self, name: str) -> None:
        await self.start(self._launches[name])

    async def until_one_ends(self) -> None:
        """Returns never; raises ProgramFailed when one that should run has ended and ends again and again."""
        while True:
            for name, child in self.running.items():
                if child.exit_code is not None:
                    await self._start_again(name, child)
            await asyncio.sleep(LOOK_SECONDS)

    def ended(self) -> list[ProgramFailed]:
        """Those that should run and do not, each with the end of its log."""
        return [
            ProgramFailed(name, exit_code=child.exit_code, log=child.program.log)
            for name, child in self._children.items()
            if child.exit_code is not None
        ]

    async def stop(self) -> None:
        """Ends all, at once."""
        await asyncio.gather(*(child.stop() for child in self._children.values()))
        self._children.clear()

    @property
    def running(self) -> Mapping[str, Child]:
        return dict(self._children)

    async def _start_again(self, name: str, child: Child) -> None:
        if child.exit_code != Ending.CHECK_FAILED or self._again[name] == MOST_STARTS_AGAIN:
            raise ProgramFailed(name, exit_code=child.exit_code, log=child.program.log)
        self._again[name] += 1
        self.say(
            f"{name} again: it ended with exit code {child.exit_code} ({self._again[name]} of {MOST_STARTS_AGAIN})"
        )
        await self.restart(name)

    async def _ready(self, launch: Launch) -> None:
        if not launch.ready_at:
            return
        answers = partial(_answers, self.http, launch.ready_at)
        try:
            await self._children[launch.program.name].ready(answers, within=READY_SECONDS)
        except NotReadyInTime as late:
            late.add_note(f"{launch.ready_at} says: {await _says(self.http, launch.ready_at)}")
            raise


async def _answers(http: httpx2.AsyncClient, address: str) -> bool:
    try:
        return (await http.get(address)).status_code == httpx2.codes.OK
    except httpx2.TransportError:
        return False


async def _says(http: httpx2.AsyncClient, address: str) -> str:
    try:
        return (await http.get(address)).text
    except httpx2.TransportError as error:
        return type(error).__name__


async def _finished(child: Child) -> None:
    async def ended() -> bool:
        return child.exit_code == 0

    try:
        await child.ready(ended, within=READY_SECONDS)
    finally:
        child.kill()
