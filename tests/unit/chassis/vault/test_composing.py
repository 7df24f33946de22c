"""Sealing on the way into the log, opening on the way out, and everything that must not open."""

import base64
import json
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from chassis.key_ring import KeyRing
from chassis.vault.attributes import Added
from chassis.vault.composing import Draft, EventComposer, SubjectMalformed
from chassis.vault.errors import SealBroken, SubjectErased, VaultUnreachable
from chassis.vault.lifting import AlreadySealed
from chassis.vault.memory import MemoryVault
from chassis.vault.opening import ERASED, ErasedText, Opener
from contracts.catalogue import EVENT_TYPES
from contracts.envelope import WRITTEN_BY_INTAKE, Envelope
from contracts.events import parse_recorded, write_event
from contracts.personal import Sealed, personal_fields
from contracts.police import EnhancedCategory
from msgspec.structs import replace
from pydantic import BaseModel
from support.sealing_drafts import CASE, OTHER, VICTIM, a_draft, composed, golden, reworded


@pytest.mark.parametrize("name", sorted(EVENT_TYPES))
async def test_every_event_type_comes_back_as_it_was_said(name: str, composer: EventComposer, vault: Any) -> None:
    envelope, data = golden(name)
    event = await composed(composer, a_draft(name))
    fields = personal_fields(type(data))
    said = json.loads(write_event(envelope, data))
    texts = [text for field in fields if (text := _at(said["data"], field)) is not None]
    assert not [text for text in texts if text.encode() in event.body]
    assert (await Opener(vault).open([event.body], purpose="test")) == [said]
    recorded = parse_recorded(event.body)
    assert recorded.envelope == envelope
    assert [_at(json.loads(event.body)["data"], field) for field in fields].count(None) == len(fields) - len(texts)


def _at(data: Mapping[str, Any], field: str) -> Any:
    node: Any = data
    for name in field.split("."):
        node = node.get(name) if isinstance(node, dict) else None
    return node


async def test_a_sealed_field_says_what_it_is_bound_to(composer: EventComposer) -> None:
    draft = a_draft()
    sealed = Sealed.model_validate_json(json.dumps(json.loads((await composed(composer, draft)).body)["data"]["name"]))
    assert (sealed.subject, sealed.type, sealed.field) == (f"victim/{VICTIM}", "police.victim-identified.v1", "name")


async def test_the_log_row_carries_the_envelope(composer: EventComposer) -> None:
    event = await composed(composer, a_draft(id="e-1", time=datetime(2026, 11, 3, tzinfo=UTC)))
    assert (event.id, event.type, event.occurred_at) == (
        "e-1",
        "police.victim-identified.v1",
        datetime(2026, 11, 3, tzinfo=UTC),
    )
    assert (event.stream, event.version, event.key) == (f"case/{CASE}", None, CASE)


async def test_the_same_words_give_the_same_digest_and_never_the_same_bytes(composer: EventComposer) -> None:
    first, again = await composer.compose([a_draft(), a_draft()])
    assert first.digest == again.digest
    assert first.body != again.body


async def test_a_retry_with_another_trace_or_resolved_otherwise_has_the_same_digest(composer: EventComposer) -> None:
    first = await composed(composer, a_draft())
    trace = "00-" + "a" * 32 + "-" + "b" * 16 + "-01"
    retry = await composed(composer, a_draft(traceparent=trace, doubt="future-time", caseid=OTHER))
    assert retry.digest == first.digest
    assert retry.traceparent == trace


async def test_what_is_added_is_written_in_place_of_the_envelopes_own(composer: EventComposer) -> None:
    draft = a_draft()
    plain = await composed(composer, draft)
    event = await composed(composer, replace(draft, added=Added(OTHER, None, "future-time")))
    said, envelope = json.loads(plain.body), json.loads(event.body)
    assert Added._fields == WRITTEN_BY_INTAKE
    assert (envelope["caseid"], envelope["doubt"]) == (OTHER, "future-time")
    assert said.keys() - envelope.keys() == {"victimid"}
    assert event.digest == plain.digest


