"""What ends a duty: she was told, what was owed was done, she did not want it, or another replaced it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from contracts.duty import Kind, Subject
from contracts.ids import VictimId

from journey.duties.duty import DutyState, Ending, OwedDuty, duty_key_of
from journey.duties.subjects import crimes_of
from journey.facts.concern import Reach
from journey.facts.fact import news_id_of
from journey.facts.news import Version
from journey.facts.ties import Ties
from journey.tellings.telling import Tellings

_VICTIM = "victim"


@dataclass(frozen=True, slots=True)
class Meeting:
    """Says how one victim's duties ended, by what she was told and what was done."""

    victim_id: VictimId
    tellings: Tellings
    others: Sequence[VictimId] = ()
    """Her other ids: a contact may have named what was owed to her under one of them."""

    def ending(
        self, duty: OwedDuty, together: Sequence[Version], *, hers: Sequence[Version], ties: Ties
    ) -> Ending | None:
        """How it ended; None while it is open. `together` are the triggers about its subject, its own the first."""
        own = together[0]
        ended = self._met(duty, together, hers, ties)
        replaced_at = own.replaced_at
        if replaced_at is not None and (ended is None or ended.at >= replaced_at):
            return Ending(DutyState.SUPERSEDED, "event", replaced_at)
        return ended

    def told(self, version: Version) -> Ending | None:
        """How she was first told this. A contact that was made before it happened did not tell it."""
        fact = version.fact
        news_id = news_id_of(fact.key, self.victim_id)
        told = []
        if (contact := self.tellings.told_by(news_id, occurred_at=fact.occurred_at)) is not None:
            told.append(Ending(DutyState.MET, "contact", contact.made_at))
        if (seen_at := self.tellings.seen.get(news_id)) is not None:
            told.append(Ending(DutyState.MET, "seen", seen_at))
        return min(told, key=lambda ending: ending.at, default=None)

    def _met(self, duty: OwedDuty, together: Sequence[Version], hers: Sequence[Version], ties: Ties) -> Ending | None:
        own = together[0]
        if duty.duty.kind is Kind.UPSTREAM_LEG:
            return Ending(DutyState.MET, "event", own.fact.recorded_at)
        if not duty.by_telling:
            return _done(duty, own, hers, ties)
        told = [self._told_of(duty, version) for version in together]
        known = [ending for ending in told if ending is not None]
        if duty.duty.subject is Subject.SHARING:
            return max(known, key=lambda ending: ending.at) if len(known) == len(told) else None
        return min(known, key=lambda ending: ending.at, default=None)

    def _told_of(self, duty: OwedDuty, version: Version) -> Ending | None:
        """By the news, or by a contact that named the duty itself, be it as it was owed under another id of hers."""
        key = version.fact.key
        keys = {duty_key_of(other, key, duty.duty.id) for other in self.others}
        keys |= {duty.key} if key == duty.trigger else set()
        named = [
            Ending(DutyState.MET, "contact", contact.made_at)
            for contact in self.tellings.contacts
            if not keys.isdisjoint(contact.duty_keys) and contact.made_at >= version.fact.occurred_at
        ]
        told = self.told(version)
        return min([*named, *([told] if told else [])], key=lambda ending: ending.at, default=None)


def _done(duty: OwedDuty, own: Version, hers: Sequence[Version], ties: Ties) -> Ending | None:
    """By a fact of hers that stands and is not in doubt, about the same crime: done, or else not wanted by her."""
    crimes = set(crimes_of(own, ties))
    about = [version for version in hers if _counts(version) and _about(version, crimes, ties)]
    done = [version for version in about if version.fact.says in duty.duty.met_by]
    if done:
        return Ending(DutyState.MET, "event", min(map(_at, done)))
    declined = [version for version in about if version.fact.says in duty.duty.exempted_by and _by_her(version)]
    return Ending(DutyState.EXEMPT, "event", min(map(_at, declined))) if declined else None


def _counts(version: Version) -> bool:
    return version.holds and version.concern.reach is Reach.VICTIM


def _about(version: Version, crimes: set[str], ties: Ties) -> bool:
    """One that names only the prosecution is about all crimes of its matter."""
    if version.fact.said.crimes is None:
        return ties.matter_of(version.fact.case_id or "") in {ties.matter_of(crime) for crime in crimes}
    return not crimes.isdisjoint(crimes_of(version, ties))


def _by_her(version: Version) -> bool:
    return version.fact.said.declined_by in (None, _VICTIM)


def _at(version: Version) -> datetime:
    return max(version.fact.recorded_at, version.concern.known_at)
