"""The issuer's token endpoint (RFC 6749), asked as one client: by its secret, or by its own key (RFC 7523)."""

from collections.abc import Mapping

import httpx2
from pydantic import SecretStr

from chassis.security.client_key import ClientKey
from chassis.security.issuer import Issuer, IssuerAway


class TokenEndpoint:
    """What this client asks for; the answer is the caller's to read."""

    def __init__(
        self,
        issuer: Issuer,
        *,
        client_id: str,
        secret: SecretStr,
        http: httpx2.AsyncClient,
        key: ClientKey | None = None,
    ) -> None:
        self._issuer = issuer
        self._auth = httpx2.BasicAuth(client_id, secret.get_secret_value())
        self._http = http
        self._key = key

    async def asked(self, form: Mapping[str, str]) -> httpx2.Response:
        """Whatever it answers but that it cannot for now. Raises IssuerAway."""
        try:
            answer = await self._sent((await self._issuer.discovery()).token_endpoint, dict(form))
        except (httpx2.HTTPError, httpx2.InvalidURL) as error:
            raise IssuerAway(f"the token endpoint does not answer ({type(error).__name__})") from error
        busy = answer.status_code == httpx2.codes.TOO_MANY_REQUESTS
        if busy or answer.status_code >= httpx2.codes.INTERNAL_SERVER_ERROR:
            raise IssuerAway(f"the token endpoint answered {answer.status_code}")
        return answer

    async def _sent(self, endpoint: str, form: dict[str, str]) -> httpx2.Response:
        if self._key is None:
            return await self._http.post(endpoint, data=form, auth=self._auth)
        return await self._http.post(endpoint, data=form | self._key.proof(audience=endpoint))
