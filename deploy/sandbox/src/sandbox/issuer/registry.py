"""Who may sign in and which systems may ask."""

import hmac
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from pydantic import BaseModel, ConfigDict, SecretStr

LOOPBACK = ("127.0.0.1", "localhost", "::1")


class Persona(BaseModel):
    """An invented person. `scopes` are what their access tokens carry beside their roles."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str
    about: str
    subject: str
    roles: tuple[str, ...]
    scopes: tuple[str, ...] = ()


class Client(BaseModel):
    """A system: what its tokens may be for, whether people sign in to it, and where it may act for them as what."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    audiences: tuple[str, ...]
    scopes: tuple[str, ...]
    confidential: bool = True
    signs_people_in: bool = False
    acts_at: tuple[str, ...] = ()
    acts_as: str = ""


@dataclass(frozen=True)
class Registry:
    """Everything the issuer knows."""

    personas: Mapping[str, Persona]
    clients: Mapping[str, Client]
    secrets: Mapping[str, SecretStr]

    def knows_secret(self, client_id: str, secret: str) -> bool:
        """A confidential client proved itself."""
        known = self.secrets.get(client_id)
        return known is not None and hmac.compare_digest(known.get_secret_value().encode(), secret.encode())


def read_personas(file: Path) -> dict[str, Persona]:
    return {key: Persona.model_validate(entry) for key, entry in _tables(file, "personas").items()}


def read_clients(file: Path) -> dict[str, Client]:
    return {key: Client.model_validate(entry) for key, entry in _tables(file, "clients").items()}


def is_loopback(address: str) -> bool:
    """Ports differ from run to run: a redirect may go to any port of this machine, and nowhere else (RFC 8252, 7.3)."""
    parts = urlsplit(address)
    return parts.scheme == "http" and parts.hostname in LOOPBACK and "@" not in parts.netloc and not parts.fragment


def _tables(file: Path, name: str) -> Mapping[str, object]:
    tables: dict[str, object] = tomllib.loads(file.read_text())[name]
    return tables
