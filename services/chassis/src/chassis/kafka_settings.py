"""Settings of Kafka, shared by services and relays; what is half said or read by nothing is refused at start."""

import ssl
from functools import cached_property
from pathlib import Path
from typing import Self

from pydantic import Field, SecretStr, model_validator
from pydantic_settings import SettingsConfigDict

from chassis.environment import Settings, Wrong
from chassis.kafka_connection import (
    KafkaConnection,
    SaslMechanism,
    SaslUser,
    SecurityProtocol,
    show_certificate,
    tls_trusting,
)

_OF_TLS = ("kafka_ca_file", "kafka_certificate_file", "kafka_key_file")
_OF_SASL = ("kafka_sasl_mechanism", "kafka_username", "kafka_password_file")


class KafkaSettings(Settings):
    """Where Kafka is, what proves it to us and us to it, and what a topic is made with. Files are read at start."""

    model_config = SettingsConfigDict(frozen=True, extra="ignore")

    kafka_bootstrap: str
    kafka_security_protocol: SecurityProtocol = SecurityProtocol.PLAINTEXT
    kafka_ca_file: Path | None = None
    """PEM of those who vouch for the brokers; the system's where none is named."""
    kafka_certificate_file: Path | None = None
    kafka_key_file: Path | None = None
    """PEM of our own certificate, where the brokers ask for one, and of its key, which has no passphrase."""
    kafka_sasl_mechanism: SaslMechanism | None = None
    kafka_username: str = ""
    kafka_password_file: Path | None = None
    """Holds the password and nothing else; the end of its line is not part of it."""
    kafka_replication: int = Field(default=1, ge=1)
    kafka_min_insync: int = Field(default=1, ge=1)
    """How many replicas must have an event before it counts as published; for the topic when it is made."""

    @cached_property
    def kafka(self) -> KafkaConnection:
        """What every client of Kafka is opened with."""
        return KafkaConnection(self.kafka_bootstrap, tls=self._tls(), user=self._user())

    @model_validator(mode="after")
    def _no_more_in_sync_than_there_are(self) -> Self:
        if self.kafka_min_insync > self.kafka_replication:
            raise Wrong("kafka_min_insync is more than kafka_replication: nothing could ever be published")
        return self

    @model_validator(mode="after")
    def _its_protection_is_whole(self) -> Self:
        protocol = self.kafka_security_protocol
        if not protocol.encrypts:
            self._refuse_any(_OF_TLS, "it is read only where kafka_security_protocol is SSL or SASL_SSL")
        if not protocol.signs_in:
            self._refuse_any(_OF_SASL, "it is read only where kafka_security_protocol is SASL_SSL or SASL_PLAINTEXT")
        # Its files are read here, so that a process that lacks one never begins.
        _ = self.kafka
        return self

    def _refuse_any(self, settings: tuple[str, ...], why: str) -> None:
        """Who names a CA or a password believes that it counts, and must hear that it does not."""
        for setting in settings:
            if getattr(self, setting):
                raise Wrong(why, setting=setting)

    def _tls(self) -> ssl.SSLContext | None:
        if not self.kafka_security_protocol.encrypts:
            return None
        try:
            tls = tls_trusting(self.kafka_ca_file)
        except OSError as error:
            raise Wrong("it must name a file of certificates in PEM", setting="kafka_ca_file") from error
        self._show_certificate(tls)
        return tls

    def _show_certificate(self, tls: ssl.SSLContext) -> None:
        certificate, key = self.kafka_certificate_file, self.kafka_key_file
        if certificate is None and key is None:
            return
        if certificate is None or key is None:
            lacking = "kafka_key_file" if certificate else "kafka_certificate_file"
            raise Wrong("a certificate and its key are named together", setting=lacking)
        try:
            show_certificate(tls, certificate, key)
        except OSError as error:
            why = "it and kafka_key_file must name a certificate and its key in PEM, the key without a passphrase"
            raise Wrong(why, setting="kafka_certificate_file") from error

    def _user(self) -> SaslUser | None:
        if not self.kafka_security_protocol.signs_in:
            return None
        if self.kafka_sasl_mechanism is None:
            raise _needed("kafka_sasl_mechanism")
        if not self.kafka_username:
            raise _needed("kafka_username")
        if self.kafka_password_file is None:
            raise _needed("kafka_password_file")
        return SaslUser(self.kafka_sasl_mechanism, self.kafka_username, _password_in(self.kafka_password_file))


def _needed(setting: str) -> Wrong:
    return Wrong("it is needed where kafka_security_protocol is SASL_SSL or SASL_PLAINTEXT", setting=setting)


def _password_in(file: Path) -> SecretStr:
    try:
        password = file.read_text(encoding="utf-8").rstrip("\r\n")
    except (OSError, ValueError):
        # From nothing: what could not be decoded is in the error.
        raise Wrong("it must name a file of text that can be read", setting="kafka_password_file") from None
    if not password:
        raise Wrong("the file that it names is empty", setting="kafka_password_file")
    return SecretStr(password)
