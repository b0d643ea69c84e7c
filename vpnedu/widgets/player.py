"""The live widget: the page's own modules inside an anywidget, with the kernel as engine."""

from typing import Any

import anywidget
import traitlets

from vpnedu.widgets.engine import replied
from vpnedu.widgets.figure import Figure
from vpnedu.widgets.matrix import MatrixFigure
from vpnedu.widgets.modules import STATIC, javascript


class Player(anywidget.AnyWidget):
    """A figure in a notebook: live with a kernel, playing on the site, readable as text."""

    _esm = javascript("live")
    _css = (STATIC / "vpnedu.css").read_text(encoding="utf-8")
    html = traitlets.Unicode().tag(sync=True)

    def __init__(self, figure: Figure | MatrixFigure):
        super().__init__(html=figure.html())
        self.figure = figure
        self.on_msg(self._asked)

    def _asked(self, _widget: Any, content: dict[str, Any], _buffers: Any) -> None:
        """The page asks for a run (see `vpnedu.widgets.engine`)."""
        self.send(replied(content))

    def _repr_mimebundle_(self, **kwargs: Any) -> tuple[dict[str, Any], dict[str, Any]]:
        live = super()._repr_mimebundle_(**kwargs)
        data, metadata = live if live is not None else ({}, {})
        data = {**data, "text/html": self.html, "text/plain": str(self.figure)}
        return data, metadata
