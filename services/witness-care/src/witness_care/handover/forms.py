"""What an officer who takes over enters, and what is missing in it, in words that say how to put it right."""

from collections.abc import Callable, Mapping
from typing import Annotated
from uuid import UUID, uuid5

from chassis.security.principal import Principal
from contracts.ids import UUID_TEXT, EventId, VictimId
from contracts.shape import Line
from contracts.witness_care import ContactRole
from pydantic import Field, StringConstraints, TypeAdapter, ValidationError

from witness_care.care.person import ContactPerson, roles_open_to
from witness_care.due.forms import Entered, PageForm, VictimForm

Officer = Annotated[str, StringConstraints(max_length=200, pattern=r"^[\x21-\x7e]*$")]
"""An officer's sign-in subject, as the page had it; empty where there is none."""

_line: TypeAdapter[str] = TypeAdapter(Line)


class ColleagueForm(PageForm):
    """The colleague whose victims are asked for."""

    colleague: Officer = ""


class _PersonForm(PageForm):
    """Who takes over, as the victim will see them."""

    name: str = ""
    role: str = ""
    phone: str = ""

    def person(self, officer: Principal) -> ContactPerson:
        """The person whom the form describes, as the sign-in knows them."""
        phone = self.phone.strip() or None
        return ContactPerson(officer=officer.subject, role=ContactRole(self.role), name=self.name.strip(), phone=phone)

    def _typed(self) -> dict[str, str]:
        return {"name": self.name, "role": self.role, "phone": self.phone}

    def _mistakes(self, officer: Principal) -> dict[str, str]:
        mistakes = {}
        if not _is_line(self.name.strip()):
            mistakes["name"] = "Enter your name as they will see it, in at most 200 letters"
        if self.role not in roles_open_to(officer.roles):
            mistakes["role"] = "Choose what you are, as they will see it"
        if self.phone.strip() and not _is_line(self.phone.strip()):
            mistakes["phone"] = "Enter a phone number of at most 200 letters, or leave it empty"
        return mistakes


class TakeOverForm(_PersonForm, VictimForm):
    """One victim is taken over from nobody. `takeover_id` is the page's: sent twice, it is one."""

    takeover_id: Annotated[EventId, UUID_TEXT] | None = None

    def entered(self, officer: Principal) -> Entered | None:
        """What to show again; None when all is well."""
        mistakes = self._mistakes(officer)
        return Entered(self.victim, mistakes, self._typed()) if mistakes else None


class HandoverForm(_PersonForm):
    """Victims are taken over from the colleague whom the page showed: those ticked, or all that it showed.

    `handover_id` is the page's, and with each victim's id that of one taking over: sent twice, it is one.
    """

    giver: Annotated[Officer, StringConstraints(min_length=1)]
    shown: list[Annotated[VictimId, UUID_TEXT]] = Field(default_factory=list)
    ticked: list[Annotated[VictimId, UUID_TEXT]] = Field(default_factory=list)
    everybody: bool = False
    handover_id: Annotated[str, UUID_TEXT] | None = None

    def takings(self, *, new_id: Callable[[], str]) -> Mapping[VictimId, EventId]:
        """Each victim with the id of this taking over."""
        handover = UUID(self.handover_id or new_id())
        return {victim: EventId(str(uuid5(handover, victim))) for victim in self.victims}

    @property
    def victims(self) -> list[VictimId]:
        """Who is taken over."""
        return list(dict.fromkeys(self.shown if self.everybody else self.ticked))

    def entered(self, officer: Principal) -> Entered | None:
        """What to show again; None when all is well."""
        mistakes = {} if self.victims else {"ticked": "Tick whom you take over"}
        mistakes |= self._mistakes(officer)
        return Entered("", mistakes, self._typed(), frozenset(self.ticked)) if mistakes else None


def _is_line(text: str) -> bool:
    try:
        _line.validate_python(text)
    except ValidationError:
        return False
    return True
