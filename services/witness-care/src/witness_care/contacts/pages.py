"""Recording a contact on the page."""

from typing import Annotated

from chassis.security.principal import Principal
from chassis.security.signin import SignIn
from fastapi import APIRouter, Depends, Form, Request, Response

from witness_care.contacts.contacts import Contacts
from witness_care.contacts.forms import ContactForm
from witness_care.due.desk_page import DeskPage
from witness_care.due.flash import Done, back_to_desk
from witness_care.due.page_frame import an_officer


def contact_pages(contacts: Contacts, desk: DeskPage, *, signin: SignIn) -> APIRouter:
    """The form stands on the page of what is due, and comes again there when something is missing."""
    router = APIRouter(include_in_schema=False)
    writer = Depends(an_officer(signin.session))

    @router.post("/contact")
    async def contact(
        caller: Annotated[Principal, writer], form: Annotated[ContactForm, Form()], request: Request
    ) -> Response:
        if entered := form.entered(await contacts.reach_of(form.victim)):
            return await desk.of(caller, session=signin.session_id(request), entered=entered)
        if form.tried:
            await contacts.tried(form.victim, form.attempt(by=caller.subject, at=await contacts.now()))
            return back_to_desk(Done.TRIED)
        await contacts.record(form.victim, form.contact(by=caller.subject, at=await contacts.now()))
        return back_to_desk(Done.CONTACT)

    return router
