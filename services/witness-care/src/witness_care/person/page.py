"""The page of one victim, rendered."""

from collections.abc import Mapping
from typing import Final

from chassis.clock import Clock
from fastapi.responses import HTMLResponse

from witness_care.due.page_frame import answer, templates_of
from witness_care.due.page_lines import shown
from witness_care.person.person import Missing, Person
from witness_care.person.promise import promise_lines
from witness_care.telling.doubts import doubts_said
from witness_care.telling.timeline import Timeline, TimelineEntry
from witness_care.telling.words import words_of

_MISSING: Final[Mapping[Missing, str]] = {
    Missing.NONE: "",
    Missing.AWAY: "This cannot be shown now: the service that keeps it does not answer. Load the page again.",
    Missing.SIGN_IN: "This cannot be shown until you sign in again.",
}
LINKED: Final = "intake.victim-linked.v1"
_OURS: Final = ("journey.", "notifications.", "witness-care.")
"""What our own services did about what happened."""


class PersonPage:
    """Renders it; `mistake` is why something that was asked for was not done, by the page `page_id`."""

    def __init__(self, clock: Clock) -> None:
        self._template = templates_of("witness_care.person").get_template("person.html")
        self._clock = clock

    def of(
        self, person: Person, *, mistake: str | None = None, done: str | None = None, page_id: str | None = None
    ) -> HTMLResponse:
        """The page of this victim. Shown again with its id, it may send again what nobody knows the end of."""
        timeline = person.timeline if not isinstance(person.timeline, Missing) else Timeline(entries=())
        [victim] = shown([person.victim], new_id=self._clock.new_id)
        html = self._template.render(
            victim=victim,
            page_id=page_id or self._clock.new_id(),
            entries=[_entry(timeline, one) for one in timeline.entries if not one.type.startswith(_OURS)],
            ours=[words_of(one) for one in timeline.entries if one.type.startswith(_OURS)],
            accused=_accused(timeline),
            promise=promise_lines(person.promise) if not isinstance(person.promise, Missing) else [],
            reports=[one.said for one in person.reports.root] if not isinstance(person.reports, Missing) else [],
            missing={
                "timeline": _why(person.timeline),
                "promise": _why(person.promise),
                "reports": _why(person.reports),
            },
            sign_in=person.sign_in,
            mistakes={"acts": mistake} if mistake else {},
            done=done,
        )
        return answer(html, refused=mistake is not None)


def _why(part: object) -> str:
    return _MISSING[part] if isinstance(part, Missing) else ""


def _accused(timeline: Timeline) -> list[tuple[str, str]]:
    """Case and accused of whom the timeline tells, each once, in the order in which they came."""
    oldest_first = reversed(timeline.entries)
    pairs = [(entry.case_id, accused) for entry in oldest_first if entry.case_id for accused in entry.defendants]
    return list(dict.fromkeys(pairs))


def _entry(timeline: Timeline, entry: TimelineEntry) -> dict[str, object]:
    right = timeline.standing(entry)
    return {
        "said": words_of(entry),
        "right": words_of(right) if right else None,
        "taken_back": entry.retracted,
        "told": entry.told_at is not None,
        "event": entry.event,
        "doubt": doubts_said(entry.doubt) if entry.doubt else None,
        "reach": entry.reach,
        "link_id": entry.event.id if entry.type == LINKED else None,
    }
