"""What every serving process stands on, opened from its settings in one place and closed in reverse order."""

from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass

import httpx2
from prometheus_client import CollectorRegistry

from chassis.clock import Clock, SystemClock
from chassis.consumer.consumer import Consumer
from chassis.consumer.subscription import Subscription
from chassis.consumer.wiring import kafka_consumer
from chassis.database import Pool, open_pool
from chassis.http.leaving import NEUTRAL_PAGE
from chassis.http.metrics import process_registry
from chassis.key_ring import KeyRing
from chassis.log.epoch import join_epoch
from chassis.outward import OutwardClient
from chassis.security.bearer import Bearer
from chassis.security.client_key import ClientKey
from chassis.security.delegation import Delegation
from chassis.security.issuer import Issuer
from chassis.security.oidc import OidcClient
from chassis.security.sessions import PostgresSessions, SessionLimits
from chassis.security.signin import CALLBACK_PATH, SignIn
from chassis.security.token_endpoint import TokenEndpoint
from chassis.security.tokens import ClientCredentials
from chassis.settings import ServiceSettings
from chassis.vault.composing import EventComposer
from chassis.vault.opening import Opener
from chassis.vault.port import Vault
from chassis.vault.postgres import PostgresVault

_CALL_SECONDS = 10.0
_VAULT_CONNECTIONS = 4


@dataclass(frozen=True, slots=True)
class Foundation:
    """A service's connections and the parts made of them. `epoch` is the log's fencing epoch that it joined."""

    settings: ServiceSettings
    clock: Clock
    pool: Pool
    epoch: int
    vault: Vault
    composer: EventComposer
    opener: Opener
    http: httpx2.AsyncClient
    issuer: Issuer
    bearer: Bearer
    registry: CollectorRegistry

    def tokens(self, audience: str, *, scope: str) -> ClientCredentials:
        """Tokens for this service's own calls to another one."""
        return ClientCredentials(
            self.issuer,
            client_id=self.settings.client_id,
            secret=self.settings.client_secret,
            audience=audience,
            scope=scope,
            http=self.http,
            clock=self.clock,
        )

    def signin(self, name: str, *, limits: SessionLimits | None = None, exit_url: str = NEUTRAL_PAGE) -> SignIn:
        """The sign-in of the service `name` for people, with sessions in its database."""
        oidc = OidcClient(
            self.issuer,
            client_id=self.settings.oidc_client_id,
            secret=self.settings.oidc_client_secret,
            redirect_uri=self.settings.public_url.rstrip("/") + CALLBACK_PATH,
            http=self.http,
            clock=self.clock,
            key=self._client_key(),
            levels=self.settings.oidc_levels,
        )
        sessions = PostgresSessions(self.pool, clock=self.clock, limits=limits)
        return SignIn(
            oidc,
            sessions,
            public_url=self.settings.public_url,
            name=name,
            exit_url=exit_url,
            delegates=self.settings.delegates,
        )

    def delegation(self, signin: SignIn) -> Delegation:
        """Tokens to act at other services for the people who sign in by `signin`."""
        tokens = TokenEndpoint(
            self.issuer,
            client_id=self.settings.oidc_client_id,
            secret=self.settings.oidc_client_secret,
            http=self.http,
            key=self._client_key(),
        )
        return Delegation(signin.sessions, tokens, clock=self.clock)

    def _client_key(self) -> ClientKey | None:
        key = self.settings.oidc_client_key
        return ClientKey(key, client_id=self.settings.oidc_client_id, clock=self.clock) if key else None

    def consumer(self, name: str, subscriptions: Sequence[Subscription]) -> Consumer:
        """A consumer of other services' topics; holes are refilled from their owners' logs."""
        return kafka_consumer(
            name,
            pool=self.pool,
            kafka=self.settings.kafka,
            subscriptions=subscriptions,
            http=self.http,
            tokens={one.topic: self.tokens(_audience_of(one.topic), scope="log:read") for one in subscriptions},
            registry=self.registry,
        )


def _audience_of(topic: str) -> str:
    return f"throughline-{topic.removesuffix('.events')}"


@asynccontextmanager
async def open_foundation(settings: ServiceSettings, *, connections: int = 8) -> AsyncIterator[Foundation]:
    """Open what `settings` name; raises when the database does not answer."""
    clock = SystemClock()
    async with AsyncExitStack() as stack:
        pool = await stack.enter_async_context(open_pool(settings.database_url.get_secret_value(), size=connections))
        vault_pool = await stack.enter_async_context(
            open_pool(settings.vault_url.get_secret_value(), size=_VAULT_CONNECTIONS)
        )
        http = await stack.enter_async_context(OutwardClient(timeout=_CALL_SECONDS))
        registry = process_registry()
        issuer = Issuer(settings.issuer, http=http, clock=clock, inside=settings.issuer_inside, registry=registry)
        vault = PostgresVault(vault_pool, kek=KeyRing.of(settings.vault_kek.get_secret_value()), clock=clock)
        yield Foundation(
            settings=settings,
            clock=clock,
            pool=pool,
            epoch=await join_epoch(pool),
            vault=vault,
            composer=EventComposer(vault, settings.digest_keys),
            opener=Opener(vault),
            http=http,
            issuer=issuer,
            bearer=Bearer(issuer=settings.issuer, audience=settings.audience, keys=issuer, clock=clock),
            registry=registry,
        )
