"""The two pages on which an officer finds a colleague's victims and takes over."""

from collections.abc import Sequence
from typing import Final

from chassis.clock import Clock
from chassis.security.principal import Principal
from contracts.witness_care import ContactRole
from contracts.words import word
from fastapi.responses import HTMLResponse

from witness_care.care.person import ContactPerson, roles_said
from witness_care.due.forms import Entered
from witness_care.due.page_frame import answer, templates_of
from witness_care.due.page_lines import shown
from witness_care.handover.colleagues import Colleague, Colleagues

_NO_NAME: Final = "an officer whose name is not known"


class ColleaguePages:
    """The choice of a colleague, and the one who was chosen."""

    def __init__(self, colleagues: Colleagues, clock: Clock) -> None:
        templates = templates_of("witness_care.handover")
        self._choice, self._chosen = (templates.get_template(name) for name in ("colleagues.html", "colleague.html"))
        self._colleagues = colleagues
        self._clock = clock

    async def choice(self, officer: Principal, *, mistake: str = "") -> HTMLResponse:
        """From whom the officer may take over."""
        found = choices(await self._colleagues.others(officer.subject))
        html = self._choice.render(colleagues=found, mistakes={"colleague": mistake} if mistake else {})
        return answer(html, refused=bool(mistake))

    async def chosen(self, officer: Principal, giver: str, *, entered: Entered | None = None) -> HTMLResponse:
        """The victims of one colleague, to be taken over; the choice again where there are none."""
        if not giver:
            return await self.choice(officer, mistake="Choose a colleague")
        in_care = await self._colleagues.in_care_of(giver)
        if not in_care.victims:
            return await self.choice(officer, mistake="That colleague answers to nobody now. Choose another")
        person = in_care.person
        html = self._chosen.render(
            giver=giver,
            handover_id=self._clock.new_id(),
            name=person.name if person else _NO_NAME,
            described=_described(person),
            phone=person.phone if person else None,
            victims=shown(in_care.victims, new_id=self._clock.new_id),
            entered=entered or Entered("", {}),
            mistakes={f"{field}-0": words for field, words in entered.mistakes.items()} if entered else {},
            roles=roles_said(officer.roles),
        )
        return answer(html, refused=entered is not None)


def choices(colleagues: Sequence[Colleague]) -> dict[str, str]:
    """By sign-in subject each colleague from whom an officer may take over, in words."""
    return {one.officer: f"{_capital(_described(one.person))}: {_counted(one.victims)}" for one in colleagues}


def _described(person: ContactPerson | None) -> str:
    """Who answers to a victim, such as "Robin Example, witness care officer"."""
    return f"{person.name}, {word(ContactRole, person.role)}" if person else _NO_NAME


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


def _counted(victims: int) -> str:
    return f"{victims} victim{'' if victims == 1 else 's'}"
