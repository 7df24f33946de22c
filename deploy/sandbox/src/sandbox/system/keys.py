"""Secrets of one run: made when it starts, gone when it ends."""

import base64
import secrets
import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field

from sandbox.issuer.registry import read_clients
from sandbox.places import PROJECT
from sandbox.system.services import SERVICES, VAULT_OWNER


@dataclass(frozen=True)
class RunKeys:
    """By client, role or service; `vault_kek` and the digest keys are base64 of 32 bytes.

    `superuser` is for a PostgreSQL that is told it by its settings.
    """

    clients: Mapping[str, str] = field(default_factory=lambda: _secret_for(_confidential_clients()))
    roles: Mapping[str, str] = field(default_factory=lambda: _secret_for(_database_roles()))
    superuser: str = field(default_factory=lambda: secrets.token_urlsafe(24))
    vault_kek: str = field(default_factory=lambda: _key())
    digest_keys: Mapping[str, str] = field(default_factory=lambda: {service.name: _key() for service in SERVICES})
    notify: str = field(default_factory=lambda: f"sandbox-{_uuid()}-{_uuid()}")


def _confidential_clients() -> list[str]:
    return [name for name, client in read_clients(PROJECT / "clients.toml").items() if client.confidential]


def _database_roles() -> list[str]:
    roles = [role for service in SERVICES for role in (service.package, service.owner_role, service.vault_role)]
    return [*roles, VAULT_OWNER]


def _secret_for(names: list[str]) -> dict[str, str]:
    return {name: secrets.token_urlsafe(24) for name in names}


def _key() -> str:
    return base64.b64encode(secrets.token_bytes(32)).decode()


def _uuid() -> str:
    return str(uuid.UUID(int=secrets.randbits(128)))
