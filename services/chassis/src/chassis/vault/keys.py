"""Data keys: AES-256-GCM with a fresh nonce for every text, wrapped by the service's key-encryption key at rest."""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from hashlib import blake2b

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.keywrap import InvalidUnwrap, aes_key_unwrap, aes_key_wrap

from chassis.key_ring import KEY_BYTES, KeyRing
from chassis.vault.errors import SealBroken, WrappedElsewhere

NONCE_BYTES = 12
WRAPPED_BYTES = KEY_BYTES + 8
DIGEST_BYTES = 16


@dataclass(frozen=True, slots=True)
class Erased:
    """The tombstone of a subject: when their key was destroyed (the vault's clock)."""

    at: datetime


class DataKey:
    """One subject's key. It seals and opens, and never shows its bytes."""

    __slots__ = ("_cipher", "_recognising")

    def __init__(self, key: bytes) -> None:
        self._cipher = AESGCM(key)
        self._recognising = blake2b(b"recognising", key=key, digest_size=KEY_BYTES).digest()

    def seal(self, plaintext: bytes, aad: bytes, nonce: bytes | None = None) -> bytes:
        """Nonce and ciphertext. A batch may draw its nonces at once; a nonce must never be used twice."""
        nonce = nonce or os.urandom(NONCE_BYTES)
        return nonce + self._cipher.encrypt(nonce, plaintext, aad)

    def digest(self, plaintext: bytes) -> str:
        """The same for the same text; nothing to whoever has not the key."""
        return blake2b(plaintext, key=self._recognising, digest_size=DIGEST_BYTES).hexdigest()

    def open(self, sealed: bytes, aad: bytes) -> bytes:
        """The plaintext. Raises SealBroken when anything it was bound to has changed."""
        try:
            return self._cipher.decrypt(sealed[:NONCE_BYTES], sealed[NONCE_BYTES:], aad)
        except (InvalidTag, ValueError) as error:
            raise SealBroken("a sealed text does not open here: it was changed, or moved from where it was") from error


def nonces_for(texts: int) -> Iterator[bytes]:
    """As many fresh nonces, of one draw from the system's random source."""
    drawn = os.urandom(NONCE_BYTES * texts)
    return iter([drawn[start : start + NONCE_BYTES] for start in range(0, len(drawn), NONCE_BYTES)])


class KeyWrapping:
    """Wraps data keys (RFC 3394) so that the vault's database alone opens nothing.

    Before what is wrapped stands the id of the key that wraps, behind its length; nothing where that key has none.
    """

    def __init__(self, keks: KeyRing) -> None:
        self._keks = keks
        name = keks.current_id.encode()
        self._front = bytes([len(name)]) + name if name else b""

    def fresh(self) -> bytes:
        """A new random data key, wrapped by the current key."""
        return self._wrapped(os.urandom(KEY_BYTES))

    def unwrap(self, wrapped: bytes) -> DataKey:
        """The data key, by whichever key wrapped it. Raises WrappedElsewhere."""
        return DataKey(self._unwrapped(wrapped))

    def again(self, wrapped: bytes) -> bytes:
        """The same data key wrapped by the current key. Raises WrappedElsewhere."""
        return self._wrapped(self._unwrapped(wrapped))

    def _wrapped(self, key: bytes) -> bytes:
        return self._front + aes_key_wrap(self._keks.current, key)

    def _unwrapped(self, wrapped: bytes) -> bytes:
        kek = self._keks.by_id.get(wrapped[1:-WRAPPED_BYTES].decode(errors="replace"))
        try:
            if kek is not None:
                return aes_key_unwrap(kek, wrapped[-WRAPPED_BYTES:])
        except InvalidUnwrap:
            pass
        raise WrappedElsewhere("a data key was wrapped by a key that vault_kek does not hold; add it there and restart")
