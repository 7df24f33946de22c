"""What our own services report, in plain words."""

from collections.abc import Mapping
from typing import Final

from contracts.notifications import AgreedBy, ChannelKind, FailureKind
from contracts.witness_care import ContactManner, ContactRole
from contracts.words import word

from journey.wording.content import Audience, Content, Words, details
from journey.wording.intake import for_officers
from journey.wording.rows import Row, Wording, called, text, when


def contact_promise_agreed(said: Content) -> Words:
    """How she is contacted was agreed."""
    days = said.text("frequency_days")
    return Words(
        title="You agreed with us how we contact you",
        meaning="We use only the ways and times that you said are safe.",
        ahead="You can change this at any time.",
        details=details(("How often we are in touch", f"at least every {days} days" if days else None)),
        for_officers=details(("Agreed by", word(AgreedBy, said.text("agreed_by")))),
    )


CONTACT_ASSIGNED = Row(
    title="Your contact person is now a {role}",
    meaning="This is the person to ask about anything on this page.",
    ahead="They answer when they are on shift. If it is urgent, phone 101, or 999 in danger.",
    details=(("Name", text("officer_name")), ("Phone", text("phone")), ("Email", text("email"))),
    for_officers=(("Taken over from", text("taken_over_from")),),
    slots={"role": called(ContactRole, "role", otherwise="officer")},
)


def contact_made(said: Content) -> Words:
    """An officer spoke with her."""
    how = word(ContactManner, said.text("how"))
    return Words(
        title=f"Your contact person was in touch with you {how}".rstrip(),
        meaning=_what_it_was_about(said),
        ahead="What is new after that will appear here.",
        for_officers=details(
            (
                "Put right",
                "They were told that something was about somebody else." if said.data.get("put_right") else None,
            ),
            ("Recorded by", said.text("made_by")),
        ),
    )


def wish_answered(said: Content) -> Words:
    """What she asked for in her report was done, or she did not want it any more."""
    wish, done = said.text("wish"), said.text("outcome") == "done"
    title, acted, not_wanted = _WISHES.get(wish or "", _ANOTHER_WISH)
    return Words(
        title=title,
        meaning=acted if done else not_wanted,
        ahead="What comes of it will appear here." if done else "You can change your mind at any time: tell us.",
        for_officers=details(("Recorded by", said.text("answered_by"))),
    )


_WISHES = {
    "support": (
        "You asked us for support",
        "An officer has asked for support for you.",
        "You told us that you do not want it now.",
    ),
    "police": (
        "You asked us to pass on your report",
        "An officer has passed it on.",
        "You told us that you do not want that now.",
    ),
}
_ANOTHER_WISH = ("You asked us for something", "An officer has done it.", "You told us that you do not want it now.")


CONTACT_TRIED = Row(
    title="An officer tried to reach them {how}",
    meaning="They were not reached, so they were told nothing.",
    ahead="What is due stays due.",
    details=(("When", when("tried_at")), ("By", text("tried_by"))),
    audience=Audience.OFFICER,
    slots={"how": called(ContactManner, "how")},
)


def _what_it_was_about(said: Content) -> str:
    if said.data.get("news_ids") or said.data.get("duty_keys"):
        return "They told you what was new."
    if said.data.get("put_right"):
        return "It was about something that you were told before."
    return "It was not about anything new."


def message_sent(said: Content) -> Words:
    """A neutral message went out."""
    nothing_new = said.text("kind") == "nothing-changed"
    return Words(
        title="We sent you a message",
        meaning="It said that nothing has changed." if nothing_new else "It said that there is an update, and no more.",
        ahead="What is new after that will appear here." if nothing_new else "The update is on this page.",
        details=details(("How", word(ChannelKind, said.text("channel"))), ("Reference", said.text("reference"))),
        audience=Audience.OFFICER,
    )


MESSAGE_FAILED = Row(
    title="A message did not arrive",
    meaning="No more will be tried.",
    ahead="An officer is asked to be in touch.",
    details=(("Why", called(FailureKind, "failure")),),
    audience=Audience.OFFICER,
)


WORDINGS: Final[Mapping[str, Wording]] = {
    "notifications.contact-promise-agreed.v1": contact_promise_agreed,
    "notifications.contact-promise-questioned.v1": for_officers(
        "How she may be reached is in question", "A warning came. No way counts as safe until one is agreed anew."
    ),
    "notifications.message-sent.v1": message_sent,
    "notifications.message-delivered.v1": for_officers(
        "A message arrived", "It arrived; that is not that it was read."
    ),
    "notifications.message-failed.v1": MESSAGE_FAILED,
    "notifications.officer-contact-due.v1": for_officers("A contact is due", "An officer has to be in touch."),
    "notifications.officer-contact-withdrawn.v1": for_officers(
        "A contact is not due any more", "A message tells them instead, or there is nothing to tell any more."
    ),
    "notifications.promise-breached.v1": for_officers(
        "A promise was not kept",
        "They have heard nothing for longer than was agreed.",
        ("What was promised", "kind"),
        ("They last heard", "since"),
        ("Somebody was to be in touch by", "due_at"),
    ),
    "notifications.news-seen.v1": for_officers("An entry was seen", "The entry was opened, signed in."),
    "witness-care.contact-assigned.v1": CONTACT_ASSIGNED,
    "witness-care.contact-made.v1": contact_made,
    "witness-care.contact-taken-back.v1": for_officers(
        "A contact was taken back", "It was recorded in error: what it told is untold.", ("By", "taken_back_by")
    ),
    "witness-care.contact-tried.v1": CONTACT_TRIED,
    "witness-care.wish-answered.v1": wish_answered,
    "witness-care.access-granted.v1": for_officers(
        "Access was granted", "A sign-in may see this timeline.", ("By", "granted_by")
    ),
    "witness-care.access-revoked.v1": for_officers(
        "Access was taken back", "A sign-in may see it no longer.", ("By", "revoked_by")
    ),
}
