"""Templates as Notify holds them: words with ((places)) that the caller fills."""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict

from sandbox.notify_fake.failures import bad_request

PLACE = re.compile(r"\(\(([^)]+)\)\)")


class Template(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    kind: Literal["email", "sms"]
    subject: str = ""
    body: str


@dataclass(frozen=True)
class Words:
    """What the person reads."""

    subject: str
    body: str


class Templates:
    """By id. Raises NotifyError (400) as Notify does."""

    def __init__(self, templates: Mapping[str, Template]) -> None:
        self._templates = templates

    @classmethod
    def read(cls, file: Path) -> "Templates":
        tables = tomllib.loads(file.read_text())["templates"]
        return cls({key: Template.model_validate(table) for key, table in tables.items()})

    def fill(self, template_id: str, *, kind: str, values: Mapping[str, object]) -> Words:
        template = self._templates.get(template_id)
        if template is None:
            raise bad_request("Template not found")
        if template.kind != kind:
            raise bad_request(f"{template.kind} template is not suitable for {kind} notification")
        missing = [place for place in PLACE.findall(template.subject + template.body) if place not in values]
        if missing:
            raise bad_request(f"Missing personalisation: {', '.join(missing)}")
        return Words(_filled(template.subject, values), _filled(template.body, values))


def _filled(text: str, values: Mapping[str, object]) -> str:
    return PLACE.sub(lambda place: str(values[place[1]]), text)
