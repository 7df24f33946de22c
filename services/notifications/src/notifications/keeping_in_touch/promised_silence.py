"""How long a victim has heard nothing, and whether that is longer than was promised. Pure."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Self

LATE = timedelta(days=1)
"""So long after its time a silence that should have ended is a promise broken, though it is ended then."""


@dataclass(frozen=True, slots=True)
class Asked:
    """An officer was asked to end the silence."""

    at: datetime
    due_by: datetime


@dataclass(frozen=True, slots=True)
class Breach:
    """She had heard nothing since then, though somebody was to be in touch by `due_at`."""

    since: datetime
    due_at: datetime


@dataclass(frozen=True, slots=True)
class Silence:
    """What the silence is counted from, beside tellings: `counted_from` the latest of all that began an interval anew.

    `heard_at` is when she last heard from us, by a message or by agreeing a promise. `asked` is the officer asked first
    since then.
    """

    counted_from: datetime | None = None
    heard_at: datetime | None = None
    asked: Asked | None = None

    def counted(self, at: datetime) -> Self:
        """An interval begins: the last one was looked after."""
        return replace(self, counted_from=max(at, self.counted_from or at))

    def heard(self, at: datetime) -> Self:
        """She hears from us."""
        return replace(self.counted(at), heard_at=max(at, self.heard_at or at), asked=None)

    def given(self, asked: Asked, *, told: datetime | None) -> Self:
        """An officer was asked; one who was asked before and may still make contact in time stays the one."""
        unanswered = self._unanswered(told)
        keeps = unanswered is not None and unanswered.due_by > asked.at
        return replace(self.counted(asked.at), asked=self.asked if keeps else asked)

    def starts(self, told: datetime | None) -> datetime | None:
        """When the present interval began; `told` is when she was last told anything."""
        return max((at for at in (told, self.counted_from) if at is not None), default=None)

    def breach(self, *, told: datetime | None, ended_by: datetime, now: datetime) -> Breach | None:
        """Whether the interval that ends now broke the promise. `ended_by` is when a message could have ended it.

        An officer who was asked at the last one made no contact by its time; or we come late ourselves.
        """
        since = max((at for at in (told, self.heard_at) if at is not None), default=self.counted_from)
        unanswered = self._unanswered(told)
        if since is None:
            return None
        if unanswered is not None and unanswered.due_by <= now:
            return Breach(since, unanswered.due_by)
        return Breach(since, ended_by) if ended_by + LATE < now else None

    def _unanswered(self, told: datetime | None) -> Asked | None:
        if self.asked is None or (told is not None and told >= self.asked.at):
            return None
        return self.asked
