"""What every cell has at hand."""

from dataclasses import dataclass
from pathlib import Path

from bench.scale import Scale
from sandbox.servers.kafka import KafkaServer
from sandbox.servers.postgres import PostgresServer
from support.databases import Databases


@dataclass(frozen=True)
class Bench:
    """The sandbox's own servers, with fsync on, and how much to measure."""

    postgres: PostgresServer
    kafka: KafkaServer
    databases: Databases
    scale: Scale
    logs: Path
