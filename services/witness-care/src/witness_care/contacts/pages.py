"""Recording a contact on the page."""

from typing import Annotated

from chassis.security.principal import Principal
from chassis.security.signin import SignIn
from contracts.ids import VictimId
from fastapi import APIRouter, Depends, Form, Request, Response

from witness_care.contacts.contact import TakingBack
from witness_care.contacts.contacts import Contacts
from witness_care.contacts.forms import ContactForm, WrongContactForm
from witness_care.due.desk_page import DeskPage
from witness_care.due.flash import Done, back_to, back_to_desk
from witness_care.due.page_frame import an_officer
from witness_care.errors import NewsYetToHappen, TellingIsNotEnough


def contact_pages(contacts: Contacts, desk: DeskPage, *, signin: SignIn) -> APIRouter:
    """The form stands on the page of what is due, and comes again there when something is missing.

    A contact recorded in error is taken back on the page of the victim.
    """
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
        try:
            await contacts.record(form.victim, form.contact(by=caller.subject, at=await contacts.now()))
        except (NewsYetToHappen, TellingIsNotEnough) as why:
            return await desk.of(caller, session=signin.session_id(request), entered=form.refused(told=str(why)))
        return back_to_desk(Done.CONTACT)

    @router.post("/person/contact-withdrawal")
    async def taken_back(caller: Annotated[Principal, writer], form: Annotated[WrongContactForm, Form()]) -> Response:
        await contacts.take_back(VictimId(caller.choice), TakingBack(contact_id=form.contact_id, by=caller.subject))
        return back_to("/person", Done.TAKEN_BACK)

    return router
