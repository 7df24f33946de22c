"""What can go wrong with a request, as RFC 9457 problem details; rendered once, in `chassis.http.rendering`.

Problem (500)
├── MalformedContent 400      ├── PreconditionFailed 412      ├── PreconditionRequired 428
├── NotAuthenticated 401      ├── ContentTooLarge 413         ├── TooManyRequests 429
├── NotAllowed 403            ├── UnsupportedContent 415      ├── TemporarilyUnavailable 503
├── NotFound 404              └── InvalidContent 422          └── OutcomeNotKnown 503
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
    to_do: ClassVar[str] = "Send the same request again. If it fails again, tell the operators when it happened."

    def __init__(self, detail: str, *, headers: Mapping[str, str] | None = None, **extensions: JsonValue) -> None:
        super().__init__(detail)
        self.detail = detail
        self.headers = dict(headers or {})
        self.extensions = extensions

    @classmethod
    def slug(cls) -> str:
        """The class name in kebab case: the last part of the type's address."""
        return re.sub(r"(?<!^)(?=[A-Z])", "-", cls.__name__).lower()

    @classmethod
    def address(cls) -> str:
        """Its `type`: where this service has a page about it."""
        return f"{PROBLEMS_PATH}/{cls.slug()}"

    def content(self) -> dict[str, JsonValue]:
        """The members of the problem document."""
        return {
            "type": self.address(),
            "title": self.title,
            "status": self.status,
            "detail": self.detail,
            **self.extensions,
        }


class MalformedContent(Problem):
    """The content could not be read at all: it is not the JSON, form or header that this address expects."""

    status = 400
    title = "The content cannot be read"
    to_do = (
        "Check that the content is well-formed JSON in UTF-8, whole, and of the content type it claims; then "
        "send it again."
    )


class NotAuthenticated(Problem):
    """The request carries no valid access token or session for this service."""

    status = 401
    title = "Sign in or send a valid access token"
    to_do = (
        "Get an access token for this service from its issuer and send it as `Authorization: Bearer ...`; in "
        "a browser, sign in."
    )


class NotAllowed(Problem):
    """We know who is asking, and they may not do this."""

    status = 403
    title = "You may not do this"
    to_do = (
        "Read in `detail` what your client or role may do. If it should be allowed more, ask the operators "
        "of this service."
    )


class NotFound(Problem):
    """There is nothing here that you may see; what belongs to somebody else is answered in the same way."""

    status = 404
    title = "There is nothing here"
    to_do = "Check the address and each id in it."


class MethodNotAllowed(Problem):
    """The address exists, but not for this method; the Allow header names the methods it has."""

    status = 405
    title = "This address has no such method"
    to_do = "Use one of the methods named in the Allow header."


class Conflict(Problem):
    """The request contradicts what is already recorded."""

    status = 409
    title = "This contradicts what is recorded"
    to_do = "Read what is recorded, then decide anew. The same request again is refused again."


class PreconditionFailed(Problem):
    """Somebody changed it since it was read; read it again and decide again."""

    status = 412
    title = "It has changed since you read it"
    to_do = "Read it again, decide again, and send the new ETag in If-Match."


class ContentTooLarge(Problem):
    """The content is larger than this address accepts."""

    status = 413
    title = "The content is too large"
    to_do = "Send less at once: split a batch into smaller ones."


class UnsupportedContent(Problem):
    """The content type is not one that this address reads."""

    status = 415
    title = "The content type is not supported"
    to_do = "Send one of the content types that the OpenAPI document names for this address."


class InvalidContent(Problem):
    """The content was read and does not fit its schema or rules; `errors` names each place, never the value found."""

    status = 422
    title = "The content is not acceptable"
    to_do = "Correct each place named in `errors` and send it again."


class PreconditionRequired(Problem):
    """A change must name the version it changes, in If-Match."""

    status = 428
    title = "Name the version that you read"
    to_do = "Read what you are about to change, and send its ETag in If-Match."


class TooManyRequests(Problem):
    """Too many requests from one side; wait as Retry-After says."""

    status = 429
    title = "Too many requests"
    to_do = "Wait for the seconds in Retry-After, then send it again."


class TemporarilyUnavailable(Problem):
    """Something this service needs is away. Nothing was stored; send the same request again after Retry-After.

    Where it is not certain that nothing was stored, the type is outcome-not-known.
    """

    status = 503
    title = "Temporarily unavailable"
    to_do = "Wait for the seconds in Retry-After, then send the same request again."


class OutcomeNotKnown(Problem):
    """The answer to this request was lost inside the service: all of it is stored, or nothing of it.

    The same request again, with the same ids in it, counts once: what is stored is found and answered as the first.
    """

    status = 503
    title = "It is not known whether this was stored"
    to_do = (
        "Wait for the seconds in Retry-After, then send the same request again, unchanged and with the same ids. "
        "Do not make a new id for it: that would be a second one."
    )


def problem_types(root: type[Problem] = Problem) -> Iterator[type[Problem]]:
    """Every problem type known to this process, the root first."""
    yield root
    for child in root.__subclasses__():
        yield from problem_types(child)
