"""`throughline audit verify` claims what it proved and no more, and ends with the code of the reference's table."""

import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import httpx2
import pytest
from chassis.clock import SystemClock
from chassis.log.served import Checkpoint, ServedRecord
from chassis.security.issuer import Issuer
from chassis.security.tokens import ClientCredentials
from journey.audit import command as cli
from journey.audit.command import app
from journey.audit.evidence import Claim
from journey.audit.logs import AuditedLog
from journey.audit.settings import AuditSettings
from pydantic import SecretStr
from support.audited import Services, serve, told_services
from typer.testing import CliRunner, Result

LOGS = ("intake", "journey", "notifications", "witness-care")


@pytest.fixture
async def told() -> Services:
    return await told_services()


@pytest.fixture
def services(told: Services, monkeypatch: pytest.MonkeyPatch) -> Services:
    serve(told, monkeypatch)
    return told


def verify(*arguments: str) -> Result:
    answer = CliRunner().invoke(app, ["audit", "verify", *arguments])
    assert answer.exception is None or isinstance(answer.exception, SystemExit)
    assert "Traceback" not in answer.output
    return answer


def test_a_whole_chain_is_claimed_and_nothing_about_its_end(services: Services) -> None:
    answer = verify()
    assert answer.exit_code == 0, answer.output
    nothing = "nothing was given to prove that it does not end too soon"
    assert f"intake: chain whole from 1 to 5; {nothing}" in answer.stdout
    assert f"witness-care: chain whole from 1 to 1; {nothing}" in answer.stdout


def test_the_text_says_what_the_json_says(services: Services) -> None:
    services.checkpoints = {"journey": checkpoints(services), "intake": []}
    services.spoil, services.away = {"notifications": 2}, {"witness-care"}
    text, found = verify(), verify("--json")
    assert text.exit_code == found.exit_code == json.loads(found.stdout)["code"] == 1
    logs, consumers = json.loads(found.stdout)["logs"], json.loads(found.stdout)["consumers"]
    assert [*(one["says"] for one in logs.values()), *(one["says"] for one in consumers)] == text.stdout.splitlines()[
        :5
    ]
    assert [one["state"] for one in logs.values()] == ["whole", "whole", "broken", "not read"]
    for wrong in (error for one in logs.values() for error in one["wrong"]):
        assert wrong in text.stderr


def test_the_first_changed_record_is_named_with_its_log_and_hides_no_other(services: Services) -> None:
    services.spoil = {"intake": 3, "notifications": 2}
    logs = json.loads(verify("--json").stdout)["logs"]
    assert "intake: The chain breaks at position 3" in logs["intake"]["wrong"][0]
    assert "notifications: The chain breaks at position 2" in logs["notifications"]["wrong"][0]
    assert [one["whole_to"] for one in logs.values()] == [2, 1, 1, 1]
    assert logs["intake"]["stamp"] is None


def test_a_head_that_is_further_on_than_the_records_is_found(services: Services) -> None:
    services.logs["intake"].head = replace(services.logs["intake"].head, position=9)
    answer = verify()
    assert answer.exit_code == 1
    assert "intake says it ends at 9; its records end at 5" in answer.stderr


@pytest.mark.parametrize("form", [(), ("--json",)])
def test_a_log_cut_off_with_its_head_moved_back_is_found_by_an_earlier_stamp(
    services: Services, tmp_path: Path, form: tuple[str, ...]
) -> None:
    kept = tmp_path / "stamps"
    kept.write_text(verify(*form).stdout)
    assert verify("--stamps", str(kept)).exit_code == 0
    services.cut("intake", after=3)
    assert verify().exit_code == 0
    answer = verify("--stamps", str(kept))
    assert answer.exit_code == 1
    assert "records 4 to 5 are missing" in answer.stderr
    assert "intake: MISSING" in answer.stdout


@pytest.mark.parametrize("write", [lambda one: json.dumps({"results": [{"receipt": one}]}), json.dumps])
def test_a_log_cut_off_is_found_by_a_publishers_receipt(
    services: Services, tmp_path: Path, write: Callable[[dict[str, Any]], str]
) -> None:
    kept = tmp_path / "receipts"
    record = services.logs["intake"].read_after(3, limit=1)[0]
    receipt = {"id": record.id, "source": record.source, "position": 4, "hash": record.hash.hex(), "duplicate": False}
    kept.write_text(f"{write(receipt)}\n{write(receipt)}\n")
    whole = verify("--receipts", str(kept))
    assert whole.exit_code == 0
    assert "are in it, the furthest at 4; whether it once went on after 5, they cannot say" in whole.stdout
    services.cut("intake", after=3)
    answer = verify("--receipts", str(kept))
    assert answer.exit_code == 1
    assert "intake-4 is about record 4: records 4 to 4 are missing" in answer.stderr


