"""A process that appends its share of events when the bell rings. Arguments: a name for its events, and how many."""

import asyncio
import gc
import sys

from bench.append_group_commit import CALLERS, append_all
from bench.append_processes import DONE, GO, PROCESSES, READY
from bench.sealing import VaultAccess, composer_of
from bench.victims import drafts
from chassis.database import open_connection, open_pool
from chassis.log.appender import GroupCommit
from chassis.log.epoch import join_epoch
from chassis.service import run_process
from pydantic_settings import BaseSettings, SettingsConfigDict


class Settings(BaseSettings):
    """What the bench tells it."""

    model_config = SettingsConfigDict(env_prefix="APPENDER_")
    dsn: str
    vault: str
    kek: str
    digest_key: str


async def main(name: str, count: str) -> None:
    settings = Settings()
    made = drafts(int(count), run=name)
    access = VaultAccess(settings.vault, settings.kek, settings.digest_key)
    bell = asyncio.Event()
    listening = await open_connection(settings.dsn)
    await listening.add_listener(GO, lambda *_: bell.set())
    async with (
        composer_of(access) as composer,
        open_pool(settings.dsn, size=4) as pool,
        GroupCommit(pool, await join_epoch(pool)) as log,
    ):
        gc.freeze()
        await listening.execute(f"NOTIFY {READY}")
        await bell.wait()
        await append_all(log, composer, made, callers=CALLERS // PROCESSES)
    await listening.execute(f"NOTIFY {DONE}")
    await listening.close()


if __name__ == "__main__":
    run_process(main(*sys.argv[1:]))
