"""How the desk's errors are answered."""

from collections.abc import Mapping

from chassis.http.problems import Conflict, InvalidContent, NotFound, Problem
from chassis.http.rendering import ProblemFor

from witness_care.errors import (
    AccessAlreadyGranted,
    AlreadyTheContact,
    AnotherTookOver,
    ContactInTheFuture,
    NoSuchAccess,
    NoSuchWish,
    UnknownVictim,
)


def _as(problem: type[Problem]) -> ProblemFor:
    return lambda error: problem(str(error))


PROBLEMS: Mapping[type[Exception], ProblemFor] = {
    UnknownVictim: _as(NotFound),
    AlreadyTheContact: _as(Conflict),
    AnotherTookOver: _as(Conflict),
    NoSuchWish: _as(Conflict),
    AccessAlreadyGranted: _as(Conflict),
    NoSuchAccess: _as(Conflict),
    ContactInTheFuture: _as(InvalidContent),
}
