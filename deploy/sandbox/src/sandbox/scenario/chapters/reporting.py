"""Amira's flat is burgled: she reports online, the police record it, and somebody answers to her."""

from collections.abc import Sequence
from datetime import timedelta

from sandbox.scenario import cast
from sandbox.scenario.agencies import crime_reported, publish, victim_identified
from sandbox.scenario.answers import DueItem, DueVictim
from sandbox.scenario.calls import Service, address, as_person, expect
from sandbox.scenario.days import morning_comes
from sandbox.scenario.letters import letters
from sandbox.scenario.people import in_care_of, let_in, record_contact, take_over, timeline, waiting_for_anybody
from sandbox.scenario.steps import Step
from sandbox.scenario.tale import Tale
from sandbox.scenario.telling import hers
from sandbox.scenario.waiting import demand, eventually, until

OFFENCE = "Burglary of a flat; a laptop and jewellery taken"


async def amira_reports(tale: Tale) -> None:
    """Nothing is sent to the address she typed: nobody has confirmed that it is hers, or safe."""
    now = await morning_comes(tale.world)
    report = {
        "name": cast.AMIRAS_NAME,
        "what_happened": "I came home and the door was forced. My laptop and my mother's ring are gone.",
        "happened_on": (now - timedelta(days=1)).date().isoformat(),
        "wants_support": True,
        "share_with_police": True,
        "contact": cast.AMIRAS_PHONE,
    }
    answer = await tale.world.http.post(f"{address(tale.world, Service.INTAKE)}/reports", json=report)
    tale.known.report_reference = expect(answer, 201).json()["report_reference"]
    demand(not await letters(tale.world), "something was sent on the strength of an unconfirmed report")


async def police_record(tale: Tale) -> None:
    """The same event sent twice is one event with one place in the log."""
    at = await tale.world.clock.now()
    data = crime_reported(cast.FIRST_CRIME, offence=OFFENCE, report_reference=tale.known.report_reference)
    first = await publish(tale.world, "police", "crime-reported", data, id_="story-crime-1", at=at)
    again = await publish(tale.world, "police", "crime-reported", data, id_="story-crime-1", at=at)
    demand(again["duplicate"], "a repeated event was taken for a new one")
    demand(again["position"] == first["position"], "a repeated event has another position")


async def police_identify(tale: Tale) -> None:
    data = victim_identified(
        cast.FIRST_CRIME,
        number=cast.AMIRAS_NUMBER,
        name=cast.AMIRAS_NAME,
        report_reference=tale.known.report_reference,
    )
    at = await tale.world.clock.now()
    await publish(tale.world, "police", "victim-identified", data, id_="story-victim-1", at=at)


async def officer_takes_over(tale: Tale) -> None:
    """Until somebody does, she is on the list of those who wait for anybody."""
    world = tale.world

    async def look() -> DueVictim | None:
        return await waiting_for_anybody(world, cast.POLICE_OFFICER, name=cast.AMIRAS_NAME)

    tale.known.amira = (await eventually("Amira is on the list of victims whom nobody has taken over", look)).victim_id
    await take_over(
        world,
        cast.POLICE_OFFICER,
        victim=tale.known.amira,
        name="Sgt Dana Marsh",
        role="police-officer",
        phone="01632 960411",
    )

    async def hers_now() -> bool:
        return await in_care_of(world, cast.POLICE_OFFICER, victim=tale.known.amira) is not None

    await until("Amira is on the police officer's own list", hers_now)


async def officer_lets_her_in(tale: Tale) -> None:
    """Her timeline is hers; to anybody else it is as if nobody were there."""
    world, amira = tale.world, tale.known.amira
    await let_in(world, cast.POLICE_OFFICER, victim=amira, persona=cast.AMIRA)
    path = f"/victims/{amira}/timeline"

    async def open_to_her() -> bool:
        return (await as_person(world, cast.AMIRA, Service.JOURNEY, "GET", path)).status_code == 200

    await until("Amira's own sign-in may see her timeline", open_to_her)
    expect(await as_person(world, cast.STRANGER, Service.JOURNEY, "GET", path), 404)

    async def crime_is_there() -> bool:
        return bool((await timeline(world, cast.AMIRA, of=amira)).of("police.crime-reported"))

    await until("the crime is on her timeline", crime_is_there)
    entries = await timeline(world, cast.AMIRA, of=amira)
    crimes = entries.of("police.crime-reported")
    demand(len(crimes) == 1, f"the crime is {len(crimes)} times on her timeline")
    demand(entries.of("intake.report-received"), "her own report is not on her timeline")
    demand(crimes[0].case_id == entries.of("intake.report-received")[0].case_id, "report and crime are two cases")
    tale.known.first_case = crimes[0].case_id or ""


async def officer_tells_her_in_person(tale: Tale) -> None:
    """Nothing is agreed as safe yet, so no message may leave: a person tells her."""
    world, amira = tale.world, tale.known.amira

    async def contact_due() -> DueItem | None:
        care = await in_care_of(world, cast.POLICE_OFFICER, victim=amira)
        return next((item for item in care.items if item.kind == "contact"), None) if care else None

    item = await eventually("a contact is due, as no channel is agreed as safe", contact_due)
    await record_contact(world, cast.POLICE_OFFICER, victim=amira, about=item, at=await world.clock.now())

    async def told() -> bool:
        return hers_told[0].told_how == "in-person" if (hers_told := (await hers(tale)).of(CRIME)) else False

    await until("her timeline says that she was told in person", told)
    demand(not await letters(world), "a message left before any promise was agreed")


CRIME = "police.crime-reported"

STEPS: Sequence[Step] = (
    Step("Amira reports the burglary online", amira_reports),
    Step("The police record the crime, quoting her report", police_record),
    Step("The police identify her as its victim", police_identify),
    Step("A police officer takes over as her single point of contact", officer_takes_over),
    Step("The officer grants her sign-in access to her timeline", officer_lets_her_in),
    Step("The officer tells her in person, as nothing is agreed as safe yet", officer_tells_her_in_person),
)
