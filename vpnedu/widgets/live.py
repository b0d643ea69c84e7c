"""What every element of the page is in a notebook: live, and readable as HTML and as text."""

from typing import Any

import anywidget
import traitlets

from vpnedu.widgets.engine import replied


class Live(anywidget.AnyWidget):
    """An element in a notebook: live with a kernel, on the site as `html`, in a terminal `text`."""

    html = traitlets.Unicode().tag(sync=True)

    def __init__(self, html: str, text: str):
        super().__init__(html=html)
        self.text = text

    def _repr_mimebundle_(self, **kwargs: Any) -> tuple[dict[str, Any], dict[str, Any]]:
        live = super()._repr_mimebundle_(**kwargs)
        data, metadata = live if live is not None else ({}, {})
        return {**data, "text/html": self.html, "text/plain": self.text}, metadata

    def _asked(self, _widget: Any, content: dict[str, Any], _buffers: Any) -> None:
        """The page asks the kernel (see `vpnedu.widgets.engine`); for those that listen to it."""
        self.send(replied(content))
