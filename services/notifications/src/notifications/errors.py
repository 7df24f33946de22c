"""What the domain refuses.

NotificationsError
├── UnusableTerms        the terms of a contact promise contradict themselves
├── PromiseHasMoved      somebody agreed other terms meanwhile
├── MessageCannotMove    the message is in a state from which that step is impossible
└── NewsOfSomebodyElse   the item of news belongs to another victim
"""

from chassis.errors import ThroughlineError


class NotificationsError(ThroughlineError):
    """Root of what notifications refuses."""


class UnusableTerms(NotificationsError):
    """The terms can't be kept as written; the text says which one and how to put it right, and quotes no address."""


class PromiseHasMoved(NotificationsError):
    """The promise is no longer at the version the caller had read: read it again, then agree again."""


class MessageCannotMove(NotificationsError):
    """The message is in a state from which that step is impossible: another process was faster, or a bug."""


class NewsOfSomebodyElse(NotificationsError):
    """The item of news belongs to another victim; nothing was noted."""
