"""What the fakes of notifications recorded."""

from contracts.notifications import ContactReason
from notifications.ledger.memory import MemoryLedgers
from notifications.officer_contacts.facts import OfficerContactDue
from notifications.transaction.fact import Fact


def facts(ledgers: MemoryLedgers, kind: type[Fact]) -> list[Fact]:
    return [fact for fact in ledgers.state.facts if isinstance(fact, kind)]


def asked_of_officers(ledgers: MemoryLedgers) -> list[ContactReason]:
    return [fact.reason for fact in ledgers.state.facts if isinstance(fact, OfficerContactDue)]
