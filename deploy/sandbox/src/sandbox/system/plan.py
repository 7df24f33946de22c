"""Where everything of one run listens."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from sandbox.places import PROJECT
from sandbox.ports import free_port
from sandbox.system.keys import RunKeys
from sandbox.system.services import SERVICES

ISSUER, NOTIFY, CLOCK = "issuer", "notify", "clock"
WATCHED = tuple(name for service in SERVICES for name in (service.name, f"{service.name}-relay"))
LISTENERS = (*(service.name for service in SERVICES), ISSUER, NOTIFY, CLOCK)
# Cookies do not know ports: on one host with ours the issuer's would go when a page of ours says Clear-Site-Data.
HOSTS = {ISSUER: "localhost"}


@dataclass(frozen=True)
class Plan:
    """Ports and secrets, decided before anything starts, since each process must be told of the others."""

    keys: RunKeys = field(default_factory=RunKeys)
    ports: Mapping[str, int] = field(default_factory=lambda: {name: free_port() for name in LISTENERS})
    health_ports: Mapping[str, int] = field(default_factory=lambda: {name: free_port() for name in WATCHED})

    def url(self, name: str) -> str:
        """Where people, agencies and the story reach it."""
        return f"http://{HOSTS.get(name, '127.0.0.1')}:{self.ports[name]}"

    def inside(self, name: str) -> str:
        """Where the others of the system reach it."""
        return self.url(name)

    def listening(self, name: str) -> Mapping[str, str]:
        """The settings that say where it listens."""
        return {"PORT": str(self.ports[name])}

    def health(self, name: str) -> str:
        """Where a service or its relay, as `intake-relay`, answers for its health."""
        return f"http://127.0.0.1:{self.health_ports[name]}"

    def watched(self, name: str) -> Mapping[str, str]:
        """The settings that say where it answers for its health."""
        return {"HEALTH_PORT": str(self.health_ports[name])}

    def file(self, name: str) -> str:
        """Where a process finds one of the sandbox's own files."""
        return str(PROJECT / name)
