"""docker-compose.yml keeps to the rules and agrees with the settings written for it. Needs no container engine.

The real thing is built, started and played by `make compose-check`.
"""

import importlib
import json
import re
import stat
from pathlib import Path
from typing import Any

import pytest
from rich.console import Console
from sandbox.compose import commands
from sandbox.compose.environments import container_environments, write_environments
from sandbox.compose.keys import kept_keys
from sandbox.compose.plan import EVERYWHERE, MOUNTED, USUAL_PORTS, ContainerPlan
from sandbox.system.keys import RunKeys
from sandbox.system.services import SERVICES

ROOT = Path(__file__).parents[4]
# PyYAML has no types.
FILE: dict[str, Any] = importlib.import_module("yaml").safe_load((ROOT / "docker-compose.yml").read_text())
CONTAINERS: dict[str, Any] = FILE["services"]
COLLECTOR = "otel-collector"
COLLECTED_AT = f"http://{COLLECTOR}:4318/v1/traces"
ONCE = {name for name, container in CONTAINERS.items() if container["restart"] == "no"}
ALWAYS = CONTAINERS.keys() - ONCE
PORT = re.compile(r"127\.0\.0\.1:\$\{(?P<variable>\w+):-(?P<usual>\d+)}:8000")

each = pytest.mark.parametrize("name", sorted(CONTAINERS))


@each
def test_a_container_may_do_nothing_that_it_need_not(name: str) -> None:
    container = CONTAINERS[name]
    assert container["read_only"] is True
    assert container["cap_drop"] == ["ALL"]
    assert container["security_opt"] == ["no-new-privileges:true"]
    assert container["user"].split(":")[0] not in {"", "0", "root"}
    assert not {"privileged", "cap_add", "network_mode", "pid", "devices"} & container.keys()


@each
def test_a_container_publishes_on_loopback_only(name: str) -> None:
    assert all(PORT.fullmatch(port) for port in CONTAINERS[name].get("ports", ()))


@pytest.mark.parametrize("name", sorted(ALWAYS - {COLLECTOR}))
def test_a_container_that_stays_up_says_how_it_is(name: str) -> None:
    assert CONTAINERS[name]["healthcheck"]["test"][0] == "CMD"


@each
def test_a_container_starts_after_what_it_needs(name: str) -> None:
    for needed, how in CONTAINERS[name].get("depends_on", {}).items():
        wanted = "service_completed_successfully" if needed in ONCE else "service_healthy"
        assert how == {"condition": wanted}, f"{name} needs {needed}"


def test_each_service_is_migrated_served_and_relayed_from_one_image() -> None:
    for service in SERVICES:
        for name, process in ((service.name, "serve"), (f"{service.name}-relay", "relay")):
            container = CONTAINERS[name]
            assert container["command"] == [service.package, process]
            assert container["image"] == f"throughline-{service.name}"
            assert "grants" in container["depends_on"]
        assert CONTAINERS[f"{service.name}-migrate"]["command"] == [service.package, "migrate"]
        assert f"{service.name}-migrate" in CONTAINERS["grants"]["depends_on"]


def test_what_is_published_is_what_the_settings_say() -> None:
    usual = {
        found["variable"]: found["usual"]
        for container in CONTAINERS.values()
        for port in container.get("ports", ())
        if (found := PORT.fullmatch(port))
    }
    assert usual == dict(ContainerPlan().published)
    assert len(usual) == len(USUAL_PORTS)


def test_every_container_reads_the_settings_written_for_it() -> None:
    written = container_environments(ContainerPlan()).keys()
    named = {Path(file).stem for container in CONTAINERS.values() for file in container.get("env_file", ())}
    assert named == written
    assert all(file.startswith("${THROUGHLINE_ENV:-.sandbox/compose}/") for file in _env_files())


def test_files_that_the_settings_name_are_mounted_there() -> None:
    named = {
        value
        for environment in container_environments(ContainerPlan()).values()
        for value in environment.values()
        if value.startswith(MOUNTED)
    }
    mounted = {config["target"] for container in CONTAINERS.values() for config in container.get("configs", ())}
    assert named <= mounted
    assert all((ROOT / config["file"]).is_file() for config in FILE["configs"].values())


