"""Who reads each field of what people and their systems send: a file and a symbol in it, or why nobody does."""

from collections.abc import Mapping
from typing import Final

from support.reading import Row, read

INTAKE: Final = "services/intake/src/intake"
CARE: Final = "services/witness-care/src/witness_care"
PROMISE: Final = "services/notifications/src/notifications/agreeing/http_shapes.py"
JOURNEY_PAGES: Final = "services/journey/src/journey/timeline/pages.py"
NUMBERS: Final = f"{INTAKE}/prisons/http.py::numbers_router"

FORM_READERS: Final[Mapping[str, tuple[Row, ...]]] = {
    "ReportForm": (
        read(
            "name what_happened happened_on wants_support share_with_police",
            by=f"{INTAKE}/reports/receiving.py::ReceiveReport.receive",
        ),
        read("report_id", by=f"{INTAKE}/reports/http.py::reports_router.report"),
        read("contact", by=f"{INTAKE}/reports/receiving.py::ReceiveReport._contact"),
    ),
    "DecisionForm": (read("decision_id", by=f"{INTAKE}/linking/http.py::links_router.link"),),
    "NewLink": (read("case_id defendant_id offence_ids why", by=f"{INTAKE}/linking/http.py::links_router.link"),),
    "Revocation": (read("why", by=f"{INTAKE}/linking/http.py::links_router.revoke"),),
    "PrisonNumber": (read("number", by=f"{NUMBERS}.prison_number"),),
    "NumberWithdrawal": (read("why", by=f"{NUMBERS}.prison_number_withdrawn"),),
    "Decision": (read("decision", by=f"{INTAKE}/documents/http.py::documents_router.decide"),),
    "PromiseShape": (
        read(
            "channels windows zone frequency_days language code_word at_once", by=f"{PROMISE}::PromiseShape.clear_terms"
        ),
    ),
    "ChannelShape": (read("kind safe address", by=f"{PROMISE}::PromiseShape.clear_terms"),),
    "SeenShape": (
        read("news_id seen_at", by="services/notifications/src/notifications/hearing/http.py::seen_router.seen"),
    ),
    "ColleagueForm": (read("colleague", by=f"{CARE}/handover/pages.py::handover_pages.chosen"),),
    "_PersonForm": (read("name role phone", by=f"{CARE}/handover/forms.py::_PersonForm.person"),),
    "HandoverForm": (
        read("giver", by=f"{CARE}/handover/pages.py::handover_pages.take_over_each"),
        read("shown ticked everybody", by=f"{CARE}/handover/forms.py::HandoverForm.victims"),
        read("handover_id", by=f"{CARE}/handover/forms.py::HandoverForm.takings"),
    ),
    "VictimForm": (read("victim", by=f"{CARE}/contacts/pages.py::contact_pages.contact"),),
    "ContactForm": (
        read("contact_id how told put_right", by=f"{CARE}/contacts/forms.py::ContactForm.contact"),
        read("although_not_safe", by=f"{CARE}/contacts/forms.py::ContactForm.entered"),
        read("tried", by=f"{CARE}/contacts/pages.py::contact_pages.contact"),
    ),
    "ContactRecord": (
        read(
            "contact_id made_at how news_ids duty_keys put_right",
            by=f"{CARE}/contacts/http.py::contacts_router.record_contact",
        ),
    ),
    "WrongContactForm": (read("contact_id", by=f"{CARE}/contacts/pages.py::contact_pages.taken_back"),),
    "AttemptRecord": (read("contact_id tried_at how", by=f"{CARE}/contacts/http.py::contacts_router.record_attempt"),),
    "AnswerForm": (read("answer_id report_id wish outcome", by=f"{CARE}/answers/forms.py::AnswerForm.answer"),),
    "AnswerRecord": (
        read("answer_id report_id wish outcome", by=f"{CARE}/answers/http.py::answers_router.answer_wish"),
    ),
    "PersonForm": (read("victim", by=f"{CARE}/person/pages.py::_looking.choose"),),
    "ActForm": (read("page_id", by=f"{CARE}/person/pages.py::_Shower.decided"),),
    "DoubtForm": (read("source event_id", by=f"{CARE}/person/pages.py::_deciding.doubt"),),
    "LinkForm": (read("link_id why", by=f"{CARE}/person/pages.py::_deciding.link"),),
    "NumberForm": (read("case_id defendant_id number", by=f"{CARE}/person/pages.py::_about_the_accused.number"),),
    "WithdrawalForm": (read("why", by=f"{CARE}/person/pages.py::_about_the_accused.wrong_number"),),
    "VictimOfForm": (read("case_id defendant_id why", by=f"{CARE}/person/pages.py::_about_the_accused.victim_of"),),
    "QuestionForm": (read("document_id", by=f"{CARE}/questions/pages.py::question_pages.content"),),
    "VerdictForm": (read("verdict", by=f"{CARE}/questions/pages.py::question_pages.verdict"),),
    "TakeOverForm": (read("takeover_id", by=f"{CARE}/handover/pages.py::handover_pages.take_over"),),
    "TakeOver": (read("name role phone email takeover_id", by=f"{CARE}/handover/http.py::handover_router.take_over"),),
    "Access": (read("subject", by=f"{CARE}/access/http.py::access_router.grant_access"),),
    "seen": (read("news_id entry", by=f"{JOURNEY_PAGES}::web_router.seen"),),
    "choose": (read("victim_id", by=f"{JOURNEY_PAGES}::choice_router.choose"),),
    "_ended_elsewhere": (
        read("logout_token", by="services/chassis/src/chassis/security/signin.py::SignIn._ended_elsewhere"),
    ),
}
