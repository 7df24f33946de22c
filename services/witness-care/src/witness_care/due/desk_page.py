"""The officer's pages, rendered from what the caseload knows."""

from collections.abc import Sequence
from typing import Final

from chassis.clock import Clock
from contracts.witness_care import ContactRole
from fastapi.responses import HTMLResponse
from jinja2 import ChoiceLoader, Environment, PackageLoader

from witness_care.due.caseload import Caseload
from witness_care.due.due import VictimDue
from witness_care.due.page_lines import MANNERS, choices, described, mistakes_among, named, shown
from witness_care.handover.forms import Entered

_SAID: Final = {
    "contact": "The contact is recorded.",
    "taken-over": "You are now the single point of contact.",
    "some-taken-over": "You are now the single point of contact, but not of all whom you chose: "
    "somebody else took over some of them while you looked.",
}


class Pages:
    """The desk, and the two pages on which an officer finds a colleague's victim and takes over."""

    def __init__(self, caseload: Caseload, clock: Clock) -> None:
        folder = ChoiceLoader([PackageLoader("witness_care.due"), PackageLoader("witness_care.handover")])
        environment = Environment(loader=folder, autoescape=True, trim_blocks=True, lstrip_blocks=True)
        self._desk, self._colleagues, self._colleague = (
            environment.get_template(name) for name in ("desk.html", "colleagues.html", "colleague.html")
        )
        self._caseload = caseload
        self._clock = clock

    async def desk(self, officer: str, *, entered: Entered | None = None, said: str = "") -> HTMLResponse:
        """What is due for the officer's victims, and who waits for somebody to take over."""
        mine, unassigned = await self._caseload.of(officer)
        mistakes = mistakes_among(mine, entered) | mistakes_among(unassigned, entered)
        html = self._desk.render(
            mine=self._shown(mine, entered),
            unassigned=self._shown(unassigned, entered),
            mistakes=mistakes,
            roles=list(ContactRole),
            manners=MANNERS,
            done=_SAID.get(said),
        )
        return _page(html, refused=entered is not None)

    async def colleagues(self, officer: str, *, mistake: str = "") -> HTMLResponse:
        """From whom the officer may take over."""
        found = choices(await self._caseload.colleagues(officer))
        html = self._colleagues.render(colleagues=found, mistakes={"colleague": mistake} if mistake else {})
        return _page(html, refused=bool(mistake))

    async def colleague(self, officer: str, giver: str, *, entered: Entered | None = None) -> HTMLResponse:
        """The victims of one colleague, to be taken over; the choice again where there are none."""
        if not giver:
            return await self.colleagues(officer, mistake="Choose a colleague")
        victims = await self._caseload.in_care_of(giver)
        if not victims:
            return await self.colleagues(officer, mistake="That colleague answers to nobody now. Choose another")
        person = victims[0].contact
        html = self._colleague.render(
            giver=giver,
            name=named(person),
            described=described(person),
            phone=person.phone if person else None,
            victims=self._shown(victims, None),
            entered=entered or Entered("", {}),
            mistakes={f"{field}-0": words for field, words in entered.mistakes.items()} if entered else {},
            roles=list(ContactRole),
        )
        return _page(html, refused=entered is not None)

    def _shown(self, victims: Sequence[VictimDue], entered: Entered | None) -> list[dict[str, object]]:
        return shown(victims, new_id=self._clock.new_id, entered=entered)


def _page(html: str, *, refused: bool) -> HTMLResponse:
    return HTMLResponse(html, status_code=422 if refused else 200)
