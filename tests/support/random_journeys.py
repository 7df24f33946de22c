"""Random journeys: facts, amendments, links, merges, joins, undoings, doubts, contacts, in the order of recording."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from chassis.consumer.events import ConsumedEvent
from contracts.ids import VictimId
from journey.duties.duty import duty_key_of
from journey.facts.fact import EventKey, news_id_of
from support.journey_facts import BY_OFFICER, MONDAY, PROSECUTION, REFERENCES, an_id, consumed, data_of

from contracts import topics

STEP = timedelta(hours=5)
CASES = [an_id(f"case {number}") for number in range(3)]
VICTIMS = [VictimId(an_id(f"victim {number}")) for number in range(3)]
DEFENDANTS = ["d-1", "d-2", "d-3"]
OFFENCES = {"d-1": ["o-1", "o-2"], "d-2": ["o-3"], "d-3": ["o-4"]}
COURT = {"code": "B01LY", "name": "Riverside Crown Court"}
BAIL = [{"code": "TH68036", "title": "Burglary"}]


@dataclass
class RandomJourney:
    """What happened to a few people in a few cases; `seed` makes it again."""

    seed: int
    length: int = 24
    events: list[ConsumedEvent] = field(default_factory=list)
    _links: list[tuple[str, str, str]] = field(default_factory=list)
    _merges: list[tuple[str, str, str]] = field(default_factory=list)
    _joins: list[dict[str, Any]] = field(default_factory=list)
    _contacts: list[tuple[str, str]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.dice = random.Random(self.seed)  # noqa: S311 a made-up life
        self.positions: dict[str, int] = {}
        for victim in VICTIMS[: self.dice.randint(1, 3)]:
            self._link(victim, self.dice.choice(CASES))
        while len(self.events) < self.length:
            self.dice.choice(ACTS)(self)

    def arrivals(self, *, shuffled: bool) -> Iterator[Sequence[ConsumedEvent]]:
        """Batches as a consumer might get them: each of one topic, some events twice."""
        dice = random.Random(self.seed + 1)  # noqa: S311 as above
        waiting = list(self.events)
        if shuffled:
            dice.shuffle(waiting)
        while waiting:
            topic, size = waiting[0].topic, dice.randint(1, 5)
            batch = [event for event in waiting if event.topic == topic][:size]
            yield batch
            waiting = [event for event in waiting if event not in batch]
            if dice.random() < 0.2:
                yield batch[:1]

    def happen(self, kind: str, data: dict[str, Any], **more: Any) -> ConsumedEvent:
        """Something is recorded."""
        publisher = kind.split(".")[0]
        named = {"notifications": topics.NOTIFICATIONS, "witness-care": topics.WITNESS_CARE}
        topic = named.get(publisher, topics.INTAKE).name
        position = self.positions[topic] = self.positions.get(topic, 0) + 1
        recorded = self.now
        at = more.pop("at", recorded - self.dice.choice([timedelta(), timedelta(), timedelta(days=3), STEP]))
        event = consumed(kind, data, topic=topic, position=position, at=at, recorded=recorded, **more)
        self.events.append(event)
        return event

    @property
    def now(self) -> datetime:
        """When the next event is recorded."""
        return MONDAY + STEP * len(self.events)

    def _link(self, victim: str, case: str) -> None:
        link = an_id(f"link {self.seed} {len(self.events)}")
        data: dict[str, Any] = {"link_id": link, "victim_id": victim, "case_id": case, "why": "x", "by": BY_OFFICER}
        if self.dice.random() < 0.5:
            data["defendant_id"] = defendant = self.dice.choice(DEFENDANTS)
            data["offence_ids"] = self.dice.sample(OFFENCES[defendant], k=self.dice.randint(0, 1))
        self._links.append((link, victim, case))
        self.happen("intake.victim-linked", data, case=case, victim=victim)

    def link(self) -> None:
        self._link(self.dice.choice(VICTIMS), self.dice.choice(CASES))

    def revoke(self) -> None:
        if self._links:
            link, victim, case = self.dice.choice(self._links)
            data = {"link_id": link, "victim_id": victim, "case_id": case, "why": "x", "by": BY_OFFICER}
            self.happen("intake.link-revoked", data, case=case, victim=victim)

    def merge(self) -> None:
        from_case, into_case = self.dice.sample(CASES, k=2)
        same = self.dice.random() < 0.3
        data = {"from_case": from_case, "into_case": into_case, "same_crime": same, "why": "x", "by": BY_OFFICER}
        event = self.happen("intake.case-merged", data, case=into_case)
        self._merges.append((event.header.id, from_case, into_case))

    def undo_merge(self) -> None:
        if self._merges:
            event_id, from_case, into_case = self.dice.choice(self._merges)
            data = {"merged_event_id": event_id, "from_case": from_case, "into_case": into_case, "why": "x"}
            self.happen("intake.merge-undone", data | {"by": BY_OFFICER}, case=into_case)

    def join(self) -> None:
        one, into = self.dice.sample(VICTIMS, k=2)
        join_id = an_id(f"join {self.seed} {len(self.events)}")
        data = {"join_id": join_id, "victim_id": one, "into_victim_id": into, "why": "x", "by": BY_OFFICER}
        self._joins.append(data)
        self.happen("intake.persons-joined", data, case=self.dice.choice(CASES), victim=into)

    def part(self) -> None:
        if self._joins:
            data = self.dice.choice(self._joins)
            self.happen("intake.persons-parted", data, case=self.dice.choice(CASES), victim=data["into_victim_id"])

    def crime(self) -> None:
        data = {"references": REFERENCES, "offence": "Burglary", "channel": "online"}
        self.happen("police.crime-reported", data, **self._about())

    def stop(self) -> None:
        data: dict[str, Any] = {"references": REFERENCES, "outcome_code": "18", "reason": "x", "review_eligible": True}
        if self.dice.random() < 0.5:
            data["scope"] = self.dice.choice(["some", "all"])
        self.happen("police.no-further-action-decided", data, **self._about())

    def charge(self) -> None:
        kind = self.dice.choice(["police.suspect-charged", "cps.charge-authorised"])
        data: dict[str, Any] = {"references": self.dice.choice([REFERENCES, PROSECUTION]), "offences": BAIL}
        if self.dice.random() < 0.6:
            data["defendant_id"] = self.dice.choice(DEFENDANTS)
        self.happen(kind, data, **self._about())

    def listing(self) -> None:
        day = MONDAY + timedelta(days=self.dice.randint(1, 90))
        listing = {"precision": "fixed", "days": [{"starts_at": day.isoformat()}]}
        data: dict[str, Any] = {"references": PROSECUTION, "hearing_id": self.dice.choice(["h-1", "h-2"])}
        data |= {"hearing_type": "Trial", "defendant_ids": self.dice.sample(DEFENDANTS, k=self.dice.randint(0, 2))}
        what = self.dice.choice(["set", "changed", "vacated"])
        data |= {"court": COURT, "listing": listing} if what != "vacated" else {}
        data |= {"previous": listing, "reason": {"kind": "given", "text": "x"}} if what != "set" else {}
        self.happen(f"court.trial-date-{what}", data, **self._about())

    def verdict(self) -> None:
        defendant = self.dice.choice(DEFENDANTS)
        found: dict[str, Any] = {"verdict": self.dice.choice(["guilty", "not-guilty"]), "hearing_id": "h-1"}
        offences = self.dice.sample(OFFENCES[defendant], k=self.dice.randint(0, 1))
        data: dict[str, Any] = {"references": PROSECUTION, "defendant_id": defendant, "offence_ids": offences, **found}
        self.happen("court.verdict-reached", data, **self._about())

    def sentence(self) -> None:
        data = {"references": PROSECUTION, "defendant_id": self.dice.choice(DEFENDANTS), "hearing_id": "h-1"}
        self.happen("court.sentence-passed", data | {"sentence": "Two years"}, **self._about())

    def custody(self) -> None:
        data: dict[str, Any] = {"references": PROSECUTION, "defendant_id": self.dice.choice(DEFENDANTS)}
        kind, more = self.dice.choice(CUSTODY)
        self.happen(kind, data | more, **self._about())

    def referral(self) -> None:
        victim = self.dice.choice(VICTIMS)
        data: dict[str, Any] = {"references": REFERENCES, "victim": {"issuer": "99", "number": "1"}, "service": "x"}
        data |= {"referral_id": self.dice.choice(["r-1", "r-2"])}
        if self.dice.random() < 0.6:
            self.happen("support.referral-made", data | {"referred_by": "police"}, **self._about(), victim=victim)
        else:
            declined = {"declined_by": self.dice.choice(["victim", "service"])}
            self.happen("support.referral-declined", data | declined, **self._about(), victim=victim)

    def naming(self) -> None:
        victim = self.dice.choice(VICTIMS)
        data: dict[str, Any] = {"references": REFERENCES, "victim": {"issuer": "99", "number": "1"}, "name": "A"}
        if self.dice.random() < 0.5:
            data["enhanced_categories"] = ["most-serious-crime"]
        self.happen("police.victim-identified", data, case=self.dice.choice(CASES), victim=victim)

    def correct(self) -> None:
        if original := self._amendable():
            data = data_of(original)
            if "defendant_id" in data:
                data["defendant_id"] = self.dice.choice(DEFENDANTS)
                data.pop("offence_ids", None)
            data.pop("enhanced_categories", None)
            said: dict[str, Any] = {"original_id": original.header.id, "corrects_state": "0" * 64, "reason": "x"}
            said |= {"replacement": {"type": original.header.type, "data": data}}
            self._amend(original, "event-corrected", said)

    def retract(self) -> None:
        if original := self._amendable():
            said = {"original_id": original.header.id, "corrects_state": "0" * 64, "reason": "x"}
            self._amend(original, "event-retracted", said)

    def clear(self) -> None:
        if doubtful := [event for event in self.events if event.header.doubt]:
            fact = self.dice.choice(doubtful).header
            said = {"event_source": fact.source, "event_id": fact.id, "by": BY_OFFICER}
            self.happen("intake.doubt-cleared", said, case=fact.caseid)

    def see(self) -> None:
        if facts := self._facts():
            victim, fact = self.dice.choice(VICTIMS), self.dice.choice(facts)
            news_id = news_id_of(EventKey(fact.header.source, fact.header.id), victim)
            data = {"news_id": news_id, "seen_at": self.now.isoformat()}
            self.happen("notifications.news-seen", data, case=None, victim=victim)

    def contact(self) -> None:
        if facts := self._facts():
            victim, fact = self.dice.choice(VICTIMS), self.dice.choice(facts)
            key = EventKey(fact.header.source, fact.header.id)
            made_at = self.now - self.dice.choice([timedelta(), timedelta(days=2)])
            data: dict[str, Any] = {"contact_id": an_id(f"contact {self.seed} {len(self.events)}"), "made_by": "o"}
            data |= {"how": "phone", "made_at": made_at.isoformat()}
            if self.dice.random() < 0.7:
                data["news_ids"] = [news_id_of(key, victim)]
            else:
                data["duty_keys"] = [duty_key_of(victim, key, self.dice.choice(["R9-OUTCOME", "R4-REFERRAL"]))]
            self._contacts.append((data["contact_id"], victim))
            self.happen("witness-care.contact-made", data, case=None, victim=victim)

    def take_back(self) -> None:
        if self._contacts:
            contact_id, victim = self.dice.choice(self._contacts)
            data = {"contact_id": contact_id, "taken_back_at": self.now.isoformat(), "taken_back_by": "o"}
            self.happen("witness-care.contact-taken-back", data, case=None, victim=victim)

    def _about(self) -> dict[str, Any]:
        more: dict[str, Any] = {"case": self.dice.choice(CASES)}
        if self.dice.random() < 0.15:
            more["crimes"] = ",".join(sorted(self.dice.sample(CASES, k=self.dice.randint(1, 2))))
        if self.dice.random() < 0.1:
            more["doubt"] = "urn-pattern"
        if self.dice.random() < 0.05:
            more["backfill"] = True
        return more

    def _facts(self) -> list[ConsumedEvent]:
        return [event for event in self.events if event.header.type.split(".")[0] in AGENCIES]

    def _amendable(self) -> ConsumedEvent | None:
        facts = [event for event in self._facts() if ".event-" not in event.header.type]
        return self.dice.choice(facts) if facts else None

    def _amend(self, original: ConsumedEvent, what: str, said: dict[str, Any]) -> None:
        header = original.header
        self.happen(
            f"{header.type.split('.')[0]}.{what}",
            said,
            case=header.caseid,
            victim=header.victimid,
            crimes=header.crimeids,
            backfill=header.backfill,
            doubt=header.doubt,
        )


AGENCIES = ("police", "cps", "court", "prison", "probation", "support")
CUSTODY: Sequence[tuple[str, dict[str, Any]]] = (
    ("prison.offender-released", {}),
    ("prison.offender-received", {"reason": "admission"}),
    ("prison.release-planned", {"planned": {"precision": "month", "month": "2027-03"}}),
    ("probation.offender-recalled", {"kind": "standard"}),
)
ACTS: Sequence[Callable[[RandomJourney], None]] = (
    RandomJourney.link,
    RandomJourney.revoke,
    RandomJourney.merge,
    RandomJourney.undo_merge,
    RandomJourney.join,
    RandomJourney.part,
    RandomJourney.crime,
    RandomJourney.stop,
    RandomJourney.charge,
    RandomJourney.listing,
    RandomJourney.listing,
    RandomJourney.verdict,
    RandomJourney.verdict,
    RandomJourney.sentence,
    RandomJourney.custody,
    RandomJourney.custody,
    RandomJourney.referral,
    RandomJourney.naming,
    RandomJourney.correct,
    RandomJourney.correct,
    RandomJourney.retract,
    RandomJourney.clear,
    RandomJourney.see,
    RandomJourney.contact,
    RandomJourney.contact,
    RandomJourney.take_back,
)
