"""What the README and the demo print to be copied works in a shell, and is seen on a page."""

import asyncio
import shutil

import pytest
from sandbox.display import try_it
from sandbox.scenario import cast
from sandbox.world.browser import signed_in
from support.deadline import until
from support.everything import Everything

pytestmark = [pytest.mark.servers, pytest.mark.asyncio(loop_scope="session")]


async def test_the_lines_to_copy_publish_a_crime_that_is_seen_on_the_desk(everything: Everything) -> None:
    if not (shutil.which("bash") and shutil.which("curl")):
        pytest.skip("no bash or no curl on the PATH")
    plan = everything.system.plan
    lines = try_it(
        {
            "$SECRET": plan.keys.clients["sandbox-police"],
            "$ISSUER": plan.url("issuer"),
            "$INTAKE": plan.url("intake"),
        }
    )
    shell = await asyncio.create_subprocess_exec(
        "bash", "-e", "-c", lines, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.DEVNULL
    )
    said, _ = await shell.communicate()
    assert shell.returncode == 0
    assert said.count(b'"position"') == 2, said
    desk = await signed_in(cast.POLICE_OFFICER, at=everything.world.addresses.witness_care)

    async def seen() -> bool:
        return "Robin Vale" in (await desk.get("/")).text

    try:
        await until(seen, "the victim of the README is on the desk")
    finally:
        await desk.aclose()
