"""One victim as an officer sees them: what the desk keeps, and what the other services answer, each or why not."""

from dataclasses import dataclass
from enum import StrEnum

from witness_care.due.due import VictimDue
from witness_care.person.promise import Promise
from witness_care.person.reports import Reports
from witness_care.telling.timeline import Timeline


class Missing(StrEnum):
    """Why a part is not there."""

    NONE = "none"
    AWAY = "away"
    SIGN_IN = "sign-in"


@dataclass(frozen=True, slots=True)
class Person:
    """A part is a value, or the reason why there is none."""

    victim: VictimDue
    timeline: Timeline | Missing
    promise: Promise | Missing
    reports: Reports | Missing

    @property
    def sign_in(self) -> bool:
        """Does the officer have to sign in again to see all of it?"""
        return Missing.SIGN_IN in (self.timeline, self.promise, self.reports)
