"""Record what intake itself has to say: composed, and appended whole with what the guard holds for it."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from chassis.log.errors import DigestMismatch
from chassis.log.records import NewEvent, Receipt, Refusal, Submission
from chassis.vault.attributes import said_of
from chassis.vault.composing import Draft
from msgspec.structs import replace

from intake.errors import AlreadyDecided, Superseded
from intake.recording.drafting import SOURCE
from intake.recording.held import Held
from intake.recording.recorded import OnRecord


class Log(Protocol):
    """Where events are recorded; a result per event of each submission."""

    async def append_all(self, submissions: Sequence[Submission]) -> list[Sequence[Receipt | Refusal]]: ...


class Composer(Protocol):
    """Seals what is personal and writes the bytes that are recorded."""

    async def compose(self, drafts: Sequence[Draft]) -> list[NewEvent]: ...


class Recorder:
    """One submission at a time, recorded whole or refused whole."""

    def __init__(self, *, composer: Composer, log: Log, on_record: OnRecord) -> None:
        self._composer = composer
        self._log = log
        self._on_record = on_record

    async def record(self, drafts: Sequence[Draft], held: Held) -> list[Receipt]:
        """A receipt for each draft. Raises what it was refused for: Superseded, StaleCorrection, DigestMismatch..."""
        events = tuple(await self._composer.compose(drafts))
        outcomes = (await self._log.append_all([Submission(events, held)]))[0]
        refused = [outcome for outcome in outcomes if isinstance(outcome, Refusal)]
        if refused:
            raise refused[0].error
        return [outcome for outcome in outcomes if isinstance(outcome, Receipt)]

    async def decide(self, drafts: Sequence[Draft], held: Held) -> datetime:
        """As `record`, of a decision whose event is the first draft: the same under the same id changes nothing.

        Answers when it was recorded. Raises AlreadyDecided where another decision was first, and DigestMismatch where
        the id is another's.
        """
        try:
            return (await self.record(drafts, held))[0].recorded_at
        except (Superseded, DigestMismatch) as error:
            if recorded_at := await self._said_at(drafts[0]):
                return recorded_at
            if isinstance(error, Superseded):
                raise AlreadyDecided from error
            raise

    async def has_said(self, type_: str, id_: str) -> bool:
        """Is something of this type on record under this id of ours?"""
        found = await self._on_record.find(SOURCE, id_)
        return found is not None and found.type == type_

    async def _said_at(self, draft: Draft) -> datetime | None:
        """When the same was recorded under this id, at whatever time it was said; None where it was not."""
        said = draft.said
        found = await self._on_record.find(said.source, said.id)
        if found is None:
            return None
        then = said_of(said.envelope().model_copy(update={"time": found.occurred_at}))
        [event] = await self._composer.compose([replace(draft, said=then)])
        return found.recorded_at if event.digest == found.digest else None
