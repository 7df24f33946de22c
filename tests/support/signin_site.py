"""One service with a page and a sign-in, and a browser at it, against an issuer in memory."""

from typing import Annotated, Any

import httpx2
from chassis.clock import Clock
from chassis.http.app import create_app
from chassis.security.client_key import ClientKey
from chassis.security.issuer import Issuer
from chassis.security.oidc import OidcClient
from chassis.security.principal import Principal
from chassis.security.sessions import MemorySessions
from chassis.security.signin import SignIn
from chassis.testing.clock import FakeClock
from chassis.testing.issuer import FakeIssuer
from fastapi import APIRouter, Depends
from pydantic import SecretStr

HERE = "https://journey.example.org"
SAME = {"sec-fetch-site": "same-origin"}


def client_of(
    issuer: FakeIssuer,
    *,
    http: httpx2.AsyncClient,
    clock: Clock,
    at: str = HERE,
    key: ClientKey | None = None,
    levels: str = "",
) -> OidcClient:
    """The client `journey` of this issuer, at this address."""
    return OidcClient(
        Issuer(issuer.address, http=http, clock=clock),
        client_id="journey",
        secret=SecretStr("not-a-secret"),
        redirect_uri=f"{at}/signin/callback",
        http=http,
        clock=clock,
        key=key,
        levels=levels,
    )


class Site:
    """One service with a page, and a browser at it."""

    def __init__(self, public_url: str = HERE, *, delegates: bool = False) -> None:
        self.clock = FakeClock()
        self.issuer = FakeIssuer(clock=self.clock)
        self.sessions = MemorySessions(clock=self.clock)
        http = httpx2.AsyncClient(transport=self.issuer.transport())
        oidc = client_of(self.issuer, http=http, clock=self.clock, at=public_url)
        self.signin = SignIn(oidc, self.sessions, public_url=public_url, name="journey", delegates=delegates)
        app = create_app(
            "test",
            routers=[self.signin.router(), self._pages()],
            readiness={},
            forms_lead_to=self.signin.forms_lead_to,
        )
        self.browser = httpx2.AsyncClient(transport=httpx2.ASGITransport(app=app), base_url=public_url)

    def _pages(self) -> APIRouter:
        router = APIRouter()

        @router.get("/")
        async def home(person: Annotated[Principal, Depends(self.signin.page)]) -> str:
            return person.subject

        @router.post("/seen")
        async def seen(person: Annotated[Principal, Depends(self.signin.page)]) -> str:
            return person.subject

        @router.get("/due")
        async def due(caller: Annotated[Principal, Depends(self.signin.session_or(self.issuer.bearer()))]) -> str:
            return caller.subject

        return router

    async def begin(self, path: str = "/signin") -> str:
        return (await self.browser.get(path)).headers["location"]

    async def sign_in(self, subject: str = "amira", **person: Any) -> httpx2.Response:
        query = self.issuer.sign_in(await self.begin(), subject=subject, **person)
        return await self.browser.get(f"/signin/callback?{query}")
