"""Which scripts and styles a page of the book loads: its own, the figures' and the quizzes'."""

import hashlib
import shutil
from pathlib import Path
from typing import Any

from sphinx.application import Sphinx

from vpnedu.site import editor
from vpnedu.widgets.instrument import KINDS
from vpnedu.widgets.modules import STATIC as FIGURES
from vpnedu.widgets.modules import script

BOOK = Path(__file__).parent / "static"

# What each kind of element needs, file by file. A script is the entry's modules in one piece.
FIGURE = ("vpnedu.css", "player.js")
QUIZ = ("vpnedu.css", "quiz.css", "quiz.js")  # the player comes when a run is wanted
PRACTICE = ("vpnedu.css", "quiz.css", "practice.css")
NEEDS = {
    "<vpn-figure id": FIGURE,
    "<vpn-quiz": QUIZ,
    "<vpn-drills": (*PRACTICE, "drills.js"),
    "<vpn-exam": (*PRACTICE, "exam.js"),
    "<vpn-progress": (*PRACTICE, "progress.js"),
    "<vpn-offline": ("vpnedu.css", "keep_offline.js"),
    "<vpn-sandbox ": ("vpnedu.css", "sandbox.css", "sandbox.js"),
} | {f"<vpn-{name} ": ("vpnedu.css", f"{name}.css", f"{name}.js") for name in KINDS}
NEEDS["<vpn-fault "] = (*FIGURE, "fault.css", "fault.js")  # its runs are figures
STYLES = (
    "vpnedu.css",
    "quiz.css",
    "practice.css",
    "cells.css",
    "editing.css",
    "sandbox.css",
    *(f"{name}.css" for name in KINDS),
)
SCRIPTS = (
    {
        "player.js": "player",
        "quiz.js": "quiz_page",
        "saving.js": "saving",
        "python.js": "python_page",
        "cells.js": "cells",
        "cell_desk.js": "cell_desk",
        "offline.js": "offline",
        "sandbox.js": "sandbox",
        "sandbox_desk.js": "sandbox_desk",
    }
    | {f"{name}.js": f"{name}_page" for name in ("drills", "exam", "progress")}
    | {"keep_offline.js": "offline_page"}
    | {f"{name}.js": name for name in KINDS}
)

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
    for style in STYLES:
        shutil.copy(FIGURES / style, target)
    # In one piece: one request instead of a dozen, and it runs from a disk, too.
    for name, entry in SCRIPTS.items():
        (target / name).write_text(script(entry), encoding="utf-8")
    editor.shrink(app, [target / name for name in SCRIPTS])


def needed(body: str) -> list[str]:
    """The files that the elements in a page's HTML need, each once, in the order of loading."""
    return list(
        dict.fromkeys(name for tag, names in NEEDS.items() if tag in body for name in names)
    )


def choose(app: Sphinx, page: str, template: str, context: dict[str, Any], tree: object) -> None:
    """Add what the figures and quizzes of a page need, and leave out the styles no page uses."""
    for name in needed(context.get("body", "")):
        if name.endswith(".css"):
            app.add_css_file(f"vpnedu/{name}")
        else:
            app.add_js_file(f"vpnedu/{name}", loading_method="defer")
    context["css_files"] = [
        style for style in context["css_files"] if not Path(style.filename).name.startswith(UNUSED)
    ]
