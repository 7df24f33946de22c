"""A month of police.uk's open data: each row a published crime of its own, told to nobody, imported once."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from itertools import islice
from typing import Final

from chassis.log.records import Receipt, Refusal, Submission
from chassis.vault.composing import Draft
from contracts.catalogue import validated
from contracts.envelope import Envelope
from contracts.errors import InvalidEvent
from contracts.intake import CrimePublished
from contracts.references import Scheme

from intake.errors import RowUnreadable
from intake.identity.claims import Claims
from intake.identity.naming import Named
from intake.open_data.police_rows import PublishedCrime
from intake.recording.drafting import fact_draft
from intake.recording.held import Held
from intake.recording.instants import start_of_day
from intake.recording.recorder import Composer, Log

SOURCE: Final = "urn:throughline:intake:police.uk"
ISSUER: Final = "police.uk"
_TYPE: Final = "intake.crime-published.v1"
_BATCH: Final = 500


@dataclass(slots=True)
class Counts:
    """How the rows of a file fared; `broken` holds a line for each that was not imported."""

    rows: int = 0
    recorded: int = 0
    known: int = 0
    broken: list[RowUnreadable] = field(default_factory=list)


class ImportMonth:
    """Streams rows into the log in batches. Run again, it adds nothing."""

    def __init__(self, *, composer: Composer, log: Log) -> None:
        self._composer = composer
        self._log = log

    async def run(
        self, rows: Iterable[PublishedCrime | RowUnreadable], *, progress: Callable[[Counts], None]
    ) -> Counts:
        """Import every readable row; `progress` is called after each batch. Raises TransientFailure."""
        counts = Counts()
        remaining = iter(rows)
        while batch := list(islice(remaining, _BATCH)):
            await self._record(list(_drafted(batch, counts)), counts)
            counts.rows += len(batch)
            progress(counts)
        return counts

    async def _record(self, drafted: list[tuple[PublishedCrime, Draft]], counts: Counts) -> None:
        events = await self._composer.compose([draft for _, draft in drafted])
        submissions = [
            Submission((event,), Held(_claims(crime), by=SOURCE))
            for (crime, _), event in zip(drafted, events, strict=True)
        ]
        for (crime, _), outcomes in zip(drafted, await self._log.append_all(submissions), strict=True):
            _count(crime, outcomes[0], counts)


def _drafted(batch: list[PublishedCrime | RowUnreadable], counts: Counts) -> Iterator[tuple[PublishedCrime, Draft]]:
    for row in batch:
        try:
            if isinstance(row, RowUnreadable):
                raise row
            yield row, _draft(row)
        except RowUnreadable as error:
            counts.broken.append(error)


def _draft(crime: PublishedCrime) -> Draft:
    try:
        data = validated(CrimePublished, _said(crime))
        occurred_at = start_of_day(date.fromisoformat(f"{crime.month}-01"))
        envelope = Envelope(id=crime.event_id, source=SOURCE, type=_TYPE, time=occurred_at, backfill=True)
    except InvalidEvent as error:
        places = ", ".join(problem.path.removeprefix("data.") for problem in error.problems)
        raise RowUnreadable(row=crime.row, why=f"{places} not as in a street-level file; repair the row") from None
    except ValueError:
        raise RowUnreadable(row=crime.row, why="a place or month is not a number; repair the row") from None
    return fact_draft(envelope, data, case_id=crime.case_id, victim_id=None)


def _said(crime: PublishedCrime) -> dict[str, object]:
    crime_id, month, reported, within, longitude, latitude, place, code, name, category, outcome, _ = crime.values
    return {
        "references": [{"scheme": Scheme.POLICE_UK_CRIME, "issuer": ISSUER, "value": crime.reference}],
        "crime_id": crime_id or None,
        "ordinal": crime.ordinal,
        "month": month,
        "reported_by": reported,
        "falls_within": within,
        "longitude": float(longitude) if longitude else None,
        "latitude": float(latitude) if latitude else None,
        "location": place or None,
        "lsoa_code": code or None,
        "lsoa_name": name or None,
        "category": category,
        "last_outcome": outcome or None,
    }


def _claims(crime: PublishedCrime) -> Claims:
    return Claims(references=((Named(Scheme.POLICE_UK_CRIME, ISSUER, crime.reference.upper()), crime.case_id),))


def _count(crime: PublishedCrime, outcome: Receipt | Refusal, counts: Counts) -> None:
    if isinstance(outcome, Refusal):
        counts.broken.append(RowUnreadable(row=crime.row, why=str(outcome.error)))
    elif outcome.duplicate:
        counts.known += 1
    else:
        counts.recorded += 1
