"""Reading whole logs over HTTP, each record checked against the chain as it passes."""

from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import dataclass

import httpx2
import msgspec
from chassis.errors import TransientFailure
from chassis.log.chain import GENESIS
from chassis.log.errors import BrokenChain
from chassis.log.served import Checkpoint, LogPage, ServedRecord, decode_checkpoints, decode_page, verify_served
from chassis.security.issuer import IssuerMismatch
from chassis.security.tokens import AccessTokens, TokenNotGranted

from journey.audit.errors import LogAway, LogBroken, LogCutOff, LogRefused, NotALog

_PAGE = 1000


@dataclass(frozen=True, slots=True)
class AuditedLog:
    """One service's log: its name, base address and tokens for its audience."""

    service: str
    address: str
    tokens: AccessTokens
    http: httpx2.AsyncClient

    async def verified(self) -> AsyncIterator[ServedRecord]:
        """Every record in order. Raises LogBroken with the first bad position, LogRefused, LogAway, NotALog."""
        position, hash_ = 0, GENESIS
        while True:
            page = await self._page(position)
            for record in page.records:
                position, hash_ = self._follow(record, position, hash_)
                yield record
            if not page.records:
                break
        if (page.head.position, page.head.hash) != (position, hash_):
            raise LogCutOff(f"{self.service} says it ends at {page.head.position}; its records end at {position}")

    async def checkpoints(self) -> Sequence[Checkpoint]:
        """How far this service's consumers are in other services' logs. Raises LogRefused, LogAway, NotALog."""
        content = await self._get("/log/checkpoints", {})
        try:
            return decode_checkpoints(content)
        except msgspec.MsgspecError:
            raise NotALog(f"what answers for {self.service} says nothing of consumers; check its address") from None

    def _follow(self, record: ServedRecord, after: int, previous: bytes) -> tuple[int, bytes]:
        try:
            return verify_served([record], after=after, previous=previous)
        except BrokenChain as error:
            raise LogBroken(f"{self.service}: {error}") from error

    async def _page(self, after: int) -> LogPage:
        content = await self._get("/log", {"after": after, "limit": _PAGE})
        try:
            return decode_page(content)
        except msgspec.MsgspecError:
            raise NotALog(f"what answers for {self.service} serves no log; check its address") from None

    async def _get(self, path: str, parameters: Mapping[str, int]) -> bytes:
        headers = {"Authorization": f"Bearer {await self._token()}"}
        try:
            answer = await self.http.get(f"{self.address}{path}", params=parameters, headers=headers)
        except (httpx2.InvalidURL, httpx2.UnsupportedProtocol):
            raise NotALog(f"the address of {self.service} is none; correct it") from None
        except httpx2.HTTPError as error:
            raise LogAway(f"{self.service} does not answer ({type(error).__name__}); try again later") from error
        return self._content(answer)

    def _content(self, answer: httpx2.Response) -> bytes:
        code = answer.status_code
        if code in {httpx2.codes.UNAUTHORIZED, httpx2.codes.FORBIDDEN}:
            raise LogRefused(f"{self.service} answered {code}; ask for the scope log:read")
        if code >= httpx2.codes.INTERNAL_SERVER_ERROR or code == httpx2.codes.TOO_MANY_REQUESTS:
            raise LogAway(f"{self.service} answered {code}; try again later")
        if code != httpx2.codes.OK:
            raise NotALog(f"what answers for {self.service} serves no log ({code}); check its address")
        return answer.content

    async def _token(self) -> str:
        try:
            return await self.tokens.token()
        except TransientFailure as error:
            raise LogAway(f"no token for {self.service}'s log: {error}; try again later") from error
        except TokenNotGranted as error:
            raise LogRefused(f"no token for {self.service}'s log: {error}") from error
        except (IssuerMismatch, httpx2.InvalidURL) as error:
            raise NotALog(f"no token for {self.service}'s log: {error}") from error
        except (ValueError, httpx2.HTTPError) as error:
            raise LogAway(f"the issuer's answer cannot be read ({type(error).__name__}); try again later") from error
