"""Which scripts and styles a page of the book loads: its own, and the figures' where it has one."""

import hashlib
import shutil
from pathlib import Path
from typing import Any

from sphinx.application import Sphinx

from vpnedu.widgets.modules import STATIC as FIGURES
from vpnedu.widgets.modules import script

BOOK = Path(__file__).parent / "static"

# Styles for buttons, tabs and coloured terminals that the book does not have.
UNUSED = ("mystnb.", "furo-extensions.")


def digest() -> str:
    """A short hash over all files that the site adds to its pages."""
    files = (path for folder in (BOOK, FIGURES) for path in sorted(folder.rglob("*.*")))
    return hashlib.sha256(b"".join(path.read_bytes() for path in files)).hexdigest()[:8]


def copy(app: Sphinx) -> None:
    """Copy the book's style and the figures' files to `_static/vpnedu` of the built site."""
    target = Path(app.outdir) / "_static" / "vpnedu"
    shutil.rmtree(target, ignore_errors=True)
    shutil.copytree(BOOK, target)
    shutil.copy(FIGURES / "vpnedu.css", target)
    # In one piece: one request instead of a dozen, and it runs from a disk, too.
    (target / "player.js").write_text(script("player"), encoding="utf-8")


def choose(app: Sphinx, page: str, template: str, context: dict[str, Any], tree: object) -> None:
    """Add the player to a page that has a figure, and leave out the styles no page uses."""
    if "<vpn-figure" in context.get("body", ""):
        app.add_css_file("vpnedu/vpnedu.css")
        app.add_js_file("vpnedu/player.js", loading_method="defer")
    context["css_files"] = [
        style for style in context["css_files"] if not Path(style.filename).name.startswith(UNUSED)
    ]