def test_a_log_cut_off_is_found_by_its_consumer(services: Services) -> None:
    services.checkpoints = {"journey": checkpoints(services)}
    assert "journey consumes intake: up to date" in verify().stdout
    services.cut("intake", after=3)
    answer = verify()
    assert answer.exit_code == 1
    assert "the consumer journey is about record 5: records 4 to 5 are missing" in answer.stderr


def test_a_log_that_was_written_anew_is_found_though_it_is_as_long(services: Services, tmp_path: Path) -> None:
    kept = tmp_path / "stamps"
    kept.write_text(verify("--json").stdout.replace('"hash": "', '"hash": "00', 1))
    answer = verify("--stamps", str(kept))
    assert answer.exit_code == 1
    assert "intake: record 5 is another than the stamp of" in answer.stderr


def test_a_consumer_that_is_behind_is_told_with_how_many_and_what_it_set_aside(services: Services) -> None:
    services.checkpoints = {"journey": [Checkpoint("journey", "intake.events", 0, 0, 0, 2)]}
    records = [one for one in services.logs["intake"].read_after(0, limit=9) if one.partition is not None]
    answer = verify()
    assert f"journey consumes intake: {len(records)} behind, 2 set aside and not applied" in answer.stdout
    assert answer.exit_code == 0


def test_a_consumer_whose_service_is_away_was_not_asked(services: Services) -> None:
    services.away = {"journey"}
    answer = verify()
    assert answer.exit_code == 69
    assert "the consumers in journey: not asked" in answer.stdout
    assert "journey: NOT READ" in answer.stdout
    assert "intake: chain whole from 1 to 5" in answer.stdout


def test_consumers_that_cannot_be_asked_are_named_and_the_code_says_so(services: Services) -> None:
    services.silent = {"journey"}
    answer = verify()
    assert answer.exit_code == 4
    assert "the consumers in journey: not asked" in answer.stdout
    assert "journey: chain whole from 1 to 1" in answer.stdout


def test_what_a_broken_chain_leaves_unread_is_not_counted_as_looked_for(services: Services, tmp_path: Path) -> None:
    kept = tmp_path / "stamps"
    kept.write_text(verify("--json").stdout)
    services.spoil = {"intake": 3}
    intake = json.loads(verify("--stamps", str(kept), "--json").stdout)["logs"]["intake"]
    assert (intake["found"], intake["unchecked"]) == (0, 1)
    assert intake["says"].endswith("1 stamps, receipts and consumers' places not looked for")


@pytest.mark.parametrize("option", ["--stamps", "--receipts"])
@pytest.mark.parametrize(
    "text",
    ["", "{", "[]", "nothing", '{"log": "elsewhere", "position": 1, "hash": "00", "at": "2026-11-02T09:00:00Z"}',
     '{"id": 7, "log": "intake", "position": "x", "hash": "00", "at": "now"}',
     '{"id": "a", "source": "b", "log": "intake", "position": 1, "hash": "zz", "at": "2026-11-02T09:00:00Z"}'],
)  # fmt: skip
def test_evidence_that_proves_nothing_is_refused(services: Services, tmp_path: Path, option: str, text: str) -> None:
    kept = tmp_path / "kept"
    kept.write_text(text)
    if option == "--receipts" and "elsewhere" in text:
        text = ""
    assert verify(option, str(kept)).exit_code == 2
    assert verify(option, str(tmp_path / "absent")).exit_code == 2


def test_an_auditor_without_the_scope_is_told_what_to_ask_for(services: Services) -> None:
    services.refuse = set(LOGS)
    answer = verify()
    assert answer.exit_code == 4
    assert "log:read" in answer.stderr


def answers(**by_path: httpx2.Response | Exception) -> Callable[[httpx2.Request], httpx2.Response]:
    def answer(request: httpx2.Request) -> httpx2.Response:
        found = by_path[next(name for name in by_path if name in str(request.url))]
        if isinstance(found, Exception):
            raise found
        return found

    return answer


