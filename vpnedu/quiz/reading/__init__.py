"""Banks from TOML: `read(text, name)` gives a bank, or every problem of the file at once."""

from vpnedu.quiz.reading.problems import BankError
from vpnedu.quiz.reading.reader import read
from vpnedu.quiz.reading.schema import schema

__all__ = ["BankError", "read", "schema"]
