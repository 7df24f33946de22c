"""How many reports one household may send in an hour."""

from collections import OrderedDict
from datetime import datetime, timedelta
from ipaddress import IPv6Network, ip_address

from chassis.clock import Clock
from chassis.http.problems import TooManyRequests

_HOUR = timedelta(hours=1)
_MOST_ADDRESSES = 10_000


class HourlyLimit:
    """At most so many from one line in an hour, in this process; addresses are not kept longer."""

    def __init__(self, *, most: int, clock: Clock) -> None:
        self._most = most
        self._clock = clock
        self._seen: OrderedDict[str, tuple[datetime, int]] = OrderedDict()

    def demand(self, address: str) -> None:
        """Count one more. Raises TooManyRequests."""
        now, line = self._clock.now(), _line_of(address)
        since, count = self._seen.get(line, (now, 0))
        if now - since >= _HOUR:
            since, count = now, 0
        if count >= self._most:
            wait = int((since + _HOUR - now).total_seconds()) + 1
            raise TooManyRequests("Wait as Retry-After says, then send it again.", headers={"Retry-After": str(wait)})
        self._seen[line] = (since, count + 1)
        self._seen.move_to_end(line)
        while len(self._seen) > _MOST_ADDRESSES:
            self._seen.popitem(last=False)


def _line_of(address: str) -> str:
    """What one household is given: an IPv4 address, or the first 64 bits of its IPv6 addresses (RFC 4291, 2.5.4)."""
    try:
        found = ip_address(address)
    except ValueError:
        return address
    if found.version == 4:
        return str(found)
    return str(found.ipv4_mapped or IPv6Network((int(found), 64), strict=False))
