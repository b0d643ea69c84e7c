"""Python for the pages: Pyodide's core and the library itself, in `_static/vpnedu/python`.

`.ci/setup page` gets Pyodide from npm. Where it is not there the build says so, and the book is
built without: figures play what the pages carry.
"""

import hashlib
import io
import json
import re
import zipfile
from functools import cache
from pathlib import Path
from typing import Any

from sphinx.application import Sphinx
from sphinx.util import logging

import vpnedu
from vpnedu.site.editor import MADE
from vpnedu.site.editor import source as packages
from vpnedu.widgets.modules import STATIC

PACKAGE = Path(vpnedu.__file__).parent
LOCK = "pyodide-lock.json"
# Of the package only what a page loads: no types, no console.
CORE = ("pyodide.mjs", "pyodide.asm.mjs", "pyodide.asm.wasm", "python_stdlib.zip")
# Where Pyodide would look for packages that it is not told of; the book's pages ask no other host.
ELSEWHERE = re.compile(rb"https://cdn\.[\w.]+/pyodide/")
# What runs in a browser's Python, and what it is asked through.
LAYERS = ("network", "simulation", "configuring", "quiz", "book", "widgets")
NOT_THERE = ("quiz/exports", "quiz/imports", "widgets/static")
LONG_AGO = (1980, 1, 1, 0, 0, 0)

LICENCES = """Python in the page is Pyodide {version} (MPL-2.0; its source is the repository
pyodide/pyodide on GitHub), which holds CPython (PSF-2.0) and parts that CPython comes with.
One thing was changed: the address of other packages, which the book never asks for, is left out
of pyodide.mjs and pyodide.asm.mjs. vpnedu.whl is the book's own library (MIT).
"""


def source(app: Sphinx) -> Path | None:
    """Where npm has put Pyodide, or None."""
    modules = packages(app)
    return modules / "pyodide" if modules else None


def version(app: Sphinx) -> str:
    """Which Python the site carries: Pyodide's version and a hash of ours; empty for none."""
    found = source(app)
    if found is None:
        return ""
    core = json.loads((found / "package.json").read_text(encoding="utf-8"))["version"]
    return f"{core}_{digest()}"


def write(app: Sphinx) -> None:
    """Put Python into the built site, or say that it is left out."""
    found = source(app)
    if found is None:
        logging.getLogger(__name__).info(
            "vpnedu: Pyodide is not in %s (sh .ci/setup page gets it with npm), "
            "so the pages have no Python: figures play what the pages carry.",
            MADE,
        )
        return
    folder = Path(app.outdir) / "_static" / "vpnedu" / "python"
    number = version(app).partition("_")[0]
    # Named by its version: browsers may keep it for ever, and never mix two.
    core = folder / number
    core.mkdir(parents=True, exist_ok=True)
    for name in CORE:
        content = (found / name).read_bytes()
        written = ELSEWHERE.sub(b"./", content) if name.endswith(".mjs") else content
        (core / name).write_bytes(written)
    (core / LOCK).write_text(json.dumps(_listed_nothing(found)), encoding="utf-8")
    (core / "LICENCES.txt").write_text(LICENCES.format(version=number), encoding="utf-8")
    (folder / "vpnedu.whl").write_bytes(wheel())
    (folder / "worker.mjs").write_bytes((STATIC / "worker.js").read_bytes())


def _listed_nothing(found: Path) -> dict[str, Any]:
    """Pyodide's list of packages, without any: the book needs none, and the list is 120 kB."""
    lock = json.loads((found / LOCK).read_text(encoding="utf-8"))
    return {"info": lock["info"], "packages": {}}


def offer(app: Sphinx, page: str, template: str, context: dict[str, Any], tree: object) -> None:
    """Tell the scripts of a page which Python the site carries, if any."""
    if carried := version(app):
        tag = f'<meta name="vpnedu-python" content="{carried}">\n'
        context["metatags"] = context.get("metatags", "") + tag


@cache
def wheel() -> bytes:
    """The library as a wheel, without what a page has no use for; the same sources, same bytes."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in _files():
            archive.writestr(zipfile.ZipInfo(name, LONG_AGO), content, zipfile.ZIP_DEFLATED)
    return packed.getvalue()


def _files() -> list[tuple[str, bytes]]:
    tops = [PACKAGE / "__init__.py"]
    inside = (path for layer in LAYERS for path in (PACKAGE / layer).rglob("*"))
    kept = [path for path in (*tops, *inside) if path.suffix in (".py", ".json")]
    named = {path.relative_to(PACKAGE).as_posix(): path for path in kept}
    about = f"Metadata-Version: 2.4\nName: vpnedu\nVersion: {vpnedu.__version__}\n".encode()
    return [
        *(
            (f"vpnedu/{name}", path.read_bytes())
            for name, path in sorted(named.items())
            if not name.startswith(NOT_THERE)
        ),
        (f"vpnedu-{vpnedu.__version__}.dist-info/METADATA", about),
    ]


@cache
def digest() -> str:
    """A short hash over the library and the worker, for the addresses that they are asked by."""
    return hashlib.sha256(wheel() + (STATIC / "worker.js").read_bytes()).hexdigest()[:8]
