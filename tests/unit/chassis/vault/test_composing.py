"""Sealing on the way into the log, opening on the way out, and everything that must not open."""

import base64
import json
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from chassis.log.records import NewEvent
from chassis.testing.clock import FakeClock
from chassis.vault.attributes import Added
from chassis.vault.composing import Draft, EventComposer, SubjectMalformed
from chassis.vault.errors import SealBroken, SubjectErased, VaultUnreachable
from chassis.vault.lifting import AlreadySealed
from chassis.vault.memory import MemoryVault
from chassis.vault.opening import ERASED, ErasedText, Opener
from contracts.catalogue import EVENT_TYPES
from contracts.envelope import WRITTEN_BY_INTAKE, Envelope
from contracts.events import Event, parse_recorded, write_event
from contracts.golden import EXAMPLES
from contracts.personal import Sealed, personal_fields
from contracts.police import EnhancedCategory
from msgspec.structs import replace
from pydantic import BaseModel

VICTIM = "01930000-0000-7000-8000-00000000000a"
OTHER = "01930000-0000-7000-8000-00000000000b"
CASE = "01930000-0000-7000-8000-00000000000c"


@pytest.fixture
def vault() -> MemoryVault:
    return MemoryVault(clock=FakeClock())


@pytest.fixture
def composer(vault: MemoryVault) -> EventComposer:
    return EventComposer(vault, b"d" * 32)


def _event(name: str, **changes: Any) -> Event:
    event = parse_recorded((EXAMPLES / f"{name}.json").read_bytes())
    return Event(event.envelope.model_copy(update={"victimid": VICTIM, "caseid": CASE} | changes), event.data)


def _draft(name: str = "police.victim-identified.v1", *, subject: str = f"victim/{VICTIM}", **changes: Any) -> Draft:
    return Draft.of(*_event(name, **changes), stream=f"case/{CASE}", key=CASE, subject=subject)


async def _composed(composer: EventComposer, draft: Draft) -> NewEvent:
    return (await composer.compose([draft]))[0]


def _reworded(draft: Draft, **data: Any) -> Draft:
    assert isinstance(draft.data, BaseModel)
    return replace(draft, data=draft.data.model_copy(update=data))


@pytest.mark.parametrize("name", sorted(EVENT_TYPES))
async def test_every_event_type_comes_back_as_it_was_said(name: str, composer: EventComposer, vault: Any) -> None:
    envelope, data = _event(name)
    event = await _composed(composer, _draft(name))
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
    draft = _draft()
    sealed = Sealed.model_validate_json(json.dumps(json.loads((await _composed(composer, draft)).body)["data"]["name"]))
    assert (sealed.subject, sealed.type, sealed.field) == (f"victim/{VICTIM}", "police.victim-identified.v1", "name")


async def test_the_log_row_carries_the_envelope(composer: EventComposer) -> None:
    event = await _composed(composer, _draft(id="e-1", time=datetime(2026, 11, 3, tzinfo=UTC)))
    assert (event.id, event.type, event.occurred_at) == (
        "e-1",
        "police.victim-identified.v1",
        datetime(2026, 11, 3, tzinfo=UTC),
    )
    assert (event.stream, event.version, event.key) == (f"case/{CASE}", None, CASE)


async def test_the_same_words_give_the_same_digest_and_never_the_same_bytes(composer: EventComposer) -> None:
    first, again = await composer.compose([_draft(), _draft()])
    assert first.digest == again.digest
    assert first.body != again.body


async def test_a_retry_with_another_trace_or_resolved_otherwise_has_the_same_digest(composer: EventComposer) -> None:
    first = await _composed(composer, _draft())
    trace = "00-" + "a" * 32 + "-" + "b" * 16 + "-01"
    retry = await _composed(composer, _draft(traceparent=trace, doubt="future-time", caseid=OTHER))
    assert retry.digest == first.digest
    assert retry.traceparent == trace


