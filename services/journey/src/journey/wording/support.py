"""What support services tell us, in plain words."""

from collections.abc import Mapping
from typing import Final

from contracts.support import Referrer

from journey.wording.content import Content, Detail, Turn, Words, details
from journey.wording.rows import Row, Wording, called, text
from journey.wording.turning import REFERRAL_ANSWERED

IF_NOT = "If it was not, tell your contact person."


REFERRAL_MADE = Row(
    title="You were put in touch with a support service",
    meaning="A service that helps people who were harmed by crime was asked to help you.",
    ahead="The service will say whether it can help and when it will be in touch.",
    details=(("Service", text("service")), ("Who asked", called(Referrer, "referred_by"))),
    for_officers=(("Number of the referral", text("referral_id")),),
    turns=(Turn(by=REFERRAL_ANSWERED, in_thread=True),),
)


def referral_accepted(said: Content) -> Words:
    """The service will help."""
    by = said.when("first_contact_by")
    return Words(
        title="The support service agreed to help you",
        meaning="You can ask the service when it gets in touch with you.",
        ahead=f"The service will be in touch by {by}." if by else "The service said that it gets in touch with you.",
        details=details(("Service", said.text("service")), ("Phone", said.text("service_phone"))),
        for_officers=_referral(said),
        turns=(Turn(after=said.day("first_contact_by"), ahead=f"The service was to be in touch by {by}. {IF_NOT}"),),
    )


def referral_declined(said: Content) -> Words:
    """No referral, or no help from this service."""
    if said.text("declined_by") == "victim":
        return Words(
            title="You chose not to be put in touch with a support service",
            meaning="No service will contact you about support.",
            ahead="You can change your mind at any time: tell your contact person.",
            for_officers=_referral(said),
        )
    return Words(
        title="The support service cannot help",
        meaning="This service said that it cannot help you. Another one may.",
        ahead="Your contact person can look for another service with you.",
        details=details(("Service", said.text("service")), ("The reason it gave", said.text("reason"))),
        for_officers=_referral(said),
    )


def _referral(said: Content) -> tuple[Detail, ...]:
    return details(("Number of the referral", said.text("referral_id")))


WORDINGS: Final[Mapping[str, Wording]] = {
    "support.referral-made.v1": REFERRAL_MADE,
    "support.referral-accepted.v1": referral_accepted,
    "support.referral-declined.v1": referral_declined,
}
