"""A real single-node Apache Kafka (KRaft) on loopback."""

import base64
import secrets
import subprocess
from collections.abc import Mapping
from pathlib import Path

from aiokafka.admin import AIOKafkaAdminClient
from aiokafka.errors import KafkaError

from sandbox.ports import accepts_connections, free_port
from sandbox.processes import Program
from sandbox.servers.jars import kafka_class_path
from sandbox.servers.java import find_java
from sandbox.servers.server import Server

MEMORY = ("-Xms128m", "-Xmx512m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1")
LOGGING = """
status = error
appender.console.type = Console
appender.console.name = console
appender.console.layout.type = PatternLayout
appender.console.layout.pattern = %d %p %c{1}: %m%n
rootLogger.level = warn
rootLogger.appenderRef.console.ref = console
"""


class KafkaServer(Server):
    """One broker. It is back some 10 s after it was killed, when the old session has run out."""

    ready_seconds = 180.0
    format_options: tuple[str, ...] = ()
    """What its data begins with besides, such as users."""

    def __init__(self, folder: Path, *, log: Path) -> None:
        super().__init__(folder / "kafka", log=log)
        self.bootstrap = f"127.0.0.1:{free_port()}"
        self._controller = f"127.0.0.1:{free_port()}"

    async def stop(self) -> None:
        """At once: its data is thrown away."""
        self.kill()

    def _prepare(self) -> None:
        self._java = find_java()
        self._class_path = kafka_class_path(self._java)
        self._format()

    def _program(self) -> Program:
        configuration = f"-Dlog4j2.configurationFile={self._folder / 'log4j2.properties'}"
        command = [*self._command(*MEMORY, configuration), "kafka.Kafka", str(self._folder / "server.properties")]
        return Program(name="Kafka", command=command, log=self._log)

    async def _answers(self) -> bool:
        return await kafka_answers(self.bootstrap)

    def _format(self) -> None:
        self._folder.mkdir(mode=0o700)
        (self._folder / "log4j2.properties").write_text(LOGGING)
        properties = self._folder / "server.properties"
        properties.write_text("".join(f"{name}={value}\n" for name, value in self._properties().items()))
        cluster = base64.urlsafe_b64encode(b"\x01" + secrets.token_bytes(15)).decode().rstrip("=")
        tool = [
            "kafka.tools.StorageTool",
            "format",
            "-t",
            cluster,
            "-c",
            str(properties),
            "--standalone",
            *self.format_options,
        ]
        subprocess.run([*self._command(*MEMORY), *tool], check=True, capture_output=True)

    def _command(self, *options: str) -> list[str]:
        return [str(self._java), *options, "-cp", self._class_path]

    def _properties(self) -> Mapping[str, str]:
        return {
            "process.roles": "broker,controller",
            "node.id": "1",
            "controller.quorum.bootstrap.servers": self._controller,
            "listeners": f"PLAINTEXT://{self.bootstrap},CONTROLLER://{self._controller}",
            "advertised.listeners": f"PLAINTEXT://{self.bootstrap}",
            "controller.listener.names": "CONTROLLER",
            "listener.security.protocol.map": "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT",
            "log.dirs": str(self._folder / "data"),
            "auto.create.topics.enable": "false",
            "group.initial.rebalance.delay.ms": "0",
            "offsets.topic.num.partitions": "1",
            "offsets.topic.replication.factor": "1",
            "transaction.state.log.num.partitions": "1",
            "transaction.state.log.replication.factor": "1",
            "transaction.state.log.min.isr": "1",
            "share.coordinator.state.topic.num.partitions": "1",
            "share.coordinator.state.topic.replication.factor": "1",
            "share.coordinator.state.topic.min.isr": "1",
        }


async def kafka_answers(bootstrap: str) -> bool:
    """A broker at this address gives its metadata."""
    if not await accepts_connections(bootstrap):
        return False
    admin = AIOKafkaAdminClient(bootstrap_servers=bootstrap, request_timeout_ms=5000)
    try:
        await admin.start()
    except (KafkaError, OSError):
        return False
    finally:
        await admin.close()
    return True
