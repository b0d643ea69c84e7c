"""The book without a network: `sw.js`, which keeps one version of the site whole in a browser.

It lies at the site's root, so it serves the whole site and nothing beside it. It knows each file
by its hash; the version is a hash over them.
"""

import hashlib
import json
from pathlib import Path

from sphinx.application import Sphinx

from vpnedu.widgets.modules import STATIC

WORKER = "sw.js"
# Of a built site: what no page asks for.
UNUSED = ("notebooks/", "_headers", ".buildinfo", "objects.inv", "404.html", WORKER)
# Kept once it was used: most readers never ask for it, and it is twice the rest.
LATER = ("_static/vpnedu/python/", "_static/vpnedu/code_editor")


def write(app: Sphinx, exception: Exception | None) -> None:
    """Write the worker that knows all files of the built site, as they are now."""
    if exception:
        return
    folder = Path(app.outdir)
    hashes = hashes_of(folder)
    text = (STATIC / "service_worker.js").read_text(encoding="utf-8")
    (folder / WORKER).write_text(f"const BOOK = {book(hashes)};\n{text}", encoding="utf-8")


def hashes_of(folder: Path) -> dict[str, str]:
    """Each file that pages ask for, by its path below `folder`, and the start of its SHA-256."""
    paths = {path.relative_to(folder).as_posix(): path for path in folder.rglob("*")}
    return {
        name: hashlib.sha256(path.read_bytes()).hexdigest()[:16]
        for name, path in sorted(paths.items())
        if path.is_file() and not name.startswith(UNUSED)
    }


def book(hashes: dict[str, str]) -> str:
    """What the worker knows of the site, as JSON."""
    version = hashlib.sha256(json.dumps(hashes).encode()).hexdigest()[:8]
    later = {name: known for name, known in hashes.items() if name.startswith(LATER)}
    files = {name: known for name, known in hashes.items() if name not in later}
    return json.dumps({"version": version, "files": files, "later": later}, separators=(",", ":"))
