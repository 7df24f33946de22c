"""Signing people in and out: `/signin`, `/signin/callback`, `/signout`; and who is signed in, for other routes."""

import base64
import hmac
import re
from urllib.parse import quote, urlsplit

import msgspec
from fastapi import APIRouter, Request, Response
from fastapi.responses import HTMLResponse, RedirectResponse

from chassis.errors import PermanentFailure
from chassis.http.plain import plain_page
from chassis.http.problems import NotAuthenticated
from chassis.security.bearer import Bearer, PrincipalOf, has_bearer
from chassis.security.csrf import demand_same_origin
from chassis.security.oidc import Attempt, OidcClient, SignInFailed
from chassis.security.principal import Principal
from chassis.security.sessions import Sessions

CALLBACK_PATH = "/signin/callback"
SIGNED_OUT_PATH = "/signed-out"

_ATTEMPT_SECONDS = 600
_LONGEST_COOKIE = 2_048
_OUR_PATH = re.compile(r"/(?![/\\])[\x21-\x5b\x5d-\x7e]{0,200}")
_SIGNED_OUT = plain_page("You have signed out", '<p><a href="/">Sign in again</a></p>')
_LOOPBACK = frozenset({"127.0.0.1", "::1", "localhost"})


class SignInNeeded(NotAuthenticated):
    """A page for people signed in; the Location header leads to the sign-in and back."""

    status = 303
    title = "Sign in first"


class NoSession(NotAuthenticated):
    """There is no session, or it has ended."""


class SignIn:
    """One service's sign-in. Cookies are HttpOnly, SameSite=Lax, and Secure but for plain http on loopback.

    `name` begins the cookies' names: on one laptop several services share a host, and cookies do not know ports.
    """

    def __init__(self, oidc: OidcClient, sessions: Sessions, *, public_url: str, name: str) -> None:
        address = urlsplit(public_url)
        self._secure = address.scheme == "https"
        if not self._secure and address.hostname not in _LOOPBACK:
            raise PermanentFailure("people sign in over https only; correct public_url")
        self._oidc = oidc
        self._sessions = sessions
        self._origin = f"{address.scheme}://{address.netloc}"
        prefix = f"__Host-{name}" if self._secure else name
        self._session_cookie, self._attempt_cookie = f"{prefix}-session", f"{prefix}-signin"

    async def session(self, request: Request) -> Principal:
        """FastAPI dependency: who is signed in. Raises NoSession (401), CrossSite (403) for a change from elsewhere."""
        session_id = request.cookies.get(self._session_cookie)
        principal = await self._sessions.find(session_id) if session_id else None
        if principal is None:
            raise NoSession("Sign in at /signin.")
        demand_same_origin(request, origin=self._origin)
        return principal

    async def page(self, request: Request) -> Principal:
        """FastAPI dependency for pages: who is signed in, or a redirect to the sign-in that comes back here."""
        try:
            return await self.session(request)
        except NoSession as error:
            back = request.url.path if request.method == "GET" else "/"
            location = f"/signin?return_to={quote(back, safe='/')}"
            raise SignInNeeded("Sign in at /signin.", headers={"Location": location}) from error

    async def glance(self, request: Request) -> Principal | None:
        """Who is signed in still, while an answer of this request goes on; it does not keep the session alive."""
        session_id = request.cookies.get(self._session_cookie)
        return await self._sessions.glance(session_id) if session_id else None

    async def choose(self, request: Request, choice: str) -> None:
        """Keep in the session of this request what its person chose to look at; no address and no cookie says it."""
        if session_id := request.cookies.get(self._session_cookie):
            await self._sessions.choose(session_id, choice)

    async def forget(self, request: Request, answer: Response) -> None:
        """End the session of this request, and take its cookie back with `answer`: signing out, or leaving at once."""
        await self._end_session_of(request)
        self._set(answer, self._session_cookie, "", seconds=0)

    def session_or(self, bearer: Bearer) -> PrincipalOf:
        """FastAPI dependency: a bearer token where one was sent, else the session."""

        async def either(request: Request) -> Principal:
            return await (bearer.principal(request) if has_bearer(request) else self.session(request))

        return either

    def router(self) -> APIRouter:
        """The addresses; the code of the callback goes nowhere but to the issuer."""
        router = APIRouter(include_in_schema=False)
        router.add_api_route("/signin", self._begin, methods=["GET"])
        router.add_api_route(CALLBACK_PATH, self._complete, methods=["GET"])
        router.add_api_route("/signout", self._sign_out, methods=["POST"])
        router.add_api_route(SIGNED_OUT_PATH, _signed_out, methods=["GET"])
        return router

    async def _begin(self, return_to: str = "/") -> Response:
        attempt = self._oidc.attempt(return_to=return_to if _OUR_PATH.fullmatch(return_to) else "/")
        answer = RedirectResponse(await self._oidc.address(attempt), status_code=303)
        kept = base64.urlsafe_b64encode(msgspec.json.encode(attempt)).decode()
        self._set(answer, self._attempt_cookie, kept, seconds=_ATTEMPT_SECONDS)
        return answer

    async def _complete(self, request: Request, code: str = "", state: str = "") -> Response:
        attempt = _attempt_in(request.cookies.get(self._attempt_cookie, ""))
        if not code or not hmac.compare_digest(attempt.state.encode(), state.encode()):
            raise SignInFailed
        person = await self._oidc.redeem(code, attempt)
        await self._end_session_of(request)
        answer = RedirectResponse(attempt.return_to, status_code=303)
        session_id = await self._sessions.open(person.subject, roles=person.roles)
        self._set(answer, self._session_cookie, session_id, seconds=None)
        self._set(answer, self._attempt_cookie, "", seconds=0)
        return answer

    async def _sign_out(self, request: Request) -> Response:
        demand_same_origin(request, origin=self._origin)
        # Not to a page that asks for a sign-in: browsers refuse a form's way to the issuer (form-action 'self').
        answer = RedirectResponse(SIGNED_OUT_PATH, status_code=303)
        await self.forget(request, answer)
        return answer

    async def _end_session_of(self, request: Request) -> None:
        if session_id := request.cookies.get(self._session_cookie):
            await self._sessions.end(session_id)

    def _set(self, answer: Response, name: str, value: str, *, seconds: int | None) -> None:
        answer.set_cookie(name, value, max_age=seconds, path="/", secure=self._secure, httponly=True, samesite="lax")


async def _signed_out() -> Response:
    return HTMLResponse(_SIGNED_OUT)


def _attempt_in(cookie: str) -> Attempt:
    try:
        attempt = msgspec.json.decode(base64.urlsafe_b64decode(cookie[:_LONGEST_COOKIE]), type=Attempt)
    except (ValueError, msgspec.MsgspecError) as error:
        raise SignInFailed from error
    if not attempt.state or not _OUR_PATH.fullmatch(attempt.return_to):
        raise SignInFailed
    return attempt
