"""Agencies' messages whose time is up: their keys go first, then what they sealed; and what an outage leaves to do."""

from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import pytest
from chassis.clock import SystemClock
from chassis.database import Pool, open_pool
from chassis.key_ring import KeyRing
from chassis.vault.documents import open_document
from chassis.vault.errors import SubjectErased
from chassis.vault.memory import MemoryVault
from chassis.vault.port import Vault
from chassis.vault.postgres import PostgresVault
from intake.documents.document import Document, DocumentKind
from intake.documents.expiry import ForgetDocuments
from intake.documents.expiry_rounds import Expiring
from intake.documents.filing import Filing, subject_of
from intake.documents.store import DatabaseDocumentBook
from intake.errors import NoLongerKept
from intake.recording.fingerprints import Fingerprints
from prometheus_client import CollectorRegistry
from sandbox.servers.postgres import PostgresServer
from support.vault_database import VaultDatabase

pytestmark = pytest.mark.servers

SENT = b"an invented message about A N Other"
LONG_AGO = datetime(2024, 1, 5, 9, tzinfo=UTC)
KEPT = timedelta(days=365)


@dataclass
class Archive:
    """Documents in a real database, sealed by some vault; and the round that forgets them."""

    pool: Pool
    vault: Vault

    def __post_init__(self) -> None:
        self.numbers = CollectorRegistry()
        self.book = DatabaseDocumentBook(self.pool)
        self.filing = Filing(vault=self.vault, clock=SystemClock(), fingerprints=Fingerprints(bytes(32)), kept=KEPT)
        self.expiring = Expiring(ForgetDocuments(documents=self.book, vault=self.vault), registry=self.numbers)

    async def keep(self, *, received_at: datetime) -> Document:
        document = await self.filing.document(
            SENT, kind=DocumentKind.HEARING, about="an-invented-hearing", received_at=received_at
        )
        assert await self.book.apply([self.book.keeping(document)])
        return document

    async def ciphertext_is_there(self, document: Document) -> bool:
        found = await self.book.find(document.id)
        assert found is not None
        return found.sealed is not None

    async def opens_from_a_copy(self, document: Document) -> bool:
        """As whoever has a back-up of our database would try."""
        assert document.sealed is not None
        subject, place = subject_of(document.id), ("intake", "document", document.id)
        try:
            opened = await open_document(self.vault, document.sealed, subject=subject, place=place, purpose="test")
        except SubjectErased:
            return False
        return opened == SENT

    def number(self, name: str) -> float | None:
        return self.numbers.get_sample_value(f"{name}_total")


@pytest.fixture
async def pool(database: Callable[[str], str]) -> AsyncIterator[Pool]:
    async with open_pool(database("intake"), size=4) as opened:
        yield opened


@pytest.fixture
def vault() -> MemoryVault:
    return MemoryVault(clock=SystemClock())


@pytest.fixture
def archive(pool: Pool, vault: MemoryVault) -> Archive:
    return Archive(pool, vault)


async def test_a_message_whose_time_is_up_opens_from_no_copy_and_another_still_does(archive: Archive) -> None:
    old, young = await archive.keep(received_at=LONG_AGO), await archive.keep(received_at=SystemClock().now())
    assert await archive.expiring.round()
    assert not await archive.ciphertext_is_there(old)
    assert not await archive.opens_from_a_copy(old)
    assert await archive.ciphertext_is_there(young)
    assert await archive.opens_from_a_copy(young)
    assert archive.number("intake_documents_forgotten") == 1
    assert await archive.expiring.round()
    assert archive.number("intake_documents_forgotten") == 1


async def test_more_than_a_batch_is_forgotten_in_one_round(archive: Archive) -> None:
    first = await archive.keep(received_at=LONG_AGO)
    async with archive.pool.acquire() as connection:
        await connection.execute(
            "INSERT INTO document (document_id, kind, about, digest, sealed, received_at, retain_until, state)"
            " SELECT gen_random_uuid(), kind, about, digest, sealed, received_at, retain_until, state"
            " FROM document, generate_series(1, 1200)"
        )
    assert await archive.expiring.round()
    assert archive.number("intake_documents_forgotten") == 1201
    assert await archive.book.expired(most=1) == []
    assert not await archive.opens_from_a_copy(first)


async def test_a_crash_between_key_and_ciphertext_is_finished_by_the_next_round(
    archive: Archive, vault: MemoryVault
) -> None:
    document = await archive.keep(received_at=LONG_AGO)
    await vault.forget_documents([subject_of(document.id)], reason="before the crash")
    assert await archive.ciphertext_is_there(document)
    with pytest.raises(NoLongerKept):
        await archive.filing.open(document)
    assert await archive.expiring.round()
    assert not await archive.ciphertext_is_there(document)


async def test_a_vault_that_is_away_leaves_the_messages_for_the_next_round(
    pool: Pool, breakable_postgres: PostgresServer
) -> None:
    database = VaultDatabase(breakable_postgres.dsn())
    await database.set_up()
    async with database.pool_of("vault_intake") as keys:
        archive = Archive(pool, PostgresVault(keys, kek=KeyRing.alone(bytes(32)), clock=SystemClock()))
        document = await archive.keep(received_at=LONG_AGO)
        breakable_postgres.kill()
        assert not await archive.expiring.round()
        assert await archive.ciphertext_is_there(document)
        assert archive.number("intake_expiry_failures") == 1
        await breakable_postgres.start()
        assert await archive.opens_from_a_copy(document)
        assert await archive.expiring.round()
        assert not await archive.ciphertext_is_there(document)
        assert not await archive.opens_from_a_copy(document)
        assert (archive.number("intake_expiry_failures"), archive.number("intake_documents_forgotten")) == (1, 1)


async def test_a_role_that_may_not_forget_documents_keeps_them_and_says_so(
    pool: Pool, database: Callable[[str], str], capfd: pytest.CaptureFixture[str]
) -> None:
    keys = VaultDatabase(database("empty"))
    await keys.set_up()
    async with keys.pool_of("vault_journey") as refused:
        archive = Archive(pool, PostgresVault(refused, kek=KeyRing.alone(bytes(32)), clock=SystemClock()))
        document = await archive.keep(received_at=LONG_AGO)
        assert not await archive.expiring.round()
        assert await archive.ciphertext_is_there(document)
        assert await archive.opens_from_a_copy(document)
    assert archive.number("intake_expiry_failures") == 1
    assert "Documents are kept past their time" in capfd.readouterr().out
