"""The story that must work, played from outside: what agencies, victims and officers do, and what must follow.

Every step acts through a public interface and then waits, with a deadline, for what must follow from it.
"""

from sandbox.scenario.playing import CHAPTERS, play
from sandbox.scenario.tale import Known

__all__ = ["CHAPTERS", "Known", "play"]
