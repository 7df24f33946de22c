"""What is remembered of hearings: states by revision, and listings."""

from collections.abc import Collection, Mapping, Sequence

import msgspec
from chassis.database import Pool
from chassis.log.effects import AnyRows, Effect, OneRow

from intake.courts.comparing.state import HearingState, KnownListing
from intake.courts.reading.snapshot import Listing

_STATE = "SELECT state FROM hearing WHERE hearing_id = $1"
_SAVE = """
INSERT INTO hearing (hearing_id, revision, state) SELECT $1::text, $2::int, $3::bytea WHERE $4::int = 0
OR EXISTS (SELECT FROM hearing WHERE hearing_id = $1::text)
ON CONFLICT (hearing_id) DO UPDATE SET revision = excluded.revision, state = excluded.state
WHERE hearing.revision = $4::int
"""
_LISTINGS = (
    "SELECT event_id, case_id, hearing_id, listing, defendants FROM known_listing WHERE case_id = ANY ($1::text[])"
)
_LISTINGS_OF = "SELECT event_id, case_id, hearing_id, listing, defendants FROM known_listing WHERE hearing_id = $1"
_NOTE = """
INSERT INTO known_listing (event_id, case_id, hearing_id, listing, defendants) VALUES ($1, $2, $3, $4, $5)
ON CONFLICT (event_id) DO UPDATE SET listing = excluded.listing, hearing_id = excluded.hearing_id
"""
_FORGET = "DELETE FROM known_listing WHERE event_id = ANY ($1::text[])"
_COURTS = "SELECT court_id, name FROM court_name WHERE court_id = ANY ($1::text[])"
# A row that says so already is not locked: all hearings of one court would wait for each other.
_NAME_COURT = """
INSERT INTO court_name (court_id, name) SELECT $1::text, $2::text
WHERE NOT EXISTS (SELECT FROM court_name WHERE court_id = $1::text AND name = $2::text)
ON CONFLICT (court_id) DO UPDATE SET name = excluded.name
"""


class DatabaseHearingBook:
    """The tables `hearing`, `known_listing` and `court_name`; states and listings as JSON of ids, dates and codes."""

    def __init__(self, pool: Pool) -> None:
        self._pool = pool

    async def state(self, hearing_id: str) -> HearingState:
        async with self._pool.acquire() as connection:
            raw = await connection.fetchval(_STATE, hearing_id)
        return HearingState(hearing_id) if raw is None else msgspec.json.decode(raw, type=HearingState)

    async def listings(self, case_ids: Sequence[str]) -> tuple[KnownListing, ...]:
        async with self._pool.acquire() as connection:
            return _known(await connection.fetch(_LISTINGS, list(case_ids)))

    async def listings_of(self, hearing_id: str) -> tuple[KnownListing, ...]:
        async with self._pool.acquire() as connection:
            return _known(await connection.fetch(_LISTINGS_OF, hearing_id))

    async def court_names(self, court_ids: Collection[str]) -> Mapping[str, str]:
        async with self._pool.acquire() as connection:
            rows = await connection.fetch(_COURTS, list(court_ids))
        return {row["court_id"]: row["name"] for row in rows}

    def naming_court(self, court_id: str, name: str) -> Effect:
        return AnyRows(_NAME_COURT, (court_id, name))

    def saving(self, state: HearingState, *, after: int) -> Effect:
        return OneRow(_SAVE, (state.hearing_id, state.revision, msgspec.json.encode(state), after))

    def noting(self, listing: KnownListing) -> Effect:
        encoded = msgspec.json.encode(listing.listing)
        accused = list(listing.defendants)
        return OneRow(_NOTE, (listing.event_id, listing.case_id, listing.hearing_id or "", encoded, accused))

    def forgetting(self, event_ids: Sequence[str]) -> Effect:
        return AnyRows(_FORGET, (list(event_ids),))


def _known(rows: Sequence[tuple[str, str, str, bytes, Sequence[str]]]) -> tuple[KnownListing, ...]:
    return tuple(
        KnownListing(event_id, case_id, hearing_id, msgspec.json.decode(listing, type=Listing), tuple(accused))
        for event_id, case_id, hearing_id, listing, accused in rows
    )
