"""PostgreSQL and Kafka by testcontainers, on loopback."""

import os
import secrets
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import cast

from sandbox.ports import free_port
from testcontainers.core.config import testcontainers_config
from testcontainers.core.container import DockerContainer

POSTGRES_IMAGE = "postgres:18"
KAFKA_IMAGE = "apache/kafka:4.3.0"
OWNER_LABEL = "throughline.owner-pid"


def engine_answers() -> bool:
    """A container engine runs and has, or can get, both images."""
    if shutil.which("docker") is None or _docker("version").returncode != 0:
        return False
    return all(_has_image(image) for image in (POSTGRES_IMAGE, KAFKA_IMAGE))


@contextmanager
def postgres_container() -> Iterator[str]:
    """Gives the superuser's DSN."""
    password, port = secrets.token_urlsafe(18), free_port()
    container = _container(POSTGRES_IMAGE, inside=5432, outside=port).with_env("POSTGRES_PASSWORD", password)
    with _running(container.with_command("postgres -c max_connections=200")):
        yield f"postgresql://postgres:{password}@127.0.0.1:{port}/postgres"


@contextmanager
def kafka_container() -> Iterator[str]:
    """Gives the bootstrap address."""
    port = free_port()
    address = f"127.0.0.1:{port}"
    settings = {
        "KAFKA_NODE_ID": "1",
        "KAFKA_PROCESS_ROLES": "broker,controller",
        "KAFKA_CONTROLLER_QUORUM_VOTERS": "1@localhost:9093",
        "KAFKA_LISTENERS": "PLAINTEXT://:9092,CONTROLLER://:9093",
        "KAFKA_ADVERTISED_LISTENERS": f"PLAINTEXT://{address}",
        "KAFKA_CONTROLLER_LISTENER_NAMES": "CONTROLLER",
        "KAFKA_LISTENER_SECURITY_PROTOCOL_MAP": "CONTROLLER:PLAINTEXT,PLAINTEXT:PLAINTEXT",
        "KAFKA_OFFSETS_TOPIC_REPLICATION_FACTOR": "1",
        "KAFKA_OFFSETS_TOPIC_NUM_PARTITIONS": "1",
        "KAFKA_TRANSACTION_STATE_LOG_REPLICATION_FACTOR": "1",
        "KAFKA_TRANSACTION_STATE_LOG_MIN_ISR": "1",
        "KAFKA_GROUP_INITIAL_REBALANCE_DELAY_MS": "0",
        "KAFKA_AUTO_CREATE_TOPICS_ENABLE": "false",
    }
    with _running(_container(KAFKA_IMAGE, inside=9092, outside=port).with_envs(**settings)):
        yield address


def _remove_orphans() -> None:
    """Ends containers of test runs that were killed before they could do so."""
    shown = ["--filter", f"label={OWNER_LABEL}", "--format", f'{{{{.ID}}}} {{{{.Label "{OWNER_LABEL}"}}}}']
    for line in _docker("ps", "--all", *shown).stdout.splitlines():
        container, owner = line.split()
        if not Path(f"/proc/{owner}").exists():
            _docker("rm", "--force", "--volumes", container)


def _container(image: str, *, inside: int, outside: int) -> DockerContainer:
    # The reaper's image may not be to be had; we stop what we start, and _remove_orphans does what the reaper would.
    testcontainers_config.ryuk_disabled = True
    testcontainers_config.tc_host_override = "127.0.0.1"
    # As root, since some builds of Kafka's image hold configuration files that its own user may not rewrite.
    container = DockerContainer(image).with_kwargs(labels={OWNER_LABEL: str(os.getpid())}, user="0")
    # with_bind_ports knows no address, and would open the port to the network.
    cast(dict[str, object], container.ports)[f"{inside}/tcp"] = ("127.0.0.1", outside)
    return container


@contextmanager
def _running(container: DockerContainer) -> Iterator[None]:
    _remove_orphans()
    container.start()
    try:
        yield
    finally:
        container.stop()


def _has_image(image: str) -> bool:
    return any(_docker(*words).returncode == 0 for words in (("image", "inspect", image), ("pull", "--quiet", image)))


def _docker(*words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(["docker", *words], capture_output=True, text=True, timeout=120, check=False)  # noqa: S603, S607
