"""What the tests of pictures share: the texts of a figure, and the room that each takes."""

from collections.abc import Callable, Iterator

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
