"""What a duty is about: a crime, an accused, a hearing, what a court said at one time, or one event."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import assert_never

from contracts.duties import rows_triggered_by
from contracts.duty import Duty, Subject

from journey.facts.news import Version
from journey.facts.ties import Ties


@dataclass(frozen=True)
class Subjects:
    """Names what duties are about, by all versions that are hers."""

    hers: Sequence[Version]
    ties: Ties

    def of(self, row: Duty, version: Version) -> str:
        """The name of it: the same for all triggers that are about the same."""
        fact, event = version.fact, f"event/{version.chain.source}/{version.chain.id}"
        match row.subject:
            case Subject.CRIME:
                return f"crime/{crimes_of(version, self.ties)[0]}"
            case Subject.ACCUSED:
                return self._accused(row, version)
            case Subject.HEARING:
                return fact.thread or event
            case Subject.SHARING:
                return fact.said.sharing or event
            case Subject.EVENT:
                return event
            case _:
                assert_never(row.subject)

    def _accused(self, row: Duty, version: Version) -> str:
        """Before the court has numbered the accused a fact names none: it is about the one who is named first."""
        if version.fact.accused.defendants:
            return f"accused/{min(version.fact.accused.defendants)}"
        matter = self.ties.matter_of(version.fact.case_id or "")
        first = self._first_named.get((row.id, matter))
        return f"accused/{first}" if first else f"case/{matter}"

    @cached_property
    def _first_named(self) -> Mapping[tuple[str, str], str]:
        named: dict[tuple[str, str], str] = {}
        for version in self.hers:
            if version.standing and (defendants := version.fact.accused.defendants):
                matter = self.ties.matter_of(version.fact.case_id or "")
                for row in rows_triggered_by(version.fact.says):
                    named.setdefault((row.id, matter), min(defendants))
        return named


def crimes_of(version: Version, ties: Ties) -> Sequence[str]:
    """The crimes that a fact names; of one that names only the prosecution, its recorded case."""
    named = version.fact.said.crimes or (version.fact.case_id or "",)
    return sorted({ties.crime_of(case_id) for case_id in named})
