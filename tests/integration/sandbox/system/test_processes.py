"""Children start, are missed when they end, can be killed and restarted, and never outlive their parent."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Callable
from pathlib import Path

import httpx2
import pytest
from sandbox.errors import NotReadyInTime, ProgramFailed
from sandbox.ports import free_port
from sandbox.processes import Child, Program
from sandbox.system.programs import Launch, Programs

SLEEPER = "import time; time.sleep(600)"
SERVER = "import http.server, sys; http.server.test(http.server.SimpleHTTPRequestHandler, port=int(sys.argv[1]))"
DEADLINE_SECONDS = 20.0


def program(folder: Path, code: str, *words: str, name: str = "fake") -> Program:
    return Program(name=name, command=[sys.executable, "-c", code, *words], log=folder / f"{name}.log")


def alive(pid: int) -> bool:
    try:
        return "\nState:\tZ" not in Path(f"/proc/{pid}/status").read_text()
    except FileNotFoundError:
        return False


def wait_until(fact: Callable[[], bool], what: str) -> None:
    deadline = time.monotonic() + DEADLINE_SECONDS
    while not fact():
        assert time.monotonic() < deadline, f"{what}: did not happen within {DEADLINE_SECONDS:.0f} s"


@pytest.fixture
async def programs() -> AsyncIterator[Programs]:
    async with httpx2.AsyncClient() as http:
        running = Programs(http)
        yield running
        await running.stop()


async def never() -> bool:
    return False


async def test_a_program_that_ends_early_is_named_with_the_end_of_its_log(tmp_path: Path) -> None:
    child = Child(program(tmp_path, "print('no database'); raise SystemExit(3)"))
    with pytest.raises(ProgramFailed, match=r"(?s)fake ended with exit code 3.*no database"):
        await child.ready(never, within=DEADLINE_SECONDS)


async def test_a_program_that_never_answers_is_named(tmp_path: Path) -> None:
    child = Child(program(tmp_path, SLEEPER))
    with pytest.raises(NotReadyInTime, match="fake was not ready"):
        await child.ready(never, within=0.2)
    await child.stop()
    assert child.exit_code == -signal.SIGTERM


async def test_a_program_is_ready_when_it_answers_and_comes_back_after_a_kill(
    tmp_path: Path, programs: Programs
) -> None:
    port = free_port()
    await programs.start(
        Launch(program=program(tmp_path, SERVER, str(port)), ready_at=f"http://127.0.0.1:{port}/"),
        Launch(program=program(tmp_path, SLEEPER, name="sleeper")),
    )
    first = programs.running["fake"].pid
    programs.kill("fake")
    assert not alive(first)
    await programs.restart("fake")
    assert programs.running["fake"].pid != first


async def test_a_program_that_ends_while_it_is_needed_is_missed(tmp_path: Path, programs: Programs) -> None:
    await programs.start(Launch(program=program(tmp_path, SLEEPER)))
    os.kill(programs.running["fake"].pid, signal.SIGKILL)
    with pytest.raises(ProgramFailed, match="fake ended with exit code -9"):
        await programs.until_one_ends()


async def test_a_program_that_ends_by_a_failure_is_started_again_a_few_times_and_that_is_said(
    tmp_path: Path, programs: Programs
) -> None:
    said: list[str] = []
    programs.say = said.append
    await programs.start(Launch(program=program(tmp_path, "raise SystemExit(1)")))
    with pytest.raises(ProgramFailed, match="fake ended with exit code 1"):
        await programs.until_one_ends()
    assert said == [f"fake again: it ended with exit code 1 ({time} of 3)" for time in (1, 2, 3)]


@pytest.mark.skipif(sys.platform != "linux", reason="the kernel of Linux ends orphans for us; elsewhere only we do")
def test_children_end_when_their_parent_is_killed(tmp_path: Path) -> None:
    parent = subprocess.Popen(  # noqa: S603
        [sys.executable, "-c", PARENT, str(tmp_path)], stdout=subprocess.PIPE, text=True
    )
    assert parent.stdout is not None
    child = int(parent.stdout.readline())
    assert alive(child)
    parent.kill()
    parent.communicate()
    wait_until(lambda: not alive(child), "the child of a killed parent ends")


PARENT = f"""
import sys, time
from pathlib import Path
from sandbox.processes import Child, Program
child = Child(Program(name="x", command=[sys.executable, "-c", {SLEEPER!r}], log=Path(sys.argv[1]) / "x.log"))
print(child.pid, flush=True)
time.sleep(600)
"""
