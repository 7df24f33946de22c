"""The page of what is due, rendered from what the caseload knows."""

from collections.abc import Sequence

from chassis.clock import Clock
from contracts.witness_care import ContactRole
from fastapi.responses import HTMLResponse

from witness_care.due.caseload import Caseload
from witness_care.due.due import VictimDue
from witness_care.due.forms import Entered
from witness_care.due.page_frame import answer, templates_of
from witness_care.due.page_lines import MANNERS, mistakes_among, shown


class DeskPage:
    """The page with which an officer's day begins."""

    def __init__(self, caseload: Caseload, clock: Clock) -> None:
        self._template = templates_of("witness_care.due").get_template("desk.html")
        self._caseload = caseload
        self._clock = clock

    async def of(self, officer: str, *, entered: Entered | None = None, done: str | None = None) -> HTMLResponse:
        """What is due for the officer's victims, and who waits for somebody to take over."""
        mine, unassigned = await self._caseload.of(officer)
        mistakes = mistakes_among(mine, entered) | mistakes_among(unassigned, entered)
        html = self._template.render(
            mine=self._shown(mine, entered),
            unassigned=self._shown(unassigned, entered),
            more=await self._caseload.waiting() - len(unassigned),
            neglected=await self._caseload.overdue_with_nobody(),
            mistakes=mistakes,
            roles=list(ContactRole),
            manners=MANNERS,
            done=done,
        )
        return answer(html, refused=entered is not None)

    def _shown(self, victims: Sequence[VictimDue], entered: Entered | None) -> list[dict[str, object]]:
        return shown(victims, new_id=self._clock.new_id, entered=entered)
