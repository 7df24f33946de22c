"""Where everything listens in containers: one port inside each, another on loopback outside."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from sandbox.ports import free_port
from sandbox.system.keys import RunKeys
from sandbox.system.plan import LISTENERS, Plan

INSIDE = "8000"
HEALTH = "8001"
EVERYWHERE = "0.0.0.0"  # noqa: S104  inside a container; outside, only loopback ports are published
MOUNTED = "/etc/throughline"
USUAL_PORTS = {name: 8101 + place for place, name in enumerate(LISTENERS)}
"""Those that docker-compose.yml publishes unless it is told otherwise."""


@dataclass(frozen=True)
class ContainerPlan(Plan):
    """Containers find each other by name."""

    keys: RunKeys = field(default_factory=RunKeys)
    ports: Mapping[str, int] = field(default_factory=lambda: USUAL_PORTS)

    def inside(self, name: str) -> str:
        return f"http://{name}:{INSIDE}"

    def listening(self, name: str) -> Mapping[str, str]:
        del name  # each has a network address of its own
        return {"HOST": EVERYWHERE, "PORT": INSIDE}

    def watched(self, name: str) -> Mapping[str, str]:
        del name  # as above; only the container's own health check asks
        return {"HEALTH_PORT": HEALTH}

    def file(self, name: str) -> str:
        return f"{MOUNTED}/{name}"

    @property
    def published(self) -> Mapping[str, str]:
        """The ports as docker-compose.yml is told them."""
        return {f"THROUGHLINE_{name.upper().replace('-', '_')}_PORT": str(port) for name, port in self.ports.items()}


def free_ports() -> Mapping[str, int]:
    """For a system beside another one."""
    return {name: free_port() for name in LISTENERS}
