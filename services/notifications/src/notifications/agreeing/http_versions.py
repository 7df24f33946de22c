"""Versions in HTTP: the ETag that a reader was given, and the If-Match that a writer must send back (RFC 9110)."""

import re

from chassis.http.problems import PreconditionFailed, PreconditionRequired

_VERSION = re.compile(r'"([0-9]{1,9})"')


def etag(version: int) -> str:
    """A strong ETag."""
    return f'"{version}"'


def version_read(*, if_match: str | None, if_none_match: str | None) -> int | None:
    """The version that the caller had read; None when they say, or nothing says otherwise, that there was none.

    Raises `PreconditionFailed` for what can't be one of our ETags.
    """
    if if_match is None:
        if if_none_match not in (None, "*"):
            raise PreconditionFailed("Send If-None-Match: * for a first agreement, or If-Match with the ETag you read.")
        return None
    found = _VERSION.fullmatch(if_match.strip())
    if found is None:
        raise PreconditionFailed("Send the ETag that you were given, as it was, in If-Match.")
    return int(found[1]) or None


def moved(*, if_match: str | None, if_none_match: str | None) -> PreconditionFailed | PreconditionRequired:
    """Why a change was refused: something else is in force, or the caller didn't say what they had read."""
    if if_match is None and if_none_match is None:
        return PreconditionRequired("A promise is in force: read it, then send its ETag in If-Match.")
    return PreconditionFailed("Another promise is in force now: read it, then decide again.")
