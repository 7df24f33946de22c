"""One contact made with a victim."""

from dataclasses import dataclass
from datetime import datetime

from contracts.ids import ContactId, DutyKey, NewsId
from contracts.witness_care import ContactManner


@dataclass(frozen=True, slots=True, kw_only=True)
class Contact:
    """One conversation; it may cover several crimes' news and duties at once (Code section 1.8)."""

    contact_id: ContactId
    made_at: datetime
    how: ContactManner
    made_by: str
    news_ids: tuple[NewsId, ...]
    duty_keys: tuple[DutyKey, ...]
