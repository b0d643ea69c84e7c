"""How much may come out of a zip from strangers."""

from dataclasses import dataclass

# Of a zip that a teacher named, files, and bytes that they unpack to without those that are zips.
MOST = (1_000_000, 2_000_000_000)
# Of any other, with the zips in it, and never more than so many times its own size.
MOST_OF_ONE = (1_000, 50_000_000)
MOST_NESTED = 64_000_000  # bytes of a zip in a zip, which is held in memory
DEEPEST = 2  # a zip, and a zip in it


class TooMuchError(Exception):
    """A zip holds more than it may: nothing in it is read any further."""


@dataclass(slots=True)
class Allowance:
    """How many bytes may still come out of one zip, with all zips in it."""

    size: int

    def spend(self, size: int) -> None:
        """Nothing; TooMuchError where that is more than is left."""
        self.size -= size
        if self.size < 0:
            raise TooMuchError("would unpack to too much, so nothing in it was graded")
