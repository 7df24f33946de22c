"""What can go wrong with a request, as RFC 9457 problem details; rendered once, in `chassis.http.rendering`.

Problem (500)
├── MalformedContent 400      ├── PreconditionFailed 412      ├── PreconditionRequired 428
├── NotAuthenticated 401      ├── ContentTooLarge 413         ├── TooManyRequests 429
├── NotAllowed 403            ├── UnsupportedContent 415      └── TemporarilyUnavailable 503
├── NotFound 404              └── InvalidContent 422
└── Conflict 409

A service subclasses the nearest one to give its refusal a type of its own. `detail` says what to do next and never
repeats what was sent: it may be personal.
"""

import re
from collections.abc import Iterator, Mapping
from typing import ClassVar

from pydantic import JsonValue

PROBLEMS_PATH = "/problems"


class Problem(Exception):
    """Something unexpected happened here; the request may be sent again, and the service's operators can see why."""

    status: ClassVar[int] = 500
    title: ClassVar[str] = "Something went wrong"

    def __init__(self, detail: str, *, headers: Mapping[str, str] | None = None, **extensions: JsonValue) -> None:
        super().__init__(detail)
        self.detail = detail
        self.headers = dict(headers or {})
        self.extensions = extensions

    @classmethod
    def slug(cls) -> str:
        """The class name in kebab case: the last part of the type's address."""
        return re.sub(r"(?<!^)(?=[A-Z])", "-", cls.__name__).lower()

    def content(self) -> dict[str, JsonValue]:
        """The members of the problem document; `type` is an address that this service answers."""
        return {
            "type": f"{PROBLEMS_PATH}/{self.slug()}",
            "title": self.title,
            "status": self.status,
            "detail": self.detail,
            **self.extensions,
        }


class MalformedContent(Problem):
    """The content could not be read at all: it is not the JSON, form or header that this address expects."""

    status = 400
    title = "The content cannot be read"


class NotAuthenticated(Problem):
    """The request carries no valid access token or session for this service."""

    status = 401
    title = "Sign in or send a valid access token"


class NotAllowed(Problem):
    """We know who is asking, and they may not do this."""

    status = 403
    title = "You may not do this"


class NotFound(Problem):
    """There is nothing here that you may see; what belongs to somebody else is answered in the same way."""

    status = 404
    title = "There is nothing here"


class MethodNotAllowed(Problem):
    """The address exists, but not for this method; the Allow header names the methods it has."""

    status = 405
    title = "This address has no such method"


class Conflict(Problem):
    """The request contradicts what is already recorded."""

    status = 409
    title = "This contradicts what is recorded"


class PreconditionFailed(Problem):
    """Somebody changed it since it was read; read it again and decide again."""

    status = 412
    title = "It has changed since you read it"


class ContentTooLarge(Problem):
    """The content is larger than this address accepts."""

    status = 413
    title = "The content is too large"


class UnsupportedContent(Problem):
    """The content type is not one that this address reads."""

    status = 415
    title = "The content type is not supported"


class InvalidContent(Problem):
    """The content was read and does not fit its schema or rules; `errors` names each place, never the value found."""

    status = 422
    title = "The content is not acceptable"


class PreconditionRequired(Problem):
    """A change must name the version it changes, in If-Match."""

    status = 428
    title = "Name the version that you read"


class TooManyRequests(Problem):
    """Too many requests from one side; wait as Retry-After says."""

    status = 429
    title = "Too many requests"


class TemporarilyUnavailable(Problem):
    """Something this service needs is away. Nothing was stored; send the same request again after Retry-After."""

    status = 503
    title = "Temporarily unavailable"


def problem_types(root: type[Problem] = Problem) -> Iterator[type[Problem]]:
    """Every problem type known to this process, the root first."""
    yield root
    for child in root.__subclasses__():
        yield from problem_types(child)
