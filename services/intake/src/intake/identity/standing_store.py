"""What the identity tables say, under the head lock, about the claims of one flush."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Self

from chassis.database import Connection

from intake.identity.claims import Claims, Link

_REFERENCES = """
SELECT r.scheme, r.issuer, r.value, r.case_id
FROM unnest($1::text[], $2::text[], $3::text[]) AS n(scheme, issuer, value)
JOIN reference r USING (scheme, issuer, value)
"""
_NUMBERS = """
SELECT issuer, number, victim_id
FROM unnest($1::text[], $2::text[]) AS n(issuer, number) JOIN victim_number USING (issuer, number)
"""
_LINKS = """
SELECT l.victim_id, coalesce(a.crime_id, l.case_id), l.defendant_id, l.link_id
FROM victim_link l LEFT JOIN case_alias a USING (case_id)
WHERE l.victim_id = ANY ($1::text[]) AND l.revoked_at IS NULL
"""
_ALIASES = "SELECT case_id FROM case_alias WHERE case_id = ANY ($1::text[])"

Key = tuple[str, str, str]


@dataclass(slots=True)
class Standing:
    """The part of the tables that matters to these claims, kept up to date as claims are accepted."""

    cases: dict[Key, str] = field(default_factory=dict)
    victims: dict[tuple[str, str], str] = field(default_factory=dict)
    links: dict[tuple[str, str, str | None], str] = field(default_factory=dict)
    merged: set[str] = field(default_factory=set)

    @classmethod
    async def read(cls, connection: Connection, claims: Sequence[Claims]) -> Self:
        """One query for each kind of claim there is."""
        standing = cls()
        await standing._read_names(connection, claims)
        await standing._read_links(connection, claims)
        return standing

    def disputes(self, claims: Claims) -> bool:
        """Does something of this hold no longer as it was planned?"""
        return any(
            (
                any(self.cases.get(named.key, case) != case for named, case in claims.references),
                any(self.victims.get((n.issuer, n.number), victim) != victim for n, victim in claims.numbers),
                any(self._is_tied_already(link) for link in claims.links),
                any((victim, case, None) not in self.links for victim, case in claims.needed),
                any({merge.from_case, merge.into_case} & self.merged for merge in claims.merges),
            )
        )

    def _is_tied_already(self, link: Link) -> bool:
        """To the crime once; to an accused again whenever an officer has looked again at what of the case is hers."""
        return link.defendant_id is None and (link.victim_id, link.case_id, None) in self.links

    def take(self, claims: Claims) -> None:
        """Let the next submissions of this flush see what this one claims."""
        self.cases |= {named.key: case for named, case in claims.references}
        self.victims |= {(number.issuer, number.number): victim for number, victim in claims.numbers}
        self.links |= {(link.victim_id, link.case_id, link.defendant_id): link.link_id for link in claims.links}
        self.merged |= {merge.from_case for merge in claims.merges}

    async def _read_names(self, connection: Connection, claims: Sequence[Claims]) -> None:
        keys = list({named.key for one in claims for named, _ in one.references})
        if keys:
            rows = await connection.fetch(_REFERENCES, *map(list, zip(*keys, strict=True)))
            self.cases = {(scheme, issuer, value): case for scheme, issuer, value, case in rows}
        numbers = list({(number.issuer, number.number) for one in claims for number, _ in one.numbers})
        if numbers:
            rows = await connection.fetch(_NUMBERS, *map(list, zip(*numbers, strict=True)))
            self.victims = {(issuer, number): victim for issuer, number, victim in rows}

    async def _read_links(self, connection: Connection, claims: Sequence[Claims]) -> None:
        victims = {link.victim_id for one in claims for link in one.links}
        victims |= {victim for one in claims for victim, _ in one.needed}
        if victims:
            rows = await connection.fetch(_LINKS, list(victims))
            self.links = {(victim, case, defendant): link for victim, case, defendant, link in rows}
        cases = {case for one in claims for merge in one.merges for case in (merge.from_case, merge.into_case)}
        if cases:
            self.merged = {row[0] for row in await connection.fetch(_ALIASES, list(cases))}
