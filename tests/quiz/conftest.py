"""The sample bank with every kind of question."""

from pathlib import Path

import pytest

from vpnedu.quiz.bank import Bank
from vpnedu.quiz.reading import read

EVERY_KIND = Path(__file__).parent / "data" / "every-kind.toml"


@pytest.fixture(scope="session")
def every_kind() -> Bank:
    return read(EVERY_KIND.read_text(encoding="utf-8"), "every-kind")
