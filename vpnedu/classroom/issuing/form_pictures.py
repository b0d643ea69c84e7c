"""The drawings of a paper as HTML: each network as it stands before anything happens."""

from html import escape

from vpnedu.classroom.issuing.keys import Pictures
from vpnedu.quiz.paper import Paper
from vpnedu.simulation.trace import Trace
from vpnedu.widgets.scene import scenes


def pictures(paper: Paper) -> Pictures:
    """A drawing for each question that asks for one, by its slot and its place in the pool."""
    return {
        (slot.name, place): drawn(question.trace)
        for slot in paper.slots
        for place, question in enumerate(slot.pool)
        if question.picture and question.trace
    }


def drawn(trace: Trace) -> str:
    """The network of a run in both arrangements, for a wide page and for a phone.

    The run's title is left out: it may tell how it ends.
    """
    both = scenes(trace)
    title = escape(trace.title)
    shown = (both["wide"] + both["upright"]).replace(f'aria-label="{title}: ', 'aria-label="')
    return (
        '<vpn-figure still><div class="frame q-picture">'
        f'<div class="scene">{shown}</div></div></vpn-figure>'
    )
