"""The running system as a story sees it: through public addresses, and as the people and systems that use them."""

from sandbox.world.story import QuietStory, StepFailed, Story
from sandbox.world.world import Addresses, Processes, World, world_at

__all__ = ["Addresses", "Processes", "QuietStory", "StepFailed", "Story", "World", "world_at"]
