"""How the desk's errors are answered."""

from collections.abc import Mapping
from typing import Final

from chassis.http.problems import Conflict, InvalidContent, NotFound, Problem
from chassis.http.rendering import ProblemFor
from chassis.log.errors import DigestMismatch

from witness_care.errors import (
    AccessAlreadyGranted,
    AlreadyTheContact,
    AnotherTookOver,
    ContactInTheFuture,
    NewsYetToHappen,
    NoSuchAccess,
    NoSuchContact,
    NoSuchWish,
    NotYourRole,
    TellingIsNotEnough,
    UnknownVictim,
)


class ToldBeforeItHappened(Conflict):
    """A contact names news that happened only after the contact was made."""

    title = "This had not happened yet"
    to_do = "Record the contact without what happened later, or with the time at which it was made."


class NotMetByTelling(Conflict):
    """A contact names a duty that something done for the victim meets, such as a referral."""

    title = "Telling does not meet this duty"
    to_do = "Record the contact without that duty. It ends by what the due list says that it ends by."


EXPLAINED: Final[Mapping[type[Exception], type[Problem]]] = {
    UnknownVictim: NotFound,
    AlreadyTheContact: Conflict,
    AnotherTookOver: Conflict,
    NotYourRole: Conflict,
    NoSuchWish: Conflict,
    NoSuchContact: NotFound,
    TellingIsNotEnough: NotMetByTelling,
    NewsYetToHappen: ToldBeforeItHappened,
    DigestMismatch: Conflict,
    AccessAlreadyGranted: Conflict,
    NoSuchAccess: Conflict,
    ContactInTheFuture: InvalidContent,
}


def _as(problem: type[Problem]) -> ProblemFor:
    return lambda error: problem(str(error))


PROBLEMS: Final[Mapping[type[Exception], ProblemFor]] = {error: _as(problem) for error, problem in EXPLAINED.items()}
