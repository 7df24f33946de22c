"""A contact as an officer enters it on the page, and what is missing in it, in words that say how to put it right."""

from datetime import datetime
from typing import Annotated, Final
from uuid import UUID, uuid5

from contracts.ids import UUID_TEXT, ContactId, DutyKey, NewsId
from contracts.witness_care import ContactManner
from pydantic import Field, StringConstraints

from witness_care.contacts.contact import Attempt, Contact, is_called_safe
from witness_care.due.forms import Entered, PageForm, VictimForm
from witness_care.reach.reach import Reach

_ID: Final = r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}"
_IDS: Final = rf"({_ID}(,{_ID})*)?"
Token = Annotated[str, StringConstraints(pattern=rf"^{_IDS}\|{_IDS}$", max_length=100_000)]
"""One line of the page: `news ids|duty keys`, comma-separated."""
WrongNews = Annotated[str, StringConstraints(pattern=rf"^{_ID}(,{_ID})*$", max_length=100_000)]
"""One line of the page on which the victim was told what was not about them: its news ids, comma-separated."""


class WrongContactForm(PageForm):
    """A contact that was recorded in error, on the page of the victim."""

    contact_id: Annotated[ContactId, UUID_TEXT]


class ContactForm(VictimForm):
    """A contact made just now, or only tried."""

    contact_id: Annotated[ContactId, UUID_TEXT]
    how: str = ""
    told: list[Token] = Field(default_factory=list)
    put_right: list[WrongNews] = Field(default_factory=list)
    tried: bool = False
    although_not_safe: bool = False

    def entered(self, reach: Reach | None) -> Entered | None:
        """What to show again; None when all is well. `reach` is what the victim called safe."""
        mistakes = {}
        if not self.told and not self.put_right and not self.tried:
            mistakes["told"] = "Tick what you told them"
        if self.how not in set(ContactManner):
            mistakes["how"] = "Choose how you were in touch"
        elif not self.although_not_safe and not is_called_safe(ContactManner(self.how), reach):
            mistakes["safe"] = "They did not call this way safe. Choose another, or tick that you used it all the same"
        return self.refused(**mistakes) if mistakes else None

    def refused(self, **mistakes: str) -> Entered:
        """What was entered, with what is wrong in it by the name of the field."""
        return Entered(self.victim, mistakes, {"how": self.how}, frozenset((*self.told, *self.put_right)))

    def attempt(self, *, by: str, at: datetime) -> Attempt:
        """The attempt that the form describes."""
        # An id of its own: whoever goes back and reaches them from the same page has made another contact.
        attempt_id = ContactId(str(uuid5(UUID(self.contact_id), "tried")))
        return Attempt(contact_id=attempt_id, tried_at=at, how=ContactManner(self.how), tried_by=by)

    def contact(self, *, by: str, at: datetime) -> Contact:
        """The contact that the form describes."""
        pairs = [token.partition("|") for token in self.told]
        news = {NewsId(one): None for ids, _, _ in pairs for one in ids.split(",") if one}
        duties = {DutyKey(one): None for _, _, keys in pairs for one in keys.split(",") if one}
        wrong = {NewsId(one): None for ids in self.put_right for one in ids.split(",")}
        return Contact(
            contact_id=self.contact_id,
            made_at=at,
            how=ContactManner(self.how),
            made_by=by,
            news_ids=tuple(news),
            duty_keys=tuple(duties),
            put_right=tuple(wrong),
        )
