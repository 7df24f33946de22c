"""Under which name a victim stands on the due list."""

from support.desk_world import World, a_named_victim_with_a_contact_due


async def test_a_name_that_was_wrong_is_put_right_and_one_taken_back_is_gone(world: World) -> None:
    await a_named_victim_with_a_contact_due(world)
    crime = {"scheme": "crime-reference", "issuer": "north-force", "value": "NF/1/26"}
    said = {"references": [crime], "victim": {"issuer": "north-force", "number": "V-1"}, "name": "Amira Samplé"}
    amends = {"original_id": "event-1", "corrects_state": "0" * 64, "reason": "Misspelt."}
    right = {"type": "police.victim-identified.v1", "data": said}
    await world.hear("police.event-corrected.v1", amends | {"replacement": right})
    assert [victim["name"] for victim in (await world.due())["unassigned"]] == ["Amira Samplé"]
    await world.hear("police.event-retracted.v1", amends | {"original_id": "another"})
    assert [victim["name"] for victim in (await world.due())["unassigned"]] == ["Amira Samplé"]
    await world.hear("police.event-retracted.v1", amends)
    assert [victim["name"] for victim in (await world.due())["unassigned"]] == ["A victim not yet named"]
