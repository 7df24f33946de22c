"""Accept events: read, check, resolve, seal, record. One look-up, one vault call and one queue item for a request."""

from collections.abc import Awaitable, Callable, Iterator, Mapping, Sequence
from datetime import datetime
from functools import partial
from itertools import islice
from typing import Final, TypeVar

import msgspec
from chassis.clock import Clock
from chassis.errors import PermanentFailure
from chassis.log.errors import DigestMismatch
from chassis.log.records import Receipt, Refusal, Submission
from contracts.catalogue import EVENT_TYPES
from contracts.corrections import Amendment
from contracts.errors import ContractError

from intake.errors import Crowded, IntakeError, Superseded
from intake.identity.claims import NO_CLAIMS
from intake.identity.mentions import mention_of
from intake.identity.names import Names
from intake.identity.planning import plan
from intake.publishing import amendments
from intake.publishing.drafted import Drafted, drafted, publisher_actor
from intake.publishing.incoming import Incoming, Reading
from intake.publishing.refusals import RefusalAudit
from intake.publishing.registry import Client
from intake.recording.drafting import doubts_of, fact_draft
from intake.recording.held import Held
from intake.recording.originals import Original, Originals
from intake.recording.recorder import Composer, Log

_ATTEMPTS: Final = 5
_CROWDED: Final = "Others changed the same case; send this event again."


class Doubtful(msgspec.Struct, frozen=True, gc=False):
    """Recorded now, and told to nobody until an officer has looked: `doubt` is why, as in the envelope."""

    receipt: Receipt
    doubt: str


Result = Receipt | Doubtful | Exception
"""A receipt, with the doubt where there is one, or why this event was refused."""

_Item = TypeVar("_Item")
_Made = TypeVar("_Made")


class AcceptEvents:
    """The use case behind `POST /events`."""

    def __init__(
        self, *, names: Names, originals: Originals, composer: Composer, log: Log, audit: RefusalAudit, clock: Clock
    ) -> None:
        self._names = names
        self._originals = originals
        self._composer = composer
        self._log = log
        self._audit = audit
        self._clock = clock

    async def accept(self, read: Reading, *, client: Client) -> list[Result]:
        """A result for each event, in order; one refused event never disturbs its neighbours.

        Raises TransientFailure when nothing could be stored, and what `read` raises.
        """
        results = await self._record(read, client)
        for _ in range(_ATTEMPTS - 1):
            again = [index for index, result in enumerate(results) if isinstance(result, Superseded)]
            if not again:
                break
            for index, result in zip(again, await self._record(_only(again, read), client), strict=True):
                results[index] = result
        await self._audit.note([r for r in results if isinstance(r, DigestMismatch)], client=client.id)
        return [Crowded(_CROWDED) if isinstance(result, Superseded) else result for result in results]

    async def _record(self, read: Reading, client: Client) -> list[Result]:
        submissions, doubts = await self._submissions(read, client)
        results: list[Result] = [*await _past_refused(submissions, self._appended)]
        for index, doubt in doubts.items():
            if isinstance(receipt := results[index], Receipt) and not receipt.duplicate:
                results[index] = Doubtful(receipt, doubt)
        return results

    async def _submissions(self, read: Reading, client: Client) -> tuple[list[Submission | Exception], dict[int, str]]:
        """All that was made on the way is let go of before the log is waited for: many requests wait at once, and
        memory that is used again soon is still near the processor."""
        allowed = [_allowed(event, client) for event in read()]
        planned = await _past_refused(allowed, partial(self._planned, client=client))
        return await _past_refused(planned, self._composed), dict(_doubts(planned))

    async def _planned(self, events: Sequence[Incoming], *, client: Client) -> list[Drafted | Exception]:
        amending = amendments.amendments(events)
        originals = await self._found_originals(events, amending)
        mentions = [mention_of(EVENT_TYPES[event.said.type].publisher, event.data) for event in events]
        resolved = await self._names.resolve(mentions)
        actor = publisher_actor(client.id)
        made: list[Drafted | Exception] = []
        for index, (event, mention) in enumerate(zip(events, mentions, strict=True)):
            if (amendment := amending.get(index)) is not None:
                original = originals.get(amendments.original_key(event.said, amendment))
                made.append(_amended(event, amendment, original, client, now=resolved.now))
                continue
            found = plan(mention, resolved.directory, new_id=self._clock.new_id)
            made.append(drafted(event, found, now=resolved.now, actor=actor))
        return await self._without_repeats(made)

    async def _found_originals(
        self, events: Sequence[Incoming], amending: Mapping[int, Amendment]
    ) -> Mapping[tuple[str, str], Original]:
        keys = [amendments.original_key(events[index].said, data) for index, data in amending.items()]
        return await self._originals.find(keys) if keys else {}

    async def _without_repeats(self, made: list[Drafted | Exception]) -> list[Drafted | Exception]:
        """What was recorded before brings nothing about a second time: its links may have been revoked since."""
        bringing = {
            one.name: (index, one) for index, one in enumerate(made) if isinstance(one, Drafted) and len(one.drafts) > 1
        }
        if bringing:
            for name in await self._names.recorded(list(bringing)):
                index, one = bringing[name]
                made[index] = Drafted(one.drafts[:1], None)
        return made

    async def _composed(self, ready: Sequence[Drafted]) -> list[Submission | Exception]:
        """Sealed together; where one cannot be sealed, each by itself, so that its neighbours are."""
        try:
            made = iter(await self._composer.compose([draft for one in ready for draft in one.drafts]))
        except PermanentFailure as error:
            if len(ready) == 1:
                return [error]
            return [alone for one in ready for alone in await self._composed([one])]
        return [Submission(tuple(islice(made, len(one.drafts))), one.held) for one in ready]

    async def _appended(self, submissions: Sequence[Submission]) -> list[Receipt | Exception]:
        return [_result(outcome[0]) for outcome in await self._log.append_all(submissions)]


