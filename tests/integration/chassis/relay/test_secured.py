"""Every client that is opened on Kafka, at a broker that shows who it is and asks who we are."""

import secrets
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime

import pytest
from aiokafka.errors import KafkaConnectionError
from chassis.consumer.kafka import kafka_sources
from chassis.kafka_connection import KafkaConnection, SecurityProtocol
from chassis.kafka_settings import KafkaSettings
from chassis.relay.broker import KafkaBroker
from chassis.relay.pages import Entry
from chassis.relay.tail import Last
from sandbox.places import run_logs, temporary_folder
from support.deadline import until
from support.secured_kafka import USER, SecuredKafka
from support.servers import started

pytestmark = pytest.mark.servers

RECORDED = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
LOGIN = {"username": USER, "password_file": "password"}
MINE = {"certificate_file": "certificate", "key_file": "key"}
WAYS = {
    "our certificate": {"security_protocol": "SSL", "ca_file": "ca", **MINE},
    "no encryption": {"security_protocol": "SASL_PLAINTEXT", "sasl_mechanism": "SCRAM-SHA-256", **LOGIN},
    "a password sent": {"security_protocol": "SASL_SSL", "ca_file": "ca", "sasl_mechanism": "PLAIN", **LOGIN},
    "a password proved": {"security_protocol": "SASL_SSL", "ca_file": "ca", "sasl_mechanism": "SCRAM-SHA-512", **LOGIN},
}


@pytest.fixture(scope="module")
def secured() -> Iterator[SecuredKafka]:
    with temporary_folder() as folder:
        server = SecuredKafka(folder, log=run_logs(folder.name) / "kafka.log")
        with started(server):
            yield server


def connection(server: SecuredKafka, said: Mapping[str, str]) -> KafkaConnection:
    values = {f"kafka_{name}": server.files.get(value, value) for name, value in said.items()}
    address = server.addresses[SecurityProtocol(said["security_protocol"])]
    return KafkaSettings.model_validate({"kafka_bootstrap": address, **values}).kafka


@pytest.mark.parametrize("way", WAYS)
async def test_each_client_comes_in(way: str, secured: SecuredKafka) -> None:
    kafka, topic = connection(secured, WAYS[way]), f"secured-{secrets.token_hex(4)}"
    broker = KafkaBroker(kafka)
    await broker.ensure_topic(topic, partitions=1)
    async with broker.open_publisher(topic, epoch=1) as publisher:
        for ack in await publisher.send([Entry(7, 0, 1, "case", RECORDED, None, b"{}")]):
            await ack
    assert await broker.tail(topic, partitions=1) == {0: Last(1, 7)}
    async with kafka_sources(kafka, client_id="test")(topic) as source:
        source.go_to(0, 0)

        async def read() -> bool:
            return [one.body for one in (await source.fetch(seconds=0.2)).get(0, [])] == [b"{}"]

        await until(read, "the consumer reads what was published")


@pytest.mark.parametrize(
    ("way", "changed"),
    [
        ("our certificate", {"certificate_file": "", "key_file": ""}),
        ("a password sent", {"password_file": "other password"}),
        ("a password proved", {"password_file": "other password"}),
        ("a password sent", {"ca_file": "other ca"}),
    ],
)
async def test_who_cannot_prove_it_is_refused_on_either_side(
    way: str, changed: Mapping[str, str], secured: SecuredKafka
) -> None:
    said = {name: value for name, value in {**WAYS[way], **changed}.items() if value}
    with pytest.raises(KafkaConnectionError):
        await KafkaBroker(connection(secured, said)).ensure_topic("refused", partitions=1)
