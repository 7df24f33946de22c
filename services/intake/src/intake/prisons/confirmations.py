"""Confirmations: which prison number an officer said is which defendant's."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from chassis.log.effects import Effect


@dataclass(frozen=True, slots=True)
class NewConfirmation:
    """A prison number is a defendant's; the id is that of the event that says so.

    `carried_from` is the confirmation of another number, where only a merge of that number into this one says so.
    """

    id: str
    number_hash: bytes
    case_id: str
    defendant_id: str
    well_formed: bool
    by: str
    carried_from: str | None = None


@dataclass(frozen=True, slots=True)
class Confirmation:
    """A confirmation as it was recorded; its id is that of its `intake.offender-linked`."""

    id: str
    number_hash: bytes
    case_id: str
    defendant_id: str
    is_withdrawn: bool


class Confirmations(Protocol):
    """Confirmations by the number they are about, and what was told because of them."""

    async def of(self, number_hash: bytes, case_id: str, defendant_id: str) -> Sequence[Confirmation]:
        """All there were of this number, and those that merges of it have made, with those withdrawn before.

        `case_id` is the one under which the case is continued; confirmations for cases merged into it count.
        """

    async def told(self, confirmations: Sequence[Confirmation]) -> Sequence[str]:
        """Ids of the events that were recorded because of these."""

    def withdrawing(self, withdrawals: Mapping[str, str], *, told: Sequence[str], by: str) -> Effect:
        """By confirmation the event that says why; loses when more was told or carried on by then, or none stands."""

    def confirming(self, confirmation: NewConfirmation) -> Effect:
        """Loses when it is confirmed already; one that was only carried on is from then on the officer's own."""

    def ending(self, confirmation_ids: Sequence[str]) -> Effect:
        """Nothing more is told because of these; what was told stands."""