DISCOVERED = httpx2.Response(
    200,
    json={"issuer": "https://issuer.example.org", "jwks_uri": "https://issuer.example.org/jwks",
          "token_endpoint": "https://issuer.example.org/grant"},
)  # fmt: skip
GRANTED = httpx2.Response(200, json={"access_token": "t", "expires_in": 600})
REFUSED = httpx2.ConnectError("refused")


@pytest.mark.parametrize("command", [["verify"], ["verify", "--json"], ["list", "x"], ["replay", "x"]], ids=" ".join)
@pytest.mark.parametrize(
    ("world", "code"),
    [
        ({"openid": REFUSED}, 69),
        ({"openid": httpx2.Response(503)}, 69),
        ({"openid": httpx2.ReadTimeout("slow")}, 69),
        ({"openid": httpx2.Response(200, content=b"<html>")}, 69),
        ({"openid": httpx2.Response(200, json=DISCOVERED.json() | {"issuer": "https://other.example.org"})}, 2),
        ({"openid": DISCOVERED, "grant": REFUSED}, 69),
        ({"openid": DISCOVERED, "grant": httpx2.Response(500)}, 69),
        ({"openid": DISCOVERED, "grant": httpx2.Response(401)}, 4),
        ({"openid": DISCOVERED, "grant": httpx2.Response(200, json={})}, 69),
        ({"openid": DISCOVERED, "grant": GRANTED, "log": REFUSED}, 69),
        ({"openid": DISCOVERED, "grant": GRANTED, "log": httpx2.RemoteProtocolError("cut")}, 69),
        ({"openid": DISCOVERED, "grant": GRANTED, "log": httpx2.Response(503)}, 69),
        ({"openid": DISCOVERED, "grant": GRANTED, "log": httpx2.Response(403)}, 4),
        ({"openid": DISCOVERED, "grant": GRANTED, "log": httpx2.Response(404)}, 2),
        ({"openid": DISCOVERED, "grant": GRANTED, "log": httpx2.Response(200, content=b"<html>")}, 2),
        ({"openid": DISCOVERED, "grant": GRANTED, "log": RuntimeError("a fault of ours")}, 69),
    ],
)
def test_whatever_is_away_a_command_ends_in_a_sentence_and_its_code(
    monkeypatch: pytest.MonkeyPatch, world: dict[str, httpx2.Response | Exception], code: int, command: list[str]
) -> None:
    monkeypatch.setattr(cli, "_opened_logs", opened_on(httpx2.MockTransport(answers(**world))))
    for name in AuditSettings.model_fields:
        monkeypatch.setenv(f"THROUGHLINE_AUDIT_{name.upper()}", "http://unused")
    answer = CliRunner().invoke(app, ["audit", *command])
    assert answer.exit_code == code, answer.output
    assert isinstance(answer.exception, SystemExit)
    said = answer.stderr.splitlines()
    assert 0 < len(said) <= 2 * len(LOGS)
    assert len(said) == len(set(said))


def opened_on(transport: httpx2.MockTransport) -> object:
    class Opened:
        def __init__(self, settings: object) -> None: ...

        async def __aenter__(self) -> dict[str, AuditedLog]:
            http = httpx2.AsyncClient(transport=transport)
            issuer = Issuer("https://issuer.example.org", http=http, clock=SystemClock())
            tokens = ClientCredentials(
                issuer, client_id="c", secret=SecretStr("s"), audience="a", http=http, clock=SystemClock()
            )
            return {name: AuditedLog(name, f"http://{name}/log", tokens, http) for name in LOGS}

        async def __aexit__(self, *_: object) -> None: ...

    return Opened


def checkpoints(services: Services) -> list[Checkpoint]:
    """Journey has consumed all of intake's log."""
    last = {one.partition: one for one in services.logs["intake"].read_after(0, limit=9)}
    return [
        Checkpoint("journey", "intake.events", partition, one.pseq, one.position, 0)
        for partition, one in last.items()
        if partition is not None and one.pseq is not None
    ]


def test_a_claim_holds_for_the_record_it_speaks_of_alone(services: Services) -> None:
    first, second = _records(services)
    claim = Claim("intake", 1, "the stamp of now", {"hash": first.hash, "id": first.id})
    assert claim.holds(first)
    assert not claim.holds(second)


def _records(services: Services) -> Iterator[ServedRecord]:
    return (ServedRecord.of(one, topic="intake.events") for one in services.logs["intake"].read_after(0, limit=2))