def _only(places: Sequence[int], read: Reading) -> Reading:
    def those() -> Sequence[Incoming | ContractError]:
        events = read()
        return [events[place] for place in places]

    return those


def _allowed(event: Incoming | ContractError, client: Client) -> Incoming | Exception:
    if isinstance(event, Incoming):
        try:
            client.demand(source=event.said.source, type=event.said.type)
        except IntakeError as error:
            return error
    return event


async def _past_refused(
    items: Sequence[_Item | Exception], step: Callable[[Sequence[_Item]], Awaitable[list[_Made | Exception]]]
) -> list[_Made | Exception]:
    """What a step makes of the items, one for each; those refused before pass it by and keep their places."""
    going = [item for item in items if not isinstance(item, Exception)]
    made = iter(await step(going) if going else ())
    return [item if isinstance(item, Exception) else next(made) for item in items]


def _doubts(planned: Sequence[Drafted | Exception]) -> Iterator[tuple[int, str]]:
    """Why which of the events will be told to nobody yet, by its place."""
    for index, one in enumerate(planned):
        if isinstance(one, Drafted) and (doubt := one.drafts[0].added.doubt):
            yield index, doubt


def _amended(
    event: Incoming, amendment: Amendment, original: Original | None, client: Client, *, now: datetime
) -> Drafted | Exception:
    try:
        claim = amendments.amends(event.said, amendment, original, client=client)
    except IntakeError as error:
        return error
    if original is None:
        return Superseded()
    said = event.said.envelope()
    envelope = said.model_copy(update={"backfill": said.backfill or original.backfill})
    doubt = doubts_of(original.doubts, time=envelope.time, now=now)
    draft = fact_draft(
        envelope,
        amendment,
        case_id=original.case_id,
        victim_id=original.victim_id,
        doubt=doubt,
        crimeids=original.crimeids,
    )
    return Drafted((draft,), Held(NO_CLAIMS, amends=(claim,), by=client.id))


def _result(outcome: Receipt | Refusal) -> Receipt | Exception:
    return outcome.error if isinstance(outcome, Refusal) else outcome
