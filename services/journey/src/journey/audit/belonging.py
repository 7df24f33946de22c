"""Which records belong to a victim's journey, as the links stood at the chosen moment."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from journey.audit.entries import Entry


@dataclass(slots=True)
class Belonging:
    """A victim's cases, through links, revocations and merges; fed with intake's entries in order."""

    victim_id: str
    _links: dict[str, str] = field(default_factory=dict)
    _merged: dict[str, str] = field(default_factory=dict)

    def hear(self, entry: Entry) -> None:
        """Take a link, a revocation or a merge into account."""
        data = entry.data
        if entry.type == "intake.case-merged.v1":
            self._merged[data["from_case"]] = data["into_case"]
        if data.get("victim_id") != self.victim_id:
            return
        if entry.type == "intake.victim-linked.v1":
            self._links[data["link_id"]] = data["case_id"]
        if entry.type == "intake.link-revoked.v1":
            self._links.pop(data["link_id"], None)

    def includes(self, entry: Entry) -> bool:
        """Does this record belong to the journey? What is about another victim of the same case does not."""
        if entry.victim_id is not None:
            return entry.victim_id == self.victim_id
        return entry.case_id is not None and self._root(entry.case_id) in self._roots()

    def _roots(self) -> set[str]:
        return {self._root(case_id) for case_id in self._links.values()}

    def _root(self, case_id: str) -> str:
        seen = {case_id}
        while (into := self._merged.get(case_id)) is not None and into not in seen:
            seen.add(into)
            case_id = into
        return case_id


def journey_of(victim_id: str, entries: Iterable[Entry]) -> list[Entry]:
    """The entries of one victim's journey in one order, by the links in force at the last of them."""
    ordered = sorted(entries, key=lambda entry: entry.order)
    belonging = Belonging(victim_id)
    for entry in ordered:
        belonging.hear(entry)
    return [entry for entry in ordered if belonging.includes(entry)]
