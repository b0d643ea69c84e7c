"""To touch: figures of the book, live in a notebook and playing on the page."""

from typing import TYPE_CHECKING

from vpnedu.simulation.scenarios import scenario
from vpnedu.widgets.failover import play_failover
from vpnedu.widgets.figure import figure_of
from vpnedu.widgets.matrix import play_matrix

if TYPE_CHECKING:
    from vpnedu.widgets.player import Player

__all__ = ["play", "play_failover", "play_matrix"]


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
