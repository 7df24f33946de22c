"""The errors of journey.

ThroughlineError
├── PermanentFailure
│   ├── FactWithoutCase      an intake fact that somebody should hear of names no case: park it
│   ├── NoWording            an event type has no plain words yet: write them in wording
│   ├── SightingRefused      notifications will never take this sighting: the timer fails and is listed
│   └── UnreadableFact       an event of a known type lacks what its contract promises: park it
├── TransientFailure
│   └── NotificationsAway    notifications did not take a sighting: the timer tries again
└── UnknownVictim            nobody of that id, or not for the one who asks: answered alike
"""

from chassis.errors import PermanentFailure, ThroughlineError, TransientFailure


class FactWithoutCase(PermanentFailure):
    """An intake fact that is told to somebody names no case; intake resolves one for every fact."""

    def __init__(self) -> None:
        super().__init__("This fact names no case, so it cannot become anybody's news; look at intake's log.")


class UnreadableFact(PermanentFailure):
    """An event lacks an attribute that its type always has."""


class NoWording(PermanentFailure):
    """An event type has no plain words."""

    def __init__(self, event_type: str) -> None:
        super().__init__(f"{event_type} has no plain words: add them in journey.wording.")


class NotificationsAway(TransientFailure):
    """The notifications service did not take the sighting of a news item; it is offered again."""


class SightingRefused(PermanentFailure):
    """The notifications service refused the sighting of a news item for good."""


class UnknownVictim(ThroughlineError):
    """There is no such victim for the one who asks."""
