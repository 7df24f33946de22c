"""A person's access token at rest: sealed under the id of their session, which only their browser's cookie holds."""

import os

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

_NONCE_BYTES = 12
_KEY_BYTES = 32
_PURPOSE = b"throughline session access token"


def sealed(token: str, *, session_id: str) -> bytes:
    """Nonce and ciphertext of AES-256-GCM; nothing of no token. Each session seals once, so its key is used once."""
    if not token:
        return b""
    nonce = os.urandom(_NONCE_BYTES)
    return nonce + _cipher(session_id).encrypt(nonce, token.encode(), _PURPOSE)


def opened(text: bytes, *, session_id: str) -> str:
    """The token; none where it was sealed under another id or changed since."""
    try:
        return _cipher(session_id).decrypt(text[:_NONCE_BYTES], text[_NONCE_BYTES:], _PURPOSE).decode()
    except (InvalidTag, ValueError):
        return ""


def _cipher(session_id: str) -> AESGCM:
    # The id is random and as long as the key: it needs neither salt nor stretching. The table's hash of it is another.
    return AESGCM(HKDF(SHA256(), _KEY_BYTES, salt=None, info=_PURPOSE).derive(session_id.encode()))
