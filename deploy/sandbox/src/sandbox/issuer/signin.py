"""The sign-in page: choose who you are (OpenID Connect authorization code flow with PKCE S256)."""

from dataclasses import dataclass
from urllib.parse import urlencode

from chassis.http.problems import InvalidContent
from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from jinja2 import Environment, PackageLoader

from sandbox.issuer.codes import Codes
from sandbox.issuer.registry import Registry, is_loopback

SEE_OTHER = 303
PAGES = Environment(loader=PackageLoader("sandbox.issuer", "."), autoescape=True)


@dataclass(frozen=True)
class SignIn:
    """`GET /authorize` shows the people; the same address with `persona` is the choice, for programs too."""

    registry: Registry
    codes: Codes

    def router(self) -> APIRouter:
        router = APIRouter()

        @router.get("/authorize")
        async def authorize(request: Request) -> Response:
            asked = dict(request.query_params)
            self._check(asked)
            if "persona" not in asked:
                return HTMLResponse(self._page(asked))
            return RedirectResponse(self._back(asked), SEE_OTHER)

        @router.get("/logout")
        async def logout(post_logout_redirect_uri: str = "") -> Response:
            """Nobody stays signed in here, so there is only the way back."""
            if is_loopback(post_logout_redirect_uri):
                return RedirectResponse(post_logout_redirect_uri, SEE_OTHER)
            return HTMLResponse(PAGES.get_template("signed-out.html").render())

        return router

    def _check(self, asked: dict[str, str]) -> None:
        client = self.registry.clients.get(asked.get("client_id", ""))
        if client is None or not client.signs_people_in:
            raise InvalidContent("People do not sign in to this client.")
        if not is_loopback(asked.get("redirect_uri", "")):
            raise InvalidContent("The redirect goes to loopback addresses only.")
        if asked.get("response_type") != "code" or "openid" not in asked.get("scope", "").split():
            raise InvalidContent("Ask with response_type=code and scope=openid.")
        if asked.get("code_challenge_method") != "S256" or not asked.get("code_challenge"):
            raise InvalidContent("Ask with a code_challenge by S256.")
        if asked.get("persona", "") not in ("", *self.registry.personas):
            raise InvalidContent("There is no such persona.")

    def _page(self, asked: dict[str, str]) -> str:
        choices = [
            (persona, f"?{urlencode({**asked, 'persona': key})}") for key, persona in self.registry.personas.items()
        ]
        return PAGES.get_template("choose.html").render(choices=choices)

    def _back(self, asked: dict[str, str]) -> str:
        code = self.codes.issue(
            persona=asked["persona"],
            client_id=asked["client_id"],
            redirect_uri=asked["redirect_uri"],
            challenge=asked["code_challenge"],
            nonce=asked.get("nonce"),
        )
        answer = {"code": code} | ({"state": asked["state"]} if "state" in asked else {})
        separator = "&" if "?" in asked["redirect_uri"] else "?"
        return f"{asked['redirect_uri']}{separator}{urlencode(answer)}"
