"""What the tests of pictures share: the texts of a figure, and the room that each takes."""

from collections.abc import Callable, Iterator
from itertools import combinations

import pytest
from matplotlib import pyplot as plt
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.text import Text
from matplotlib.transforms import Bbox

from vpnedu.drawing.style import house_style


def _texts(figure: Figure) -> list[Text]:
    return [text for text in figure.findobj(Text) if text.get_text().strip()]


@pytest.fixture
def texts() -> Callable[[Figure], list[Text]]:
    """Every text of a figure that says something."""
    return _texts


@pytest.fixture
def words() -> Callable[[Figure], list[str]]:
    """What the texts of a figure say, each on one line."""
    return lambda figure: [" ".join(text.get_text().split()) for text in _texts(figure)]


@pytest.fixture
def rooms() -> Callable[[Figure], list[tuple[str, Bbox]]]:
    """Each text of a figure with the room that it takes, in dots."""

    def measured(figure: Figure) -> list[tuple[str, Bbox]]:
        FigureCanvasAgg(figure)
        with house_style():
            return [(text.get_text(), text.get_window_extent()) for text in _texts(figure)]

    return measured


@pytest.fixture(autouse=True)
def _pyplot_keeps_no_figure() -> Iterator[None]:
    yield
    assert plt.get_fignums() == []


@pytest.fixture
def legible(rooms: Callable[[Figure], list[tuple[str, Bbox]]]) -> Callable[[Figure], None]:
    """Fails where a text of a figure leaves the sheet or lies on another."""

    def check(figure: Figure) -> None:
        taken = rooms(figure)
        for text, room in taken:
            assert room.x0 >= 0, text
            assert room.y0 >= 0, text
            assert room.x1 <= figure.bbox.x1, text
            assert room.y1 <= figure.bbox.y1, text
        for (one, room), (other, its_room) in combinations(taken, 2):
            # Lines of text are allowed to stand close: a room goes from ascender to descender.
            dense = room.padded(0, -3).overlaps(its_room.padded(0, -3))
            assert not dense, (one, other)

    return check
