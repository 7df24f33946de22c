"""Addresses and code words, sealed with the victim's own key and bound to the event that records them."""

import base64

import msgspec
from chassis.vault.binding import bound_to
from chassis.vault.keys import DataKey, Erased
from chassis.vault.port import Vault
from contracts.ids import VictimId

from notifications.promise.channels import SealedText
from notifications.transaction.fact import SOURCE

RECORDED_TYPE = "notifications.contact-promise-agreed.v1"


class _Sealed(msgspec.Struct, frozen=True):
    """What stands in the terms: the ciphertext (base64) and what it is bound to besides our source and the victim."""

    sealed: str
    event_id: str
    field: str


class VaultSeals:
    """Seals and opens through the vault; every opening is recorded there with its purpose."""

    def __init__(self, vault: Vault) -> None:
        self._vault = vault

    async def seal(self, victim: VictimId, *, event_id: str, texts: dict[str, str]) -> dict[str, SealedText]:
        subject = f"victim/{victim}"
        key = (await self._vault.keys_for_sealing([subject]))[subject]
        return {field: _seal(key, text, victim=victim, event_id=event_id, field=field) for field, text in texts.items()}

    async def open(self, victim: VictimId, *, sealed: dict[str, SealedText], purpose: str) -> dict[str, str]:
        subject = f"victim/{victim}"
        key = (await self._vault.keys_for_opening([subject], purpose=purpose))[subject]
        if isinstance(key, Erased):
            return {}
        return {name: _open(key, text, victim=victim) for name, text in sealed.items()}


def _seal(key: DataKey, text: str, *, victim: VictimId, event_id: str, field: str) -> SealedText:
    ciphertext = key.seal(text.encode(), _binding(victim, event_id, field))
    sealed = _Sealed(base64.urlsafe_b64encode(ciphertext).decode(), event_id, field)
    return SealedText(msgspec.json.encode(sealed).decode())


def _open(key: DataKey, text: SealedText, *, victim: VictimId) -> str:
    sealed = msgspec.json.decode(text, type=_Sealed)
    binding = _binding(victim, sealed.event_id, sealed.field)
    return key.open(base64.urlsafe_b64decode(sealed.sealed), binding).decode()


def _binding(victim: VictimId, event_id: str, field: str) -> bytes:
    return bound_to((SOURCE, event_id, f"victim/{victim}", RECORDED_TYPE, f"terms.{field}"))
