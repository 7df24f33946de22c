"""Record what intake itself has to say: composed, and appended whole with what the guard holds for it."""

from collections.abc import Sequence
from typing import Protocol

from chassis.log.records import NewEvent, Receipt, Refusal, Submission
from chassis.vault.composing import Draft

from intake.recording.held import Held


class Log(Protocol):
    """Where events are recorded; a result per event of each submission."""

    async def append_all(self, submissions: Sequence[Submission]) -> list[Sequence[Receipt | Refusal]]: ...


class Composer(Protocol):
    """Seals what is personal and writes the bytes that are recorded."""

    async def compose(self, drafts: Sequence[Draft]) -> list[NewEvent]: ...


class Recorder:
    """One submission at a time, recorded whole or refused whole."""

    def __init__(self, *, composer: Composer, log: Log) -> None:
        self._composer = composer
        self._log = log

    async def record(self, drafts: Sequence[Draft], held: Held) -> list[Receipt]:
        """A receipt for each draft. Raises what it was refused for: Superseded, StaleCorrection, DigestMismatch..."""
        events = tuple(await self._composer.compose(drafts))
        outcomes = (await self._log.append_all([Submission(events, held)]))[0]
        refused = [outcome for outcome in outcomes if isinstance(outcome, Refusal)]
        if refused:
            raise refused[0].error
        return [outcome for outcome in outcomes if isinstance(outcome, Receipt)]
