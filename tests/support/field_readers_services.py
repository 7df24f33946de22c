"""Who reads each field of what notifications and witness care say: see `support.field_readers`."""

from collections.abc import Mapping
from typing import Final

from support.reading import Row, read, unread

FACTS: Final = "contracts/src/contracts/facts.py"
WORDING: Final = "services/journey/src/journey/wording"
PROJECTION: Final = "services/journey/src/journey/projection"
TEXTS: Final = "services/journey/src/journey/timeline/texts.py::_said_for"
TIMELINE: Final = "services/journey/src/journey/timeline"
HEARING: Final = "services/notifications/src/notifications/hearing/consumer.py"
DESK: Final = "services/witness-care/src/witness_care"
NAMED: Final = "services/intake/src/intake/identity/mentions.py::mention_of"
SPELLING: Final = "services/intake/src/intake/identity/mentions.py::_spelling"
CHANGED: Final = f"{PROJECTION}/consumer_facts.py::_change"
MEANING: Final = f"{PROJECTION}/consumer_reported.py::_meaning"
WHICH: Final = "says which of several shapes it is; readers look at the member that only one of them has"

SERVICES_READERS: Final[Mapping[str, tuple[Row, ...]]] = {
    "ContactPromiseAgreed": (
        read("version", by=f"{DESK}/reach/promise_store.py::promise_agreed"),
        read("channels windows language has_code_word", by=f"{DESK}/reach/promise_store.py::_reach"),
        read("frequency_days agreed_by", by=f"{WORDING}/services.py::contact_promise_agreed"),
    ),
    "ContactPromiseQuestioned": (read("version channels", by=f"{DESK}/reach/promise_store.py::promise_questioned"),),
    "Channel": (read("kind safe", by=f"{DESK}/reach/promise_store.py::_reach"),),
    "Window": (read("days starts ends", by=f"{DESK}/reach/promise_store.py::_reach"),),
    "MessageSent": (
        read("message_id news_ids sent_at", by=MEANING),
        read("channel reference kind", by=f"{WORDING}/services.py::message_sent"),
    ),
    "MessageDelivered": (read("message_id delivered_at", by=MEANING),),
    "MessageFailed": (
        read("message_id failed_at", by=MEANING),
        read("failure", by=f"{WORDING}/services.py::MESSAGE_FAILED"),
    ),
    "OfficerContactDue": (
        read("contact_id reason news_ids duty_keys due_by", by=f"{DESK}/due/contact_due_store.py::contact_due"),
    ),
    "OfficerContactWithdrawn": (read("contact_id", by=f"{DESK}/due/contact_due_store.py::contact_withdrawn"),),
    "PromiseBreached": (read("kind since due_at", by=f"{WORDING}/services.py::WORDINGS"),),
    "NewsSeen": (read("news_id seen_at", by=f"{PROJECTION}/consumer_reported.py::_told"),),
    "ContactAssigned": (
        read("officer officer_name role phone email", by=f"{DESK}/handover/colleague_store.py::_person_in"),
        read("taken_over_from", by=f"{WORDING}/services.py::CONTACT_ASSIGNED"),
    ),
    "ContactMade": (
        read("contact_id made_at news_ids duty_keys put_right", by=f"{HEARING}::contact_made"),
        read("how", by=f"{PROJECTION}/consumer_reported.py::_meaning_of_care"),
        read("made_by", by=f"{WORDING}/services.py::contact_made"),
    ),
    "ContactTakenBack": (
        read("contact_id", by=f"{HEARING}::contact_taken_back"),
        unread("taken_back_at", because="it is the event's own time too: it ends what the contact did, whenever"),
        read("taken_back_by", by=f"{WORDING}/services.py::WORDINGS"),
    ),
    "ContactTried": (
        read("how tried_at tried_by", by=f"{WORDING}/services.py::CONTACT_TRIED"),
        unread("contact_id", because="it is the event's own id too, by which a repeat is known"),
    ),
    "WishAnswered": (
        read("wish report_id", by=f"{DESK}/wishes/wish_facts.py::bearing_of"),
        read("outcome answered_by", by=f"{WORDING}/services.py::wish_answered"),
        unread("answer_id", because="it is the event's own id too, by which a repeat is known"),
        unread("answered_at", because="it is the event's own time too, and that is shown"),
    ),
    "AccessGranted": (
        read("subject", by=f"{HEARING}::access_granted"),
        read("granted_by", by=f"{WORDING}/services.py::WORDINGS"),
    ),
    "AccessRevoked": (
        read("subject", by=f"{HEARING}::access_revoked"),
        read("revoked_by", by=f"{WORDING}/services.py::WORDINGS"),
    ),
}
