"""An issuer's public keys (RFC 7517), each by itself: what we cannot use is left out and never stops the others."""

import json
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from joserfc import jws, jwt
from joserfc.errors import BadSignatureError, JoseError
from joserfc.jwk import ECKey, RSAKey

ALGORITHMS: Final = ("ES256", "RS256")

_MOST_KEYS = 100
_MOST_TRIED = 8
_RSA_BITS = range(2_048, 8_193)
# 2,048 bits in base64url; the library warns of a shorter key, we leave it out.
_SHORTEST_MODULUS = 342
_PRIVATE = frozenset({"d", "p", "q", "dp", "dq", "qi", "oth", "k"})


class KeysUnreadable(ValueError):
    """What came is no key set at all."""


@dataclass(frozen=True, slots=True)
class PublicKey:
    """A key that verifies one algorithm; one without an id is tried for any token of that algorithm."""

    key_id: str | None
    algorithm: str
    key: ECKey | RSAKey


@dataclass(frozen=True, slots=True)
class PublicKeys:
    """The keys that we can use, and how many we cannot, by why not."""

    usable: tuple[PublicKey, ...]
    skipped: Mapping[str, int] = field(default_factory=dict)

    def knows(self, key_id: str) -> bool:
        """Is there a usable key of this id?"""
        return any(key.key_id == key_id for key in self.usable)

    def verified(self, token: str) -> jwt.Token:
        """The token, its signature checked with each key that may have made it. Raises JoseError, ValueError."""
        header = jws.extract_compact(token.encode()).headers()
        for one in self._tried(header.get("kid"), header.get("alg")):
            try:
                return jwt.decode(token, one.key, algorithms=[one.algorithm])
            except BadSignatureError:
                continue
        raise BadSignatureError

    def _tried(self, key_id: object, algorithm: object) -> Iterable[PublicKey]:
        fitting = [one for one in self.usable if one.algorithm == algorithm]
        named = [one for one in fitting if one.key_id == key_id or key_id is None]
        return [*named, *(one for one in fitting if one.key_id is None and one not in named)][:_MOST_TRIED]


def public_keys(document: bytes) -> PublicKeys:
    """Read a key set, key by key. Raises KeysUnreadable where there is no list of keys."""
    try:
        found = json.loads(document)
    except (ValueError, RecursionError) as error:
        raise KeysUnreadable("the answer is not JSON") from error
    keys = found.get("keys") if isinstance(found, dict) else None
    if not isinstance(keys, list):
        raise KeysUnreadable("the answer has no list of keys")
    usable: list[PublicKey] = []
    skipped: Counter[str] = Counter()
    for key in keys:
        read = _read(key) if len(usable) < _MOST_KEYS else "too-many"
        if isinstance(read, str):
            skipped[read] += 1
        else:
            usable.append(read)
    return PublicKeys(tuple(usable), dict(skipped))


def _read(key: object) -> PublicKey | str:
    """The key, or in a word why it is left out. Members that we do not need, such as x5c, are never looked at."""
    if not isinstance(key, dict):
        return "no-object"
    if not _PRIVATE.isdisjoint(key):
        return "private"
    kind = _kind(key)
    if kind is None:
        return "other-kind"
    if key.get("alg", kind) != kind or not _verifies(key):
        return "other-purpose"
    key_id = key.get("kid")
    if not isinstance(key_id, str | None):
        return "odd-id"
    return _imported(key, kind, key_id)


def _kind(key: Mapping[str, Any]) -> str | None:
    if key.get("kty") == "EC" and key.get("crv") == "P-256":
        return "ES256"
    return "RS256" if key.get("kty") == "RSA" else None


def _verifies(key: Mapping[str, Any]) -> bool:
    uses = key.get("key_ops", ["verify"])
    return key.get("use", "sig") == "sig" and isinstance(uses, list) and "verify" in uses


def _imported(key: Mapping[str, Any], kind: str, key_id: str | None) -> PublicKey | str:
    names = ("kty", "crv", "x", "y") if kind == "ES256" else ("kty", "n", "e")
    members = {name: value for name in names if isinstance(value := key.get(name), str)}
    try:
        if kind == "ES256":
            return PublicKey(key_id, kind, _usable_ec(members))
        return PublicKey(key_id, kind, _usable_rsa(members))
    except (JoseError, ValueError, TypeError, KeyError, OverflowError):
        return "unreadable"


def _usable_ec(members: dict[str, str]) -> ECKey:
    key = ECKey.import_key(dict(members))
    # Reading is put off by the library until a key is used; a point off the curve must be found now.
    _ = key.public_key
    return key


def _usable_rsa(members: dict[str, str]) -> RSAKey:
    if len(members["n"]) < _SHORTEST_MODULUS:
        raise ValueError("the modulus is too short")
    key = RSAKey.import_key(dict(members))
    if key.public_key.key_size not in _RSA_BITS:
        raise ValueError("the modulus is too short or too long")
    return key
