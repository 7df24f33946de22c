"""What is due, as officers' systems ask for it."""

from datetime import datetime
from typing import Annotated

from chassis.http.answers import PERMISSION
from chassis.security.bearer import Bearer
from chassis.security.principal import Principal
from contracts.witness_care import ContactManner, WishKind
from fastapi import APIRouter, Depends
from pydantic import BaseModel

from witness_care.due.caseload import Caseload
from witness_care.due.due import Standing, VictimDue
from witness_care.due.ending import EndsBy
from witness_care.reach.http import ReachLine, reach_line


class NewsLine(BaseModel):
    """What there is to tell. What was corrected or retracted since must not be told as true.

    `about_at`: when what it is about begins; it is due before that.
    """

    news_id: str
    what: str
    occurred_at: datetime
    standing: Standing
    about_at: datetime | None


class WishLine(BaseModel):
    """What the victim asked for in the report `report_id`; `reference` is what the report is quoted by."""

    report_id: str
    kind: WishKind
    reference: str
    asked_at: datetime


class Item(BaseModel):
    """One thing that is due, and what ends it. Not `by_telling`: no conversation about `news_ids` or `duty_keys` does.

    `ends_by`: `told`, by a contact that names them; `put-right`, by a contact whose `put_right` names `news_ids`;
    `in-touch`, by any contact made since; `done`, by what is done for the victim. `waits`: find out first whether the
    victim may be told.
    """

    kind: str
    key: str
    what: str
    due_at: datetime
    news_ids: tuple[str, ...]
    duty_keys: tuple[str, ...]
    about: tuple[NewsLine, ...]
    by_telling: bool
    ends_by: EndsBy
    waits: bool
    overtaken: bool
    wish: WishLine | None


class TriedLine(BaseModel):
    """An officer tried to reach the victim and did not."""

    how: ContactManner
    at: datetime


class VictimItems(BaseModel):
    """One victim and what is due, soonest first. `known_by`: the agencies' numbers for them.

    Read `safe_contact_warnings` before any way to reach them. No `reach`: nothing was agreed, so no way is known to be
    safe.
    """

    safe_contact_warnings: tuple[str, ...]
    victim_id: str
    name: str
    known_by: str
    reach: ReachLine | None
    tries: tuple[TriedLine, ...]
    items: tuple[Item, ...]


class DueList(BaseModel):
    """My victims, soonest first, and those whom nobody has taken over, of all the `waiting`.

    `overdue_with_nobody`: for how many of those something is overdue.
    """

    mine: tuple[VictimItems, ...]
    unassigned: tuple[VictimItems, ...]
    waiting: int
    overdue_with_nobody: int


def due_router(caseload: Caseload, *, bearer: Bearer) -> APIRouter:
    """The due list, for the role officer."""
    router = APIRouter(responses=PERMISSION)
    officer = Depends(bearer.require_role("officer"))

    @router.get("/due")
    async def due(caller: Annotated[Principal, officer]) -> DueList:
        mine, unassigned = await caseload.of(caller.subject)
        return DueList(
            mine=_victims(mine),
            unassigned=_victims(unassigned),
            waiting=await caseload.waiting(),
            overdue_with_nobody=await caseload.overdue_with_nobody(),
        )

    return router


def _victims(victims: list[VictimDue]) -> tuple[VictimItems, ...]:
    return tuple(
        VictimItems(
            safe_contact_warnings=victim.warnings,
            victim_id=victim.victim_id,
            name=victim.name,
            known_by=victim.known_by,
            reach=reach_line(victim.reach, at=victim.as_of) if victim.reach else None,
            tries=tuple(TriedLine(how=tried.how, at=tried.at) for tried in victim.tries),
            items=tuple(Item.model_validate(item, from_attributes=True) for item in victim.items),
        )
        for victim in victims
    )
