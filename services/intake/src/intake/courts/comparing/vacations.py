"""A hearing that will not be held as listed, and one that will be after all: of the accused whom the message names."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

import msgspec

from intake.courts.comparing.facts import CaseKey, Fact, Listed, News, Retraction, Vacated
from intake.courts.comparing.state import Comparison, Told
from intake.courts.reading.snapshot import Snapshot
from intake.recording.deriving import derived_id


@dataclass(frozen=True, slots=True)
class Places:
    """A case of a message: the keys of its listings, each with the accused that it is of, empty where none is named."""

    case: CaseKey
    keys: Mapping[str, str]

    def accused(self, keys: Iterable[str]) -> tuple[str, ...]:
        return tuple(sorted(one for key in keys if (one := self.keys[key])))

    def vacated(self) -> dict[str, str]:
        """The keys of their vacations, each with that of the listing."""
        return {key.replace("listing/", "vacated/", 1): key for key in self.keys}


def vacation(comparison: Comparison, places: Places, told: dict[str, Told]) -> Iterator[News]:
    """Vacated, or no longer shown as vacated."""
    keys = places.vacated()
    if comparison.snapshot.vacated:
        fresh = {key: told.get(listed) for key, listed in keys.items() if key not in told}
        yield from _vacated(comparison, places, told, fresh)
        return
    for event_id, back in together({key: told[key] for key in keys if key in told}).items():
        known = told[back[0]]
        for key in back:
            del told[key]
        if any(one.event_id == event_id for one in told.values()):
            yield _listed_again(comparison, places, told, [keys[key] for key in back])
            continue
        reason = "The court no longer shows this hearing as vacated."
        id_ = derived_id("vacation", comparison.snapshot.hearing_id, places.case.id, str(comparison.revision), event_id)
        yield Retraction(id_, event_id, known.state_id, places.case, comparison.received_at, reason)


def together(told: Mapping[str, Told]) -> dict[str, list[str]]:
    """The keys of what one event told, by its id."""
    groups: dict[str, list[str]] = {}
    for key, one in told.items():
        groups.setdefault(one.event_id, []).append(key)
    return groups


def told_as(snapshot: Snapshot, listed: Told | None) -> str:
    """The hearing id that its listing was told under: what follows has to replace that, or the first date stands."""
    return (listed.hearing_id if listed else None) or snapshot.hearing_id


def when(comparison: Comparison) -> datetime:
    """A listing happened when the court told it; the first sight of an old hearing is dated by its first day."""
    sittings = comparison.snapshot.listing.sittings
    return sittings[0].starts if comparison.old and sittings else comparison.received_at


def _vacated(
    comparison: Comparison, places: Places, told: dict[str, Told], fresh: Mapping[str, Told | None]
) -> Iterator[Fact]:
    """One vacation for all whose listing was told together."""
    snapshot, case, keys = comparison.snapshot, places.case, places.vacated()
    groups: dict[str, list[str]] = {}
    for key, listed in fresh.items():
        groups.setdefault(listed.event_id if listed else "", []).append(key)
    for listed_id, those in groups.items():
        apart = (listed_id,) if len(groups) > 1 else ()
        event_id = derived_id("vacation", snapshot.hearing_id, case.id, str(comparison.revision), *apart)
        told |= dict.fromkeys(those, Told(event_id, "", event_id, case.id, case.urn))
        listed = fresh[those[0]]
        before = (listed.listing if listed else None) or comparison.state.listing or snapshot.listing
        details = Vacated(told_as(snapshot, listed), before, snapshot.reason)
        accused = places.accused(keys[key] for key in those)
        yield Fact(event_id, case, details, when(comparison), comparison.old, defendants=accused)


def _listed_again(comparison: Comparison, places: Places, told: dict[str, Told], keys: Sequence[str]) -> Fact:
    """For others it is vacated still, so what said that stands: these have a listing again."""
    snapshot, case, before = comparison.snapshot, places.case, told.get(keys[0])
    event_id = derived_id("listed again", snapshot.hearing_id, case.id, str(comparison.revision), *sorted(keys))
    earlier = (*before.earlier, before.event_id) if before else ()
    listed = Told(event_id, before.content if before else "", event_id, case.id, case.urn, earlier=earlier, by_day=True)
    hearing_id = before.hearing_id if before else None
    told |= dict.fromkeys(keys, msgspec.structs.replace(listed, hearing_id=hearing_id, listing=snapshot.listing))
    details = Listed(told_as(snapshot, before), snapshot.listing)
    return Fact(event_id, case, details, when(comparison), comparison.old, defendants=places.accused(keys))
