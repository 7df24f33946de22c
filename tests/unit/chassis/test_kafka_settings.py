"""How Kafka is reached: what settings say is whole and reaches aiokafka, or is refused at start."""

import ssl
from pathlib import Path

import pytest
from chassis.environment import SettingsWrong
from chassis.kafka_settings import KafkaSettings
from chassis.settings import RelaySettings, ServiceSettings
from support.certificates import authority, certified_by
from support.foundations import UNUSED

PASSWORD = "SENTINEL of a password"
TLS = {"security_protocol": "SSL"}
USER = {"sasl_mechanism": "SCRAM-SHA-512", "username": "relay", "password_file": "password"}
FULL = {
    "security_protocol": "SASL_SSL",
    "ca_file": "ca",
    "certificate_file": "certificate",
    "key_file": "key",
    **USER,
}


@pytest.fixture
def files(tmp_path: Path) -> Path:
    ours, other = authority(), certified_by(authority(), address="127.0.0.1")
    mine = certified_by(ours, address="127.0.0.1")
    contents = {
        "ca": ours.certificate_pem(),
        "certificate": mine.certificate_pem(),
        "key": mine.key_pem(),
        "other key": other.key_pem(),
        "locked key": mine.key_pem(passphrase="SENTINEL"),
        "password": f"{PASSWORD}\n".encode(),
        "words": b"SENTINEL",
        "bytes": b"SENTINEL \xff",
        "empty": b"\n",
    }
    for name, content in contents.items():
        (tmp_path / name).write_bytes(content)
    return tmp_path


def read(said: dict[str, str], files: Path) -> KafkaSettings:
    paths = {name: str(files / value) if name.endswith("_file") else value for name, value in said.items()}
    values = {f"kafka_{name}": value for name, value in {"bootstrap": "broker:9092", **paths}.items()}
    return KafkaSettings.model_validate(values)


@pytest.mark.parametrize(
    ("said", "reaches"),
    [
        ({}, {"security_protocol": "PLAINTEXT"}),
        (TLS, {"security_protocol": "SSL"}),
        ({**TLS, "ca_file": "ca"}, {"security_protocol": "SSL"}),
        ({**TLS, "certificate_file": "certificate", "key_file": "key"}, {"security_protocol": "SSL"}),
        *(
            (
                {**USER, "security_protocol": protocol, "sasl_mechanism": mechanism},
                {
                    "security_protocol": protocol,
                    "sasl_mechanism": mechanism,
                    "sasl_plain_username": "relay",
                    "sasl_plain_password": PASSWORD,
                },
            )
            for protocol in ("SASL_PLAINTEXT", "SASL_SSL")
            for mechanism in ("PLAIN", "SCRAM-SHA-256", "SCRAM-SHA-512")
        ),
    ],
)
def test_what_is_said_reaches_aiokafka(said: dict[str, str], reaches: dict[str, str], files: Path) -> None:
    given = read(said, files).kafka.arguments()
    tls = given.pop("ssl_context", None)
    assert given == {"bootstrap_servers": "broker:9092", **reaches}
    assert (tls is not None) is reaches["security_protocol"].endswith("SSL")
    assert tls is None or (tls.check_hostname and tls.verify_mode is ssl.CERT_REQUIRED)


def test_a_ca_that_is_named_is_the_only_one_trusted(files: Path) -> None:
    tls = read({**TLS, "ca_file": "ca"}, files).kafka.tls
    assert tls is not None
    assert [str(one["subject"]) for one in tls.get_ca_certs()] == ["((('commonName', 'test authority'),),)"]


def without(*names: str) -> dict[str, str]:
    return {name: value for name, value in FULL.items() if name not in names}


