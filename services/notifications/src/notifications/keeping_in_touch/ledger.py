"""What keeping in touch needs of a transaction."""

from typing import Protocol

from contracts.ids import VictimId

from notifications.decisions import ledger as decisions
from notifications.keeping_in_touch.promised_silence import Silence
from notifications.messages import ledger as messages
from notifications.officer_contacts import ledger as officer_contacts
from notifications.promise import ledger as promise
from notifications.tellings import ledger as tellings


class Silences(Protocol):
    """How long each victim has heard nothing."""

    async def of(self, victim: VictimId) -> Silence: ...

    async def keep(self, victim: VictimId, silence: Silence) -> None: ...


class Ledger(officer_contacts.Ledger, promise.Ledger, decisions.Ledger, tellings.Ledger, messages.Ledger, Protocol):
    """What was promised, what is owed, and when the victim was last told anything."""

    @property
    def silences(self) -> Silences: ...
