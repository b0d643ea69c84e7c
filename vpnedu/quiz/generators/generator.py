"""What a generator is."""

from collections.abc import Callable
from dataclasses import dataclass

from vpnedu.quiz.question import Question
from vpnedu.simulation.chance import Chance


@dataclass(frozen=True, slots=True)
class Generator:
    """A maker of questions. `title` says what its reader can do, as an objective.

    `topic` groups generators for drills; `chapter` and `section` are the page and the anchor
    that teach it.
    """

    name: str
    title: str
    topic: str
    chapter: str
    section: str
    make: Callable[[Chance], Question]
