"""What every element of the page is in a notebook: live, and readable as HTML and as text."""

import sys
from typing import Any

if sys.platform == "emscripten":

    class Live:
        """An element made by a page's Python: no kernel is behind it, and its HTML plays alone."""

        def __init__(self, html: str, text: str):
            self.html, self.text = html, text

        def _repr_mimebundle_(self, **_: Any) -> tuple[dict[str, Any], dict[str, Any]]:
            return {"text/html": self.html, "text/plain": self.text}, {}

else:
    import asyncio

    import anywidget
    import traitlets

    from vpnedu.widgets.engine import answer
    from vpnedu.widgets.protocol import Conversation

    class Live(anywidget.AnyWidget):
        """An element in a notebook: live with a kernel, else `html`, in a terminal `text`."""

        html = traitlets.Unicode().tag(sync=True)

        def __init__(self, html: str, text: str):
            super().__init__(html=html)
            self.text = text
            self._conversation = Conversation(answer, lambda message: self.send(message))

        def _repr_mimebundle_(self, **kwargs: Any) -> tuple[dict[str, Any], dict[str, Any]]:
            live = super()._repr_mimebundle_(**kwargs)
            data, metadata = live if live is not None else ({}, {})
            return {**data, "text/html": self.html, "text/plain": self.text}, metadata

        def _asked(self, _widget: Any, content: dict[str, Any], _buffers: Any) -> None:
            """The page asks the kernel (see `vpnedu.widgets.protocol`); for those that listen."""
            idle = not self._conversation.waiting
            self._conversation.hear(content)
            if idle:
                self._work()

        def _work(self) -> None:
            """One slice after another; between two the kernel hears what else the page sends."""
            if self._conversation.work():
                asyncio.get_running_loop().call_soon(self._work)
