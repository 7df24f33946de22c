"""Whole documents and private state, sealed as one piece: agencies' raw payloads, addresses, code words."""

from chassis.vault.binding import bound_to
from chassis.vault.errors import SubjectErased
from chassis.vault.keys import Erased
from chassis.vault.port import Vault


async def seal_document(vault: Vault, document: bytes, *, subject: str, place: tuple[str, ...]) -> bytes:
    """Seal with the subject's key, bound to `place` (for example service, stream, event id). Raises SubjectErased."""
    keys = await vault.keys_for_sealing([subject])
    return keys[subject].seal(document, bound_to((subject, *place)))


async def open_document(vault: Vault, sealed: bytes, *, subject: str, place: tuple[str, ...], purpose: str) -> bytes:
    """Open what `seal_document` sealed for the same subject and place. Raises SubjectErased, KeyUnknown, SealBroken."""
    key = (await vault.keys_for_opening([subject], purpose=purpose))[subject]
    if isinstance(key, Erased):
        raise SubjectErased("the subject was erased; this document cannot be read any more")
    return key.open(sealed, bound_to((subject, *place)))
