"""The page of what is due, rendered from what the caseload knows."""

from collections.abc import Sequence

from chassis.clock import Clock
from chassis.security.principal import Principal
from fastapi.responses import HTMLResponse

from witness_care.care.person import roles_said
from witness_care.due.caseload import Caseload
from witness_care.due.due import VictimDue
from witness_care.due.forms import Entered
from witness_care.due.page_frame import answer, templates_of
from witness_care.due.page_lines import MANNERS, mistakes_among, shown
from witness_care.telling.reading import NOBODY_ASKED, Tellings, Told


class DeskPage:
    """The page with which an officer's day begins."""

    def __init__(self, caseload: Caseload, tellings: Tellings, clock: Clock) -> None:
        self._template = templates_of("witness_care.due").get_template("desk.html")
        self._caseload = caseload
        self._tellings = tellings
        self._clock = clock

    async def of(
        self, officer: Principal, *, session: str, entered: Entered | None = None, done: str | None = None
    ) -> HTMLResponse:
        """What is due for the officer's victims, and who waits for somebody to take over.

        `session` is the officer's, by which the words to use are asked for.
        """
        mine, unassigned = await self._caseload.of(officer.subject)
        told = await self._tellings.of(session, [victim.victim_id for victim in mine if victim.has_news])
        mistakes = mistakes_among(mine, entered) | mistakes_among(unassigned, entered)
        html = self._template.render(
            mine=self._shown(mine, entered, told),
            unassigned=self._shown(unassigned, entered, NOBODY_ASKED),
            wordless=told.missing,
            sign_in=told.sign_in,
            more=await self._caseload.waiting() - len(unassigned),
            neglected=await self._caseload.overdue_with_nobody(),
            mistakes=mistakes,
            roles=roles_said(officer.roles),
            manners=MANNERS,
            done=done,
        )
        return answer(html, refused=entered is not None)

    def _shown(self, victims: Sequence[VictimDue], entered: Entered | None, told: Told) -> list[dict[str, object]]:
        return shown(victims, new_id=self._clock.new_id, entered=entered, told=told)
