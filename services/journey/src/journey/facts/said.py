"""What journey keeps of a fact's data beside its sealed bytes: codes and times, never a person's words."""

from datetime import datetime

import msgspec


class Said(msgspec.Struct, frozen=True, gc=False, omit_defaults=True):
    """The codes by which rules choose. Of a correction, those of its replacement: what holds.

    `says` is the type of what holds, where that is not the event's own. `crimes` are the cases of the crimes that it
    names; None where it names only the prosecution, and is about all of a matter. `ends` are threads besides its own
    whose last word it is. `about_at` is when what it is about begins. `categories` are the enhanced categories that
    the police found. `sharing` names what was said at one time of one hearing.
    """

    says: str | None = None
    crimes: tuple[str, ...] | None = None
    ends: tuple[str, ...] = ()
    about_at: datetime | None = None
    scope: str | None = None
    declined_by: str | None = None
    verdict: str | None = None
    others_open: bool = False
    plea: str | None = None
    categories: tuple[str, ...] = ()
    sharing: str | None = None
    retraction: str | None = None


NOTHING_SAID = Said()

encode_said = msgspec.json.Encoder().encode
decode_said = msgspec.json.Decoder(Said).decode
