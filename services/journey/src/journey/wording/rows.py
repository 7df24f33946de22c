"""Words as data: all that one type of event says, as English templates with named slots.

A template is what a translation into another language is looked up by. Types that have to choose between texts have
code instead; both are a way from what an event says to its words.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from contracts.words import word

from journey.wording.content import NOTHING_TO_DO, Audience, Content, Detail, Turn, Words

Wording = Callable[[Content], Words]
"""The words of one type: a row, or code that chooses."""
Value = Callable[[Content], str | None]
"""What stands in a slot or after a label; None, or nothing, where the event does not say it."""
Lines = tuple[tuple[str, Value], ...]
"""Labels, and what stands after each; a line of which nothing is said is left out."""


def text(name: str) -> Value:
    """The field as it came."""
    return lambda said: said.text(name)


def when(name: str) -> Value:
    """The field, a date or an instant, as people say it."""
    return lambda said: said.when(name)


def called(kind: type[StrEnum], name: str, *, otherwise: str = "") -> Value:
    """What the member of an enumeration is called; `otherwise` for one that is absent or of a later contract."""
    return lambda said: word(kind, said.text(name)) or otherwise


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """All that one type says. `slots` fill the names in braces of title, meaning, action and ahead."""

    title: str
    meaning: str
    ahead: str
    action: str = NOTHING_TO_DO
    details: Lines = ()
    for_officers: Lines = ()
    audience: Audience = Audience.VICTIM
    turns: tuple[Turn, ...] = ()
    slots: Mapping[str, Value] = field(default_factory=dict)

    @property
    def templates(self) -> tuple[str, ...]:
        """What there is to translate, apart from labels."""
        return (self.title, self.meaning, self.action, self.ahead)

    def __call__(self, said: Content) -> Words:
        """The words of one event."""
        filled = {name: value(said) or "" for name, value in self.slots.items()}
        title, meaning, action, ahead = (template.format(**filled).strip() for template in self.templates)
        return Words(
            title=title,
            meaning=meaning,
            action=action,
            ahead=ahead,
            details=_lines(self.details, said),
            for_officers=_lines(self.for_officers, said),
            audience=self.audience,
            turns=self.turns,
        )


def _lines(lines: Lines, said: Content) -> tuple[Detail, ...]:
    return tuple(Detail(label, value) for label, of in lines if (value := of(said)))
