"""Lists that must agree, and doors that must stay shut."""

import ast
import importlib
import json
from dataclasses import replace
from pathlib import Path

import notifications
import pytest
from chassis.environment import SettingsWrong
from chassis.testing.clock import FakeClock
from contracts.catalogue import EVENT_TYPES, parse_data
from contracts.ids import ContactId, DutyKey, MessageId
from contracts.notifications import AgreedBy, ChannelKind, ContactReason, FailureKind, MessageKind, Safety
from contracts.shape import Shape
from notifications.decisions.decision_record import DecisionRecord
from notifications.decisions.published_decisions import DecisionChanged, internal_event
from notifications.decisions.verdicts import TellNow
from notifications.delivery.wording import WORDINGS
from notifications.duties.told import met_by_telling
from notifications.hearing.alarms import alarm_handlers
from notifications.ledger.memory import MemoryLedgers
from notifications.ledger.published_events import draft_of
from notifications.messages.facts import MessageDelivered, MessageFailed, MessageSent
from notifications.messages.message import Message, MessageState
from notifications.officer_contacts.facts import OfficerContactDue, OfficerContactWithdrawn
from notifications.promise.channels import Channel, SealedText
from notifications.promise.contact_promise import ContactPromise
from notifications.promise.published_promise import promise_agreed
from notifications.promise.terms import Terms
from notifications.settings import NotificationsSettings
from notifications.tellings.facts import NewsSeen
from notifications.transaction.fact import Fact
from notifications.transaction.ledger import Alarm
from pydantic import SecretStr
from support.foundations import UNUSED
from support.notifications_world import AMIRA, NOON, email_promise, news_of

PACKAGE = Path(notifications.__file__).parent


def test_every_kind_of_alarm_has_a_handler_and_every_kind_of_message_its_words() -> None:
    assert set(alarm_handlers(MemoryLedgers(FakeClock()))) == {alarm.value for alarm in Alarm}
    assert set(WORDINGS) == set(MessageKind)


@pytest.mark.parametrize(
    "door",
    ["hearing.consumer", "hearing.alarms", "hearing.http", "agreeing.http", "reports.http", "reports.reconciling"],
)
def test_what_hears_fires_and_answers_has_no_way_to_send(door: str) -> None:
    """Guard: replay can't send. Neither a provider nor the courier can be reached from these modules."""
    reached = reachable(f"notifications.{door}")
    assert not {name for name in reached if "providers" in name or name.endswith((".courier", ".rounds"))}
    assert "notifications.delivery.courier" in reachable("notifications.delivery.rounds"), "the check checks"


def reachable(module: str) -> set[str]:
    """Our modules that this one imports, directly or not."""
    found: set[str] = set()
    waiting = [module]
    while waiting:
        name = waiting.pop()
        if name in found:
            continue
        found.add(name)
        tree = ast.parse((PACKAGE.parent / Path(*name.split("."))).with_suffix(".py").read_text(encoding="utf-8"))
        imports = [each for node in ast.walk(tree) if isinstance(node, ast.ImportFrom) for each in named(node)]
        waiting += [each for each in imports if each.startswith("notifications.")]
    return found


def named(node: ast.ImportFrom) -> list[str]:
    """The modules that an import names: of a room, those in it."""
    module = node.module or ""
    room = PACKAGE.parent / Path(*module.split("."))
    return [f"{module}.{alias.name}" for alias in node.names] if room.is_dir() else [module]


NEWS = news_of()
RECORD = DecisionRecord.first(NEWS, TellNow(ChannelKind.EMAIL), at=NOON)
ID = "0193a000-0000-7000-8000-0000000000e1"
MESSAGE = Message.claim(
    MessageId(ID),
    victim=AMIRA,
    channel=ChannelKind.EMAIL,
    kind=MessageKind.NEWS,
    news=(NEWS.news_id,),
    promise_version=1,
    at=NOON,
).handed(1)
FAILED = MESSAGE.moved(MessageState.FAILED, failure=FailureKind.REFUSED)
PUBLIC: list[Fact] = [
    MessageSent(MESSAGE.sent("p", NOON), NOON),
    MessageDelivered(MESSAGE.sent("p", NOON), NOON),
    MessageFailed(FAILED, NOON),
    OfficerContactDue(
        ContactId(ID), AMIRA, ContactReason.NOT_SEEN, (NEWS.news_id,), (DutyKey(ID),), due_by=NOON, at=NOON
    ),
    OfficerContactWithdrawn(ContactId(ID), AMIRA, at=NOON),
    NewsSeen(AMIRA, NEWS.news_id, NOON, NOON),
]


