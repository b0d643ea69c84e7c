"""Everything that is wrong with a bank, told at once and each with its place."""

from collections.abc import Iterator
from contextlib import contextmanager

from vpnedu.network.addresses import InputError


class BankError(InputError):
    """A bank that can't be used. `problems` are lines: file: question: field: what is wrong."""

    def __init__(self, problems: tuple[str, ...]):
        file, _, first = problems[0].partition(": ")
        super().__init__(file, "\n".join([first, *problems[1:]]))
        self.problems = problems

    def __reduce__(self) -> tuple[type["BankError"], tuple[tuple[str, ...]]]:  # type: ignore[override]
        return type(self), (self.problems,)


class Problems:
    """Collects what is wrong in one place of a file, and in the places inside it."""

    def __init__(self, place: str, found: list[str] | None = None):
        self.place = place
        self.found: list[str] = [] if found is None else found

    def inside(self, name: str) -> "Problems":
        """The same collection, one place deeper."""
        return Problems(f"{self.place}: {name}", self.found)

    def add(self, field: str, rule: str) -> None:
        """One problem of the field called `field`."""
        self.found.append(f"{self.place}: {field}: {rule}")

    @contextmanager
    def caught(self, field: str = "") -> Iterator[None]:
        """An InputError raised in this block becomes a problem (of `field`)."""
        try:
            yield
        except InputError as wrong:
            self.add(f"{field}: {wrong.field}" if field else wrong.field, wrong.rule)

    def raised(self) -> None:
        """Raise all that was collected."""
        if self.found:
            raise BankError(tuple(self.found))
