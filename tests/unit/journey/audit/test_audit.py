"""The auditor's view of a victim's journey, over logs kept in memory and served as the services serve them."""

import asyncio
from datetime import timedelta

import pytest
from journey.audit.command import app
from journey.audit.errors import LogBroken
from journey.audit.output import print_entries, print_standing
from journey.audit.reading import read_journey
from journey.audit.settings import AuditSettings
from journey.audit.standing import standing_after
from rich.console import Console
from support.audited import AMIRA, START, Services, serve, told_services
from typer.testing import CliRunner


@pytest.fixture
async def services() -> Services:
    return await told_services()


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


def test_the_command_names_the_settings_it_lacks_without_a_trace(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in AuditSettings.model_fields:
        monkeypatch.delenv(f"THROUGHLINE_AUDIT_{name.upper()}", raising=False)
    answer = CliRunner().invoke(app, ["audit", "verify"])
    assert answer.exit_code == 2
    assert "THROUGHLINE_AUDIT_ISSUER" in answer.stderr
    assert "Traceback" not in answer.output


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


async def test_a_journey_is_not_read_from_a_broken_log(services: Services) -> None:
    services.spoil = {"intake": 3}
    with pytest.raises(LogBroken, match=r"intake: .*position 3"):
        await read_journey(services.audited(), AMIRA, as_of=None)