@pytest.mark.parametrize("fact", PUBLIC, ids=lambda fact: type(fact).__name__)
def test_every_public_fact_is_an_event_of_its_contract_keyed_by_victim(fact: Fact) -> None:
    draft = draft_of(fact, clock=FakeClock(NOON))
    assert (draft.key, draft.added.victimid) == (AMIRA, AMIRA)
    assert isinstance(draft.data, Shape)
    assert type(draft.data) is EVENT_TYPES[draft.said.type].model
    parse_data(draft.said.type, draft.data.model_dump_json().encode())


def test_no_public_fact_is_left_out_of_that_list() -> None:
    modules = [
        importlib.import_module(f"notifications.{path.parent.name}.facts") for path in PACKAGE.glob("*/facts.py")
    ]
    kinds = {kind for module in modules for kind in vars(module).values() if hasattr(kind, "said")}
    assert kinds, "no facts were found: do they stand in another place now?"
    assert {type(fact) for fact in PUBLIC} == kinds


def test_a_decision_is_internal_and_says_what_an_auditor_needs() -> None:
    event = internal_event(DecisionChanged(RECORD, NOON))
    assert event.key is None
    said = json.loads(event.body)["data"]
    assert (said["news_id"], said["verdict"], said["revision"]) == (NEWS.news_id, "tell-now", 1)


def test_the_public_promise_has_kinds_and_windows_and_nothing_sealed() -> None:
    secret = SealedText("ciphertext")
    terms = email_promise().terms
    channels = (Channel(ChannelKind.SMS, terms.channels[0].safety, secret),)
    promise = ContactPromise.agree_first(
        AMIRA, terms=Terms(channels, terms.times, 28, code_word=secret), agreed_by=AgreedBy.OFFICER, at=NOON
    )
    public = promise_agreed(promise).model_dump_json()
    assert secret not in public
    assert json.loads(public)["windows"][0]["ends"] == "23:59"
    assert json.loads(public)["has_code_word"] is True


def test_hours_of_another_zone_are_not_published_as_if_they_were_londons() -> None:
    terms = email_promise(safe=Safety.UNKNOWN).terms
    abroad = replace(terms, times=replace(terms.times, zone="Asia/Karachi"))
    promise = ContactPromise.agree_first(AMIRA, terms=abroad, agreed_by=AgreedBy.VICTIM, at=NOON)
    assert promise_agreed(promise).windows == ()
    assert promise_agreed(promise).has_code_word is False


def test_a_duty_that_another_event_meets_needs_no_reminder_to_tell() -> None:
    assert not met_by_telling("R4-REFERRAL")
    assert met_by_telling("R9-OUTCOME")
    assert met_by_telling("a duty of a later edition")


def settings(**changes: object) -> NotificationsSettings:
    needed: dict[str, object] = {
        **UNUSED,
        **dict.fromkeys(("journey_log_url", "witness_care_log_url"), "https://logs.example.org"),
        "public_url": "https://promises.example.org",
        "home_page": "https://home.example.org/",
    }
    return NotificationsSettings(**{**needed, **changes})  # type: ignore[arg-type]


def test_somebody_must_carry_messages_and_never_over_plain_http() -> None:
    with pytest.raises(SettingsWrong, match="nobody carries messages"):
        settings()
    with pytest.raises(SettingsWrong, match="without a template"):
        settings(notify_api_key=SecretStr("k"))
    with pytest.raises(SettingsWrong, match="https"):
        settings(notify_api_key=SecretStr("k"), notify_email_template="t", notify_base_url="http://127.0.0.1")
    assert settings(smtp_host="127.0.0.1", smtp_sender="updates@example.org").notify_templates == {}
