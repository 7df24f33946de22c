"""A certificate authority of a test's own, and what it vouches for."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, EllipticCurvePrivateKey, generate_private_key
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import BestAvailableEncryption, Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID

BEGUN = datetime(2020, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Certified:
    """A key and the certificate for it."""

    key: EllipticCurvePrivateKey
    certificate: x509.Certificate

    def certificate_pem(self) -> bytes:
        return self.certificate.public_bytes(Encoding.PEM)

    def key_pem(self, *, passphrase: str = "") -> bytes:
        locked = BestAvailableEncryption(passphrase.encode()) if passphrase else NoEncryption()
        return self.key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, locked)


def authority(name: str = "test authority") -> Certified:
    """A certificate authority that nobody knows yet."""
    key = generate_private_key(SECP256R1())
    about = _about(name, key, issuer=name).add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
    return Certified(key, about.sign(key, SHA256()))


def certified_by(issuer: Certified, *, address: str) -> Certified:
    """What can be served at `address`, and shown by a client as well."""
    key = generate_private_key(SECP256R1())
    names = x509.SubjectAlternativeName([x509.IPAddress(ip_address(address))])
    (of,) = issuer.certificate.subject.get_attributes_for_oid(NameOID.COMMON_NAME)
    about = _about("one of ours", key, issuer=str(of.value)).add_extension(names, critical=False)
    return Certified(key, about.sign(issuer.key, SHA256()))


def _about(name: str, key: EllipticCurvePrivateKey, *, issuer: str) -> x509.CertificateBuilder:
    return (
        x509.CertificateBuilder()
        .subject_name(_named(name))
        .issuer_name(_named(issuer))
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(BEGUN)
        .not_valid_after(BEGUN + timedelta(days=36_500))
    )


def _named(name: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
