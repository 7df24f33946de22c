"""What police, prosecutors and support services publish: CloudEvents with references of their own."""

import json
from collections.abc import Mapping
from datetime import datetime

from sandbox.scenario import cast
from sandbox.scenario.calls import Service, as_system, expect
from sandbox.scenario.waiting import demand
from sandbox.world import World

STRUCTURED = "application/cloudevents+json"
Data = Mapping[str, object]


async def publish(world: World, publisher: str, fact: str, data: Data, *, id_: str, at: datetime) -> dict[str, object]:
    """Publishes `<publisher>.<fact>.v1` and gives the receipt: what it names is on disk."""
    content = json.dumps(
        {
            "specversion": "1.0",
            "id": id_,
            "source": f"https://{publisher}.example.org",
            "type": f"{publisher}.{fact}.v1",
            "time": at.isoformat(timespec="seconds"),
            "datacontenttype": "application/json",
            "data": data,
        }
    ).encode()
    answer = await as_system(
        world, f"sandbox-{publisher}", Service.INTAKE, "POST", "/events", content=content, content_type=STRUCTURED
    )
    receipt: dict[str, object] = expect(answer, 200).json()["results"][0]["receipt"]
    demand(receipt["id"] == id_, "the receipt names another event")
    return receipt


def crime(value: str) -> Data:
    """The force's own reference of a crime."""
    return {"scheme": "crime-reference", "issuer": cast.FORCE, "value": value}


def urn() -> Data:
    """The number that police, prosecutors and courts share."""
    return {"scheme": "urn", "issuer": cast.FORCE, "value": cast.URN}


def victim(number: str) -> Data:
    """The force's own number of a victim."""
    return {"issuer": cast.FORCE, "number": number}


def crime_reported(value: str, *, offence: str, report_reference: str | None = None) -> Data:
    """A recorded crime, quoting the victim's own report where there is one."""
    quoted = {} if report_reference is None else {"report_reference": report_reference}
    officer = {"name": "Sgt Dana Marsh", "unit_phone": "01632 960411", "unit_email": "burglary.team@example.org"}
    return {"references": [crime(value)], "offence": offence, "channel": "online", "officer": officer, **quoted}


def victim_identified(value: str, *, number: str, name: str, report_reference: str | None = None) -> Data:
    """Whom a crime harmed."""
    quoted = {} if report_reference is None else {"report_reference": report_reference}
    return {"references": [crime(value)], "victim": victim(number), "name": name, **quoted}


def referral(value: str, *, number: str, referral_id: str) -> dict[str, object]:
    """What is common to the facts of one referral."""
    return {
        "references": [crime(value)],
        "victim": victim(number),
        "referral_id": referral_id,
        "service": "Harbour Support",
    }
