"""The live widget: the page's own modules inside an anywidget, with the kernel as engine."""

import sys

from vpnedu.widgets.figure import Figure
from vpnedu.widgets.live import Live
from vpnedu.widgets.matrix import MatrixFigure
from vpnedu.widgets.modules import STATIC, javascript


class Player(Live):
    """A figure in a notebook: live with a kernel, playing on the site, readable as text."""

    if sys.platform != "emscripten":  # in a page all this is there
        _esm = javascript("live")
        _css = "".join(
            (STATIC / f"{name}.css").read_text(encoding="utf-8") for name in ("vpnedu", "editing")
        )

    def __init__(self, figure: Figure | MatrixFigure):
        super().__init__(figure.html(), str(figure))
        self.figure = figure
        if sys.platform != "emscripten":
            self.on_msg(self._asked)
