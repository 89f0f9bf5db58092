"""What came of playing a lesson by its own solution."""

from dataclasses import dataclass, field
from typing import Any


@dataclass
class LessonReport:
    """A lesson that was played in one language.

    `faults` are mistakes in its files, `problems` what went wrong while it was played: one sentence each. `figures` are
    the claimed ones as JSON has them: ``step``, ``id``, ``claimed``, ``measured``, ``tolerance``, ``holds``.
    """

    lesson: str
    language: str
    faults: list[str] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)
    figures: list[dict[str, Any]] = field(default_factory=list)
    steps: int = 0
    seconds: float = 0.0

    @property
    def is_sound(self) -> bool:
        """Whether everything came out."""
        return not self.faults and not self.problems
