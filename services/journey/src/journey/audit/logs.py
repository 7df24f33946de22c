"""Reading whole logs over HTTP, each record checked against the chain as it passes."""

from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass

import httpx2
from chassis.errors import PermanentFailure, TransientFailure
from chassis.log.chain import GENESIS
from chassis.log.errors import BrokenChain
from chassis.log.served import LogPage, ServedRecord, decode_page, verify_served
from chassis.security.tokens import AccessTokens

_PAGE = 1000


class LogRefused(PermanentFailure):
    """A service does not let this auditor read its log: check the client, its audience and the scope log:read."""


class LogAway(TransientFailure):
    """A service does not answer now; its log is still there."""


class LogBroken(PermanentFailure):
    """A record is missing, changed, moved or inserted; the message names the log and the first bad position."""


class LogCutOff(LogBroken):
    """The log says that it ends further on than the records it gives, or its end has another hash."""


@dataclass(frozen=True, slots=True)
class AuditedLog:
    """One service's log: its name, base address and tokens for its audience."""

    service: str
    address: str
    tokens: AccessTokens
    http: httpx2.AsyncClient

    async def verified(self) -> AsyncIterator[ServedRecord]:
        """Every record in order. Raises LogBroken with the first bad position, LogRefused, LogAway."""
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

    def _follow(self, record: ServedRecord, after: int, previous: bytes) -> tuple[int, bytes]:
        try:
            return verify_served([record], after=after, previous=previous)
        except BrokenChain as error:
            raise LogBroken(f"{self.service}: {error}") from error

    async def _page(self, after: int) -> LogPage:
        headers = {"Authorization": f"Bearer {await self.tokens.token()}"}
        parameters = {"after": after, "limit": _PAGE}
        try:
            answer = await self.http.get(f"{self.address}/log", params=parameters, headers=headers)
        except httpx2.TransportError as error:
            raise LogAway(f"{self.service} does not answer ({type(error).__name__}); try again later") from error
        if answer.status_code in {httpx2.codes.UNAUTHORIZED, httpx2.codes.FORBIDDEN}:
            raise LogRefused(f"{self.service} answered {answer.status_code}; ask for the scope log:read")
        if answer.status_code != httpx2.codes.OK:
            raise LogAway(f"{self.service} answered {answer.status_code}; try again later")
        return decode_page(answer.content)


async def ends(logs: Mapping[str, AuditedLog]) -> dict[str, int | LogBroken]:
    """The last verified position of each log, or where it is broken. Raises LogRefused, LogAway."""
    return {name: await _end(log) for name, log in logs.items()}


async def _end(log: AuditedLog) -> int | LogBroken:
    position = 0
    try:
        async for record in log.verified():
            position = record.position
    except LogBroken as error:
        return error
    return position
