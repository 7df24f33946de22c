"""The fake as an HTTP application."""

from chassis.clock import Clock
from chassis.http.app import create_app
from fastapi import FastAPI

from sandbox.notify_fake.accepting import Acceptance
from sandbox.notify_fake.api import notify_router
from sandbox.notify_fake.behaviour import Switch
from sandbox.notify_fake.business_time import BusinessTime
from sandbox.notify_fake.keys import ApiKey
from sandbox.notify_fake.mailbox import Mailbox
from sandbox.notify_fake.settings import NotifySettings
from sandbox.notify_fake.templates import Templates
from sandbox.notify_fake.window import window_router


def notify_app(settings: NotifySettings, *, clock: Clock, business_time: BusinessTime) -> FastAPI:
    mailbox, switch = Mailbox(clock), Switch()
    acceptance = Acceptance(
        templates=Templates.read(settings.templates_file),
        mailbox=mailbox,
        switch=switch,
        clock=clock,
        business_time=business_time,
    )
    key = ApiKey(settings.api_key.get_secret_value(), clock=clock)
    routers = [
        notify_router(key=key, acceptance=acceptance, mailbox=mailbox),
        window_router(mailbox=mailbox, switch=switch),
    ]
    return create_app("Sandbox Notify", routers=routers, readiness={}, https=False)
