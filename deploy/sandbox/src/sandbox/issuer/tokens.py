"""The token endpoint: client credentials for systems, authorization codes for people, exchange to act for them."""

import base64
import binascii
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from urllib.parse import unquote_plus

from chassis.security.delegation import GRANT
from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse
from starlette.datastructures import FormData

from sandbox.issuer.codes import Codes, Grant
from sandbox.issuer.exchange import Exchange
from sandbox.issuer.refusals import TokenRefused
from sandbox.issuer.registry import Client, Persona, Registry
from sandbox.issuer.signing import LIFETIME, SIGNED_IN, Signer


@dataclass(frozen=True)
class TokenEndpoint:
    """Answers with tokens or raises TokenRefused."""

    registry: Registry
    codes: Codes
    signer: Signer

    def router(self) -> APIRouter:
        router = APIRouter()

        @router.post("/token")
        async def token(request: Request) -> JSONResponse:
            form = await request.form()
            try:
                return JSONResponse(self.answer(form, authorization=request.headers.get("authorization", "")))
            except TokenRefused as refused:
                return refused.answer()

        return router

    def answer(self, sent: FormData, *, authorization: str) -> dict[str, object]:
        form = {name: value for name, value in sent.items() if isinstance(value, str)}
        client_id = self._authenticate(form, authorization)
        client = self.registry.clients[client_id]
        if form.get("grant_type") == GRANT:
            return Exchange(self.registry, self.signer).answer(client_id, client, sent)
        if form.get("grant_type") == "client_credentials":
            return self._for_system(client_id, client, form)
        if form.get("grant_type") == "authorization_code":
            return self._for_person(client_id, client, form)
        raise TokenRefused(
            "unsupported_grant_type", "Ask with client_credentials, authorization_code or token-exchange."
        )

    def _authenticate(self, form: Mapping[str, str], authorization: str) -> str:
        client_id, secret = _basic(authorization) or (form.get("client_id", ""), form.get("client_secret", ""))
        client = self.registry.clients.get(client_id)
        if client and (not client.confidential or self.registry.knows_secret(client_id, secret)):
            return client_id
        raise TokenRefused("invalid_client", "The client or its secret is not known here.", status=401)

    def _for_system(self, client_id: str, client: Client, form: Mapping[str, str]) -> dict[str, object]:
        if not client.confidential:
            raise TokenRefused("unauthorized_client", "A client without a secret gets tokens for people only.")
        scopes = form["scope"].split() if form.get("scope") else client.scopes
        if not set(scopes) <= set(client.scopes):
            raise TokenRefused("invalid_scope", "Ask only for scopes that this client has.")
        token = self.signer.access_token(
            subject=client_id, client_id=client_id, audience=_audience(client, form), scopes=scopes, roles=()
        )
        return {**_bearer(token), "scope": " ".join(scopes)}

    def _for_person(self, client_id: str, client: Client, form: Mapping[str, str]) -> dict[str, object]:
        grant = self._redeem(client_id, form)
        persona = self.registry.personas[grant.persona]
        identity = self.signer.id_token(
            subject=persona.subject, client_id=client_id, nonce=grant.nonce, roles=persona.roles
        )
        access = self._access(client_id, client, persona, form)
        return {**access, "id_token": identity, "scope": " ".join(("openid", *persona.scopes))}

    def _access(self, client_id: str, client: Client, persona: Persona, form: Mapping[str, str]) -> dict[str, object]:
        if client.acts_at:
            signed_in = self.signer.signed_in_token(subject=persona.subject, client_id=client_id)
            return _bearer(signed_in, lifetime=SIGNED_IN)
        token = self.signer.access_token(
            subject=persona.subject,
            client_id=client_id,
            audience=_audience(client, form),
            scopes=persona.scopes,
            roles=persona.roles,
        )
        return _bearer(token)

    def _redeem(self, client_id: str, form: Mapping[str, str]) -> Grant:
        grant = self.codes.redeem(
            form.get("code", ""),
            client_id=client_id,
            redirect_uri=form.get("redirect_uri", ""),
            verifier=form.get("code_verifier", ""),
        )
        if grant is None:
            raise TokenRefused("invalid_grant", "The code is spent, late, another client's, or its proof is wrong.")
        return grant


def _bearer(token: str, *, lifetime: timedelta = LIFETIME) -> dict[str, object]:
    return {"access_token": token, "token_type": "Bearer", "expires_in": int(lifetime.total_seconds())}


def _audience(client: Client, form: Mapping[str, str]) -> str:
    """The audience asked for (RFC 8707 calls it resource), else the client's only or first one."""
    audience = form.get("audience") or form.get("resource") or client.audiences[0]
    if audience not in client.audiences:
        raise TokenRefused("invalid_target", "This client gets no tokens for that audience.")
    return audience


def _basic(authorization: str) -> tuple[str, str] | None:
    kind, _, value = authorization.partition(" ")
    if kind.lower() != "basic":
        return None
    try:
        client_id, _, secret = base64.b64decode(value, validate=True).decode().partition(":")
    except (binascii.Error, UnicodeDecodeError):
        return "", ""
    return unquote_plus(client_id), unquote_plus(secret)