async def test_what_is_added_is_written_in_place_of_the_envelopes_own(composer: EventComposer) -> None:
    draft = _draft()
    plain = await _composed(composer, draft)
    event = await _composed(composer, replace(draft, added=Added(OTHER, None, "future-time")))
    said, envelope = json.loads(plain.body), json.loads(event.body)
    assert Added._fields == WRITTEN_BY_INTAKE
    assert (envelope["caseid"], envelope["doubt"]) == (OTHER, "future-time")
    assert said.keys() - envelope.keys() == {"victimid"}
    assert event.digest == plain.digest


@pytest.mark.parametrize(
    "change",
    [
        lambda draft: _reworded(draft, name="Another Example"),
        lambda draft: _reworded(draft, safe_contact_warning=None),
        lambda draft: _reworded(draft, enhanced_categories=()),
        lambda _: _draft(time=datetime(2026, 11, 4, tzinfo=UTC)),
        lambda _: _draft(backfill=True),
    ],
)
async def test_other_words_give_another_digest(composer: EventComposer, change: Any) -> None:
    draft = _reworded(
        _draft(),
        name="Amira Example",
        safe_contact_warning="not after six",
        enhanced_categories=(EnhancedCategory.MOST_SERIOUS_CRIME,),
    )
    first, other = await composer.compose([draft, change(draft)])
    assert first.digest != other.digest


async def test_words_that_move_between_fields_give_another_digest(composer: EventComposer) -> None:
    draft = _draft()
    first, other = await composer.compose(
        [_reworded(draft, name="a", safe_contact_warning="b"), _reworded(draft, name="b", safe_contact_warning="a")]
    )
    assert first.digest != other.digest


async def test_another_services_digest_key_gives_another_digest(vault: MemoryVault) -> None:
    first = await _composed(EventComposer(vault, b"d" * 32), _draft())
    other = await _composed(EventComposer(vault, b"e" * 32), _draft())
    assert first.digest != other.digest


@pytest.mark.parametrize("text", ["\x000", "\x001", '"', "Zoë \U0001f600 £", '\\u0000"0'])
async def test_any_text_comes_back(composer: EventComposer, vault: MemoryVault, text: str) -> None:
    draft = _reworded(_draft(), name=text, safe_contact_warning="\x000", report_reference="\x000")
    opened = (await Opener(vault).open([(await _composed(composer, draft)).body], purpose="test"))[0]["data"]
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
    draft = _reworded(_draft(), name="Amira Example", safe_contact_warning="not after six")
    body = (await _composed(composer, draft)).body
    with pytest.raises(SealBroken):
        await Opener(vault).open([_tampered(body, change)], purpose="test")


async def test_a_text_moved_to_another_event_of_the_same_victim_does_not_open(
    composer: EventComposer, vault: MemoryVault
) -> None:
    first, second = await composer.compose([_draft(id="e-1"), _draft(id="e-2")])
    moved = _tampered(second.body, lambda event: event["data"].update(name=json.loads(first.body)["data"]["name"]))
    with pytest.raises(SealBroken):
        await Opener(vault).open([moved], purpose="test")


async def test_the_same_text_is_recognised_only_when_it_is_said_of_the_same_subject(composer: EventComposer) -> None:
    def warned(text: str, **more: Any) -> Draft:
        return _reworded(_draft(**more), name="Amira Example", safe_contact_warning=text)

    drafts = [warned("not after six"), warned("not after six"), warned("not at all")]
    drafts.append(warned("not after six", subject=f"case/{CASE}"))
    bodies = [json.loads(event.body)["data"] for event in await composer.compose(drafts)]
    first, again, other, elsewhere = [data["safe_contact_warning"]["digest"] for data in bodies]
    assert first == again
    assert len({first, other, elsewhere}) == 3
    assert all("digest" not in data["name"] for data in bodies)


