"""From logs to a victim's journey: every chain is verified on the way, and only what may matter is kept."""

from collections.abc import Mapping
from datetime import datetime

from journey.audit.belonging import journey_of
from journey.audit.entries import Entry, entry_of
from journey.audit.logs import AuditedLog

_LINKS = frozenset({"intake.victim-linked.v1", "intake.link-revoked.v1", "intake.case-merged.v1"})


async def read_journey(logs: Mapping[str, AuditedLog], victim_id: str, *, as_of: datetime | None) -> list[Entry]:
    """The victim's journey as recorded up to `as_of` (business time; None: now), over all logs.

    Raises LogBroken, LogRefused, LogAway. The whole of each log is verified, also what came later.
    """
    kept: list[Entry] = []
    cases = await _cases(logs["intake"], victim_id, as_of)
    for name, log in logs.items():
        async for record in log.verified():
            if as_of is not None and record.recorded_at > as_of:
                continue
            entry = entry_of(name, record)
            if entry.type in _LINKS or entry.victim_id == victim_id or entry.case_id in cases:
                kept.append(entry)
    return journey_of(victim_id, kept)


async def _cases(intake: AuditedLog, victim_id: str, as_of: datetime | None) -> set[str]:
    """Every case that was ever linked to the victim, and all that merges tie to them."""
    linked: set[str] = set()
    merges: list[tuple[str, str]] = []
    async for record in intake.verified():
        if record.type not in _LINKS or (as_of is not None and record.recorded_at > as_of):
            continue
        data = entry_of("intake", record).data
        if record.type == "intake.case-merged.v1":
            merges.append((data["from_case"], data["into_case"]))
        elif data["victim_id"] == victim_id:
            linked.add(data["case_id"])
    return _tied(linked, merges)


def _tied(cases: set[str], merges: list[tuple[str, str]]) -> set[str]:
    before = -1
    while len(cases) != before:
        before = len(cases)
        for pair in merges:
            if not cases.isdisjoint(pair):
                cases.update(pair)
    return cases
