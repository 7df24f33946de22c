"""The services that the sandbox runs."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Service:
    """One service; `name` as in addresses and clients, `package` as in Python.

    Only one that `keeps_documents` may destroy their keys when their time is up.
    """

    name: str
    package: str
    keeps_documents: bool = False

    @property
    def prefix(self) -> str:
        """What its environment variables start with."""
        return f"{self.package.upper()}_"

    @property
    def audience(self) -> str:
        return f"throughline-{self.name}"

    @property
    def owner_role(self) -> str:
        """The database role that migrates; the service itself runs as a role that can't change the schema."""
        return f"{self.package}_owner"

    @property
    def vault_role(self) -> str:
        return f"{self.package}_vault"


SERVICES = (
    Service("intake", "intake", keeps_documents=True),
    Service("journey", "journey"),
    Service("notifications", "notifications"),
    Service("witness-care", "witness_care"),
)
VAULT = "vault"
VAULT_OWNER = "vault_owner"
