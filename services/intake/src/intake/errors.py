"""What intake refuses.

IntakeError
|-- SourceNotYours         the event's source is not one of the client's
|-- TypeNotYours           the client may not publish this type
|-- NotYourEvent           a correction of an event that the client did not publish
|-- StaleCorrection        the state that is corrected is not the last one
|-- ReplacementMisplaced   a replacement of another type, case or victim than the original
|-- Superseded             what was planned no longer holds; plan again (never leaves intake)
|-- HearingUnreadable      a Common Platform message we cannot read
|-- HearingUnsayable       what a Common Platform message says fits no contract of ours (never leaves intake)
|-- HearingMismatch        the address names another hearing than the message
|-- MovementUnreadable     an HMPPS domain event we cannot read
|-- RowUnreadable          a row of a police.uk file we cannot read
|-- NothingHere            an id that names nothing the caller may see
|-- NoLongerKept           a message that is to be read again, and whose time of keeping is over
|-- NotHappenedYet         a report by the public of what would happen on a later day
|-- HeldStill              a deletion that is held for a while, because most such are mistakes
|-- NumberInQuestion       a movement that waits until it is known whose its number is
|-- CaseUnnamed            a case that no reference names yet
`-- AlreadyDecided         an officer decided this before

TransientFailure
`-- Crowded                others kept changing what this is about; send it again
"""

from collections.abc import Iterable

from chassis.errors import PermanentFailure, TransientFailure


class IntakeError(PermanentFailure):
    """The root of what intake refuses for good."""


class SourceNotYours(IntakeError):
    """The client is not registered for the event's source; it is told which it is registered for."""

    def __init__(self, registered: Iterable[str]) -> None:
        known = ", ".join(sorted(registered)) or "none"
        super().__init__(f"Send events with a source that is registered for your client: {known}.")


class TypeNotYours(IntakeError):
    """The client is registered, but not for this type; it is told which it is registered for."""

    def __init__(self, registered: Iterable[str]) -> None:
        known = ", ".join(sorted(registered)) or "none"
        super().__init__(f"Your client may publish these event types and not this one: {known}.")


class NotYourEvent(IntakeError):
    """Only the publisher of an event may correct or retract it."""

    def __init__(self) -> None:
        super().__init__("No event of yours has this original_id; only its own publisher may correct an event.")


class StaleCorrection(IntakeError):
    """Somebody corrected this event since; `corrects_state` must be the hash of its last receipt."""

    def __init__(self) -> None:
        super().__init__(
            "Name the last state in corrects_state: the hash in the receipt of the event's last correction."
        )


class ReplacementMisplaced(IntakeError):
    """A replacement says the same kind of thing about the same case and victim; anything else is another event."""

    def __init__(self) -> None:
        super().__init__(
            "A replacement keeps the original's type, references and victim; retract the original and send a new event."
        )


class Superseded(IntakeError):
    """Another request got in between planning and recording."""

    def __init__(self) -> None:
        super().__init__("What this was planned upon has changed; plan it again.")


class HearingUnreadable(IntakeError):
    """A hearing message that is not of the published shape; `place` is where, never what."""

    def __init__(self, *, place: str) -> None:
        super().__init__(f"The hearing message cannot be read at {place}; send it as Common Platform's schema has it.")
        self.place = place


class HearingUnsayable(IntakeError):
    """What a hearing message says fits no contract, so it waits for an officer; `place` is where, never what."""

    def __init__(self, *, place: str) -> None:
        super().__init__(f"The hearing message says what no event type holds, at {place}; an officer has to look.")
        self.place = place


class HearingMismatch(IntakeError):
    """The address and the message disagree about which hearing this is."""

    def __init__(self) -> None:
        super().__init__(
            "The hearing id in the address and in the message differ; send the message to its own address."
        )


class MovementUnreadable(IntakeError):
    """A domain event that is not of the published shape; `place` is where, never what."""

    def __init__(self, *, place: str) -> None:
        super().__init__(f"The domain event cannot be read at {place}; send it as the HMPPS schema has it.")
        self.place = place


class RowUnreadable(IntakeError):
    """A row that is not of the published shape; the rows beside it are imported all the same."""

    def __init__(self, *, row: int, why: str) -> None:
        super().__init__(f"row {row}: {why}")
        self.row = row
        self.why = why


class NothingHere(IntakeError):
    """There is no such thing, or it is not the caller's to see."""

    def __init__(self) -> None:
        super().__init__("There is nothing here that you may see; check the id.")


class NoLongerKept(IntakeError):
    """What the agency sent was forgotten when its time came."""

    def __init__(self) -> None:
        super().__init__("This message is no longer kept and cannot be read again; dismiss it.")


class NotHappenedYet(IntakeError):
    """A report says that it happened on a day that has not begun in London."""

    def __init__(self) -> None:
        super().__init__("Give as happened_on the day on which it happened, today or earlier, or leave it out.")


class HeldStill(IntakeError):
    """A deleted hearing is looked at only when its time is up: another message may make it good."""

    def __init__(self) -> None:
        super().__init__("This is held until the time in due_at; decide then.")


class NumberInQuestion(IntakeError):
    """A movement is told, or not, with the question about who its number is."""

    def __init__(self) -> None:
        super().__init__("Decide first what is asked about this prison number; what waits is decided with it.")


class CaseUnnamed(IntakeError):
    """All that is known of the case is a report's reference that is not one of ours."""

    def __init__(self) -> None:
        super().__init__("No agency has named this case; link its victim to the case that is meant, and use that one.")


class AlreadyDecided(IntakeError):
    """The same thing was decided before; the first decision stands."""

    def __init__(self) -> None:
        super().__init__("This was decided before, and that decision stands.")


class Crowded(TransientFailure):
    """Others kept changing what this is about; send it again."""
