"""What can be wrong with an event.

ContractError
├── UnknownEventType    no such type or version in the catalogue
└── InvalidEvent        the event does not fit its contract; `problems` say where and how
"""

from collections.abc import Iterable
from itertools import islice
from typing import Final, NamedTuple

from pydantic import ValidationError
from pydantic_core import ErrorDetails

EVENT: Final = "event"
"""The place of a problem that concerns a whole event."""

MOST_PROBLEMS: Final = 20
"""No more are listed: an answer stays small, whatever was sent."""

# The names pydantic gives to the two readings of a personal field, which are no part of a path.
_LABELS = ("constrained-str", "function-wrap[_refuse_from_outside()]")


class Problem(NamedTuple):
    """One fault: a dotted path made of the contract's own names, and a message without the input."""

    path: str
    message: str


class ContractError(Exception):
    """Anything wrong with an event, measured against its contract."""


class UnknownEventType(ContractError):
    """No such type. `name` is kept for parking; the message does not repeat what was sent."""

    def __init__(self, name: str) -> None:
        super().__init__("No event type of this name and version is known; see contracts/schemas for those that are.")
        self.name = name


class InvalidEvent(ContractError):
    """The event does not fit its contract."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("; ".join(f"{path}: {message}" for path, message in self.problems))


def invalid_event(error: ValidationError, *, below: str = "") -> InvalidEvent:
    """Translate pydantic's findings, leaving out every part that the sender chose."""
    details = error.errors(include_url=False, include_input=False, include_context=False)
    first_of_each_place: dict[str, Problem] = {}
    for problem in (_problem(detail, below) for detail in details):
        first_of_each_place.setdefault(problem.path, problem)
    return InvalidEvent(islice(first_of_each_place.values(), MOST_PROBLEMS))


def _problem(detail: ErrorDetails, below: str) -> Problem:
    location = [str(part) for part in detail["loc"] if part not in _LABELS]
    message = detail["msg"]
    if detail["type"] == "extra_forbidden":
        # The last part of the location is a name made up by the sender.
        location, message = location[:-1], "A field here is not part of this event type"
    if detail["type"] == "union_tag_invalid":
        message = "The discriminating field has a value that is not part of this event type"
    return Problem(".".join([*([below] if below else []), *location]), message)
