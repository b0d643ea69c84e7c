"""Kinds of traffic, and by how much a tunnel makes their packets grow."""

from fractions import Fraction

from vpnedu.quiz.generators.reckoning.paths import Path, gateway_of

# A kind of traffic, and lengths that its packets have.
TRAFFIC = (
    ("acknowledgements of a download", (40, 52)),
    ("phone calls", (60, 120, 200)),
    ("look-ups of names", (61, 74, 86)),
    ("readings of a sensor", (96, 110, 128)),
    ("moves in a game", (140, 156, 180)),
    ("a video meeting", (700, 850, 1000)),
    ("a backup", (1280, 1360, 1400)),
)
# Where the two large ones stand, below.
SMALL, LARGE = TRAFFIC[:5], TRAFFIC[5:]


def percent(path: Path, length: int) -> Fraction:
    """By how many percent a packet of `length` bytes grows."""
    return Fraction(100 * (path.sealed(length) - length), length)


def through(path: Path) -> str:
    """The tunnel that all of it goes through: a sentence."""
    return (
        f"The {gateway_of(path.pair.here)} seals them with "
        f"{path.suite.name} in tunnel mode, {path.words}."
    )


def grown(path: Path, length: int) -> str:
    """What a packet of `length` bytes grows to: a sentence."""
    sealed = path.sealed(length)
    return (
        f"{length} bytes become {sealed}: {sealed - length} more, or "
        f"{round(percent(path, length))} "
        "% of the packet."
    )
