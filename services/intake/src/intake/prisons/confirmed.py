"""A defendant whom an officer confirmed to be a prisoner."""

from dataclasses import dataclass
from datetime import datetime

from contracts.references import Reference


@dataclass(frozen=True, slots=True)
class Confirmed:
    """A defendant whom an officer confirmed to be a prisoner; `since` is when their case was opened here."""

    confirmation_id: str
    case_id: str
    defendant_id: str
    well_formed: bool
    confirmed_at: datetime
    since: datetime
    references: tuple[Reference, ...]
