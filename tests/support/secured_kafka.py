"""A broker that is also reached over TLS and after signing in, as one outside the sandbox is."""

from collections.abc import Mapping
from pathlib import Path

from chassis.kafka_connection import SaslMechanism, SecurityProtocol
from sandbox.ports import free_port
from sandbox.servers.kafka import KafkaServer
from support.certificates import authority, certified_by

HOST = "127.0.0.1"
USER = "relay"
PASSWORD = "not-a-secret"
GUARDED = tuple(protocol for protocol in SecurityProtocol if protocol.encrypts or protocol.signs_in)
FILES = ("ca", "certificate", "key", "server", "password", "other ca", "other password")
SCRAM = (SaslMechanism.SCRAM_SHA_256, SaslMechanism.SCRAM_SHA_512)
LOGIN = "org.apache.kafka.common.security"
LOGINS = {
    SaslMechanism.PLAIN: f'{LOGIN}.plain.PlainLoginModule required user_{USER}="{PASSWORD}";',
    **dict.fromkeys(SCRAM, f"{LOGIN}.scram.ScramLoginModule required;"),
}


class SecuredKafka(KafkaServer):
    """A listener for each protocol. Whoever comes by SSL alone must show a certificate of the same authority."""

    format_options = tuple(
        part for one in SCRAM for part in ("--add-scram", f"{one}=[name={USER},password={PASSWORD}]")
    )

    def __init__(self, folder: Path, *, log: Path) -> None:
        super().__init__(folder, log=log)
        self.addresses = {protocol: f"{HOST}:{free_port()}" for protocol in GUARDED}
        self.files = {name: folder / name for name in FILES}

    def _prepare(self) -> None:
        issuer = authority()
        server, client = certified_by(issuer, address=HOST), certified_by(issuer, address=HOST)
        contents = {
            "ca": issuer.certificate_pem(),
            "certificate": client.certificate_pem(),
            "key": client.key_pem(),
            "server": server.key_pem() + server.certificate_pem(),
            "password": PASSWORD.encode(),
            "other ca": authority().certificate_pem(),
            "other password": b"wrong",
        }
        for name, content in contents.items():
            self.files[name].write_bytes(content)
        super()._prepare()

    def _properties(self) -> Mapping[str, str]:
        properties = dict(super()._properties())
        for protocol, address in self.addresses.items():
            properties["listeners"] += f",{protocol}://{address}"
            properties["advertised.listeners"] += f",{protocol}://{address}"
            properties["listener.security.protocol.map"] += f",{protocol}:{protocol}"
            for mechanism, login in LOGINS.items() if protocol.signs_in else ():
                properties[f"listener.name.{protocol}.{mechanism}.sasl.jaas.config".lower()] = login
        return properties | {
            "inter.broker.listener.name": SecurityProtocol.PLAINTEXT,
            "ssl.keystore.type": "PEM",
            "ssl.keystore.location": str(self.files["server"]),
            "ssl.truststore.type": "PEM",
            "ssl.truststore.location": str(self.files["ca"]),
            "listener.name.ssl.ssl.client.auth": "required",
            "sasl.enabled.mechanisms": ",".join(SaslMechanism),
        }
