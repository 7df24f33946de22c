"""The chassis' error tree.

ThroughlineError
├── TransientFailure       the same call may succeed later: retry with a pause
│   └── OutcomeNotKnown    it may have succeeded already: the same again must count once
├── PermanentFailure       the same call can never succeed: park, refuse, or tell an operator
└── Fenced                 another process has taken over: stop writing and exit
"""


class ThroughlineError(Exception):
    """Anything we raise on purpose: what happened, to what, what to do next; never personal data."""


class TransientFailure(ThroughlineError):
    """Something needed is away for now; the same call may succeed later."""


class OutcomeNotKnown(TransientFailure):
    """The answer to a commit was lost: all of it is stored, or nothing; asking for the same again finds out."""


class PermanentFailure(ThroughlineError):
    """The same call can never succeed; someone has to look."""


class Fenced(ThroughlineError):
    """A write was refused because a newer epoch holds the resource; this process must exit."""
