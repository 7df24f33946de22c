"""Signing people in and out: `/signin` and what is under it, `/signout`, `/exit`; and who is signed in.

Signing out ends the issuer's session too. Leaving by `/exit` does not, in favour of being gone at once; so that nobody
comes back in by what the issuer still knows, each sign-in is asked for anew (`prompt=login`).
"""

import re
from typing import Annotated
from urllib.parse import quote, urlsplit

from fastapi import APIRouter, Form, Request, Response
from fastapi.responses import HTMLResponse, RedirectResponse

from chassis.errors import PermanentFailure
from chassis.http.leaving import FORGET_ALL, NEUTRAL_PAGE, leave_for
from chassis.http.plain import EXIT_PATH, plain_page
from chassis.http.problems import MalformedContent, NotAuthenticated
from chassis.security.attempts import ATTEMPT_SECONDS, Attempts
from chassis.security.bearer import Bearer, PrincipalOf, has_bearer
from chassis.security.csrf import demand_same_origin
from chassis.security.issuer import IssuerAway
from chassis.security.oidc import OidcClient, SignInFailed
from chassis.security.principal import Principal
from chassis.security.sessions import Sessions

CALLBACK_PATH = "/signin/callback"
SIGNED_OUT_PATH = "/signed-out"

_OUR_PATH = re.compile(r"/(?![/\\])[\x21-\x5b\x5d-\x7e]{0,200}")
_SIGNED_OUT = plain_page("You have signed out", '<p><a href="/">Sign in again</a></p>')
_LOOPBACK = frozenset({"127.0.0.1", "::1", "localhost"})


class SignInNeeded(NotAuthenticated):
    """A page for people signed in; the Location header leads to the sign-in and back."""

    status = 303
    title = "Sign in first"


class NoSession(NotAuthenticated):
    """There is no session, or it has ended."""


class LogoutRefused(MalformedContent):
    """The logout token is not one of our issuer for this client; nobody was signed out."""


