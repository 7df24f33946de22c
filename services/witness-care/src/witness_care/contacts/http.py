"""Contacts made, as officers' systems record them."""

from typing import Annotated

from chassis.http.answers import PERMISSION, refusals
from chassis.http.problems import Conflict, NotFound
from chassis.security.bearer import Bearer
from chassis.security.principal import Principal
from contracts.ids import UUID_TEXT, ContactId
from contracts.journey import DutyKeyText, NewsIdText
from contracts.shape import Instant
from contracts.witness_care import ContactManner
from fastapi import APIRouter, Depends, Response
from pydantic import Field

from witness_care.care.http import Body, VictimPath
from witness_care.contacts.contact import Attempt, Contact, TakingBack
from witness_care.contacts.contacts import Contacts

ContactPath = Annotated[ContactId, UUID_TEXT]


class ContactRecord(Body):
    """A contact made. `contact_id` is the caller's, so that a repeated request is one contact."""

    contact_id: Annotated[ContactId, UUID_TEXT]
    made_at: Instant
    how: ContactManner
    news_ids: tuple[NewsIdText, ...] = Field(default=(), max_length=1000)
    duty_keys: tuple[DutyKeyText, ...] = Field(default=(), max_length=1000)
    put_right: tuple[NewsIdText, ...] = Field(default=(), max_length=1000)
    """News that was not about the victim, and they were told so."""


class AttemptRecord(Body):
    """A contact tried, and the victim not reached. `contact_id` is the caller's: a repeated request is one attempt."""

    contact_id: Annotated[ContactId, UUID_TEXT]
    tried_at: Instant
    how: ContactManner


def contacts_router(contacts: Contacts, *, bearer: Bearer) -> APIRouter:
    """Recording a contact, or that one was tried, for the role officer."""
    router = APIRouter(responses=PERMISSION | refusals(Conflict))
    officer = Depends(bearer.require_role("officer"))

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
            put_right=body.put_right,
        )
        await contacts.record(victim_id, contact)
        return Response(status_code=204)

    @router.post("/victims/{victim_id}/contact-attempts", status_code=204)
    async def record_attempt(
        victim_id: VictimPath, body: AttemptRecord, caller: Annotated[Principal, officer]
    ) -> Response:
        attempt = Attempt(contact_id=body.contact_id, tried_at=body.tried_at, how=body.how, tried_by=caller.subject)
        await contacts.tried(victim_id, attempt)
        return Response(status_code=204)

    @router.post("/victims/{victim_id}/contacts/{contact_id}/withdrawal", status_code=204, responses=refusals(NotFound))
    async def take_contact_back(
        victim_id: VictimPath, contact_id: ContactPath, caller: Annotated[Principal, officer]
    ) -> Response:
        await contacts.take_back(victim_id, TakingBack(contact_id=contact_id, by=caller.subject))
        return Response(status_code=204)

    return router
