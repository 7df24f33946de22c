"""Intake, its relay and journey as real processes over the bench's servers, with the sandbox's issuer for tokens."""

import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import asyncpg
import httpx2
from sandbox.ports import free_port
from sandbox.processes import Program
from sandbox.servers.kafka import KafkaServer
from sandbox.servers.postgres import PostgresServer
from sandbox.system.databases import Databases
from sandbox.system.environments import Environment, Environments
from sandbox.system.plan import ISSUER, Plan
from sandbox.system.programs import Launch, Programs
from sandbox.system.services import SERVICES, VAULT
from sandbox.world.tokens import Tokens

INTAKE, JOURNEY = (next(one for one in SERVICES if one.name == name) for name in ("intake", "journey"))
PUBLISHER = "sandbox-police"


@dataclass(frozen=True)
class Services:
    """The processes of the path from `POST /events` to the timeline, as production starts them."""

    plan: Plan
    programs: Programs
    environments: Environments
    postgres: PostgresServer
    http: httpx2.AsyncClient
    logs: Path

    @property
    def intake_url(self) -> str:
        return self.plan.url(INTAKE.name)

    def dsn(self, database: str) -> str:
        """A superuser's DSN, to look and to count."""
        return self.postgres.dsn(database)

    async def token(self) -> str:
        """The token of a police force's system."""
        tokens = Tokens(self.plan.url(ISSUER), self.plan.keys.clients, self.http)
        return await tokens.for_system(PUBLISHER, audience=INTAKE.audience)

    async def two_fresh_intakes(self) -> list[str]:
        """Start intake anew and a second instance beside it, on the same log; their addresses."""
        for name in {"intake", "intake-2"} & self.programs.running.keys():
            self.programs.kill(name)
        port = free_port()
        address = f"http://127.0.0.1:{port}"
        second = {
            **self.environments.serving(INTAKE),
            f"{INTAKE.prefix}PORT": str(port),
            f"{INTAKE.prefix}HEALTH_PORT": str(free_port()),
        }
        await self.programs.start(
            self._serving("intake", "intake serve", self.environments.serving(INTAKE)),
            Launch(program=self._program("intake-2", "intake serve", second), ready_at=f"{address}/openapi.json"),
        )
        return [self.intake_url, address]

    async def start_pipeline(self) -> None:
        """Start the relay and journey beside intake, which serves already."""
        relay = Launch(program=self._program("intake-relay", "intake relay", self.environments.relaying(INTAKE)))
        await self.programs.start(relay, self._serving("journey", "journey serve", self.environments.serving(JOURNEY)))

    async def prepare(self) -> None:
        """Migrate, then start the issuer and intake."""
        await self.programs.finish(
            self._program("vault-migrate", "chassis.vault migrate", self.environments.migrating_the_vault()),
            *(
                self._program(f"{one.name}-migrate", f"{one.package} migrate", self.environments.migrating(one))
                for one in SERVICES
            ),
        )
        await self.environments.databases.let_services_in()
        await self.programs.start(
            self._serving(ISSUER, "sandbox.issuer", self.environments.issuing()),
            self._serving("intake", "intake serve", self.environments.serving(INTAKE)),
        )

    def _serving(self, name: str, module: str, environment: Environment) -> Launch:
        return Launch(program=self._program(name, module, environment), ready_at=f"{self.plan.url(name)}/openapi.json")

    def _program(self, name: str, module: str, environment: Environment) -> Program:
        command = [sys.executable, "-m", *module.split()]
        return Program(name=name, command=command, log=self.logs / f"{name}.log", environment=environment)


@asynccontextmanager
async def open_services(postgres: PostgresServer, kafka: KafkaServer, *, logs: Path) -> AsyncIterator[Services]:
    """Intake ready to take events; `start_pipeline` starts the rest. The databases are dropped when it closes."""
    plan = Plan()
    databases = Databases(postgres, plan.keys.roles)
    async with _fresh(postgres, databases), httpx2.AsyncClient(timeout=5) as http:
        programs = Programs(http)
        services = Services(plan, programs, Environments(plan, databases, kafka.bootstrap), postgres, http, logs)
        try:
            await services.prepare()
            yield services
        finally:
            await programs.stop()


@asynccontextmanager
async def _fresh(postgres: PostgresServer, databases: Databases) -> AsyncIterator[None]:
    """Databases that the next opening does not find: its plan has other keys, which unwrap nothing of ours."""
    await databases.create()
    try:
        yield
    finally:
        admin = await asyncpg.connect(postgres.dsn())
        for name in (*(service.package for service in SERVICES), VAULT):
            await admin.execute(f"DROP DATABASE {name} WITH (FORCE)")
        await admin.close()