class SignIn:
    """One service's sign-in. Cookies are HttpOnly, SameSite=Lax, and Secure but for plain http on loopback.

    `name` begins the cookies' names: on one laptop several services share a host, and cookies do not know ports.
    With `delegates` a session keeps the access token of its sign-in, for `chassis.security.delegation`.
    """

    def __init__(
        self,
        oidc: OidcClient,
        sessions: Sessions,
        *,
        public_url: str,
        name: str,
        exit_url: str = NEUTRAL_PAGE,
        delegates: bool = False,
    ) -> None:
        address = urlsplit(public_url)
        self._secure = address.scheme == "https"
        if not self._secure and address.hostname not in _LOOPBACK:
            raise PermanentFailure("people sign in over https only; correct public_url")
        self._oidc = oidc
        self.sessions = sessions
        self._delegates = delegates
        self._origin = f"{address.scheme}://{address.netloc}"
        prefix = f"__Host-{name}" if self._secure else name
        self._session_cookie, self._attempts = f"{prefix}-session", Attempts(f"{prefix}-signin")
        self._exit_url = exit_url

    @property
    def forms_lead_to(self) -> tuple[str, ...]:
        """Other origins to which forms of our pages lead: signing out goes on to the issuer."""
        return (self._oidc.origin,)

    async def session(self, request: Request) -> Principal:
        """FastAPI dependency: who is signed in. Raises NoSession (401), CrossSite (403) for a change from elsewhere."""
        session_id = request.cookies.get(self._session_cookie)
        principal = await self.sessions.find(session_id) if session_id else None
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
        return await self.sessions.glance(session_id) if session_id else None

    def session_id(self, request: Request) -> str:
        """The id of this request's session, to act for its person elsewhere; nothing where there is none."""
        return request.cookies.get(self._session_cookie, "")

    async def choose(self, request: Request, choice: str) -> None:
        """Keep in the session of this request what its person chose to look at; no address and no cookie says it."""
        if session_id := request.cookies.get(self._session_cookie):
            await self.sessions.choose(session_id, choice)

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
        router.add_api_route("/signin/session", self._alive, methods=["GET"])
        router.add_api_route("/signin/ended", self._ended_elsewhere, methods=["POST"])
        router.add_api_route("/signout", self._sign_out, methods=["POST"])
        router.add_api_route(EXIT_PATH, self._leave, methods=["GET"])
        router.add_api_route(SIGNED_OUT_PATH, _signed_out, methods=["GET"])
        return router

    async def _begin(self, request: Request, return_to: str = "/") -> Response:
        attempt = self._oidc.attempt(return_to=return_to if _OUR_PATH.fullmatch(return_to) else "/")
        answer = RedirectResponse(await self._oidc.address(attempt), status_code=303)
        for name in self._attempts.too_many(request.cookies):
            self._set(answer, name, "", seconds=0)
        kept = self._attempts.kept(attempt, begun=self._oidc.now())
        self._set(answer, self._attempts.name(attempt), kept, seconds=ATTEMPT_SECONDS)
        return answer

    async def _complete(self, request: Request, code: str = "", state: str = "") -> Response:
        try:
            return await self._completed(request, code, state)
        except SignInFailed:
            # As after Back, or in a second tab: whoever is signed in needs no explanation.
            if await self.glance(request) is None:
                raise
            return RedirectResponse("/", status_code=303)

    async def _completed(self, request: Request, code: str, state: str) -> Response:
        attempt = self._attempts.of(state, request.cookies, now=self._oidc.now())
        if not code or attempt is None or not _OUR_PATH.fullmatch(attempt.return_to):
            raise SignInFailed
        person = await self._oidc.redeem(code, attempt)
        await self._end_session_of(request)
        answer = RedirectResponse(attempt.return_to, status_code=303)
        session_id = await self.sessions.open(
            person.subject,
            roles=person.roles,
            hint=person.hint,
            access=person.access.get_secret_value() if self._delegates else "",
        )
        self._set(answer, self._session_cookie, session_id, seconds=None)
        self._set(answer, self._attempts.name(attempt), "", seconds=0)
        return answer

    async def _sign_out(self, request: Request) -> Response:
        demand_same_origin(request, origin=self._origin)
        hint = await self._end_session_of(request)
        answer = RedirectResponse(await self._goodbye(hint), status_code=303)
        self._set(answer, self._session_cookie, "", seconds=0)
        answer.headers["Clear-Site-Data"] = FORGET_ALL
        return answer

    async def _goodbye(self, hint: str) -> str:
        try:
            return await self._oidc.goodbye(hint, back=self._origin + SIGNED_OUT_PATH) or SIGNED_OUT_PATH
        except IssuerAway:
            # Ours has ended all the same, and the next sign-in is asked for anew.
            return SIGNED_OUT_PATH

    async def _ended_elsewhere(self, logout_token: Annotated[str, Form(max_length=8_192)]) -> Response:
        try:
            await self.sessions.end_all_of(await self._oidc.ended(logout_token))
        except SignInFailed as error:
            raise LogoutRefused("Send a logout token of our issuer for this client.") from error
        return Response(status_code=200)

    async def _alive(self, request: Request) -> Response:
        """For `/session.js`: is the session of this page still there? Asking does not keep it."""
        return Response(status_code=204 if await self.glance(request) is not None else 401)

    async def _leave(self, request: Request) -> Response:
        answer = leave_for(self._exit_url)
        await self.forget(request, answer)
        return answer

    async def _end_session_of(self, request: Request) -> str:
        session_id = request.cookies.get(self._session_cookie)
        return await self.sessions.end(session_id) if session_id else ""

    def _set(self, answer: Response, name: str, value: str, *, seconds: int | None) -> None:
        answer.set_cookie(name, value, max_age=seconds, path="/", secure=self._secure, httponly=True, samesite="lax")


async def _signed_out() -> Response:
    return HTMLResponse(_SIGNED_OUT)
