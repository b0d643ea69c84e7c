"""Papers to be sent through another system's format and back."""

import pytest

from tests.quiz.exports.answering import papers
from vpnedu.quiz.bank import Bank
from vpnedu.quiz.generators import GENERATORS, generate
from vpnedu.quiz.paper import Paper, Slot


@pytest.fixture(scope="session")
def every_paper(every_kind: Bank) -> list[Paper]:
    third = tuple(Slot(name, (generate(name, 2),)) for name in GENERATORS)
    return [*papers(every_kind), Paper("third", "Third seeds", third)]
