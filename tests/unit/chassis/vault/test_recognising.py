"""A text that is said again of the same subject is recognised without being opened."""

import json
from typing import Any

from chassis.vault.composing import Draft, EventComposer
from chassis.vault.memory import MemoryVault
from chassis.vault.opening import Opener
from contracts.catalogue import EVENT_TYPES
from contracts.events import write_event
from msgspec.structs import replace
from pydantic import BaseModel
from support.sealing_drafts import CASE, a_draft, composed, golden, reworded


async def test_the_same_text_is_recognised_only_when_it_is_said_of_the_same_subject(composer: EventComposer) -> None:
    def warned(text: str, **more: Any) -> Draft:
        return reworded(a_draft(**more), name="Amira Example", safe_contact_warning=text)

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
    naming = reworded(a_draft(), name="Amira Example", safe_contact_warning="not after six")
    assert isinstance(naming.data, BaseModel)
    said = json.loads(write_event(*golden("police.event-corrected.v1")))["data"]
    said["replacement"] = {"type": naming.said.type, "data": naming.data.model_dump(mode="json", exclude_none=True)}
    corrected = EVENT_TYPES["police.event-corrected.v1"].model.model_validate_json(json.dumps(said))
    draft = replace(a_draft("police.event-corrected.v1"), data=corrected)
    deep = await composed(composer, draft)
    top = await composed(composer, naming)
    inside = json.loads(deep.body)["data"]["replacement"]["data"]["safe_contact_warning"]
    assert inside["digest"] == json.loads(top.body)["data"]["safe_contact_warning"]["digest"]
    opened = (await Opener(vault).open([deep.body], purpose="test"))[0]
    assert opened["data"]["replacement"]["data"]["safe_contact_warning"] == "not after six"
