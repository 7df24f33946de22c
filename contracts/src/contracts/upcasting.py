"""Old shapes read as new ones: stored bytes stay, and one pure, total step per version leads to the next."""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any, NamedTuple

Data = Mapping[str, Any]


class Step(NamedTuple):
    """From one version to the next: the new type's name, and the data rewritten for it. It must never raise."""

    type: str
    rewrite: Callable[[Data], Data]


UPCASTERS: Mapping[str, Step] = MappingProxyType({})
"""By the type they start from. A sealed field keeps the type and path it was recorded under."""


def upcast(name: str, data: Data, *, upcasters: Mapping[str, Step] = UPCASTERS) -> tuple[str, Data]:
    """The newest name and shape of recorded data; both unchanged when the type is the newest."""
    while (step := upcasters.get(name)) is not None:
        name, data = step.type, step.rewrite(data)
    return name, data
