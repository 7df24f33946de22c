"""Why a log is not whole, or could not be read."""

from chassis.errors import PermanentFailure, TransientFailure


class LogRefused(PermanentFailure):
    """A service does not let this auditor read its log: check the client, its audience and the scope log:read."""


class LogAway(TransientFailure):
    """A service does not answer now; its log is still there."""


class NotALog(PermanentFailure):
    """What answers at a service's address serves no log: correct the setting."""


class LogBroken(PermanentFailure):
    """A record is missing, changed, moved or inserted; the message names the log and the first bad position."""


class LogCutOff(LogBroken):
    """The log says that it ends further on than the records it gives, or its end has another hash."""


class LogReplaced(LogBroken):
    """The chain is whole, but a record in it is not the one that was seen there before."""
