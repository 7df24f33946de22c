"""Memory that a batch has freed is there for the next one."""

import asyncio
import platform
import sys

import pytest

_PAGE = 4096
_ROUND = 5 * (4 << 20)
_ROUNDS = 10
_FAULTS = f"""
import resource
from chassis.freed_memory import keep_freed_memory
{{first}}
for number in range({_ROUNDS} + 1):
    if number == 1:
        before = resource.getrusage(resource.RUSAGE_SELF).ru_minflt
    buffers = [b"x" * ({_ROUND} // 5) for _ in range(5)]
    del buffers
print(resource.getrusage(resource.RUSAGE_SELF).ru_minflt - before)
"""


@pytest.mark.skipif(platform.libc_ver()[0] != "glibc", reason="only glibc is told to keep what was freed")
@pytest.mark.parametrize(("first", "fresh"), [("keep_freed_memory()", False), ("", True)])
async def test_a_batch_gets_fresh_pages_only_when_the_last_one_s_were_handed_back(first: str, *, fresh: bool) -> None:
    run = await asyncio.create_subprocess_exec(
        sys.executable, "-c", _FAULTS.format(first=first), stdout=asyncio.subprocess.PIPE
    )
    said, _ = await run.communicate()
    pages = _ROUNDS * _ROUND / _PAGE
    assert (int(said) > pages / 2) is fresh
