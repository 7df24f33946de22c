"""What is checked and written with a submission, under the log's head lock, in the transaction that appends it."""

from dataclasses import dataclass

from chassis.log.effects import Effect

from intake.identity.claims import NO_CLAIMS, Claims


@dataclass(frozen=True, slots=True)
class Amends:
    """A correction of one state of an earlier event; each state can be corrected once."""

    source: str
    original_id: str
    state: bytes
    event_source: str
    event_id: str
    retracts: bool

    @property
    def key(self) -> tuple[str, str, bytes]:
        return (self.source, self.original_id, self.state)


@dataclass(frozen=True, slots=True)
class Held:
    """What the append guard checks and writes with a submission.

    `by` is who brought it about, opaque; `cause` the source and id of the event that it is taken back with.
    """

    claims: Claims = NO_CLAIMS
    amends: tuple[Amends, ...] = ()
    effects: tuple[Effect, ...] = ()
    by: str = ""
    cause: tuple[str, str] | None = None
