"""What became of a wish, as an officer enters it on the page."""

from typing import Annotated, Final

from contracts.ids import UUID_TEXT, EventId
from contracts.shape import OPAQUE
from contracts.witness_care import WishKind, WishOutcome

from witness_care.answers.answers import Answer
from witness_care.due.forms import Entered, VictimForm

_CHOOSE: Final = "Choose what became of what they asked for"


class AnswerForm(VictimForm):
    """One wish of one victim."""

    answer_id: Annotated[str, UUID_TEXT]
    report_id: Annotated[EventId, OPAQUE]
    wish: WishKind
    outcome: str = ""

    def entered(self) -> Entered | None:
        """What to show again; None when all is well."""
        if self.outcome in set(WishOutcome):
            return None
        return Entered(self.victim, {f"outcome-{self.wish}": _CHOOSE})

    def answer(self, *, by: str) -> Answer:
        """The answer that the form describes."""
        return Answer(
            answer_id=self.answer_id,
            report_id=self.report_id,
            wish=self.wish,
            outcome=WishOutcome(self.outcome),
            by=by,
        )
