"""Papers as files for other systems: one module a target, one entry in `EXPORTS`."""

from dataclasses import dataclass
from importlib import import_module

from vpnedu.network.addresses import InputError
from vpnedu.quiz.exports.export import Exporter


@dataclass(frozen=True, slots=True)
class Target:
    """What a paper can be exported to: the function that does it, and the target in words."""

    words: str
    module: str
    function: str


EXPORTS = {
    "moodle": Target("Moodle XML, for Moodle's question bank", "moodle", "moodle_xml"),
    "gift": Target("GIFT, the text format of Moodle and others", "gift", "gift"),
    "canvas": Target("a QTI 1.2 package for Canvas", "canvas", "canvas_qti"),
    "qti21": Target("a QTI 2.1 package", "qti21", "qti21"),
    "anki": Target("a deck of cards for Anki", "anki", "anki"),
    "pdf": Target("an exam on paper: questions, answer sheet, key", "printed", "printed"),
    "markdown": Target("questions and key as Markdown", "markdown", "markdown"),
    "nbgrader": Target("a notebook for nbgrader", "nbgrader", "nbgrader_assignment"),
}


def exporter(target: str) -> Exporter:
    """The function that exports to `target`; its libraries are loaded only now."""
    if target not in EXPORTS:
        raise InputError("to", f"there is no {target[:40]!r}; there are {', '.join(EXPORTS)}")
    found = EXPORTS[target]
    function: Exporter = getattr(import_module(f"{__name__}.{found.module}"), found.function)
    return function
