"""The build stops at a broken bank, and tells of a page whose quiz is not its bank's."""

from typing import Any

from sphinx.application import Sphinx
from sphinx.errors import ExtensionError
from sphinx.util import logging

from vpnedu.book.banks import bank, files
from vpnedu.quiz.reading import BankError
from vpnedu.widgets.quiz_html import quiz_html
from vpnedu.widgets.quizzes import compiled_bank

LOGGER = logging.getLogger(__name__)
FOLDER = "chapters/"


def check(app: Sphinx) -> None:
    """Read every bank; one that is broken ends the build with file, question and field."""
    problems: list[str] = []
    for name in files():
        try:
            bank(name)
        except BankError as wrong:
            problems += wrong.problems
    if problems:
        raise ExtensionError("\n".join(["The question banks are broken.", *problems]))


def depend(app: Sphinx, page: str, source: list[str]) -> None:
    """A chapter is built again when its bank changes."""
    path = files().get(page.removeprefix(FOLDER))
    if path is not None:
        app.env.note_dependency(str(path))


def compare(app: Sphinx, page: str, template: str, context: dict[str, Any], tree: object) -> None:
    """Warn of a committed quiz that is not its bank's, and of objectives that lead nowhere."""
    name, body = page.removeprefix(FOLDER), context.get("body", "")
    if name not in files():
        if "<vpn-quiz" in body:
            LOGGER.warning("there is no bank of this page's quiz: %s.toml", name, location=page)
        return
    if not body:
        return
    asked = bank(name)
    if quiz_html(compiled_bank(asked)) not in body:
        rule = "the quiz of this chapter is not its bank's: run `make notebooks`"
        LOGGER.warning(rule, location=page)
    for objective in asked.objectives:
        if f'id="{objective.section}"' not in body:
            where = f"{name}.toml: objective {objective.id}: section"
            LOGGER.warning("%s: no heading %r", where, objective.section, location=page)