async def test_a_text_deeper_inside_is_recognised_as_one_at_the_top(
    composer: EventComposer, vault: MemoryVault
) -> None:
    naming = _reworded(_draft(), name="Amira Example", safe_contact_warning="not after six")
    assert isinstance(naming.data, BaseModel)
    said = json.loads(write_event(*_event("police.event-corrected.v1")))["data"]
    said["replacement"] = {"type": naming.said.type, "data": naming.data.model_dump(mode="json", exclude_none=True)}
    corrected = EVENT_TYPES["police.event-corrected.v1"].model.model_validate_json(json.dumps(said))
    draft = replace(_draft("police.event-corrected.v1"), data=corrected)
    deep = await _composed(composer, draft)
    top = await _composed(composer, naming)
    inside = json.loads(deep.body)["data"]["replacement"]["data"]["safe_contact_warning"]
    assert inside["digest"] == json.loads(top.body)["data"]["safe_contact_warning"]["digest"]
    opened = (await Opener(vault).open([deep.body], purpose="test"))[0]
    assert opened["data"]["replacement"]["data"]["safe_contact_warning"] == "not after six"


async def test_after_an_erasure_only_that_subject_reads_erased(composer: EventComposer, vault: MemoryVault) -> None:
    hers = await _composed(composer, _draft())
    theirs = await _composed(composer, _draft(subject=f"case/{CASE}"))
    await vault.erase(f"victim/{VICTIM}", reason="test")
    opened = await Opener(vault).open([hers.body, theirs.body], purpose="test")
    assert opened[0]["data"]["name"] == ERASED
    assert isinstance(opened[0]["data"]["name"], ErasedText)
    assert not isinstance(opened[1]["data"]["name"], ErasedText)
    with pytest.raises(SubjectErased):
        await composer.compose([_draft()])


async def test_an_unreachable_vault_is_an_error_and_never_reads_erased(
    composer: EventComposer, vault: MemoryVault
) -> None:
    event = await _composed(composer, _draft())
    vault.reachable = False
    with pytest.raises(VaultUnreachable):
        await Opener(vault).open([event.body], purpose="test")
    with pytest.raises(VaultUnreachable):
        await composer.compose([_draft()])


async def test_events_without_personal_texts_need_no_vault(composer: EventComposer, vault: MemoryVault) -> None:
    vault.reachable = False
    event = await _composed(composer, _draft("journey.news-arrived.v1", subject=""))
    assert (await Opener(vault).open([event.body], purpose="test"))[0]["id"] == event.id


async def test_opening_is_one_unwrap_a_subject_with_its_purpose(composer: EventComposer, vault: MemoryVault) -> None:
    events = await composer.compose([_draft(), _draft(), _draft(subject=f"case/{CASE}")])
    await Opener(vault).open([event.body for event in events], purpose="timeline")
    assert sorted(vault.unwraps) == [("timeline", f"case/{CASE}"), ("timeline", f"victim/{VICTIM}")]


@pytest.mark.parametrize("subject", ["", "victim/", "officer/" + VICTIM, f'victim/{VICTIM}","x":"'])
async def test_a_malformed_subject_seals_nothing(composer: EventComposer, subject: str) -> None:
    with pytest.raises(SubjectMalformed):
        await composer.compose([_draft(subject=subject)])


async def test_a_text_sealed_for_another_event_is_not_recorded_again(composer: EventComposer) -> None:
    recorded = parse_recorded((await _composed(composer, _draft())).body)
    again = Draft.of(*recorded, stream="s", key=None, subject=f"victim/{VICTIM}")
    with pytest.raises(AlreadySealed):
        await composer.compose([again])


def test_the_examples_cover_a_nested_personal_field() -> None:
    models: list[type[BaseModel]] = [kind.model for kind in EVENT_TYPES.values()]
    assert any("." in field for model in models for field in personal_fields(model))
    assert isinstance(_event("police.victim-identified.v1").envelope, Envelope)
    assert _draft().said.time.utcoffset() == timedelta(0)
