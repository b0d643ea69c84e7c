"""Figures to play with that are no run: bytes of a packet, a window, a plan of prefixes.

An instrument of kind "bytes" is the element <vpn-bytes>; `static/bytes.js` makes it out of the
JSON inside it, `static/bytes.css` is its look. On the site both come to a page that has one.
"""

import json
import sys
from dataclasses import dataclass
from functools import cache
from html import escape
from typing import Any

from vpnedu.widgets.live import Live
from vpnedu.widgets.modules import STATIC, javascript

# What there is, each with a script and a style of its own name.
KINDS = tuple(
    name
    for name in ("bytes", "ladder", "window", "fits", "plan", "chooser", "fault", "map")
    if (STATIC / f"{name}.js").exists() and (STATIC / f"{name}.css").exists()
)

# In a notebook: the element makes itself out of its HTML. Keys pressed in it are its own, since in
# JupyterLab "2" would turn the cell into a heading.
_LIVE = """
export default {
  render: ({ model, el }) => {
    el.dataset.lmSuppressShortcuts = "true";
    el.innerHTML = model.get("html");
  },
};
"""


@dataclass(frozen=True)
class Instrument:
    """An instrument of the book. `id` is its anchor; `caption` says what to notice or do.

    `still` is HTML that tells the same without scripts and on paper; `text` does so in a terminal.
    """

    kind: str
    id: str
    title: str
    caption: str
    data: dict[str, Any]
    still: str
    text: str

    def html(self) -> str:
        """The custom element with its data, and inside it what is read without scripts."""
        # A "<" could end the script element or open a comment; JSON can write it as a number.
        data = json.dumps(self.data, ensure_ascii=False, separators=(",", ":"))
        data = data.replace("<", "\\u003c")
        return (
            f'<vpn-{self.kind} class="instrument" id="{escape(self.id)}">'
            f'<script type="application/json">{data}</script>'
            f'<p class="figure-title">{escape(self.title)}</p>'
            f'<p class="figure-caption">{escape(self.caption)}</p>'
            f'<div class="frame">{self.still}</div></vpn-{self.kind}>'
        )

    def __str__(self) -> str:
        return "\n".join([self.title, self.caption, "", self.text]).rstrip()


def shown(instrument: Instrument) -> Live:
    """The instrument in a notebook: live with or without a kernel."""
    return _widget(instrument.kind)(instrument.html(), str(instrument))


@cache
def _widget(kind: str) -> type[Live]:
    if sys.platform == "emscripten":  # in a page its script and style are there
        return Live
    style = "".join(
        (STATIC / f"{name}.css").read_text(encoding="utf-8") for name in ("vpnedu", kind)
    )
    module = javascript(kind, "saving") + _LIVE
    return type(kind.capitalize(), (Live,), {"_esm": module, "_css": style})