@pytest.mark.parametrize(
    "change",
    [
        lambda draft: reworded(draft, name="Another Example"),
        lambda draft: reworded(draft, safe_contact_warning=None),
        lambda draft: reworded(draft, enhanced_categories=()),
        lambda _: a_draft(time=datetime(2026, 11, 4, tzinfo=UTC)),
        lambda _: a_draft(backfill=True),
    ],
)
async def test_other_words_give_another_digest(composer: EventComposer, change: Any) -> None:
    draft = reworded(
        a_draft(),
        name="Amira Example",
        safe_contact_warning="not after six",
        enhanced_categories=(EnhancedCategory.MOST_SERIOUS_CRIME,),
    )
    first, other = await composer.compose([draft, change(draft)])
    assert first.digest != other.digest


async def test_words_that_move_between_fields_give_another_digest(composer: EventComposer) -> None:
    draft = a_draft()
    first, other = await composer.compose(
        [reworded(draft, name="a", safe_contact_warning="b"), reworded(draft, name="b", safe_contact_warning="a")]
    )
    assert first.digest != other.digest


async def test_another_services_digest_key_gives_another_digest(vault: MemoryVault) -> None:
    first = await composed(EventComposer(vault, KeyRing.alone(b"d" * 32)), a_draft())
    other = await composed(EventComposer(vault, KeyRing.alone(b"e" * 32)), a_draft())
    assert first.digest != other.digest


async def test_a_digest_is_of_the_current_key_and_known_by_each_older_one(vault: MemoryVault) -> None:
    old, older, new = (bytes([number]) * 32 for number in (1, 2, 3))
    event = await composed(EventComposer(vault, KeyRing({"new": new, "old": old, "": older})), a_draft())
    alone = [await composed(EventComposer(vault, KeyRing.alone(key)), a_draft()) for key in (new, old, older)]
    assert [event.digest, *event.older_digests] == [each.digest for each in alone]
    assert [each.older_digests for each in alone] == [()] * 3


@pytest.mark.parametrize("text", ["\x000", "\x001", '"', "Zoë \U0001f600 £", '\\u0000"0'])
async def test_any_text_comes_back(composer: EventComposer, vault: MemoryVault, text: str) -> None:
    draft = reworded(a_draft(), name=text, safe_contact_warning="\x000", report_reference="\x000")
    opened = (await Opener(vault).open([(await composed(composer, draft)).body], purpose="test"))[0]["data"]
    assert (opened["name"], opened["safe_contact_warning"], opened["report_reference"]) == (text, "\x000", "\x000")


def _tampered(body: bytes, change: Any) -> bytes:
    event = json.loads(body)
    change(event)
    return json.dumps(event).encode()


def _swap_texts(event: dict[str, Any]) -> None:
    name, warning = event["data"]["name"], event["data"]["safe_contact_warning"]
    name["sealed"], warning["sealed"] = warning["sealed"], name["sealed"]


def _swap_fields(event: dict[str, Any]) -> None:
    data = event["data"]
    data["name"], data["safe_contact_warning"] = data["safe_contact_warning"], data["name"]


def _flip_a_bit(event: dict[str, Any]) -> None:
    raw = bytearray(base64.b64decode(event["data"]["name"]["sealed"]))
    raw[-1] ^= 1
    event["data"]["name"]["sealed"] = base64.b64encode(bytes(raw)).decode()


