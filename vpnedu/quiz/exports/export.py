"""What an export is: files for another system, and what that system can't express."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Loss:
    """Something of `slot` that the target can't express: what becomes of it, in words.

    A loss of the whole paper has an empty `slot`.
    """

    slot: str
    what: str

    def __str__(self) -> str:
        return f"{self.slot}: {self.what}" if self.slot else self.what


@dataclass(frozen=True, slots=True)
class Image:
    """A picture for a question: PNG bytes, its size in pixels, and the words that stand for it."""

    png: bytes
    alt: str
    width: int
    height: int


# By slot and place in its pool, counted from 0, for the questions whose network is drawn.
Images = Mapping[tuple[str, int], Image]


@dataclass(frozen=True)
class Export:
    """The files by their names, and the losses. The same paper gives the same bytes."""

    files: Mapping[str, bytes]
    losses: tuple[Loss, ...]


# A target may take options of its own by name.
Exporter = Callable[..., Export]
