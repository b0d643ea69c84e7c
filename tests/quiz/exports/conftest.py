"""Papers and what is exported of them, made once."""

import pytest

from tests.quiz.exports.answering import papers, pictures
from tests.quiz.exports.qti_reader import Case, opened
from vpnedu.quiz.bank import Bank
from vpnedu.quiz.exports.canvas import canvas_qti
from vpnedu.quiz.exports.export import Exporter
from vpnedu.quiz.exports.qti21 import qti21
from vpnedu.quiz.paper import Paper


@pytest.fixture(scope="session")
def every_paper(every_kind: Bank) -> list[Paper]:
    return papers(every_kind)


@pytest.fixture(scope="session")
def canvas_cases(every_paper: list[Paper]) -> list[Case]:
    return _exported(every_paper, canvas_qti)


@pytest.fixture(scope="session")
def qti21_cases(every_paper: list[Paper]) -> list[Case]:
    return _exported(every_paper, qti21)


def _exported(papers: list[Paper], exporter: Exporter) -> list[Case]:
    made = ((paper, exporter(paper, pictures(paper))) for paper in papers)
    return [(paper, export, opened(export)) for paper, export in made]
