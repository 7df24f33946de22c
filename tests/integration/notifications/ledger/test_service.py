"""From a fact heard to a message gone, on a real PostgreSQL: timers, courier, log, recovery."""

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from datetime import timedelta

import pytest
from chassis.errors import PermanentFailure
from chassis.log.verify import verify_chain
from contracts.catalogue import EVENT_TYPES, parse_data
from notifications.reports.store import PostgresReports
from support.notifications_service import PROMISE, Service, open_service
from support.notifications_world import AMIRA, BEN, news_of


@pytest.fixture
def dsn(database: Callable[[str], str]) -> str:
    return database("notifications")


@pytest.fixture
async def service(dsn: str) -> AsyncIterator[Service]:
    async with open_service(dsn) as opened:
        yield opened


async def test_news_becomes_one_neutral_message_and_public_facts(service: Service) -> None:
    assert (await service.agree()).status_code == 200
    first, second = await service.news("verdict"), await service.news("sentence")
    await service.ring_and_carry()

    assert [letter.address for letter in service.provider.outbox] == ["amira@example.org"]
    [sent] = await service.said("notifications.message-sent.v1")
    assert set(sent["news_ids"]) == {first, second}
    assert sent["kind"] == "news"
    await service.pass_time(timedelta(minutes=2))
    await service.ring_and_carry()
    assert len(await service.said("notifications.message-delivered.v1")) == 1


async def test_the_log_holds_no_address_in_clear_and_its_chain_verifies(service: Service) -> None:
    await service.agree()
    await service.news()
    await service.ring_and_carry()
    records = await service.log()
    verify_chain(records)
    for record in records:
        assert b"amira@" not in record.body + (record.private or b"")
        assert b"heron" not in record.body + (record.private or b"")
        if record.key is not None:
            assert record.type in EVENT_TYPES
            assert record.key == AMIRA
            parse_data(record.type, json.loads(record.body)["data"])
    private = [record for record in records if record.private]
    assert [record.type for record in private] == ["notifications.contact-promise-agreed.v1"]


async def test_after_a_warning_nothing_leaves_until_a_promise_is_agreed_anew(service: Service) -> None:
    await service.agree()
    warned = {"event_id": "identified-1", "event_source": "urn:test", "stands": True, "at": "2026-11-20T10:00:00Z"}
    await service.hear("journey.safe-contact-warned.v1", warned)
    await service.news("verdict")
    await service.ring_and_carry()
    assert service.provider.outbox == []
    [questioned] = await service.said("notifications.contact-promise-questioned.v1")
    assert {channel["safe"] for channel in questioned["channels"]} == {"unknown", "not-safe"}
    assert (await service.agree(read=1)).status_code == 412
    assert (await service.agree(read=questioned["version"])).status_code == 200
    await service.news("sentence")
    await service.ring_and_carry()
    assert len(service.provider.outbox) == 1


async def test_decisions_are_internal_and_never_relayed(service: Service) -> None:
    await service.news()
    internal = [record for record in await service.log() if record.type == "notifications.decision-changed"]
    assert internal
    assert all(record.key is None and record.partition is None for record in internal)


async def test_the_same_events_again_change_nothing(service: Service) -> None:
    """What a replayed topic brings: nothing is decided, sent or asked twice."""
    for _ in range(3):
        await service.news("known")
    before = len(await service.log())
    await service.news("known")
    assert len(await service.log()) == before
    assert len(await service.said("notifications.officer-contact-due.v1")) == 1


async def test_a_correction_that_is_first_news_is_told_as_what_it_says(service: Service) -> None:
    await service.agree()
    corrected = "police.event-corrected.v1"
    await service.news(event_type=corrected, says_type="police.no-further-action-decided.v1")
    [contact] = await service.said("notifications.officer-contact-due.v1")
    assert contact["reason"] == "officer-first"
    with pytest.raises(PermanentFailure):
        await service.news("unknown", event_type=corrected, says_type="police.nobody-knows.v1")


async def test_what_is_said_last_of_news_holds(service: Service) -> None:
    news = await service.news()
    await service.news(standing=False)
    [due] = await service.said("notifications.officer-contact-due.v1")
    [withdrawn] = await service.said("notifications.officer-contact-withdrawn.v1")
    assert withdrawn["contact_id"] == due["contact_id"]
    await service.news()
    await service.hear("journey.news-withdrawn.v1", {"news_id": news, "at": "2026-11-02T09:00:00Z"})
    reasons = [contact["reason"] for contact in await service.said("notifications.officer-contact-due.v1")]
    assert reasons == ["no-safe-channel", "no-safe-channel", "not-theirs"]


async def test_news_said_of_another_victim_under_the_same_id_waits_for_a_person(service: Service) -> None:
    news = await service.news()
    with pytest.raises(PermanentFailure, match="another victim"):
        await service.news(victim=BEN, news_id=news)


async def test_a_promise_changed_between_due_and_fire_stops_the_message(service: Service) -> None:
    """Guard: fire-time re-check, in the transaction that hands over."""
    await service.agree()
    await service.news()
    await service.ring()
    unsafe = {**PROMISE, "channels": [{"kind": "email", "safe": "unknown", "address": "amira@example.org"}]}
    assert (await service.agree(unsafe, read=1)).status_code == 200
    await service.working.rounds.work_off()
    assert service.provider.outbox == []
    [contact] = await service.said("notifications.officer-contact-due.v1")
    assert contact["reason"] == "no-safe-channel"


