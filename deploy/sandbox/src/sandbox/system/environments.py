"""The settings of each process, as environment variables."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sandbox.system.databases import Databases
from sandbox.system.plan import CLOCK, ISSUER, NOTIFY, Plan
from sandbox.system.services import SERVICES, VAULT, VAULT_OWNER, Service

EMAIL_TEMPLATE = "5e1f6a0e-2b1c-4c63-9d0a-7a2f4e8c1d01"
SMS_TEMPLATE = "5e1f6a0e-2b1c-4c63-9d0a-7a2f4e8c1d02"

Environment = Mapping[str, str]


@dataclass(frozen=True)
class Environments:
    """Nobody is told more than it needs: a relay has no keys, only a migration has an owner's role."""

    plan: Plan
    databases: Databases
    kafka_bootstrap: str
    otlp_endpoint: str | None = None

    def migrating(self, service: Service) -> Environment:
        return self._of(service, self._database(service, role=service.owner_role))

    def relaying(self, service: Service) -> Environment:
        watched = self.plan.watched(f"{service.name}-relay")
        return self._of(service, {**self._database(service, role=service.package), **self._pipes(), **watched})

    def serving(self, service: Service) -> Environment:
        peers = {
            f"{peer.prefix}{kind}": self.plan.inside(peer.name)
            for peer in SERVICES
            for kind in ("URL", "LOG_URL")
            if peer is not service
        }
        settings = self._database(service, role=service.package) | self._keys(service) | self._identity(service) | peers
        return self._of(service, {**settings, **self._pipes(), **_own(service, self.plan)})

    def migrating_the_vault(self) -> Environment:
        return {
            "VAULT_OWNER_URL": self.databases.dsn(VAULT, role=VAULT_OWNER),
            "VAULT_ROLES": self._vault_roles(service for service in SERVICES if not service.keeps_documents),
            "VAULT_FORGETTING_ROLES": self._vault_roles(service for service in SERVICES if service.keeps_documents),
        }

    def issuing(self) -> Environment:
        return self._listening(ISSUER) | {
            "ISSUER_URL": self.plan.url(ISSUER),
            "ISSUER_CLIENT_SECRETS": json.dumps(dict(self.plan.keys.clients)),
            "ISSUER_PERSONAS_FILE": self.plan.file("personas.toml"),
            "ISSUER_CLIENTS_FILE": self.plan.file("clients.toml"),
        }

    def notifying(self) -> Environment:
        return self._listening(NOTIFY) | {
            "NOTIFY_API_KEY": self.plan.keys.notify,
            "NOTIFY_CLOCK_URL": self.plan.inside(CLOCK),
            "NOTIFY_TEMPLATES_FILE": self.plan.file("notify-templates.toml"),
        }

    def keeping_time(self) -> Environment:
        dsns = {service.name: self.databases.dsn(service.package, role=service.package) for service in SERVICES}
        return self._listening(CLOCK) | {"CLOCK_DATABASES": json.dumps(dsns)}

    def _listening(self, name: str) -> dict[str, str]:
        return {f"{name.upper()}_{setting}": value for setting, value in self.plan.listening(name).items()}

    def _of(self, service: Service, settings: Environment) -> Environment:
        return {f"{service.prefix}{name}": value for name, value in settings.items()}

    def _database(self, service: Service, *, role: str) -> dict[str, str]:
        return {
            "DATABASE_URL": self.databases.dsn(service.package, role=role),
            "PRODUCTION": "false",
            "SANDBOX_CLOCK": "true",
        }

    def _pipes(self) -> dict[str, str]:
        traces = {"OTLP_ENDPOINT": self.otlp_endpoint} if self.otlp_endpoint else {}
        return {"KAFKA_BOOTSTRAP": self.kafka_bootstrap, **traces}

    def _vault_roles(self, services: Iterable[Service]) -> str:
        return json.dumps({service.vault_role: self.plan.keys.roles[service.vault_role] for service in services})

    def _keys(self, service: Service) -> dict[str, str]:
        return {
            "VAULT_URL": self.databases.dsn(VAULT, role=service.vault_role),
            "VAULT_KEK": self.plan.keys.vault_kek,
            "DIGEST_KEY": self.plan.keys.digest_keys[service.name],
        }

    def _identity(self, service: Service) -> dict[str, str]:
        secret = self.plan.keys.clients[service.name]
        return {
            "ISSUER": self.plan.url(ISSUER),
            "ISSUER_INSIDE": self.plan.inside(ISSUER),
            "AUDIENCE": service.audience,
            "CLIENT_ID": service.name,
            "CLIENT_SECRET": secret,
            "OIDC_CLIENT_ID": service.name,
            "OIDC_CLIENT_SECRET": secret,
            "PUBLIC_URL": self.plan.url(service.name),
            **self.plan.listening(service.name),
            **self.plan.watched(service.name),
        }


def _own(service: Service, plan: Plan) -> dict[str, str]:
    """What only this service is told."""
    match service.name:
        case "intake":
            return {"PUBLISHERS_FILE": plan.file("publishers.toml")}
        case "notifications":
            return {
                "NOTIFY_BASE_URL": plan.inside(NOTIFY),
                "NOTIFY_API_KEY": plan.keys.notify,
                "NOTIFY_EMAIL_TEMPLATE": EMAIL_TEMPLATE,
                "NOTIFY_SMS_TEMPLATE": SMS_TEMPLATE,
                "HOME_PAGE": plan.url("journey"),
            }
        case _:
            return {}
