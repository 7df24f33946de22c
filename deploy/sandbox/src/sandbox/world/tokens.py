"""Access tokens for systems and for people."""

import secrets
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import parse_qs, urlsplit

import httpx2

from sandbox.issuer.codes import s256

PEOPLE = "sandbox-people"
BACK = "http://127.0.0.1/"
SHORTEST_SECONDS = 120.0


@dataclass
class Tokens:
    """Asks the issuer and keeps what it gives while it lasts. `secrets` are those of the clients."""

    issuer: str
    secrets: Mapping[str, str]
    http: httpx2.AsyncClient
    _kept: dict[tuple[str, str, str], tuple[str, float]] = field(default_factory=dict)

    async def for_system(self, client: str, *, audience: str, scope: str = "") -> str:
        """A client's own token; without `scope` it has all that the client may have."""
        form = {"grant_type": "client_credentials", "audience": audience} | ({"scope": scope} if scope else {})
        proof = {"client_id": client, "client_secret": self.secrets[client]}
        return await self._once((client, audience, scope), form | proof)

    async def for_person(self, persona: str, *, audience: str) -> str:
        """The token of a persona who signs in, by the same flow as in a browser."""
        verifier = secrets.token_urlsafe(48)
        form = {"grant_type": "authorization_code", "client_id": PEOPLE, "audience": audience, "redirect_uri": BACK}
        if self._lasting((persona, audience, "")) is None:
            form |= {"code": await self._code(persona, challenge=s256(verifier)), "code_verifier": verifier}
        return await self._once((persona, audience, ""), form)

    async def _code(self, persona: str, *, challenge: str) -> str:
        asked = {"client_id": PEOPLE, "redirect_uri": BACK, "response_type": "code", "scope": "openid"}
        proof = {"code_challenge": challenge, "code_challenge_method": "S256", "persona": persona}
        answer = await self.http.get(f"{self.issuer}/authorize", params=asked | proof)
        return parse_qs(urlsplit(answer.headers["location"]).query)["code"][0]

    async def _once(self, key: tuple[str, str, str], form: dict[str, str]) -> str:
        kept = self._lasting(key)
        if kept is not None:
            return kept
        answer = await self.http.post(f"{self.issuer}/token", data=form)
        granted = answer.raise_for_status().json()
        self._kept[key] = str(granted["access_token"]), time.monotonic() + granted["expires_in"]
        return self._kept[key][0]

    def _lasting(self, key: tuple[str, str, str]) -> str | None:
        token, until = self._kept.get(key, ("", 0.0))
        return token if until - time.monotonic() > SHORTEST_SECONDS else None
