"""Reports by the public: somebody tells us what happened, or asks for support, with or without the police."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Final, Protocol
from uuid import UUID

from chassis.clock import Clock
from chassis.log.effects import Effect
from chassis.log.errors import DigestMismatch
from chassis.vault.documents import seal_document
from chassis.vault.port import Vault
from chassis.working_days import LONDON
from contracts.intake import Actor, ActorKind, ReportReceived

from intake.errors import AlreadyDecided, NotHappenedYet
from intake.identity.claims import Claims, Link
from intake.identity.identifiers import canonical
from intake.identity.reported import Opened
from intake.recording.drafting import SOURCE, fact_draft, link_draft, own_envelope
from intake.recording.fingerprints import Fingerprints
from intake.recording.held import Held
from intake.recording.recorder import Recorder
from intake.reports.reference import report_reference

CONTACT_PLACE: Final = ("intake", "report", "contact")
"""What the contact in a report is sealed for, beside the victim."""

_WHY = "Reported by this person."


@dataclass(frozen=True, slots=True)
class Told:
    """What somebody typed. `contact` is not confirmed: nothing is sent to it, and it stays inside intake."""

    name: str | None
    what_happened: str | None
    happened_on: date | None
    wants_support: bool
    share_with_police: bool
    contact: str | None


class ReportBook(Protocol):
    """Where reports are kept."""

    async def now(self) -> datetime: ...

    def opening(self, opened: Opened) -> Effect: ...


class ReceiveReport:
    """A provisional victim and a provisional case, until the police quote the reference."""

    def __init__(
        self, *, book: ReportBook, recorder: Recorder, vault: Vault, clock: Clock, fingerprints: Fingerprints
    ) -> None:
        self._fingerprints = fingerprints
        self._book = book
        self._recorder = recorder
        self._vault = vault
        self._clock = clock

    async def receive(self, told: Told, *, report_id: str | None = None) -> tuple[str, datetime]:
        """The reference to be quoted, and when it was recorded; the same again under `report_id` is answered the same.

        Raises NotHappenedYet, and DigestMismatch where something else was told under this id.
        """
        now = await self._book.now()
        if told.happened_on is not None and told.happened_on > now.astimezone(LONDON).date():
            raise NotHappenedYet
        said = report_id or self._clock.new_id()
        reference, case_id, victim_id = self._names(said)
        actor = Actor(kind=ActorKind.VICTIM, subject=victim_id)
        data = ReportReceived(
            report_reference=reference,
            name=told.name,
            what_happened=told.what_happened,
            happened_on=told.happened_on,
            wants_support=told.wants_support,
            share_with_police=told.share_with_police,
        )
        envelope = own_envelope("intake.report-received.v1", said, now=now)
        link = Link(self._clock.new_id(), victim_id, case_id)
        opened = Opened(
            canonical(reference), case_id, victim_id, told.share_with_police, await self._contact(told, victim_id)
        )
        drafts = [
            fact_draft(envelope, data, case_id=case_id, victim_id=victim_id),
            link_draft(link, now=now, actor=actor, cause=envelope, why=_WHY),
        ]
        claims = Claims(links=(link,), opened=(case_id,))
        held = Held(claims, effects=(self._book.opening(opened),), by=victim_id, cause=(SOURCE, said))
        try:
            return reference, await self._recorder.decide(drafts, held)
        except AlreadyDecided as error:
            raise DigestMismatch(SOURCE, said) from error

    def _names(self, said: str) -> tuple[str, str, str]:
        """Reference, case and victim: by a keyed hash of the report's id, so that nobody guesses one by another."""
        reference, case, victim = (
            self._fingerprints.raw(f"report {part}\0{said}".encode()) for part in ("reference", "case", "victim")
        )
        return (
            report_reference(reference),
            str(UUID(bytes=case[:16], version=4)),
            str(UUID(bytes=victim[:16], version=4)),
        )

    async def _contact(self, told: Told, victim_id: str) -> bytes | None:
        if told.contact is None:
            return None
        said = told.contact.encode()
        return await seal_document(self._vault, said, subject=f"victim/{victim_id}", place=CONTACT_PLACE)
