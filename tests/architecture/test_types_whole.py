"""Every type of event has all that belongs to it. What a new one lacks is said at once, and before anything else."""

from collections.abc import Iterator
from typing import Final

from contracts.catalogue import EVENT_TYPES
from contracts.event_type import EventType
from contracts.generate import CONTRACTS
from contracts.golden import EXAMPLES
from contracts.personal import personal_fields
from contracts.publishers import AGENCIES
from contracts.texts import TEXTS
from journey.wording.catalogue import WORDINGS
from support.field_readers import FIELD_READERS
from support.fields_declared import declared, lacking_readers
from support.types_used import AMENDS, acted_on, names_in, said_by_its_service
from witness_care.due.wording import without_wording

from contracts.schemas import as_text, schema_of

_TO_COME: Final = "the contract stands before the service that will say it"
UNSAID: Final = {"intake.merge-undone.v1": _TO_COME}
"""Types that no service says, each with why it is there all the same."""
UNNAMED: Final = {
    "journey.victim-heard-of.v1": "notifications notes the victim whom any event names: this one says no more"
}
"""Types that nobody acts on by name, each with what becomes of them."""


def test_every_type_has_all_that_belongs_to_it() -> None:
    lacking = {name: found for name, kind in EVENT_TYPES.items() if (found := list(_lacks(kind)))}
    told = [line for name, found in lacking.items() for line in (f"{name} lacks", *(f"  - {one}" for one in found))]
    if stale := [name for name, kind in EVENT_TYPES.items() if _schema_is_stale(kind)]:
        told.append(
            f"and then run `python -m contracts.generate`: {len(stale)} schemas are stale, as that of {stale[0]}"
        )
    assert not told, "\n".join(["what types of event lack:", *told])


def test_no_example_and_no_schema_is_left_of_a_type_that_is_gone() -> None:
    for folder in (EXAMPLES, CONTRACTS / "schemas"):
        gone = {path.name.removesuffix(".json") for path in folder.iterdir()} - set(EVENT_TYPES)
        assert not gone, f"these files in {folder} belong to no type: {sorted(gone)}"


def test_what_nobody_is_known_to_use_nobody_uses() -> None:
    said = [name for name in UNSAID if said_by_its_service(EVENT_TYPES[name])]
    named = [name for name in UNNAMED if acted_on(EVENT_TYPES[name])]
    assert not said, f"a service says these now: take them from UNSAID: {said}"
    assert not named, f"a service acts on these now: take them from UNNAMED: {named}"


def _lacks(kind: EventType) -> Iterator[str]:
    if not (EXAMPLES / f"{kind.name}.json").is_file():
        yield f"an example: contracts/src/contracts/examples/{kind.name}.json"
    # Any publisher may put right whatever it said, and those who listen know an amendment by the end of its name.
    if AMENDS in kind.name:
        return
    if fields := set(personal_fields(kind.model)) - TEXTS.get(kind.name, {}).keys():
        yield f"who may read what is personal in it: {', '.join(sorted(fields))} in contracts/src/contracts/texts.py"
    if unread := lacking_readers(declared([kind.model]), FIELD_READERS):
        yield f"who reads these, in tests/support/field_readers.py, or why nobody does: {', '.join(unread)}"
    yield from _lacks_words(kind)
    yield from _lacks_use(kind)


def _lacks_words(kind: EventType) -> Iterator[str]:
    if kind.publisher != "journey" and kind.name not in WORDINGS:
        yield "plain words: WORDINGS of its publisher in services/journey/src/journey/wording"
    if kind.name in without_wording():
        yield "words for the officer who tells it: _NEWS in services/witness-care/src/witness_care/due/wording.py"


def _lacks_use(kind: EventType) -> Iterator[str]:
    if kind.publisher not in AGENCIES and kind.name not in UNSAID and not said_by_its_service(kind):
        yield f"somebody who says it: nothing in services/{kind.publisher} names it or {kind.model.__name__}"
    if kind.name not in UNNAMED and not acted_on(kind):
        yield "somebody who acts on it or puts it into words: no other service names it"
    if kind.publisher in ("notifications", "witness-care") and kind.model.__name__ not in names_in("journey"):
        yield "what follows from it in services/journey/src/journey/projection/consumer_reported.py, if anything does"


def _schema_is_stale(kind: EventType) -> bool:
    path = CONTRACTS / "schemas" / f"{kind.name}.json"
    return not path.is_file() or path.read_text() != as_text(schema_of(kind))