def test_services_find_each_other_inside_and_people_find_them_outside() -> None:
    plan = ContainerPlan()
    told = container_environments(plan)["journey"]
    assert told["JOURNEY_INTAKE_URL"] == "http://intake:8000"
    assert told["JOURNEY_ISSUER_INSIDE"] == "http://issuer:8000"
    assert told["JOURNEY_ISSUER"] == plan.url("issuer") == f"http://localhost:{USUAL_PORTS['issuer']}"
    assert told["JOURNEY_PUBLIC_URL"] == plan.url("journey")
    assert told["JOURNEY_KAFKA_BOOTSTRAP"] == "kafka:9092"
    assert "@postgres:5432/journey" in told["JOURNEY_DATABASE_URL"]
    assert (told["JOURNEY_HOST"], told["JOURNEY_PORT"]) == (EVERYWHERE, "8000")


def test_a_relay_is_told_no_key_and_only_migrations_an_owners_password() -> None:
    keys = RunKeys()
    told = container_environments(ContainerPlan(keys=keys))
    for service in SERVICES:
        relay = json.dumps(dict(told[f"{service.name}-relay"]))
        assert keys.vault_kek not in relay
        assert keys.roles[service.vault_role] not in relay
        owner = keys.roles[service.owner_role]
        knowing = {name for name, environment in told.items() if owner in json.dumps(dict(environment))}
        assert knowing == {"databases", f"{service.name}-migrate"}


def test_only_intake_may_let_documents_go_and_no_service_may_erase_anybody() -> None:
    told = container_environments(ContainerPlan())["vault-migrate"]
    roles, forgetting = json.loads(told["VAULT_ROLES"]), json.loads(told["VAULT_FORGETTING_ROLES"])
    assert forgetting.keys() == {"intake_vault"}
    assert roles.keys() | forgetting.keys() == {service.vault_role for service in SERVICES}
    assert "VAULT_ERASING_ROLES" not in told


def test_traces_leave_only_when_a_collector_was_asked_for() -> None:
    assert "INTAKE_OTLP_ENDPOINT" not in container_environments(ContainerPlan())["intake"]
    told = container_environments(ContainerPlan(), otlp_endpoint=COLLECTED_AT)
    assert {told[name]["INTAKE_OTLP_ENDPOINT"] for name in ("intake", "intake-relay")} == {COLLECTED_AT}
    assert CONTAINERS[COLLECTOR]["profiles"] == ["telemetry"]


def test_secrets_are_for_their_owner_only_and_stay_the_same(tmp_path: Path) -> None:
    folder = tmp_path / "compose"
    first = commands.write_settings(folder)
    assert commands.write_settings(folder).keys == first.keys
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert {stat.S_IMODE(file.stat().st_mode) for file in folder.iterdir()} == {0o600}


def test_a_secret_that_a_newer_version_needs_is_added_to_those_kept(tmp_path: Path) -> None:
    file = tmp_path / "keys.json"
    first = kept_keys(file)
    older = json.loads(file.read_text())
    del older["clients"]["sandbox-auditor"], older["superuser"]
    file.write_text(json.dumps(older))
    later = kept_keys(file)
    assert later.clients.keys() == first.clients.keys()
    assert later.clients["sandbox-police"] == first.clients["sandbox-police"]
    assert later.vault_kek == first.vault_kek
    assert later.superuser != first.superuser


def test_a_value_that_an_env_file_cannot_hold_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="POSTGRES_PASSWORD holds a quote"):
        write_environments(tmp_path, {"postgres": {"POSTGRES_PASSWORD": "it's"}})


def test_without_an_engine_the_check_says_so_in_one_line(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert commands.check(Console()) == 69
    assert capsys.readouterr().out.count("\n") == 1


def test_every_image_needs_all_that_the_shared_layer_holds() -> None:
    shared = _pinned("chassis")
    assert shared
    for name in (*(service.name for service in SERVICES), "sandbox"):
        assert shared <= _pinned(name), f"deploy/requirements/{name}.lock and chassis.lock differ; run `make lock`"


def _pinned(name: str) -> set[str]:
    text = (ROOT / f"deploy/requirements/{name}.lock").read_text()
    return set(re.findall(r"^[\w.-]+==\S+", text, flags=re.MULTILINE))


def _env_files() -> list[str]:
    return [file for container in CONTAINERS.values() for file in container.get("env_file", ())]
