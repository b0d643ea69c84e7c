"""What a tunnel costs small and large packets, in percent."""

from collections.abc import Iterator
from fractions import Fraction

from vpnedu.quiz.generators.generator import Generator
from vpnedu.quiz.generators.reckoning.paths import Path, any_path, hints
from vpnedu.quiz.generators.reckoning.sums import Slip, added_up, mistakes
from vpnedu.quiz.generators.reckoning.traffic import TRAFFIC, percent, through
from vpnedu.quiz.generators.reckoning.who_pays import who_pays
from vpnedu.quiz.numbers import Number
from vpnedu.quiz.question import Question
from vpnedu.simulation.chance import Chance

NAME = "overhead-share"
HALF = Fraction(1, 2)
RATES = (10, 20, 50, 100, 200)


def make(chance: Chance) -> Question:
    """Growth in percent, what is left of a line, or who pays most."""
    path = any_path(chance)
    kind = chance.below(3)
    if kind == 2:
        return who_pays(chance, path, NAME)
    return (_growth, _goodput)[kind](chance, path)


def _some(chance: Chance) -> tuple[str, int]:
    what, lengths = chance.pick(TRAFFIC)
    return what, chance.pick(lengths)


def _growth(chance: Chance, path: Path) -> Question:
    (what, length), pair = _some(chance), path.pair
    value, sealed = percent(path, length), path.sealed(length)
    return _numeric(
        path,
        length,
        text=(
            f"Packets of {length} bytes go {pair.between}: {what}. "
            f"{through(path)}\n\nBy what percentage does each of them grow? Round to a whole "
            "percent."
        ),
        value=value,
        unit="%",
        slips=_growth_slips(path, length),
        sum_=f"{sealed} − {length} = {sealed - length} bytes more; {sealed - length} / {length} = "
        f"**{round(value)} %**.",
        reference="RFC 4303, 2",
    )


def _growth_slips(path: Path, length: int) -> Iterator[Slip]:
    sealed = path.sealed(length)
    value = percent(path, length)
    yield Slip(
        "share-of-the-sealed",
        Fraction(100 * (sealed - length), sealed),
        "That is the tunnel's share of the sealed packet. Growth is measured against the packet "
        "as it was before.",
    )
    yield Slip(
        "whole-ratio",
        Fraction(100 * sealed, length),
        "That compares the whole sealed packet with the inner one. Only what was added is growth.",
    )
    yield Slip(
        "added-bytes",
        sealed - length,
        "That is the number of bytes added. Divide it by the packet's own length.",
    )
    yield _as_for_others(path, value)


def _as_for_others(path: Path, value: Fraction) -> Slip:
    """The growth of packets of another size, for who believes that the share is fixed."""
    large = Fraction(100 * (path.sealed(1400) - 1400), 1400)
    if value > 3 * large:
        return Slip(
            "as-for-large-ones",
            large,
            "That holds for packets of 1400 bytes. The bytes added stay nearly the same, so small "
            "packets grow by a far larger share.",
        )
    return Slip(
        "as-for-small-ones",
        Fraction(100 * (path.sealed(40) - 40), 40),
        "That holds for packets of 40 bytes. The bytes added are nearly the same here, and "
        "the packet is far larger.",
    )


def _goodput(chance: Chance, path: Path) -> Question:
    (what, length), pair, rate = _some(chance), path.pair, chance.pick(RATES)
    sealed = path.sealed(length)
    value = Fraction(rate * length, sealed)
    return _numeric(
        path,
        length,
        text=(
            f"A line of {rate} Mbit/s, counted in IP packets, leads {pair.between}. It is full of "
            f"sealed packets, and nothing else crosses it. The packets inside have {length} bytes: "
            f"{what}. "
            f"{through(path)}\n\nHow many Mbit/s of inner packets does the line carry? Round to a "
            "tenth."
        ),
        value=value,
        unit="Mbit/s",
        slips=_goodput_slips(path, length, rate),
        sum_=f"Of {sealed} bytes on the line, {length} are the inner packet: {rate} × {length} / "
        f"{sealed} = **{round(float(value), 1)} Mbit/s**.",
        reference="RFC 4303, 2",
        tolerance=Fraction(1, 20),
    )


def _goodput_slips(path: Path, length: int, rate: int) -> Iterator[Slip]:
    sealed = path.sealed(length)
    yield Slip(
        "the-whole-line",
        rate,
        "That is the whole line. Headers, padding and ICV need their part of it.",
    )
    yield Slip(
        "the-overhead",
        Fraction(rate * (sealed - length), sealed),
        "That is what the tunnel's own bytes take. The rest is left for inner packets.",
    )
    if sealed < 2 * length:
        yield Slip(
            "growth-taken-off",
            rate * (1 - Fraction(sealed - length, length)),
            "That takes the growth in percent off the line. Growth is a share of the inner packet, "
            "and the line is filled by the sealed one.",
        )
    yield Slip(
        "as-for-large-ones",
        Fraction(rate * 1400, path.sealed(1400)),
        "That holds for packets of 1400 bytes. Each packet brings nearly the same number of extra "
        "bytes, however small it is.",
    )


def _numeric(
    path: Path, length: int, *, text: str, value: Fraction, unit: str, slips: Iterator[Slip],
    sum_: str, reference: str, tolerance: Fraction = HALF,
) -> Question:  # fmt: skip
    places = 0 if tolerance == HALF else 1
    shown = f"{float(value):.{places}f}"
    # Rounded as the answer is to be, so that people are told a number they could have written.
    rounded = (slip._replace(value=round(Fraction(slip.value), places)) for slip in slips)
    found = mistakes(value, rounded, tolerance)
    return Question(
        id=NAME,
        kind="numeric",
        text=text,
        answer=Number(value, tolerance, unit, found, shown),
        explain=f"{added_up(path, length)}\n\n{sum_}",
        reference=reference,
        objective=NAME,
        difficulty=3,
        hints=hints(f"First the sealed length of {length} bytes.", added_up(path, length)),
        table=path.table(),
        trace=path.run(
            path.packet(length, "udp" if length < 1200 else "tcp"), "What a tunnel adds"
        ),
    )


GENERATOR = Generator(
    NAME,
    "Say what a tunnel costs small packets and large ones",
    "bytes on the wire",
    "what-is-a-vpn",
    "misconceptions",
    make,
)
