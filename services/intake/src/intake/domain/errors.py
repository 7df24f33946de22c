"""What intake's domain refuses.

IntakeError
+-- HearingUnreadable     a Common Platform message we cannot read
+-- MovementUnreadable    an HMPPS domain event we cannot read
+-- RowUnreadable         a row of a police.uk file we cannot read
"""

from chassis.errors import PermanentFailure


class IntakeError(PermanentFailure):
    """The root of what intake refuses for good."""


class HearingUnreadable(IntakeError):
    """A hearing message that is not of the published shape; `place` is where, never what."""

    def __init__(self, *, place: str) -> None:
        super().__init__(f"the hearing message cannot be read at {place}; send it as Common Platform's schema has it")
        self.place = place


class MovementUnreadable(IntakeError):
    """A domain event that is not of the published shape; `place` is where, never what."""

    def __init__(self, *, place: str) -> None:
        super().__init__(f"the domain event cannot be read at {place}; send it as the HMPPS schema has it")
        self.place = place


class RowUnreadable(IntakeError):
    """A row that is not of the published shape; the rows beside it are imported all the same."""

    def __init__(self, *, row: int, why: str) -> None:
        super().__init__(f"row {row}: {why}")
        self.row = row
        self.why = why
