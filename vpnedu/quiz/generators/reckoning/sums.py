"""The engine's sum of a sealed packet in words, and what comes out where a part is forgotten."""

from collections.abc import Iterable, Iterator
from fractions import Fraction
from typing import NamedTuple

from vpnedu.network.encapsulation import ESP_TRAILER, Part, padding, parts
from vpnedu.quiz.generators.reckoning.paths import Path
from vpnedu.quiz.numbers import Mistake, written


class Slip(NamedTuple):
    """What somebody may have come to: an id, the number, and what to say to it."""

    id: str
    value: int | Fraction
    says: str


def parts_of(path: Path, inner: int) -> tuple[Part, ...]:
    """The sealed packet around `inner` bytes, part by part."""
    return parts(inner, path.suite, nat_t=path.nat_t, outer_version=path.version)


def added_up(path: Path, inner: int) -> str:
    """The sum of the sealed packet, part by part: a sentence."""
    run = [part for part in parts_of(path, inner) if part.length]
    listed = " + ".join(f"{part.length} ({part.name})" for part in run)
    return f"From the outside in: {listed} = **{sum(part.length for part in run)} bytes**."


def padded(path: Path, inner: int) -> str:
    """How the padding is found: a sentence."""
    block, pad = path.suite.block, padding(inner, path.suite)
    filled = f"{inner} + {ESP_TRAILER} (ESP trailer) = {inner + ESP_TRAILER}"
    if not pad:
        return f"{filled}, which is a multiple of {block} already: no padding."
    whole = inner + ESP_TRAILER + pad
    return f"{filled}; the next multiple of {block} is {whole}, so {in_bytes(pad)} of padding."


def left_over(path: Path) -> str:
    """How the largest inner packet is found: three sentences."""
    around = [part for part in parts_of(path, 0) if not part.sealed]
    taken = " − ".join(f"{part.length} ({part.name})" for part in around)
    left = path.mtu - sum(part.length for part in around)
    block = path.suite.block
    blocks = left // block
    return (
        f"Left for what is sealed: {path.mtu} − {taken} = {left}. Whole blocks of {block} in it: "
        f"{blocks}, which makes {blocks * block}. The ESP trailer takes the last {ESP_TRAILER}: "
        f"{blocks * block} − {ESP_TRAILER} = **{path.room} bytes**."
    )


def forgotten(path: Path, inner: int) -> Iterator[Slip]:
    """The sums that lack one part; parts of equal length share one, for nobody can tell which."""
    run = [part for part in parts_of(path, inner) if part.length and part.name != "inner packet"]
    total = path.sealed(inner)
    for length in dict.fromkeys(part.length for part in run):
        names = [f"the {part.name}" for part in run if part.length == length]
        slug = names[0].removeprefix("the ").lower().replace(" ", "-")
        few = f"That is {in_bytes(length)} too few"
        if len(names) == 1:
            says = f"{few}, exactly the length of {names[0]}."
        else:
            says = f"{few}. Count again: {listed(names)} have that length each."
        yield Slip(f"without-{slug}", total - length, says)


def in_bytes(count: int) -> str:
    """A number of bytes in words: "1 byte", "2 bytes"."""
    return f"{count} byte{'' if count == 1 else 's'}"


def listed(words: list[str], last: str = "and") -> str:
    """Words in a row: "a, b and c"."""
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} {last} {words[-1]}"


def mistakes(
    answer: int | Fraction, slips: Iterable[Slip], tolerance: Fraction = Fraction(0)
) -> tuple[Mistake, ...]:
    """The slips as mistakes. Where two come to one number the first stays; what comes to the
    answer by luck, or to less than nothing, is none."""
    taken = [Fraction(answer)]
    found = []
    for name, value, says in slips:
        number = Fraction(value)
        if number > 0 and all(abs(number - other) > 2 * tolerance for other in taken):
            taken.append(number)
            found.append(Mistake(name, written(number), says))
    return tuple(found)
