"""The questions of drills and exam as scripts of the built site, loaded when a reader wants them.

`<generator>.js` holds its questions, `<generator>.figures-<n>.js` five of its figures, `exam.js`
the questions of all chapters, and `exam.figures-<chapter>.js` a chapter's figures. They are
written once for each state of the sources, beside the built pages, and copied from there.
"""

import hashlib
import json
import shutil
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

from sphinx.application import Sphinx

from vpnedu.book.banks import banks, files
from vpnedu.quiz.bank import Bank
from vpnedu.quiz.drill import VARIANTS
from vpnedu.quiz.generators import GENERATORS, Generator, generate
from vpnedu.widgets.practice_engine import apart, without_figures

# `static/sources.js` counts on as many.
FIGURES = 5
SOURCES = Path(__file__).parents[1]
# What questions and their figures are made of; the rest of the package changes none of them.
LAYERS = ("network", "simulation", "quiz", "book", "widgets")

Script = tuple[str, str]


def write(app: Sphinx) -> None:
    """Put the pools into `_static/vpnedu/pools` of the built site; the rest there is in place."""
    made = Path(app.doctreedir).parent / ".vpnedu-pools"
    ready = made / state()
    if not ready.exists():
        shutil.rmtree(made, ignore_errors=True)
        _fill(made / "unfinished")
        # Renamed last, so that a build that was broken off is not taken for a whole one.
        (made / "unfinished").rename(ready)
    shutil.copytree(ready, Path(app.outdir) / "_static" / "vpnedu" / "pools", dirs_exist_ok=True)


def state() -> str:
    """A short hash over all that questions are made of."""
    modules = [path for layer in LAYERS for path in sorted((SOURCES / layer).rglob("*.py"))]
    facts = sorted(path for file in files().values() for path in file.parents[1].glob("facts/*"))
    made_of = [*modules, *files().values(), *dict.fromkeys(facts)]
    return hashlib.sha256(b"\0".join(path.read_bytes() for path in made_of)).hexdigest()[:16]


def _fill(folder: Path) -> None:
    folder.mkdir(parents=True)
    for name, text in scripts(GENERATORS, banks()):
        (folder / f"{name}.js").write_text(text, encoding="utf-8")


def scripts(generators: Mapping[str, Generator], known: Mapping[str, Bank]) -> Iterator[Script]:
    """Name and text of every pool."""
    for one in generators.values():
        yield from drill_scripts(one.name)
    yield script("exam", [without_figures(bank) for bank in known.values()])
    for bank in known.values():
        figures = {one.id: apart(one, bank.name)[1] for one in bank.questions}
        yield script(f"exam.figures-{bank.name}", {key: one for key, one in figures.items() if one})


def drill_scripts(name: str, make: Callable[[str, int], Any] = generate) -> Iterator[Script]:
    """The pools of one generator: its questions, and its figures if it has any."""
    pairs = [apart(make(name, seed), name) for seed in range(VARIANTS)]
    yield script(name, [question for question, _ in pairs])
    figures = [figure for _, figure in pairs]
    for place, first in enumerate(range(0, VARIANTS, FIGURES)):
        several = figures[first : first + FIGURES]
        if any(several):
            yield script(f"{name}.figures-{place}", several)


def script(name: str, values: Any) -> Script:
    """A classic script that leaves `values` under `name`: from a disk nothing else is loaded."""
    text = json.dumps(values, ensure_ascii=False, separators=(",", ":"))
    return name, f"(globalThis.vpneduPools ??= {{}})[{json.dumps(name)}] = {text};\n"
