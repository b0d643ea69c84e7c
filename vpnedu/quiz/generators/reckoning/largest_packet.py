"""The largest packet that a tunnel takes without fragments."""

from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction

from vpnedu.network.encapsulation import ESP_TRAILER, UDP_HEADER
from vpnedu.network.packets import HEADER_LENGTH
from vpnedu.quiz.generators.generator import Generator
from vpnedu.quiz.generators.reckoning.paths import Path, any_path, gateway_of, hints
from vpnedu.quiz.generators.reckoning.sums import (
    Slip,
    added_up,
    left_over,
    mistakes,
    parts_of,
)
from vpnedu.quiz.numbers import Number
from vpnedu.quiz.question import Question
from vpnedu.simulation.chance import Chance

NAME = "largest-packet"
# Paths and the packets they carry: PPPoE by RFC 2516, 7; 1280 by RFC 8200, 5; the rest are usual.
LINES = (
    (1500, "Ethernet all the way"),
    (1492, "a DSL line with PPPoE"),
    (1480, "a line with a tunnel of the provider's own"),
    (1460, "a line that carries a little less than Ethernet"),
    (1428, "a mobile network"),
    (1400, "a radio link"),
    (1280, "a line that carries the least that IPv6 allows"),
    (9000, "a leased line with jumbo frames"),
)


ASKED = (
    "What is the largest packet, in bytes, that crosses in one piece?",
    "To what MTU, in bytes, may the tunnel interface be set at most, so that no sealed packet "
    "outgrows the path?",
    "{who} sends packets marked *don't fragment*. How many bytes may they have at most?",
)


def line_and_path(chance: Chance) -> tuple[str, Path]:
    """A kind of line by chance, and a tunnel over it."""
    mtu, line = chance.pick(LINES)
    return line, any_path(chance, mtu=mtu)


def make(chance: Chance) -> Question:
    """The path's MTU is given; the largest inner packet is asked for."""
    line, path = line_and_path(chance)
    largest, pair = path.room, path.pair
    found = mistakes(largest, slips(path))
    return Question(
        id=NAME,
        kind="numeric",
        text=(
            f"On the way {pair.between} lies {line}: it carries packets of up to {path.mtu} bytes. "
            f"The {gateway_of(pair.here)} seals with {path.suite.name} in tunnel mode, "
            f"{path.words}.\n\n{chance.pick(ASKED).format(who=pair.who)}"
        ),
        answer=Number(Fraction(largest), unit="B", mistakes=found, shown=str(largest)),
        explain=(
            f"{left_over(path)}\n\n{added_up(path, largest)} With one byte more inside, the "
            f"sealed packet would have {path.sealed(largest + 1)} bytes, and the path takes "
            f"{path.mtu}."
        ),
        reference="RFC 4303, 2; RFC 4301, 8",
        objective=NAME,
        difficulty=3,
        hints=hints(*_help(path)),
        table=path.table(),
        trace=path.run(path.packet(largest), f"{largest} bytes fill a path of {path.mtu}"),
    )


def _help(path: Path) -> tuple[str, str]:
    return (
        "Subtract from the MTU everything that is not sealed: outer header, ESP header, IV, "
        f"ICV{', and the UDP header' if path.nat_t else ''}.",
        f"What is sealed must fill whole blocks of {path.suite.block} bytes, and the last "
        f"{ESP_TRAILER} bytes of it are the ESP trailer.",
    )


def slips(path: Path) -> Iterator[Slip]:
    """What the largest packet is mistaken for."""
    yield from _room_slips(path)
    yield from _header_slips(path)
    yield Slip(
        "the-mtu-itself",
        path.mtu,
        "That is the path's MTU. The tunnel adds bytes, so the packet inside has to be smaller.",
    )
    yield Slip(
        "larger-than-the-path",
        path.sealed(path.mtu),
        "That is larger than the path. It is what a packet as long as the MTU grows to in the "
        "tunnel; the sum is needed the other way round.",
    )


def _room_slips(path: Path) -> Iterator[Slip]:
    block = path.suite.block
    left = path.mtu - sum(part.length for part in parts_of(path, 0) if not part.sealed)
    yield Slip(
        "no-whole-blocks",
        left - ESP_TRAILER,
        f"A packet of that length needs padding up to a multiple of {block}, and the padding no "
        "longer fits.",
    )
    yield Slip(
        "no-trailer",
        left // block * block,
        "That leaves no room for the ESP trailer: pad length and next header take 2 bytes of "
        "what is sealed.",
    )
    yield Slip(
        "nothing-but-subtracted",
        left,
        f"That is the room for everything sealed. It is no multiple of {block}, and the ESP "
        "trailer has to fit in as well.",
    )
    yield Slip(
        "no-icv",
        replace(path, suite=replace(path.suite, icv=0)).room,
        "That forgets the ICV at the end of the packet.",
    )


def _header_slips(path: Path) -> Iterator[Slip]:
    if path.nat_t:
        yield Slip(
            "no-udp-header",
            replace(path, nat_t=False).room,
            "That is right without NAT traversal. Its UDP header takes 8 bytes more.",
        )
    else:
        yield Slip(
            "needless-udp-header",
            replace(path, nat_t=True).room,
            f"That keeps {UDP_HEADER} bytes for the UDP header of NAT traversal, which this tunnel "
            "does not use.",
        )
    other = 6 if path.version == 4 else 4
    yield Slip(
        "other-ip-version",
        replace(path, version=other, nat_t=path.nat_t).room,
        f"That is right with an outer IPv{other} header. Here it is IPv{path.version}: "
        f"{HEADER_LENGTH[path.version]} bytes.",
    )


GENERATOR = Generator(
    NAME,
    "Compute the largest packet that fits a tunnel",
    "bytes on the wire",
    "what-is-a-vpn",
    "a-worked-example-what-100-bytes-weigh-in-the-tunnel",
    make,
)
