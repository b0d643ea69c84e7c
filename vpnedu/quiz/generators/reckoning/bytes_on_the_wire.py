"""How many bytes cross the internet for one packet in a tunnel."""

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from vpnedu.network.encapsulation import ESP_TRAILER, UDP_HEADER, padding
from vpnedu.network.packets import HEADER_LENGTH
from vpnedu.quiz.generators.generator import Generator
from vpnedu.quiz.generators.reckoning.paths import Path, any_path, gateway_of, hints
from vpnedu.quiz.generators.reckoning.sums import Slip, added_up, forgotten, mistakes, padded
from vpnedu.quiz.numbers import Number
from vpnedu.quiz.question import Question
from vpnedu.simulation.chance import Chance

NAME = "bytes-on-the-wire"


@dataclass(frozen=True, slots=True)
class Sending:
    """What somebody sends: a sentence, the protocol, and how long such a packet may be."""

    words: str
    protocol: str
    shortest: int
    longest: int
    step: int = 1

    def length(self, chance: Chance) -> int:
        return self.shortest + self.step * chance.below(
            (self.longest - self.shortest) // self.step + 1
        )


SENDINGS = (
    Sending(
        "{who} downloads a file from {whom} and acknowledges each part of it", "tcp", 40, 52, 12
    ),
    Sending("{who} looks up a name at a name server beside {whom}", "udp", 57, 95),
    Sending("{who} pings {whom}", "icmp", 60, 92, 8),
    Sending("{who} and {whom} are on the phone", "udp", 60, 200, 20),
    Sending("{who} moves the mouse on a screen that {whom} shares", "tcp", 70, 160),
    Sending("{who} and {whom} meet by video", "udp", 880, 1200),
    Sending("{who} copies a film to {whom}", "tcp", 1281, 1400),
)


def make(chance: Chance) -> Question:
    """A packet's length inside a tunnel; its length outside is asked for (RFC 4303, 2)."""
    path = any_path(chance)
    sending = chance.pick(SENDINGS)
    inner = sending.length(chance)
    total = path.sealed(inner)
    pair, sent = path.pair, path.packet(inner, sending.protocol)
    found = mistakes(total, _slips(path, inner))
    return Question(
        id=NAME,
        kind="numeric",
        text=(
            f"{sending.words.format(who=pair.who, whom=pair.whom)}. One of the packets has "
            f"{inner} bytes, IP header included. The {gateway_of(pair.here)} seals it with "
            f"{path.suite.name} in tunnel mode and sends it {path.words}.\n\n"
            "How many bytes does the packet have between the two gateways?"
        ),
        answer=Number(Fraction(total), unit="B", mistakes=found, shown=str(total)),
        explain=f"{padded(path, inner)}\n\n{added_up(path, inner)}",
        reference="RFC 4303, 2" + ("; RFC 3948, 2.1" if path.nat_t else ""),
        objective=NAME,
        difficulty=2,
        hints=hints(
            "Write down everything between the outer IP header and the last byte, in order. An "
            f"outer IPv{path.version} header has {HEADER_LENGTH[path.version]} bytes.",
            padded(path, inner),
        ),
        table=path.table(),
        trace=path.run(sent, f"{inner} bytes in a tunnel"),
    )


def _slips(path: Path, inner: int) -> Iterator[Slip]:
    yield Slip(
        "inner-alone",
        inner,
        "That is the inner packet alone. It travels inside another packet, and the headers of "
        "that one come on top.",
    )
    yield from forgotten(path, inner)
    yield from _padding_slips(path, inner)
    yield from _header_slips(path, inner)


def _padding_slips(path: Path, inner: int) -> Iterator[Slip]:
    total, block, pad = path.sealed(inner), path.suite.block, padding(inner, path.suite)
    if pad:
        yield Slip(
            "no-padding-no-trailer",
            total - pad - ESP_TRAILER,
            "Both the padding and the 2 bytes of the ESP trailer are missing.",
        )
    else:
        yield Slip(
            "needless-block",
            total + block,
            f"A block of padding too many: {inner} + {ESP_TRAILER} fills whole blocks of {block} "
            "already, and then ESP adds none.",
        )
    yield Slip(
        "padded-before-trailer",
        total - pad + -inner % block,
        "The padding was reckoned for the inner packet alone. The 2 bytes of the ESP trailer "
        "belong to what must fill whole blocks.",
    )


def _header_slips(path: Path, inner: int) -> Iterator[Slip]:
    total = path.sealed(inner)
    if not path.nat_t:
        yield Slip(
            "needless-udp-header",
            total + UDP_HEADER,
            "That has 8 bytes for a UDP header. Only NAT traversal needs one; here ESP follows "
            "the outer IP header at once.",
        )
    other = 6 if path.version == 4 else 4
    yield Slip(
        "other-ip-version",
        total + HEADER_LENGTH[other] - HEADER_LENGTH[path.version],
        f"That is the sum with an outer IPv{other} header. This tunnel runs over "
        f"IPv{path.version}, whose header has {HEADER_LENGTH[path.version]} bytes.",
    )


GENERATOR = Generator(
    NAME,
    "Compute the length of a packet in a tunnel to the byte",
    "bytes on the wire",
    "what-is-a-vpn",
    "a-worked-example-what-100-bytes-weigh-in-the-tunnel",
    make,
)
