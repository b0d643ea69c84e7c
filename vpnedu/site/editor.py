"""The editor of code cells for the pages: CodeMirror, in one script that a page loads on demand.

`.ci/setup page` gets it from npm, each package held to its hash by a lockfile; esbuild makes one
classic script of it in a twentieth of a second, so that nothing is kept between builds.
"""

import hashlib
import os
import subprocess
from pathlib import Path

from sphinx.application import Sphinx
from sphinx.errors import ExtensionError
from sphinx.util import logging

NPM = Path(__file__).parent / "npm"
ENTRY, LOCK = NPM / "editor.js", NPM / "package-lock.json"
MADE = Path("_build") / "page"
NAME = "code_editor"
# Scripts of the last three years' browsers, without comments; the same sources, the same bytes.
OPTIONS = (
    *("--bundle", "--minify", "--format=iife", "--charset=utf8", "--legal-comments=none"),
    *("--target=chrome90,firefox100,safari15", "--log-level=warning"),
    f"--banner:js=/* CodeMirror and Lezer, MIT: see {NAME}.licences.txt */",
)
SHRUNK = (
    *("--minify", "--charset=utf8", "--legal-comments=inline", "--log-level=warning"),
    "--target=chrome90,firefox100,safari15",
)
# Of what the bundle is made; esbuild itself is not in it.
PARTS = ("@codemirror", "@lezer", "@marijn", "crelt", "style-mod", "w3c-keyname")


def source(app: Sphinx) -> Path | None:
    """The folder of packages that npm has made of our lockfile, or None."""
    made = Path(app.srcdir) / MADE
    stamp = made / "installed"
    whole = stamp.exists() and stamp.read_bytes() == LOCK.read_bytes()
    return made / "node_modules" if whole and esbuild(made / "node_modules") else None


def esbuild(modules: Path) -> Path | None:
    """The program itself: npm brings the one that fits the machine."""
    found = [*modules.glob("@esbuild/*/bin/esbuild"), *modules.glob("@esbuild/*/esbuild.exe")]
    return next(iter(found), None)


def version(app: Sphinx) -> str:
    """A short hash over all that the editor is made of; empty where the site has none."""
    if source(app) is None:
        return ""
    return hashlib.sha256(ENTRY.read_bytes() + LOCK.read_bytes()).hexdigest()[:8]


def write(app: Sphinx) -> None:
    """Put the editor into the built site, or say that it is left out."""
    modules = source(app)
    if modules is None:
        logging.getLogger(__name__).info(
            "vpnedu: CodeMirror and esbuild are not in %s (sh .ci/setup page gets them with npm), "
            "so the pages have no code cells to edit.",
            MADE,
        )
        return
    folder = Path(app.outdir) / "_static" / "vpnedu"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"{NAME}.js").write_bytes(bundle(modules))
    (folder / f"{NAME}.licences.txt").write_text(licences(modules), encoding="utf-8")


def bundle(modules: Path) -> bytes:
    """The editor as one classic script."""
    program = esbuild(modules)
    assert program is not None
    done = subprocess.run(
        [program, ENTRY, *OPTIONS],
        env={**os.environ, "NODE_PATH": str(modules.resolve())},
        capture_output=True,
        check=False,
    )
    if done.returncode:
        raise ExtensionError(f"esbuild cannot bundle the editor: {done.stderr.decode()}")
    return done.stdout


def shrink(app: Sphinx, scripts: list[Path]) -> None:
    """Rewrite classic scripts in fewer letters, where esbuild is there; they do the same."""
    modules = source(app)
    if modules is None:
        return
    program = esbuild(modules)
    assert program is not None
    into = f"--outdir={scripts[0].parent}"
    done = subprocess.run(
        [program, *scripts, into, "--allow-overwrite", *SHRUNK], capture_output=True, check=False
    )
    if done.returncode:
        raise ExtensionError(f"esbuild cannot shrink the scripts: {done.stderr.decode()}")


def licences(modules: Path) -> str:
    """The licences of all that is in the script, each with the package's name."""
    texts = sorted(path for part in PARTS for path in (modules / part).rglob("LICENSE"))
    return "\n".join(
        f"== {path.parent.relative_to(modules).as_posix()}\n\n{path.read_text(encoding='utf-8')}"
        for path in texts
    )
