"""A service's foundation for tests: a real database, and a vault and an issuer in memory."""

import base64
from typing import Final, TypedDict

import httpx2
from chassis.clock import Clock
from chassis.database import Pool
from chassis.foundation import Foundation
from chassis.http.metrics import process_registry
from chassis.key_ring import KeyRing
from chassis.security.issuer import Issuer
from chassis.settings import ServiceSettings
from chassis.testing.issuer import ISSUER, FakeIssuer
from chassis.vault.composing import EventComposer
from chassis.vault.opening import Opener
from chassis.vault.port import Vault
from pydantic import SecretStr


class Unused(TypedDict):
    """What settings must name and a test never reaches."""

    database_url: SecretStr
    vault_url: SecretStr
    vault_kek: SecretStr
    digest_key: SecretStr
    kafka_bootstrap: str
    issuer: str
    audience: str
    client_id: str
    client_secret: SecretStr


NO_KEY: Final = base64.b64encode(bytes(32)).decode()
UNUSED: Final[Unused] = {
    "database_url": SecretStr("postgresql://unused"),
    "vault_url": SecretStr("postgresql://unused"),
    "vault_kek": SecretStr(NO_KEY),
    "digest_key": SecretStr(NO_KEY),
    "kafka_bootstrap": "unused",
    "issuer": ISSUER,
    "audience": "throughline-test",
    "client_id": "test",
    "client_secret": SecretStr(""),
}


def foundation_of(
    settings: ServiceSettings,
    *,
    pool: Pool,
    outside: httpx2.AsyncClient,
    clock: Clock,
    issuer: FakeIssuer,
    vault: Vault,
) -> Foundation:
    """The foundation that `open_foundation` would open, on these parts; the log's epoch is 1."""
    return Foundation(
        settings=settings,
        clock=clock,
        pool=pool,
        epoch=1,
        vault=vault,
        composer=EventComposer(vault, KeyRing.alone(bytes(32))),
        opener=Opener(vault),
        http=outside,
        issuer=Issuer(settings.issuer, http=outside, clock=clock),
        bearer=issuer.bearer(),
        registry=process_registry(),
    )
