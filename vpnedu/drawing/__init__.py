"""Pictures for print and slides: a topology; a packet's run as storyboard or film; a run over
time as lanes; what many runs and years come to, as a matrix and as downtimes."""

from vpnedu.drawing.downtimes import downtime
from vpnedu.drawing.films import film
from vpnedu.drawing.layout import places
from vpnedu.drawing.matrices import matrix
from vpnedu.drawing.pictures import draw
from vpnedu.drawing.places import graph
from vpnedu.drawing.storyboards import storyboard
from vpnedu.drawing.timelines import lanes

__all__ = [
    "downtime",
    "draw",
    "film",
    "graph",
    "lanes",
    "matrix",
    "places",
    "storyboard",
]