class Killed(Exception):
    """Nothing more is done about the message by this process: its lease and state stay as a kill -9 leaves them."""


def kill() -> None:
    raise Killed


async def test_killed_between_hand_over_and_record_another_process_sends_nothing_twice(dsn: str) -> None:
    """Guard: recovery by reference."""
    async with open_service(dsn) as first:
        await first.agree()
        await first.news()
        await first.ring()
        first.provider.before_answer = kill
        await first.working.rounds.work_off()
        async with open_service(dsn, provider=first.provider) as second:
            first.provider.before_answer = None
            await second.working.rounds.work_off()
            assert len(first.provider.outbox) == 1
            await second.end_leases()
            await second.working.rounds.work_off()
            assert len(first.provider.outbox) == 1
            assert len(await second.said("notifications.message-sent.v1")) == 1


async def test_two_processes_working_at_once_send_each_message_once(dsn: str) -> None:
    """Guard: duplicate claims."""
    async with open_service(dsn) as first, open_service(dsn, provider=first.provider) as second:
        # One vault for both, as in production.
        second.vault.__dict__.update(first.vault.__dict__)
        await first.agree()
        for number in range(12):
            await first.news(f"item-{number}")
            await first.ring()
        await asyncio.gather(first.working.rounds.work_off(), second.working.rounds.work_off())
        references = [letter.reference for letter in first.provider.outbox]
        assert len(references) == 12
        assert len(set(references)) == 12


async def test_every_item_that_arrived_has_a_decision_and_a_missing_one_is_found(service: Service) -> None:
    """Guard: decision reconciliation."""
    for number in range(5):
        await service.news(f"item-{number}")
    await service.news("old", backfill=True)
    found = await service.working.reports.reconcile()
    assert (found.arrived, found.decided, found.missing) == (6, 6, ())
    assert await service.working.reconciler.look()

    await service.execute("DELETE FROM decision WHERE news_id = $1", news_of("item-3").news_id)
    found = await service.working.reports.reconcile()
    assert found.missing == (news_of("item-3").news_id,)
    assert await PostgresReports(service.pool, page=2).reconcile() == found, "page by page"
    assert not await service.working.reconciler.look()
    numbers = (await service.http.get("/metrics")).text
    assert "notifications_news_arrived 6.0" in numbers
    assert "notifications_news_decided 5.0" in numbers


async def test_not_seen_by_the_dutys_reminder_asks_an_officer_before_the_deadline(service: Service) -> None:
    await service.agree()
    news = await service.news()
    duty = {
        "duty_key": "0193a000-0000-7000-8000-0000000000d1",
        "duty_id": "R9-OUTCOME",
        "news_id": news,
        "case_id": news_of().case,
        "owner": "witness-care",
        "opened_at": "2026-11-02T09:00:00Z",
        "reminder_at": "2100-01-01T00:00:00Z",
        "due_at": "2100-01-02T00:00:00Z",
        "code_edition": "2020",
    }
    await service.hear("journey.duty-opened.v1", duty)
    await service.ring_and_carry()
    assert await service.said("notifications.officer-contact-due.v1") == []
    await service.execute("UPDATE timer SET due_at = now() WHERE kind = 'duty-reminder'")
    await service.ring()
    [contact] = await service.said("notifications.officer-contact-due.v1")
    assert (contact["reason"], contact["news_ids"], contact["duty_keys"]) == ("not-seen", [news], [duty["duty_key"]])
    assert contact["due_by"] == "2100-01-02T00:00:00Z"


async def test_a_contact_made_by_an_officer_withdraws_what_waits(service: Service) -> None:
    await service.agree()
    news = await service.news()
    made = {
        "contact_id": "0193a000-0000-7000-8000-0000000000f2",
        "made_at": (service.foundation.clock.now() - timedelta(minutes=5)).isoformat(),
        "how": "phone",
        "news_ids": [news],
        "duty_keys": [],
        "made_by": "officer-1",
    }
    await service.hear("witness-care.contact-made.v1", made)
    await service.ring_and_carry()
    assert service.provider.outbox == []
    back = {"contact_id": made["contact_id"], "taken_back_at": made["made_at"], "taken_back_by": "officer-1"}
    await service.hear("witness-care.contact-taken-back.v1", back)
    await service.ring_and_carry()
    assert len(service.provider.outbox) == 1, "what it told is untold"


async def test_after_the_promised_silence_a_neutral_message_leaves_by_the_same_path(service: Service) -> None:
    await service.agree()
    await service.pass_time(timedelta(days=28, minutes=1))
    await service.ring_and_carry()
    [sent] = await service.said("notifications.message-sent.v1")
    assert (sent["kind"], sent["news_ids"]) == ("nothing-changed", [])


async def test_everyone_whom_an_event_reached_is_found(service: Service) -> None:
    await service.agree()
    await service.news("result")
    await service.news("result", victim=BEN)
    await service.ring_and_carry()
    found = await service.working.reports.reached(event_source="urn:example:court", event_id="result")
    assert [each.victim for each in found] == [AMIRA]
