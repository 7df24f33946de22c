"""What an officer enters on the page, and what is missing in it, in words that say how to put it right."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Annotated, Final

from contracts.ids import UUID_TEXT, ContactId, DutyKey, NewsId, VictimId
from contracts.shape import Line
from contracts.witness_care import ContactManner, ContactRole
from pydantic import BaseModel, ConfigDict, StringConstraints, TypeAdapter, ValidationError

from witness_care.contacts.contact import Contact, ContactPerson

_ID: Final = r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}"
_IDS: Final = rf"({_ID}(,{_ID})*)?"
Token = Annotated[str, StringConstraints(pattern=rf"^{_IDS}\|{_IDS}$", max_length=100_000)]
"""One line of the page: `news ids|duty keys`, comma-separated."""

Officer = Annotated[str, StringConstraints(max_length=200, pattern=r"^[\x21-\x7e]*$")]
"""An officer's sign-in subject, as the page had it; empty where there is none."""

_line: TypeAdapter[str] = TypeAdapter(Line)


@dataclass(frozen=True, slots=True)
class Entered:
    """What was entered and is shown again: by field what is missing, and what was typed or ticked.

    `victim` is empty where it was entered about several.
    """

    victim: str
    mistakes: Mapping[str, str]
    typed: Mapping[str, str] = field(default_factory=dict)
    ticked: frozenset[str] = frozenset()


class _Form(BaseModel):
    model_config = ConfigDict(frozen=True, hide_input_in_errors=True)

    victim: Annotated[VictimId, UUID_TEXT]


class ColleagueForm(BaseModel):
    """The colleague whose victims are asked for."""

    model_config = ConfigDict(frozen=True, hide_input_in_errors=True)

    colleague: Officer = ""


class _PersonForm(BaseModel):
    """Who takes over, as the victim will see them."""

    model_config = ConfigDict(frozen=True, hide_input_in_errors=True)

    name: str = ""
    role: ContactRole
    phone: str = ""

    def person(self, *, officer: str) -> ContactPerson:
        """The person whom the form describes."""
        phone = self.phone.strip() or None
        return ContactPerson(officer=officer, role=self.role, name=self.name.strip(), phone=phone)

    def _typed(self) -> dict[str, str]:
        return {"name": self.name, "role": self.role.value, "phone": self.phone}

    def _mistakes(self) -> dict[str, str]:
        mistakes = {}
        if not _is_line(self.name.strip()):
            mistakes["name"] = "Enter your name as they will see it, in at most 200 letters"
        if self.phone.strip() and not _is_line(self.phone.strip()):
            mistakes["phone"] = "Enter a phone number of at most 200 letters, or leave it empty"
        return mistakes


class TakeOverForm(_PersonForm, _Form):
    """One victim is taken over from nobody."""

    def entered(self) -> Entered | None:
        """What to show again; None when all is well."""
        mistakes = self._mistakes()
        return Entered(self.victim, mistakes, self._typed()) if mistakes else None


class HandoverForm(_PersonForm):
    """Victims are taken over from the colleague whom the page showed: those ticked, or all that it showed."""

    giver: Annotated[Officer, StringConstraints(min_length=1)]
    shown: list[Annotated[VictimId, UUID_TEXT]] = []
    ticked: list[Annotated[VictimId, UUID_TEXT]] = []
    everybody: bool = False

    @property
    def victims(self) -> list[VictimId]:
        """Who is taken over."""
        return list(dict.fromkeys(self.shown if self.everybody else self.ticked))

    def entered(self) -> Entered | None:
        """What to show again; None when all is well."""
        mistakes = {} if self.victims else {"ticked": "Tick whom you take over"}
        mistakes |= self._mistakes()
        return Entered("", mistakes, self._typed(), frozenset(self.ticked)) if mistakes else None


class ContactForm(_Form):
    """A contact made just now."""

    contact_id: Annotated[ContactId, UUID_TEXT]
    how: str = ""
    told: list[Token] = []

    def entered(self) -> Entered | None:
        """What to show again; None when all is well."""
        mistakes = {}
        if not self.told:
            mistakes["told"] = "Tick what you told them"
        if self.how not in set(ContactManner):
            mistakes["how"] = "Choose how you were in touch"
        return Entered(self.victim, mistakes, {"how": self.how}, frozenset(self.told)) if mistakes else None

    def contact(self, *, by: str, at: datetime) -> Contact:
        """The contact that the form describes."""
        pairs = [token.partition("|") for token in self.told]
        news = {NewsId(one): None for ids, _, _ in pairs for one in ids.split(",") if one}
        duties = {DutyKey(one): None for _, _, keys in pairs for one in keys.split(",") if one}
        return Contact(
            contact_id=self.contact_id,
            made_at=at,
            how=ContactManner(self.how),
            made_by=by,
            news_ids=tuple(news),
            duty_keys=tuple(duties),
        )


def _is_line(text: str) -> bool:
    try:
        _line.validate_python(text)
    except ValidationError:
        return False
    return True
