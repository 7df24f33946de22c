"""A message that others keep overtaking: nothing of it is stored, and the sender is asked to send it again."""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

import pytest
from chassis.clock import SystemClock
from chassis.database import open_pool
from chassis.key_ring import KeyRing
from chassis.log.memory import MemoryAppender, MemoryLog
from chassis.vault.composing import Draft, EventComposer
from chassis.vault.memory import MemoryVault
from intake.courts.comparing.facts import News
from intake.courts.hearings import TakeHearing
from intake.courts.news import HearingNews
from intake.courts.remembering import HearingRecord
from intake.courts.store import DatabaseHearingBook
from intake.documents.document import DocumentKind
from intake.documents.filing import Filing
from intake.documents.store import DatabaseDocumentBook
from intake.errors import Crowded, Superseded
from intake.identity.names_store import DatabaseNames
from intake.publishing.problems import problem_for
from intake.recording.fingerprints import Fingerprints
from intake.recording.held import Held
from intake.recording.originals_store import DatabaseOriginals
from intake.recording.recorded import DatabaseOnRecord
from intake.recording.recorder import Recorder
from support.hearing_messages import HEARING, hearing, message

pytestmark = pytest.mark.servers


class Overtaken(HearingNews):
    """Others always correct the same thing first."""

    async def drafts(self, news: Sequence[News], *, received_at: datetime) -> tuple[list[Draft], Held]:
        raise Superseded


async def test_it_is_tried_again_and_then_answered_503(database: Callable[[str], str]) -> None:
    clock, fingerprints = SystemClock(), Fingerprints(bytes(32))
    vault = MemoryVault(clock=clock)
    async with open_pool(database("intake"), size=1) as pool:
        documents = DatabaseDocumentBook(pool)
        record = HearingRecord(
            hearings=DatabaseHearingBook(pool),
            documents=documents,
            filing=Filing(vault=vault, clock=clock, fingerprints=fingerprints, kept=timedelta(days=1)),
            news=Overtaken(names=DatabaseNames(pool), originals=DatabaseOriginals(pool), clock=clock),
            recorder=Recorder(
                composer=EventComposer(vault, KeyRing.alone(bytes(32))),
                log=MemoryAppender(MemoryLog(clock), epoch=1),
                on_record=DatabaseOnRecord(pool),
            ),
            fingerprints=fingerprints,
        )
        taking = TakeHearing(record, deletion_held=timedelta(minutes=45))
        with pytest.raises(Crowded) as overtaken:
            await taking.take(message(hearing()), hearing_id=HEARING, resulted=False)
        answer = problem_for(overtaken.value)
        assert (answer.status, "Retry-After" in answer.headers) == (503, True)
        assert await documents.last_compared(HEARING, kinds=[DocumentKind.HEARING]) is None
