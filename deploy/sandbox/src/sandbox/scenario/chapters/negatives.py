"""What must tell nobody, and what must never happen twice."""

from collections.abc import Awaitable, Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from sandbox.notify_fake.behaviour import Behaviour
from sandbox.scenario import cast
from sandbox.scenario.agencies import publish, referral
from sandbox.scenario.chapters.second_victim import ben_never_saw_hers
from sandbox.scenario.days import evening_comes, morning_comes
from sandbox.scenario.hearings import hearing, share_results
from sandbox.scenario.letters import letters
from sandbox.scenario.people import decisions
from sandbox.scenario.steps import Step
from sandbox.scenario.tale import Tale
from sandbox.scenario.telling import deliveries_are_on_record, hers, news_of, opens_everything
from sandbox.scenario.waiting import demand, until

RECOVERY_SECONDS = 120.0
"""Only when the lease of the killed one has run out may another take its message up."""

PLEA = "court.plea-entered"
ACCEPTED = "support.referral-accepted"
HEADING = (
    "Crime ID,Month,Reported by,Falls within,Longitude,Latitude,Location,LSOA code,LSOA name,Crime type,"
    "Last outcome category,Context"
)
PLACE = "2026-09,Humberton Police,Humberton Police,-1.5,53.8,On or near Station Road,E01000001,Humberton 001A"
ROWS = (
    f"{'ab' * 32},{PLACE},Burglary,Under investigation,",
    f",{PLACE},Anti-social behaviour,,",
    f",{PLACE},Anti-social behaviour,,",
)


async def month_is_imported(tale: Tale) -> None:
    """Two equal rows without an id are two incidents; a second import adds nothing; nobody is told."""
    await morning_comes(tale.world)
    tale.known.ordinary_messages = len(await letters(tale.world))
    with _month() as file:
        first = await tale.world.processes.run("intake", "import-police-month", str(file))
        again = await tale.world.processes.run("intake", "import-police-month", str(file))
    demand("3 recorded, 0 known" in first, f"three rows were not imported as three: {first}")
    demand("0 recorded, 3 known" in again, f"the second import was not recognised: {again}")


async def old_hearing_is_history(tale: Tale) -> None:
    """The first sight of a hearing long over is shown as history, and tells nobody."""
    world = tale.world
    now = await world.clock.now()
    sitting = now - timedelta(days=60)
    plea = {
        "pleaValue": "NOT_GUILTY",
        "pleaDate": sitting.date().isoformat(),
        "originatingHearingId": cast.OLD_HEARING_ID,
    }
    old = hearing(cast.OLD_HEARING_ID, sitting=sitting, kind="Plea and Trial Preparation", offence={"plea": plea})
    await share_results(world, old, at=now)

    async def history() -> bool:
        entries = (await hers(tale)).of(PLEA)
        return bool(entries) and all(entry.backfill for entry in entries)

    async def decided() -> bool:
        found = (await decisions(world, cast.WITNESS_CARE_OFFICER, of=tale.known.amira)).decisions
        about = [(one.verdict, one.why) for one in found if one.event_type.startswith(PLEA)]
        return about == [("not-owed", "backfill")]

    await until("the old hearing's plea is on her timeline as history", history)
    await until("it was decided that nobody is owed the old plea", decided)


async def killed_in_mid_send(tale: Tale) -> None:
    """Notify has the message, its answer is lost, and the sender dies: it must ask before it sends again."""
    world = tale.world
    data = referral(cast.SECOND_CRIME, number=cast.AMIRAS_NUMBER, referral_id="REF-302")
    at = await world.clock.now()
    await publish(world, "support", "referral-accepted", data, id_="story-accepted-2", at=at)
    await news_of(tale, ACCEPTED)
    await world.notify.behave(Behaviour.LOST_AFTER)
    await evening_comes(world)
    await until("Notify has the message whose answer is lost", _one_more(tale))
    await world.processes.kill("notifications")
    await world.notify.behave(Behaviour.NORMAL)
    await world.processes.restart("notifications")


async def not_sent_again(tale: Tale) -> None:
    """Found by its reference, it is on record as sent; nothing of the import or the old hearing left meanwhile."""

    async def recovered() -> bool:
        return not any(entry.notified_at is None for entry in (await hers(tale)).of(ACCEPTED))

    await until("the message that Notify had already is on record as sent", recovered, within=RECOVERY_SECONDS)
    await deliveries_are_on_record(tale)
    await opens_everything(tale, officer=cast.WITNESS_CARE_OFFICER)
    found = await letters(tale.world)
    more = len(found) - tale.known.ordinary_messages
    demand(more == 1, f"{more} messages left where one had to")
    demand(len({letter.reference for letter in found}) == len(found), "one message was sent twice")


async def every_message_was_harmless(tale: Tale) -> None:
    """Each left in a safe hour, to the one safe address, and names nothing; each item was decided once."""
    found = await letters(tale.world)
    decided = (await decisions(tale.world, cast.WITNESS_CARE_OFFICER, of=tale.known.amira)).decisions
    news = [one.news_id for one in decided]
    demand(len(news) == len(set(news)), "an item of news was decided about twice")
    messages = {one.message_id for one in decided if one.message_id}
    demand(len(messages) < len(found), "there are more messages on record than left")


def _one_more(tale: Tale) -> Callable[[], Awaitable[bool]]:
    async def arrived() -> bool:
        return len(await letters(tale.world)) == tale.known.ordinary_messages + 1

    return arrived


@contextmanager
def _month() -> Iterator[Path]:
    with TemporaryDirectory(prefix="story-") as folder:
        # A service in a container runs as somebody else, who must be able to read it.
        Path(folder).chmod(0o755)
        file = Path(folder) / "2026-09-humberton-street.csv"
        file.write_text("\n".join((HEADING, *ROWS, "")))
        yield file


STEPS: Sequence[Step] = (
    Step("A month of open data is imported, twice: it is counted once and tells nobody", month_is_imported),
    Step("A hearing long over comes for the first time: history, which tells nobody", old_hearing_is_history),
    Step("notifications is killed with kill -9 in the middle of a send", killed_in_mid_send),
    Step("It asks Notify by reference: nothing is sent twice", not_sent_again),
    Step("Every message left in a safe hour and names no crime, court or police", every_message_was_harmless),
    Step("Ben still sees none of what is only Amira's", ben_never_saw_hers),
)