@pytest.mark.parametrize(
    ("said", "named", "because"),
    [
        ({"security_protocol": "SENTINEL"}, "SECURITY_PROTOCOL", "'PLAINTEXT', 'SSL', 'SASL_PLAINTEXT' or 'SASL_SSL'"),
        ({"security_protocol": "ssl"}, "SECURITY_PROTOCOL", "it must be"),
        ({**FULL, "sasl_mechanism": "SENTINEL"}, "SASL_MECHANISM", "'PLAIN', 'SCRAM-SHA-256' or 'SCRAM-SHA-512'"),
        (without("sasl_mechanism"), "SASL_MECHANISM", "it is needed"),
        (without("username"), "USERNAME", "it is needed"),
        ({**FULL, "username": ""}, "USERNAME", "it is needed"),
        (without("password_file"), "PASSWORD_FILE", "it is needed"),
        ({**FULL, "password_file": "SENTINEL"}, "PASSWORD_FILE", "can be read"),
        ({**FULL, "password_file": "."}, "PASSWORD_FILE", "can be read"),
        ({**FULL, "password_file": "bytes"}, "PASSWORD_FILE", "can be read"),
        ({**FULL, "password_file": "empty"}, "PASSWORD_FILE", "is empty"),
        (without("key_file"), "KEY_FILE", "named together"),
        (without("certificate_file"), "CERTIFICATE_FILE", "named together"),
        ({**FULL, "ca_file": "SENTINEL"}, "CA_FILE", "certificates in PEM"),
        ({**FULL, "ca_file": "words"}, "CA_FILE", "certificates in PEM"),
        ({**FULL, "certificate_file": "SENTINEL"}, "CERTIFICATE_FILE", "in PEM"),
        ({**FULL, "certificate_file": "words"}, "CERTIFICATE_FILE", "in PEM"),
        ({**FULL, "key_file": "SENTINEL"}, "CERTIFICATE_FILE", "kafka_key_file"),
        ({**FULL, "key_file": "other key"}, "CERTIFICATE_FILE", "kafka_key_file"),
        ({**FULL, "key_file": "locked key"}, "CERTIFICATE_FILE", "without a passphrase"),
        *(
            ({"security_protocol": protocol, name: FULL[name]}, name.upper(), "it is read only where")
            for protocol, names in {
                "PLAINTEXT": ("ca_file", "certificate_file", "key_file", "sasl_mechanism", "username", "password_file"),
                "SSL": ("sasl_mechanism", "username", "password_file"),
                "SASL_PLAINTEXT": ("ca_file", "certificate_file", "key_file"),
            }.items()
            for name in names
        ),
    ],
)
def test_what_is_half_said_is_refused_in_one_sentence(
    said: dict[str, str], named: str, because: str, files: Path
) -> None:
    with pytest.raises(SettingsWrong, match=rf"^Correct KAFKA_{named}: [^.]*\.$") as refused:
        read(said, files)
    assert because in str(refused.value)
    assert "SENTINEL" not in str(refused.value)
    assert str(files) not in str(refused.value)


def test_services_and_relays_read_the_same_under_their_prefix(files: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in FULL.items():
        monkeypatch.setenv(f"INTAKE_KAFKA_{name.upper()}", str(files / value) if name.endswith("_file") else value)
    assert password_of(service()) == password_of(relay()) == PASSWORD
    monkeypatch.delenv("INTAKE_KAFKA_USERNAME")
    for settings in (service, relay):
        with pytest.raises(SettingsWrong, match=r"^Correct INTAKE_KAFKA_USERNAME: "):
            settings()


def service() -> KafkaSettings:
    return ServiceSettings(_env_prefix="INTAKE_", public_url="https://service.example.org", **UNUSED)


def relay() -> KafkaSettings:
    return RelaySettings(_env_prefix="INTAKE_", database_url=UNUSED["database_url"], kafka_bootstrap="broker:9092")


def password_of(settings: KafkaSettings) -> str:
    return str(settings.kafka.arguments()["sasl_plain_password"])


def test_the_password_is_read_once_and_stands_in_no_line(files: Path) -> None:
    settings = read(FULL, files)
    (files / "password").unlink()
    assert settings.kafka.arguments()["sasl_plain_password"] == PASSWORD
    assert PASSWORD not in f"{settings!r} {settings.kafka!r} {settings.model_dump()}"
