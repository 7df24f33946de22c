"""The issuer as an HTTP application: discovery, keys, sign-in, tokens."""

from chassis.clock import Clock
from chassis.http.app import create_app
from chassis.security.delegation import GRANT
from fastapi import APIRouter, FastAPI

from sandbox.issuer.codes import Codes
from sandbox.issuer.registry import Registry, read_clients, read_personas
from sandbox.issuer.sessions import Sessions
from sandbox.issuer.settings import IssuerSettings
from sandbox.issuer.signin import SignIn
from sandbox.issuer.signing import Signer
from sandbox.issuer.tokens import TokenEndpoint


def issuer_app(settings: IssuerSettings, *, clock: Clock) -> FastAPI:
    registry = Registry(
        personas=read_personas(settings.personas_file),
        clients=read_clients(settings.clients_file),
        secrets=settings.client_secrets,
    )
    codes, signer = Codes(clock), Signer(issuer=settings.url, clock=clock)
    routers = [
        _discovery(settings.url, signer),
        SignIn(registry, codes, Sessions(clock), signer).router(),
        TokenEndpoint(registry, codes, signer).router(),
    ]
    return create_app("Sandbox issuer", routers=routers, readiness={}, https=False)


def _discovery(url: str, signer: Signer) -> APIRouter:
    router = APIRouter()

    @router.get("/.well-known/openid-configuration")
    async def discovery() -> dict[str, object]:
        return {
            "issuer": url,
            "authorization_endpoint": f"{url}/authorize",
            "token_endpoint": f"{url}/token",
            "jwks_uri": f"{url}/jwks",
            "end_session_endpoint": f"{url}/logout",
            "response_types_supported": ["code"],
            "backchannel_logout_supported": True,
            "request_parameter_supported": True,
            "grant_types_supported": ["authorization_code", "client_credentials", GRANT],
            "subject_types_supported": ["public"],
            "id_token_signing_alg_values_supported": ["ES256"],
            "code_challenge_methods_supported": ["S256"],
            "token_endpoint_auth_methods_supported": ["client_secret_basic", "client_secret_post", "none"],
        }

    @router.get("/jwks")
    async def jwks() -> dict[str, object]:
        return signer.public_keys()

    return router