@pytest.mark.parametrize(
    "change",
    [
        _swap_texts,
        _swap_fields,
        _flip_a_bit,
        lambda event: event.update(id="another-event"),
        lambda event: event.update(source="/another"),
        lambda event: event.update(type="police.crime-reported.v1"),
        lambda event: event.update(victimid=OTHER),
        lambda event: event["data"]["name"].update(subject=f"victim/{OTHER}"),
        lambda event: event["data"]["name"].update(type="police.victim-identified.v2"),
        lambda event: event["data"]["name"].update(field="safe_contact_warning"),
        lambda event: event["data"]["name"].update(sealed="AAAA"),
        lambda event: event["data"]["name"].update(sealed="A"),
        lambda event: event["data"]["safe_contact_warning"].update(digest="0" * 32),
    ],
)
async def test_what_was_moved_or_changed_does_not_open(
    composer: EventComposer, vault: MemoryVault, change: Any
) -> None:
    await vault.keys_for_sealing([f"victim/{OTHER}"])
    draft = reworded(a_draft(), name="Amira Example", safe_contact_warning="not after six")
    body = (await composed(composer, draft)).body
    with pytest.raises(SealBroken):
        await Opener(vault).open([_tampered(body, change)], purpose="test")


async def test_a_text_moved_to_another_event_of_the_same_victim_does_not_open(
    composer: EventComposer, vault: MemoryVault
) -> None:
    first, second = await composer.compose([a_draft(id="e-1"), a_draft(id="e-2")])
    moved = _tampered(second.body, lambda event: event["data"].update(name=json.loads(first.body)["data"]["name"]))
    with pytest.raises(SealBroken):
        await Opener(vault).open([moved], purpose="test")


async def test_after_an_erasure_only_that_subject_reads_erased(composer: EventComposer, vault: MemoryVault) -> None:
    hers = await composed(composer, a_draft())
    theirs = await composed(composer, a_draft(subject=f"case/{CASE}"))
    await vault.erase(f"victim/{VICTIM}", reason="test")
    opened = await Opener(vault).open([hers.body, theirs.body], purpose="test")
    assert opened[0]["data"]["name"] == ERASED
    assert isinstance(opened[0]["data"]["name"], ErasedText)
    assert not isinstance(opened[1]["data"]["name"], ErasedText)
    with pytest.raises(SubjectErased):
        await composer.compose([a_draft()])


async def test_an_unreachable_vault_is_an_error_and_never_reads_erased(
    composer: EventComposer, vault: MemoryVault
) -> None:
    event = await composed(composer, a_draft())
    vault.reachable = False
    with pytest.raises(VaultUnreachable):
        await Opener(vault).open([event.body], purpose="test")
    with pytest.raises(VaultUnreachable):
        await composer.compose([a_draft()])


async def test_events_without_personal_texts_need_no_vault(composer: EventComposer, vault: MemoryVault) -> None:
    vault.reachable = False
    event = await composed(composer, a_draft("journey.news-arrived.v1", subject=""))
    assert (await Opener(vault).open([event.body], purpose="test"))[0]["id"] == event.id


async def test_opening_is_one_unwrap_a_subject_with_its_purpose(composer: EventComposer, vault: MemoryVault) -> None:
    events = await composer.compose([a_draft(), a_draft(), a_draft(subject=f"case/{CASE}")])
    await Opener(vault).open([event.body for event in events], purpose="timeline")
    assert sorted(vault.unwraps) == [("timeline", f"case/{CASE}"), ("timeline", f"victim/{VICTIM}")]


@pytest.mark.parametrize("subject", ["", "victim/", "officer/" + VICTIM, f'victim/{VICTIM}","x":"'])
async def test_a_malformed_subject_seals_nothing(composer: EventComposer, subject: str) -> None:
    with pytest.raises(SubjectMalformed):
        await composer.compose([a_draft(subject=subject)])


async def test_a_text_sealed_for_another_event_is_not_recorded_again(composer: EventComposer) -> None:
    recorded = parse_recorded((await composed(composer, a_draft())).body)
    again = Draft.of(*recorded, stream="s", key=None, subject=f"victim/{VICTIM}")
    with pytest.raises(AlreadySealed):
        await composer.compose([again])


def test_the_examples_cover_a_nested_personal_field() -> None:
    models: list[type[BaseModel]] = [kind.model for kind in EVENT_TYPES.values()]
    assert any("." in field for model in models for field in personal_fields(model))
    assert isinstance(golden("police.victim-identified.v1").envelope, Envelope)
    assert a_draft().said.time.utcoffset() == timedelta(0)
