"""Telling how far a story has come."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Protocol


class StepFailed(Exception):
    """A step of the story did not do what it should; the message names it and says what was seen."""

    def __init__(self, title: str, error: Exception) -> None:
        super().__init__(f"{title}: {str(error) or type(error).__name__}")
        self.title = title


class Story(Protocol):
    """Who watches a story being played."""

    def expect(self, steps: int) -> None:
        """So many steps are to come."""

    def began(self, title: str) -> None: ...

    def ended(self) -> None: ...


@contextmanager
def step(story: Story, title: str) -> Iterator[None]:
    """One step; whatever goes wrong in it is raised as StepFailed."""
    story.began(title)
    try:
        yield
    except Exception as error:
        raise StepFailed(title, error) from error
    story.ended()


class QuietStory:
    """For tests: remembers the titles."""

    def __init__(self) -> None:
        self.titles: list[str] = []

    def expect(self, steps: int) -> None:
        """Nothing to show."""

    def began(self, title: str) -> None:
        self.titles.append(title)

    def ended(self) -> None:
        """Nothing to show."""
