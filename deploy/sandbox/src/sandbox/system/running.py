"""Starting and ending everything."""

import asyncio
import sys
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx2

from sandbox.places import run_logs, temporary_folder
from sandbox.processes import Program
from sandbox.servers.kafka import KafkaServer
from sandbox.servers.postgres import PostgresServer
from sandbox.system.databases import Databases
from sandbox.system.environments import Environment, Environments
from sandbox.system.plan import CLOCK, ISSUER, NOTIFY, Plan
from sandbox.system.programs import Launch, Programs
from sandbox.system.services import SERVICES

Say = Callable[[str], None]


@dataclass(frozen=True)
class RunningSystem:
    """Everything, up and ready."""

    plan: Plan
    programs: Programs
    postgres: PostgresServer
    kafka: KafkaServer
    logs: Path


@asynccontextmanager
async def running_system(say: Say) -> AsyncIterator[RunningSystem]:
    """Starts everything on free ports with fresh data, and ends it all. Raises SandboxError naming what failed."""
    async with AsyncExitStack() as stack:
        folder = stack.enter_context(temporary_folder())
        http = await stack.enter_async_context(httpx2.AsyncClient(timeout=5))
        start = _Start(Plan(), Programs(http, say), run_logs(folder.name), folder, say)
        yield await start.everything(stack)


@dataclass(frozen=True)
class _Start:
    plan: Plan
    programs: Programs
    logs: Path
    folder: Path
    say: Say

    async def everything(self, stack: AsyncExitStack) -> RunningSystem:
        self.say("PostgreSQL and Kafka")
        postgres = PostgresServer(self.folder, log=self.logs / "postgres.log")
        kafka = KafkaServer(self.folder, log=self.logs / "kafka.log")
        databases = Databases(postgres, self.plan.keys.roles)
        environments = Environments(self.plan, databases, kafka.bootstrap)
        async with asyncio.TaskGroup() as group:
            group.create_task(stack.enter_async_context(kafka))
            await stack.enter_async_context(postgres)
            await databases.create()
            self.say("databases")
            await self._migrate(environments)
            await databases.let_services_in()
        # Pushed after the servers, so that the services end first and have their servers until then.
        stack.push_async_callback(self.programs.stop)
        self.say("issuer, Notify, clock and services")
        await self.programs.start(*self._launches(environments))
        return RunningSystem(self.plan, self.programs, postgres, kafka, self.logs)

    async def _migrate(self, environments: Environments) -> None:
        programs = [
            self._program(f"{service.name}-migrate", f"{service.package} migrate", environments.migrating(service))
            for service in SERVICES
        ]
        vault = self._program("vault-migrate", "chassis.vault migrate", environments.migrating_the_vault())
        await self.programs.finish(vault, *programs)

    def _launches(self, environments: Environments) -> list[Launch]:
        own = [
            self._listener(ISSUER, "sandbox.issuer", environments.issuing()),
            self._listener(NOTIFY, "sandbox.notify_fake", environments.notifying()),
            self._listener(CLOCK, "sandbox.clock", environments.keeping_time()),
        ]
        serving = [
            self._watched(service.name, f"{service.package} serve", environments.serving(service))
            for service in SERVICES
        ]
        relaying = [
            self._watched(f"{service.name}-relay", f"{service.package} relay", environments.relaying(service))
            for service in SERVICES
        ]
        return [*own, *serving, *relaying]

    def _listener(self, name: str, module: str, environment: Environment) -> Launch:
        return Launch(program=self._program(name, module, environment), ready_at=f"{self.plan.url(name)}/readyz")

    def _watched(self, name: str, module: str, environment: Environment) -> Launch:
        return Launch(program=self._program(name, module, environment), ready_at=f"{self.plan.health(name)}/progress")

    def _program(self, name: str, module: str, environment: Environment) -> Program:
        command = [sys.executable, "-m", *module.split()]
        return Program(name=name, command=command, log=self.logs / f"{name}.log", environment=environment)
