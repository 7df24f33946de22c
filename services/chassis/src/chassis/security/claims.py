"""What a signed token says, read claim by claim: it may have been written by a program that is not ours."""

import math
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any, Final

# Clocks of other machines; as wide as it is elsewhere in the field.
LEEWAY_SECONDS: Final = 60
_LAST_MOMENT = datetime(9_000, 1, 1, tzinfo=UTC)

Claims = Mapping[str, Any]


class ClaimsRefused(ValueError):
    """The token is signed and is not for us, or not now."""


def check_claims(claims: Claims, *, issuer: str, audience: str, now: datetime) -> None:
    """Raise ClaimsRefused unless the token is of this issuer, for this audience, of somebody, and valid now."""
    said = claims.get("iss")
    if not isinstance(said, str) or said.rstrip("/") != issuer.rstrip("/"):
        raise ClaimsRefused("another issuer's")
    if audience not in texts(claims.get("aud")):
        raise ClaimsRefused("for another audience")
    if not isinstance(claims.get("sub"), str) or not claims["sub"]:
        raise ClaimsRefused("of nobody")
    moment = now.timestamp()
    if _seconds(claims, "exp", missing=-math.inf) + LEEWAY_SECONDS <= moment:
        raise ClaimsRefused("expired")
    if max(_seconds(claims, name, missing=-math.inf) for name in ("nbf", "iat")) - LEEWAY_SECONDS > moment:
        raise ClaimsRefused("not valid yet")


def check_life(claims: Claims, *, longest: timedelta, now: datetime) -> None:
    """Raise ClaimsRefused for a token that was given for longer, or that ends later than so long from now.

    Of one that does not say since when it lasts, only its end is looked at.
    """
    ends, most = _seconds(claims, "exp", missing=math.inf), longest.total_seconds()
    given = _seconds(claims, "iat", missing=ends - most)
    if ends - given > most or ends - now.timestamp() > most + LEEWAY_SECONDS:
        raise ClaimsRefused("lasts for too long")


def expiry(claims: Claims) -> datetime:
    """When a checked token ends; one that ends beyond any date ends late."""
    return datetime.fromtimestamp(min(claims["exp"], _LAST_MOMENT.timestamp()), UTC)


def texts(claim: object) -> frozenset[str]:
    """A claim of one text or of many; members that are no text are left out, they name nothing that we know."""
    if isinstance(claim, str):
        return frozenset({claim})
    return frozenset(one for one in claim if isinstance(one, str)) if isinstance(claim, list) else frozenset()


def words(claim: object) -> frozenset[str]:
    """A claim of words apart by blanks, as scope is (RFC 8693, 4.2), or of a list of them."""
    return frozenset(word for one in texts(claim) for word in one.split())


def text(claim: object) -> str:
    """A claim of one text; nothing where it is something else."""
    return claim if isinstance(claim, str) else ""


def _seconds(claims: Claims, name: str, *, missing: float) -> float:
    value = claims.get(name)
    if value is None:
        return missing
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise ClaimsRefused(f"without a readable {name}")
    if isinstance(value, float) and not math.isfinite(value):
        raise ClaimsRefused(f"without a readable {name}")
    # An integer may be too long for a float.
    return float(max(min(value, 2**60), -(2**60)))
