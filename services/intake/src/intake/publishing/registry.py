"""Which client may speak for which sources, and as which publishers (`contracts.publishers`)."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Self

import msgspec
from contracts.publishers import AGENCIES, PUBLISHABLE

from intake.errors import SourceNotYours, TypeNotYours

# our own services record what they say themselves; from outside, a link of a victim would be believed unseen
_TYPES: Final = {agency: PUBLISHABLE[agency] for agency in AGENCIES}


@dataclass(frozen=True, slots=True)
class Client:
    """One OAuth2 client: an agency's system."""

    id: str
    sources: frozenset[str]
    types: frozenset[str]

    def demand(self, *, source: str, type: str) -> None:  # noqa: A002 CloudEvents' own word
        """Raise SourceNotYours or TypeNotYours."""
        if source not in self.sources:
            raise SourceNotYours(self.sources)
        if type not in self.types:
            raise TypeNotYours(self.types)


class _Entry(msgspec.Struct, forbid_unknown_fields=True):
    sources: frozenset[str]
    publishers: frozenset[str]


class _File(msgspec.Struct, forbid_unknown_fields=True):
    clients: dict[str, _Entry]


class ClientRegistry:
    """All clients, from a TOML file: `[clients.<client_id>]` with `sources` and `publishers`."""

    def __init__(self, clients: Mapping[str, Client]) -> None:
        self._clients = clients
        self.sources = frozenset().union(*(client.sources for client in clients.values()))

    @classmethod
    def from_toml(cls, text: str) -> Self:
        """Read the registry. Raises msgspec.ValidationError, or KeyError for a publisher that is no agency."""
        found = msgspec.toml.decode(text, type=_File)
        return cls(
            {
                name: Client(
                    name,
                    entry.sources,
                    frozenset().union(*(_TYPES[publisher] for publisher in entry.publishers)),
                )
                for name, entry in found.clients.items()
            }
        )

    def client(self, client_id: str) -> Client:
        """The client of this id; an unknown one may publish nothing."""
        return self._clients.get(client_id) or Client(client_id, frozenset(), frozenset())
