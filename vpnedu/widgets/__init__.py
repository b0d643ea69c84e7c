"""To touch: figures of the book, live in a notebook and playing on the page."""

from typing import TYPE_CHECKING

from vpnedu.simulation.scenarios import scenario
from vpnedu.widgets.failover import play_failover
from vpnedu.widgets.figure import figure_of
from vpnedu.widgets.matrix import play_matrix

if TYPE_CHECKING:
    from vpnedu.widgets.player import Player
    from vpnedu.widgets.quiz_widget import Practice, Quiz

__all__ = ["drills", "exam", "play", "play_failover", "play_matrix", "progress", "quiz"]


def play(
    *names: str,
    anchor: str,
    caption: str,
    title: str | None = None,
    presets: tuple[int, ...] | None = None,
    ask: str | None = None,
) -> "Player":
    """The figure of one scenario by its name, or of two side by side on one clock.

    See `vpnedu.widgets.figure.figure_of` for what the other arguments mean.
    """
    # Imported here: anywidget is not there where only the core runs, as in a browser's Python.
    from vpnedu.widgets.player import Player

    chosen = tuple(scenario(name) for name in names)
    figure = figure_of(
        chosen, anchor=anchor, caption=caption, title=title, presets=presets, ask=ask
    )
    return Player(figure)


def quiz(name: str) -> "Quiz":
    """The quiz of the chapter called `name`; an InputError if there is none."""
    from vpnedu.book.banks import bank
    from vpnedu.widgets.quiz_widget import Quiz

    return Quiz(bank(name))


def drills(*topics: str) -> "Practice":
    """Questions that the engine writes, without end, of all topics or of those named."""
    from vpnedu.widgets import practice

    return practice.drills(*topics)


def exam() -> "Practice":
    """The exam over the whole book; see `vpnedu.quiz.exam` for what it asks."""
    from vpnedu.widgets import practice

    return practice.exam()


def progress() -> "Practice":
    """What a reader has done in the whole book, in one place."""
    from vpnedu.widgets import practice

    return practice.progress()
