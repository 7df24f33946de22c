"""From what a service says to the bytes its log keeps: personal fields sealed, a keyed digest of the plaintext.

The hot path: one vault call and one draw of nonces a batch; the JSON of what is not personal is written once, for the
digest and for the log.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple, Self

import msgspec
from contracts.envelope import Envelope
from contracts.plain import Plain
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.hmac import HMAC
from pydantic import BaseModel

from chassis.errors import PermanentFailure
from chassis.key_ring import KeyRing
from chassis.log.records import NewEvent
from chassis.stretches import stretches
from chassis.telemetry import current_traceparent
from chassis.vault.attributes import Added, Said, added_of, added_text, said_of, trace_text
from chassis.vault.keys import DataKey, nonces_for
from chassis.vault.lifting import Lifted, lift, put_sealed
from chassis.vault.port import Vault

_SUBJECT = re.compile(r"(victim|case|document)/[0-9a-f-]{36}")
_STRETCH = 64
_ENCODE = msgspec.json.Encoder().encode


class SubjectMalformed(PermanentFailure):
    """A draft names no subject whose key could seal it: victim, case or document, a slash, and an id."""


class Draft(msgspec.Struct, frozen=True, gc=False):
    """An event before it is sealed. `subject` ("victim/<id>", "case/<id>") is whose key seals its personal fields.

    `stream`, `version`, `key` and `private` go to the log as they are.
    """

    said: Said
    added: Added
    data: BaseModel | Plain
    stream: str
    version: int | None
    key: str | None
    subject: str
    private: bytes | None = None

    @classmethod
    def of(
        cls,
        envelope: Envelope,
        data: BaseModel,
        *,
        stream: str,
        key: str | None,
        subject: str,
        version: int | None = None,
        private: bytes | None = None,
    ) -> Self:
        """A draft of a whole envelope."""
        return cls(said_of(envelope), added_of(envelope), data, stream, version, key, subject, private)


class _Material(NamedTuple):
    """What the events of one call share. `trace` is the traceparent of the span in hand."""

    keys: Mapping[str, DataKey]
    nonces: Iterator[bytes]
    trace: str | None


class EventComposer:
    """Makes log events of drafts. `digest_keys` (the service's own) keep digests from being guessed.

    A digest is made under the current one, and under each older one to be recognised by.
    """

    def __init__(self, vault: Vault, digest_keys: KeyRing) -> None:
        self._vault = vault
        self._hmac = HMAC(digest_keys.current, SHA256())
        self._older = [HMAC(key, SHA256()) for key in digest_keys.older]

    async def compose(self, drafts: Sequence[Draft]) -> list[NewEvent]:
        """One event per draft, in order; one without a trace gets that of the span in hand.

        Raises VaultUnreachable, SubjectErased, SubjectMalformed, AlreadySealed.
        """
        lifted: list[Lifted] = []
        async for some in stretches(drafts, of=_STRETCH):
            lifted += [lift(draft.data) for draft in some]
        subjects = {draft.subject for draft, found in zip(drafts, lifted, strict=True) if found.personal}
        if not all(map(_well_formed, subjects)):
            raise SubjectMalformed("a subject is victim, case or document, a slash, and an id")
        keys = await self._vault.keys_for_sealing(subjects) if subjects else {}
        material = _Material(keys, nonces_for(sum([found.personal for found in lifted])), current_traceparent())
        events: list[NewEvent] = []
        async for pairs in stretches(list(zip(drafts, lifted, strict=True)), of=_STRETCH):
            events += [self._compose(draft, found, material) for draft, found in pairs]
        return events

    def _compose(self, draft: Draft, found: Lifted, material: _Material) -> NewEvent:
        said = draft.said
        id_, source, type_, text = said.id, said.source, said.type, said.text
        trace = said.traceparent or material.trace
        parts = [text, added_text(draft.added), trace_text(trace), b',"data":']
        content = _content(text, found)
        subject = draft.subject
        put_sealed(
            parts,
            found,
            key=material.keys.get(subject),
            place=(source, id_, subject, type_),
            nonces=material.nonces,
        )
        parts.append(b"}")
        return NewEvent(
            id=id_,
            source=source,
            type=type_,
            stream=draft.stream,
            version=draft.version,
            key=draft.key,
            occurred_at=said.time,
            body=b"".join(parts),
            digest=_digest(self._hmac, content),
            older_digests=tuple([_digest(hmac, content) for hmac in self._older]),
            private=draft.private,
            traceparent=trace,
        )


def _content(said: bytes, found: Lifted) -> bytes:
    """What tells a repeat from another event: what the publisher said."""
    deeper = [(one.field, one.text) for one in found.deeper] if found.deeper else None
    return b"".join((said, _ENCODE((found.texts, deeper, found.branches)), found.rest))


def _digest(under: HMAC, content: bytes) -> bytes:
    digest = under.copy()
    digest.update(content)
    return digest.finalize()


@lru_cache(maxsize=20_000)
def _well_formed(subject: str) -> bool:
    """Remembered, because the same victims come again and again."""
    return _SUBJECT.fullmatch(subject) is not None
