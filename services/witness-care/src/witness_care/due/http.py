"""What officers' systems may ask of the desk: take over, what is due, contacts made, access."""

from datetime import datetime
from typing import Annotated

from chassis.clock import Clock
from chassis.security.bearer import Bearer
from chassis.security.principal import Principal
from contracts.ids import UUID_TEXT, ContactId, EventId, VictimId
from contracts.journey import DutyKeyText, NewsIdText
from contracts.notifications import Channel, ChannelKind, Window
from contracts.shape import Instant, Line, Opaque
from contracts.witness_care import ContactManner, ContactRole
from fastapi import APIRouter, Depends, Response
from pydantic import BaseModel, ConfigDict, Field

from witness_care.contacts.contact import Contact, ContactPerson
from witness_care.due.caseload import Caseload
from witness_care.due.due import DueItem, Standing, VictimDue
from witness_care.handover.handover import Desk
from witness_care.reach.reach import Reach

VictimPath = Annotated[VictimId, UUID_TEXT]


class _Body(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)


class TakeOver(_Body):
    """The caller's own particulars, as the victim will see them; phone and email are the unit's."""

    name: Line
    role: ContactRole
    phone: Line | None = None
    email: Line | None = None


class ContactRecord(_Body):
    """A contact made. `contact_id` is the caller's, so that a repeated request is one contact."""

    contact_id: Annotated[ContactId, UUID_TEXT]
    made_at: Instant
    how: ContactManner
    news_ids: tuple[NewsIdText, ...] = Field(default=(), max_length=1000)
    duty_keys: tuple[DutyKeyText, ...] = Field(default=(), max_length=1000)


class Access(_Body):
    """A sign-in subject, as the issuer names it."""

    subject: Opaque


class NewsLine(BaseModel):
    """What there is to tell. What was corrected or retracted since must not be told as true."""

    what: str
    occurred_at: datetime
    standing: Standing


class Item(BaseModel):
    """One thing that is due. Not `by_telling`: it ends by what is done for the victim, not by a conversation."""

    kind: str
    key: str
    what: str
    due_at: datetime
    news_ids: tuple[str, ...]
    duty_keys: tuple[str, ...]
    about: tuple[NewsLine, ...]
    by_telling: bool
    overtaken: bool


class ReachLine(BaseModel):
    """How a victim may be reached. Only what is `safe` may be used, in these hours alone; `now` is one of them."""

    channels: tuple[Channel, ...]
    windows: tuple[Window, ...]
    now: bool
    has_code_word: bool


class VictimItems(BaseModel):
    """One victim and what is due, soonest first. `known_by`: the agencies' numbers for them.

    No `reach`: nothing was agreed, so no way is known to be safe.
    """

    victim_id: str
    name: str
    known_by: str
    reach: ReachLine | None
    items: tuple[Item, ...]


class DueList(BaseModel):
    """My victims, soonest first, and those whom nobody has taken over."""

    mine: tuple[VictimItems, ...]
    unassigned: tuple[VictimItems, ...]


def desk_router(desk: Desk, caseload: Caseload, *, bearer: Bearer, clock: Clock) -> APIRouter:
    """The routes; every one is for the role officer."""
    router = APIRouter()
    officer = Depends(bearer.require_role("officer"))

    @router.post("/victims/{victim_id}/contact-person", status_code=204)
    async def take_over(victim_id: VictimPath, body: TakeOver, caller: Annotated[Principal, officer]) -> Response:
        person = ContactPerson(
            officer=caller.subject, role=body.role, name=body.name, phone=body.phone, email=body.email
        )
        await desk.take_over(victim_id, person, event_id=EventId(clock.new_id()))
        return Response(status_code=204)

    @router.get("/due")
    async def due(caller: Annotated[Principal, officer]) -> DueList:
        mine, unassigned = await caseload.of(caller.subject)
        return DueList(mine=_victims(mine), unassigned=_victims(unassigned))

    @router.post("/victims/{victim_id}/contacts", status_code=204)
    async def record_contact(
        victim_id: VictimPath, body: ContactRecord, caller: Annotated[Principal, officer]
    ) -> Response:
        contact = Contact(
            contact_id=body.contact_id,
            made_at=body.made_at,
            how=body.how,
            made_by=caller.subject,
            news_ids=body.news_ids,
            duty_keys=body.duty_keys,
        )
        await desk.record_contact(victim_id, contact)
        return Response(status_code=204)

    @router.post("/victims/{victim_id}/access", status_code=204)
    async def grant_access(victim_id: VictimPath, body: Access, caller: Annotated[Principal, officer]) -> Response:
        await desk.grant_access(victim_id, body.subject, by=caller.subject, event_id=EventId(clock.new_id()))
        return Response(status_code=204)

    @router.post("/victims/{victim_id}/access/revocation", status_code=204)
    async def revoke_access(victim_id: VictimPath, body: Access, caller: Annotated[Principal, officer]) -> Response:
        await desk.revoke_access(victim_id, body.subject, by=caller.subject, event_id=EventId(clock.new_id()))
        return Response(status_code=204)

    return router


def _victims(victims: list[VictimDue]) -> tuple[VictimItems, ...]:
    return tuple(
        VictimItems(
            victim_id=victim.victim_id,
            name=victim.name,
            known_by=victim.known_by,
            reach=_reach(victim.reach, at=victim.as_of) if victim.reach else None,
            items=tuple(map(_item, victim.items)),
        )
        for victim in victims
    )


def _reach(reach: Reach, *, at: datetime) -> ReachLine:
    return ReachLine(
        channels=tuple(Channel(kind=kind, safe=reach.safety(kind)) for kind in ChannelKind),
        windows=tuple(
            Window(days=hours.days, starts=f"{hours.starts:%H:%M}", ends=f"{hours.ends:%H:%M}") for hours in reach.hours
        ),
        now=reach.safe_at(at),
        has_code_word=reach.has_code_word,
    )


def _item(item: DueItem) -> Item:
    return Item(
        kind=item.kind,
        key=item.key,
        what=item.what,
        due_at=item.due_at,
        news_ids=item.news_ids,
        duty_keys=item.duty_keys,
        about=tuple(NewsLine(what=one.what, occurred_at=one.occurred_at, standing=one.standing) for one in item.about),
        by_telling=item.by_telling,
        overtaken=item.overtaken,
    )
