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
    NoSuchAccess,
    NoSuchWish,
    NotYourRole,
    UnknownVictim,
)

EXPLAINED: Final[Mapping[type[Exception], type[Problem]]] = {
    UnknownVictim: NotFound,
    AlreadyTheContact: Conflict,
    AnotherTookOver: Conflict,
    NotYourRole: Conflict,
    NoSuchWish: Conflict,
    DigestMismatch: Conflict,
    AccessAlreadyGranted: Conflict,
    NoSuchAccess: Conflict,
    ContactInTheFuture: InvalidContent,
}


def _as(problem: type[Problem]) -> ProblemFor:
    return lambda error: problem(str(error))


PROBLEMS: Final[Mapping[type[Exception], ProblemFor]] = {error: _as(problem) for error, problem in EXPLAINED.items()}
