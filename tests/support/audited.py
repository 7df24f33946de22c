"""Four services' logs in memory, served as the services serve them, for the auditor's command."""

import base64
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx2
import pytest
from chassis.log.memory import MemoryLog
from chassis.log.records import NewEvent, Submission
from chassis.log.served import Checkpoint, LogPage, ServedHead, ServedRecord, encode_checkpoints, encode_page
from chassis.security.tokens import FixedToken
from chassis.testing.clock import FakeClock
from journey.audit import command as cli
from journey.audit.logs import AuditedLog
from journey.audit.settings import AuditSettings

AMIRA, BEN = "0193aaaa-0000-7000-8000-000000000001", "0193aaaa-0000-7000-8000-000000000002"
FIRST, SECOND = "0193bbbb-0000-7000-8000-000000000001", "0193bbbb-0000-7000-8000-000000000002"
START = datetime(2026, 11, 2, 9, tzinfo=UTC)


class Services:
    """Four services' logs, one clock, and a way to read them."""

    def __init__(self) -> None:
        self.clock = FakeClock(START)
        self.logs = {name: MemoryLog(self.clock) for name in ("intake", "journey", "notifications", "witness-care")}
        self.spoil: dict[str, int] = {}
        self.refuse: set[str] = set()
        self.away: set[str] = set()
        self.silent: set[str] = set()
        self.checkpoints: dict[str, list[Checkpoint]] = {}

    async def say(
        self, service: str, type_: str, data: dict[str, Any], *, case: str | None = None, victim: str | None = None
    ) -> None:
        self.clock.advance(timedelta(minutes=1))
        number = self.logs[service].head.position + 1
        attributes = {"caseid": case, "victimid": victim, "data": data}
        body = json.dumps({name: value for name, value in attributes.items() if value is not None}).encode()
        event = NewEvent(
            f"{service}-{number}", f"urn:{service}", type_, "s", None, case or victim, self.clock.now(), body, bytes(32)
        )
        await self.logs[service].joined().append(Submission((event,)))

    def cut(self, service: str, *, after: int) -> None:
        """The log ends after this record and its head says so too."""
        kept = self.logs[service].read_after(0, limit=after)
        self.logs[service] = MemoryLog(self.clock)
        self.logs[service].records[:] = kept
        self.logs[service].head = replace(self.logs[service].head, position=after, hash=kept[-1].hash)

    def audited(self) -> dict[str, AuditedLog]:
        http = httpx2.AsyncClient(transport=httpx2.MockTransport(self._answer))
        return {name: AuditedLog(name, f"http://{name}", FixedToken("t"), http) for name in self.logs}

    def _answer(self, request: httpx2.Request) -> httpx2.Response:
        name = request.url.host
        if name in self.refuse:
            return httpx2.Response(403)
        if name in self.away:
            raise httpx2.ConnectError("refused")
        if request.url.path == "/log/checkpoints":
            if name in self.silent:
                return httpx2.Response(403)
            return httpx2.Response(200, content=encode_checkpoints(self.checkpoints.get(name, [])))
        log = self.logs[name]
        records = [ServedRecord.of(one, topic=f"{name}.events") for one in log.read_after(_after(request), limit=2)]
        changed = [self._spoiled(name, record) for record in records]
        head = ServedHead(log.head.position, log.head.hash, log.head.pseqs)
        return httpx2.Response(200, content=encode_page(LogPage(changed, head)))

    def _spoiled(self, name: str, record: ServedRecord) -> ServedRecord:
        if self.spoil.get(name) != record.position:
            return record
        fields = {field: getattr(record, field) for field in record.__struct_fields__}
        return ServedRecord(**fields | {"body": base64.b64encode(record.body)})


def _after(request: httpx2.Request) -> int:
    return int(request.url.params["after"])


async def told_services() -> Services:
    """A burglary, two victims, a merged case, a verdict, and how Amira learned of it."""
    told = Services()
    await told.say("intake", "police.crime-reported.v1", {}, case=FIRST)
    await told.say("intake", "intake.victim-linked.v1", link("l-1", AMIRA, FIRST), case=FIRST, victim=AMIRA)
    await told.say("intake", "intake.victim-linked.v1", link("l-2", BEN, FIRST), case=FIRST, victim=BEN)
    await told.say("intake", "intake.case-merged.v1", {"from_case": SECOND, "into_case": FIRST}, case=SECOND)
    await told.say("intake", "court.verdict-reached.v1", {}, case=SECOND)
    await told.say(
        "journey",
        "journey.news-arrived.v1",
        {"news_id": "n-1", "event_type": "court.verdict-reached.v1"},
        case=FIRST,
        victim=AMIRA,
    )
    decided = {"news_id": "n-1", "verdict": "hold-until", "why": None}
    await told.say("notifications", "notifications.decision-changed", decided, victim=AMIRA)
    await told.say("notifications", "notifications.message-sent.v1", {"news_ids": ["n-1"]}, victim=AMIRA)
    await told.say("notifications", "notifications.news-seen.v1", {"news_id": "n-1"}, victim=AMIRA)
    await told.say("witness-care", "witness-care.contact-assigned.v1", {"officer": "officer-2"}, victim=AMIRA)
    return told


def link(link_id: str, victim: str, case: str) -> dict[str, str]:
    return {"link_id": link_id, "victim_id": victim, "case_id": case}


def serve(services: Services, monkeypatch: pytest.MonkeyPatch) -> None:
    """The command reads these services."""

    @asynccontextmanager
    async def opened(settings: object) -> AsyncIterator[dict[str, AuditedLog]]:
        yield services.audited()

    monkeypatch.setattr(cli, "_opened_logs", opened)
    for name in AuditSettings.model_fields:
        monkeypatch.setenv(f"THROUGHLINE_AUDIT_{name.upper()}", "http://unused")
