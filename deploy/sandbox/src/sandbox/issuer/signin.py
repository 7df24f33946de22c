"""The sign-in page: choose who you are (OpenID Connect authorization code flow with PKCE S256).

Who has chosen stays signed in for an hour, and is signed in to the next client without a question unless that asks with
`prompt=login`, in the address or in a request object.
"""

import json
from contextlib import suppress
from dataclasses import dataclass
from urllib.parse import urlencode, urlsplit

import httpx2
from chassis.http.problems import InvalidContent
from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from jinja2 import Environment, PackageLoader
from joserfc import jws
from joserfc.errors import JoseError

from sandbox.issuer.codes import Codes
from sandbox.issuer.registry import Registry, is_loopback
from sandbox.issuer.sessions import Session, Sessions
from sandbox.issuer.signing import Signer

SEE_OTHER = 303
PAGES = Environment(loader=PackageLoader("sandbox.issuer", "."), autoescape=True)


@dataclass(frozen=True)
class SignIn:
    """`GET /authorize` shows the people; the same address with `persona` is the choice, for programs too."""

    registry: Registry
    codes: Codes
    sessions: Sessions
    signer: Signer

    def router(self) -> APIRouter:
        router = APIRouter()

        @router.get("/authorize")
        async def authorize(request: Request) -> Response:
            asked = _with_request_object(dict(request.query_params))
            self._check(asked)
            session = self.sessions.of(request)
            if "persona" not in asked and session is not None and asked.get("prompt") != "login":
                asked["persona"] = session.persona
            if "persona" not in asked:
                return HTMLResponse(self._page(asked))
            answer = RedirectResponse(self._back(asked), SEE_OTHER)
            if session is None or session.persona != asked["persona"]:
                session = self.sessions.begin(asked["persona"], answer)
            session.clients[asked["client_id"]] = _origin(asked["redirect_uri"])
            return answer

        @router.get("/logout")
        async def logout(request: Request, post_logout_redirect_uri: str = "") -> Response:
            """Ends the session here and, over the back channel, at every client that it signed in to."""
            back = post_logout_redirect_uri
            answer: Response = HTMLResponse(PAGES.get_template("signed-out.html").render())
            if is_loopback(back):
                answer = RedirectResponse(back, SEE_OTHER)
            ended = self.sessions.end(request, answer)
            if ended is not None:
                await self._tell(ended)
            return answer

        return router

    async def _tell(self, ended: Session) -> None:
        subject = self.registry.personas[ended.persona].subject
        async with httpx2.AsyncClient(timeout=2) as http:
            for client_id, origin in ended.clients.items():
                token = self.signer.logout_token(subject=subject, client_id=client_id)
                with suppress(httpx2.HTTPError):
                    await http.post(f"{origin}/signin/ended", data={"logout_token": token})

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


def _with_request_object(asked: dict[str, str]) -> dict[str, str]:
    """What a request object says goes before what stands in the address; its signature is taken on trust here."""
    if "request" not in asked:
        return asked
    try:
        said = json.loads(jws.extract_compact(asked["request"].encode()).payload)
    except (JoseError, ValueError) as error:
        raise InvalidContent("The request object cannot be read.") from error
    return asked | {name: value for name, value in said.items() if isinstance(value, str)}


def _origin(address: str) -> str:
    parts = urlsplit(address)
    return f"{parts.scheme}://{parts.netloc}"
