"""How Kafka is reached: the one value that every client of it is opened with."""

import ssl
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

from pydantic import SecretStr


class SecurityProtocol(StrEnum):
    """Whether a connection is encrypted (SSL) and whether we sign in on it (SASL); the names are Kafka's."""

    PLAINTEXT = "PLAINTEXT"
    SSL = "SSL"
    SASL_PLAINTEXT = "SASL_PLAINTEXT"
    SASL_SSL = "SASL_SSL"

    @property
    def encrypts(self) -> bool:
        """The broker shows a certificate."""
        return self in (SecurityProtocol.SSL, SecurityProtocol.SASL_SSL)

    @property
    def signs_in(self) -> bool:
        """We show a user name and a password."""
        return self in (SecurityProtocol.SASL_PLAINTEXT, SecurityProtocol.SASL_SSL)


class SaslMechanism(StrEnum):
    """How a password is shown: PLAIN sends it, SCRAM proves that we have it (RFC 5802)."""

    PLAIN = "PLAIN"
    SCRAM_SHA_256 = "SCRAM-SHA-256"
    SCRAM_SHA_512 = "SCRAM-SHA-512"


@dataclass(frozen=True, slots=True)
class SaslUser:
    """Who we are at the broker."""

    mechanism: SaslMechanism
    name: str
    password: SecretStr


@dataclass(frozen=True, slots=True)
class KafkaConnection:
    """The brokers at `bootstrap`, `host:port` with commas between; in the clear where `tls` is None."""

    bootstrap: str
    tls: ssl.SSLContext | None = None
    user: SaslUser | None = None

    @property
    def protocol(self) -> SecurityProtocol:
        """What the two parts come to."""
        if self.user is None:
            return SecurityProtocol.SSL if self.tls else SecurityProtocol.PLAINTEXT
        return SecurityProtocol.SASL_SSL if self.tls else SecurityProtocol.SASL_PLAINTEXT

    def arguments(self) -> dict[str, Any]:
        """What aiokafka's consumer, producer and admin client take alike."""
        given: dict[str, Any] = {"bootstrap_servers": self.bootstrap, "security_protocol": self.protocol.value}
        if self.tls is not None:
            given["ssl_context"] = self.tls
        if self.user is not None:
            given["sasl_mechanism"] = self.user.mechanism.value
            given["sasl_plain_username"] = self.user.name
            given["sasl_plain_password"] = self.user.password.get_secret_value()
        return given


def tls_trusting(ca_file: Path | None) -> ssl.SSLContext:
    """TLS to brokers that a CA of the file vouches for, by name; of the system's, where there is no file.

    Raises OSError (ssl.SSLError) for a file that cannot be read or holds no certificate.
    """
    return ssl.create_default_context(cafile=ca_file)


def show_certificate(tls: ssl.SSLContext, certificate_file: Path, key_file: Path) -> None:
    """Show the broker our certificate. Raises OSError for files that cannot be read or do not belong together."""
    # With no password named, OpenSSL would ask the terminal for that of an encrypted key, and wait.
    tls.load_cert_chain(certificate_file, key_file, password="")
