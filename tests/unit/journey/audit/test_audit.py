"""The auditor's view, over logs kept in memory and served as the services serve them."""

import asyncio
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
from chassis.log.served import LogPage, ServedHead, ServedRecord, encode_page
from chassis.security.tokens import FixedToken
from chassis.testing.clock import FakeClock
from journey.audit import command as cli
from journey.audit.command import app
from journey.audit.logs import AuditedLog, LogBroken, LogRefused, ends
from journey.audit.output import print_entries, print_standing
from journey.audit.reading import read_journey
from journey.audit.settings import AuditSettings
from journey.audit.standing import standing_after
from rich.console import Console
from typer.testing import CliRunner

AMIRA, BEN = "0193aaaa-0000-7000-8000-000000000001", "0193aaaa-0000-7000-8000-000000000002"
FIRST, SECOND = "0193bbbb-0000-7000-8000-000000000001", "0193bbbb-0000-7000-8000-000000000002"
START = datetime(2026, 11, 2, 9, tzinfo=UTC)


class Services:
    """Four services' logs, one clock, and a way to read them."""

    def __init__(self) -> None:
        self.clock = FakeClock(START)
        self.logs = {name: MemoryLog(self.clock) for name in ("intake", "journey", "notifications", "witness-care")}
        self.spoil: dict[str, int] = {}
        self.refuse = False

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

    def audited(self) -> dict[str, AuditedLog]:
        http = httpx2.AsyncClient(transport=httpx2.MockTransport(self._answer))
        return {name: AuditedLog(name, f"http://{name}", FixedToken("t"), http) for name in self.logs}

    def _answer(self, request: httpx2.Request) -> httpx2.Response:
        if self.refuse:
            return httpx2.Response(403)
        name = request.url.host
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


@pytest.fixture
async def services() -> Services:
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


async def test_a_journey_spans_merged_cases_and_all_logs_without_what_is_another_victims(services: Services) -> None:
    entries = await read_journey(services.audited(), AMIRA, as_of=None)
    assert [entry.type for entry in entries] == [
        "police.crime-reported.v1",
        "intake.victim-linked.v1",
        "intake.case-merged.v1",
        "court.verdict-reached.v1",
        "journey.news-arrived.v1",
        "notifications.decision-changed",
        "notifications.message-sent.v1",
        "notifications.news-seen.v1",
        "witness-care.contact-assigned.v1",
    ]


async def test_a_journey_can_be_replayed_as_it_stood_at_any_past_moment(services: Services) -> None:
    notified_only = await read_journey(services.audited(), AMIRA, as_of=START + timedelta(minutes=8))
    standing = standing_after(notified_only)
    assert standing.news["n-1"].decision == "hold-until"
    assert standing.news["n-1"].notified is not None
    assert standing.news["n-1"].told is None
    assert standing.contact is None
    now = standing_after(await read_journey(services.audited(), AMIRA, as_of=None))
    assert (now.news["n-1"].how, now.contact) == ("seen on the timeline", "officer-2")


async def test_news_that_arrives_again_keeps_what_had_been_told(services: Services) -> None:
    entries = await read_journey(services.audited(), AMIRA, as_of=None)
    again = next(entry for entry in entries if entry.type == "journey.news-arrived.v1")
    assert standing_after([*entries, again]).news["n-1"].told is not None


async def test_a_case_not_yet_merged_then_did_not_belong_to_the_journey_then(services: Services) -> None:
    entries = await read_journey(services.audited(), AMIRA, as_of=START + timedelta(minutes=3))
    assert [entry.type for entry in entries] == ["police.crime-reported.v1", "intake.victim-linked.v1"]


async def test_the_first_changed_record_is_named_with_its_log(services: Services) -> None:
    services.spoil = {"intake": 3, "notifications": 2}
    found = await ends(services.audited())
    assert "intake: The chain breaks at position 3" in str(found["intake"])
    assert "notifications: The chain breaks at position 2" in str(found["notifications"])
    assert (found["journey"], found["witness-care"]) == (1, 1)
    with pytest.raises(LogBroken, match=r"intake: .*position 3"):
        await read_journey(services.audited(), AMIRA, as_of=None)


async def test_a_log_cut_off_at_its_end_is_found_by_its_head(services: Services) -> None:
    services.logs["intake"].head = replace(services.logs["intake"].head, position=9)
    assert "says it ends at 9" in str((await ends(services.audited()))["intake"])


async def test_whole_chains_are_counted(services: Services) -> None:
    assert await ends(services.audited()) == {"intake": 5, "journey": 1, "notifications": 3, "witness-care": 1}


async def test_an_auditor_without_the_scope_is_told_what_to_ask_for(services: Services) -> None:
    services.refuse = True
    with pytest.raises(LogRefused, match="log:read"):
        await ends(services.audited())


def test_the_command_names_the_settings_it_lacks_without_a_trace(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in AuditSettings.model_fields:
        monkeypatch.delenv(f"THROUGHLINE_AUDIT_{name.upper()}", raising=False)
    answer = CliRunner().invoke(app, ["audit", "verify"])
    assert answer.exit_code == 2
    assert "THROUGHLINE_AUDIT_ISSUER" in answer.stderr
    assert "Traceback" not in answer.output


@pytest.mark.parametrize(("spoiled", "code"), [({}, 0), ({"journey": 1}, 1)])
def test_verify_says_how_each_log_stands(
    services: Services, monkeypatch: pytest.MonkeyPatch, spoiled: dict[str, int], code: int
) -> None:
    services.spoil = spoiled
    serve(services, monkeypatch)
    answer = CliRunner().invoke(app, ["audit", "verify"])
    assert answer.exit_code == code, answer.output
    assert "witness-care: 1 records, chain whole" in answer.stdout
    assert ("journey: BROKEN" in answer.stdout) == bool(spoiled)
    assert ("breaks at position 1" in answer.stderr) == bool(spoiled)


def test_a_narrow_screen_loses_no_end_of_a_name(services: Services, capsys: pytest.CaptureFixture[str]) -> None:
    entries = asyncio.run(read_journey(services.audited(), AMIRA, as_of=None))
    print_entries(Console(width=80), entries)
    print_standing(Console(width=80), standing_after(entries))
    shown = capsys.readouterr().out
    assert "…" not in shown
    assert "notifications 3" in shown
    assert max(map(len, shown.splitlines())) <= 80


def test_a_victim_of_whom_nothing_is_recorded_is_not_found(services: Services, monkeypatch: pytest.MonkeyPatch) -> None:
    serve(services, monkeypatch)
    answer = CliRunner().invoke(app, ["audit", "replay", "0193aaaa-0000-7000-8000-00000000000f"])
    assert answer.exit_code == 3
    assert "Nothing is recorded" in answer.stderr


def serve(services: Services, monkeypatch: pytest.MonkeyPatch) -> None:
    """The command reads these services."""

    @asynccontextmanager
    async def opened(settings: object) -> AsyncIterator[dict[str, AuditedLog]]:
        yield services.audited()

    monkeypatch.setattr(cli, "_opened_logs", opened)
    for name in AuditSettings.model_fields:
        monkeypatch.setenv(f"THROUGHLINE_AUDIT_{name.upper()}", "http://unused")
