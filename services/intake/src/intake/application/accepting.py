"""Accept events: read, check, resolve, seal, record. One look-up, one vault call and one queue item for a request."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from itertools import islice

from chassis.clock import Clock
from chassis.errors import PermanentFailure, TransientFailure
from chassis.log.errors import DigestMismatch
from chassis.log.records import NewEvent, Receipt, Refusal, Submission
from contracts.corrections import Amendment
from contracts.errors import ContractError
from contracts.events import Event

from intake.application import amendments
from intake.application.audit import RefusalAudit
from intake.application.drafting import Drafted, doubts_of, drafted, fact_draft, publisher_actor
from intake.application.incoming import read_event
from intake.application.ports import Composer, Held, Log, Names, Original, Originals
from intake.application.registry import Client
from intake.domain.claims import NO_CLAIMS
from intake.domain.errors import IntakeError, Superseded
from intake.domain.identity import plan
from intake.domain.mentions import mention_of

_ATTEMPTS = 5

Result = Receipt | Exception
"""A receipt, or why this event was refused."""


class Crowded(TransientFailure):
    """Others kept changing what this event is about; send it again."""


class AcceptEvents:
    """The use case behind `POST /events`, and behind every adapter that translates into events."""

    def __init__(
        self, *, names: Names, originals: Originals, composer: Composer, log: Log, audit: RefusalAudit, clock: Clock
    ) -> None:
        self._names = names
        self._originals = originals
        self._composer = composer
        self._log = log
        self._audit = audit
        self._clock = clock

    async def accept(self, raws: Sequence[bytes], *, client: Client) -> list[Result]:
        """A result for each event, in order; one refused event never disturbs its neighbours.

        Raises TransientFailure when nothing could be stored.
        """
        results: dict[int, Result] = {}
        waiting = dict(enumerate(raws))
        for _ in range(_ATTEMPTS):
            if not waiting:
                break
            results |= await self._record(waiting, client)
            waiting = {index: raw for index, raw in waiting.items() if isinstance(results[index], Superseded)}
        results |= {index: Crowded("Others changed the same case; send this event again.") for index in waiting}
        await self._audit.note([r for r in results.values() if isinstance(r, DigestMismatch)], client=client.id)
        return [results[index] for index in range(len(raws))]

    async def _record(self, raws: Mapping[int, bytes], client: Client) -> dict[int, Result]:
        results, submissions = await self._submissions(raws, client)
        outcomes = await self._log.append_all(list(submissions.values()))
        results |= {index: _result(outcome[0]) for index, outcome in zip(submissions, outcomes, strict=True)}
        return results

    async def _submissions(
        self, raws: Mapping[int, bytes], client: Client
    ) -> tuple[dict[int, Result], dict[int, Submission]]:
        """What is refused, and what goes to the log. All that was made on the way is let go of before the log is
        waited for: many requests wait at once, and memory that is used again soon is still near the processor."""
        results: dict[int, Result] = {}
        events: dict[int, Event] = {}
        for index, raw in raws.items():
            try:
                events[index] = self._read(raw, client)
            except (IntakeError, ContractError) as error:
                results[index] = error
        planned = await self._planned(events, client) if events else {}
        ready = {index: one for index, one in planned.items() if isinstance(one, Drafted)}
        composed = await self._composed(ready)
        results |= {index: one for index, one in planned.items() if isinstance(one, Exception)}
        results |= {index: one for index, one in composed.items() if isinstance(one, Exception)}
        return results, {
            index: Submission(made, ready[index].held) for index, made in composed.items() if isinstance(made, tuple)
        }

    def _read(self, raw: bytes, client: Client) -> Event:
        event = read_event(raw)
        client.demand(source=event.envelope.source, type=event.envelope.type)
        return event

    async def _planned(self, events: Mapping[int, Event], client: Client) -> dict[int, Drafted | Exception]:
        originals = await self._found_originals(list(events.values()))
        mentions = {
            index: mention_of(event.envelope.type.partition(".")[0], event.data) for index, event in events.items()
        }
        resolved = await self._names.resolve(list(mentions.values()))
        actor = publisher_actor(client.id)
        made: dict[int, Drafted | Exception] = {}
        for index, event in events.items():
            if amendments.is_amendment(event) and isinstance(event.data, Amendment):
                original = originals.get(amendments.original_key(event, event.data))
                made[index] = _amended(event, event.data, original, client, now=resolved.now)
                continue
            found = plan(mentions[index], resolved.directory, new_id=self._clock.new_id)
            made[index] = drafted(event, found, now=resolved.now, actor=actor)
        return await self._without_repeats(events, made)

    async def _found_originals(self, events: Sequence[Event]) -> Mapping[tuple[str, str], Original]:
        keys = [amendments.original_key(event, data) for event, data in amendments.amendments(events)]
        return await self._originals.find(keys) if keys else {}

    async def _without_repeats(
        self, events: Mapping[int, Event], made: dict[int, Drafted | Exception]
    ) -> dict[int, Drafted | Exception]:
        """What was recorded before brings nothing about a second time: its links may have been revoked since."""
        bringing = {
            (events[index].envelope.source, events[index].envelope.id): index
            for index, one in made.items()
            if isinstance(one, Drafted) and len(one.drafts) > 1
        }
        if bringing:
            for key in await self._names.recorded(list(bringing)):
                one = made[bringing[key]]
                if isinstance(one, Drafted):
                    made[bringing[key]] = Drafted(one.drafts[:1], None)
        return made

    async def _composed(self, ready: Mapping[int, Drafted]) -> dict[int, tuple[NewEvent, ...] | Exception]:
        """Sealed together; where one cannot be sealed, each by itself, so that its neighbours are."""
        try:
            made = iter(await self._composer.compose([draft for one in ready.values() for draft in one.drafts]))
        except PermanentFailure as error:
            if len(ready) == 1:
                return dict.fromkeys(ready, error)
            alone: dict[int, tuple[NewEvent, ...] | Exception] = {}
            for index, one in ready.items():
                alone |= await self._composed({index: one})
            return alone
        return {index: tuple(islice(made, len(one.drafts))) for index, one in ready.items()}


def _amended(
    event: Event, amendment: Amendment, original: Original | None, client: Client, *, now: datetime
) -> Drafted | Exception:
    try:
        claim = amendments.amends(event, amendment, original, client=client)
    except IntakeError as error:
        return error
    if original is None:
        return Superseded()
    envelope = event.envelope.model_copy(update={"backfill": event.envelope.backfill or original.backfill})
    doubt = doubts_of(original.doubts, time=envelope.time, now=now)
    draft = fact_draft(envelope, event.data, case_id=original.case_id, victim_id=original.victim_id, doubt=doubt)
    return Drafted((draft,), Held(NO_CLAIMS, amends=(claim,), by=client.id))


def _result(outcome: Receipt | Refusal) -> Result:
    return outcome.error if isinstance(outcome, Refusal) else outcome
