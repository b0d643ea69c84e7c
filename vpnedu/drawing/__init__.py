"""Pictures for print and slides: a topology, a run as a storyboard, a run as a film."""

from vpnedu.drawing.films import film
from vpnedu.drawing.layout import places
from vpnedu.drawing.pictures import draw
from vpnedu.drawing.places import graph
from vpnedu.drawing.storyboards import storyboard

__all__ = ["draw", "film", "graph", "places", "storyboard"]
