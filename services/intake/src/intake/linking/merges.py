"""Which cases are one matter, where an officer says that two are not."""

from chassis.clock import Clock

from intake.errors import AlreadyDecided, NothingHere
from intake.identity.cases import Cases
from intake.identity.undoing import Undoing
from intake.recording.drafting import officer_actor
from intake.recording.held import Held
from intake.recording.recorder import Recorder
from intake.recording.undone import undone_drafts


class WithdrawMerges:
    """`subject` is the officer's opaque sign-in subject."""

    def __init__(self, *, undoing: Undoing, cases: Cases, recorder: Recorder, clock: Clock) -> None:
        self._undoing = undoing
        self._cases = cases
        self._recorder = recorder
        self._clock = clock

    async def withdraw(self, merged_event_id: str, *, subject: str, why: str, decision_id: str | None = None) -> None:
        """These two cases are not one; who has not heard and says so again makes a doubtful fact, and no merge.

        Raises NothingHere, AlreadyDecided.
        """
        undone = await self._undoing.of_merge(merged_event_id, by=subject, new_id=self._clock.new_id)
        if undone is None:
            raise NothingHere
        if not undone.apart.undone:
            if decision_id and await self._recorder.has_said("intake.merge-undone.v1", decision_id):
                return
            raise AlreadyDecided
        ids = iter([decision_id or self._clock.new_id()])
        drafts = undone_drafts(
            undone,
            now=await self._cases.now(),
            actor=officer_actor(subject),
            new_id=lambda: next(ids, None) or self._clock.new_id(),
            why=why,
        )
        await self._recorder.decide(drafts, Held(effects=undone.effects, by=subject))
