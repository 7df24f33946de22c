"""The settings of each container, written where docker-compose.yml reads them."""

import json
from collections.abc import Mapping
from pathlib import Path

from sandbox.compose.address import POSTGRES, ServerAt
from sandbox.compose.plan import ContainerPlan
from sandbox.compose.private import write_private
from sandbox.system.databases import Databases
from sandbox.system.environments import Environment, Environments
from sandbox.system.plan import CLOCK, ISSUER, NOTIFY
from sandbox.system.services import SERVICES

KAFKA = "kafka:9092"
COLLECTOR = "http://otel-collector:4318/v1/traces"


def container_environments(plan: ContainerPlan, *, otlp_endpoint: str | None = None) -> Mapping[str, Environment]:
    """By the name of the container; a relay has no keys here either, and only a migration has an owner's role."""
    keys = plan.keys
    told = Environments(plan, Databases(ServerAt(POSTGRES, keys.superuser), keys.roles), KAFKA, otlp_endpoint)
    migrations = {f"{service.name}-migrate": told.migrating(service) for service in SERVICES}
    relays = {f"{service.name}-relay": told.relaying(service) for service in SERVICES}
    serving = {service.name: told.serving(service) for service in SERVICES}
    return {
        "postgres": {"POSTGRES_PASSWORD": keys.superuser},
        "databases": {
            "DATABASES_SUPERUSER": keys.superuser,
            "DATABASES_PASSWORDS": json.dumps(dict(keys.roles)),
        },
        "vault-migrate": told.migrating_the_vault(),
        **migrations,
        **relays,
        **serving,
        ISSUER: told.issuing(),
        NOTIFY: told.notifying(),
        CLOCK: told.keeping_time(),
    }


def write_environments(folder: Path, environments: Mapping[str, Environment]) -> None:
    """One file for each container, for nobody else's eyes."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    for name, environment in environments.items():
        write_private(folder / f"{name}.env", "".join(_line(*pair) for pair in environment.items()))


def _line(name: str, value: str) -> str:
    if "'" in value or "\n" in value:
        raise ValueError(f"{name} holds a quote or a line break, which an env file cannot")
    # Within single quotes docker compose replaces nothing.
    return f"{name}='{value}'\n"
