"""The MSS to clamp TCP to, so that no segment outgrows the tunnel."""

from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction

from vpnedu.network.encapsulation import TCP_HEADER, tcp_mss
from vpnedu.network.packets import HEADER_LENGTH
from vpnedu.quiz.generators.generator import Generator
from vpnedu.quiz.generators.reckoning.largest_packet import line_and_path
from vpnedu.quiz.generators.reckoning.paths import Path, gateway_of, hints
from vpnedu.quiz.generators.reckoning.sums import Slip, left_over, mistakes
from vpnedu.quiz.numbers import Number
from vpnedu.quiz.question import Question, Table
from vpnedu.simulation.chance import Chance

NAME = "tcp-mss"
LEAST_FOR_IPV6 = 1280
AZURE_ADVICE = 1350  # FACTS: chapters/facts/azure.toml, "limits", packets in a tunnel


def make(chance: Chance) -> Question:
    """Either the path and the suite are given, or the tunnel's MTU is known already."""
    line, path = line_and_path(chance)
    # IPv6 wants room for 1280 bytes on every link, a tunnel too (RFC 8200, 5).
    path = replace(path, inner=chance.pick((4, 4, 6 if path.room >= LEAST_FOR_IPV6 else 4)))
    if chance.below(3):
        return _from_the_path(line, path)
    return _from_the_tunnel(path)


def _from_the_path(line: str, path: Path) -> Question:
    pair = path.pair
    return _asked(
        path,
        text=(
            f"{pair.who}'s downloads from {pair.whom} hang, although pings get through. Between "
            f"the two gateways lies {line}: it carries packets of up to {path.mtu} bytes. The "
            "tunnel uses "
            f"{path.suite.name} in tunnel mode, {path.words}. Inside, {pair.who} and {pair.whom} "
            f"speak TCP over IPv{path.inner}, without options.\n\nTo which MSS, at most, should "
            f"the {gateway_of(pair.here)} clamp their connections?"
        ),
        before=f"{left_over(path)}\n\n",
        hint="Find the largest inner packet first: what is sealed must fill whole blocks.",
        difficulty=3,
        table=path.table(),
    )


def _from_the_tunnel(path: Path) -> Question:
    pair = path.pair
    return _asked(
        path,
        text=(
            f"On the {gateway_of(pair.here)}, the tunnel interface has an MTU of {path.room} "
            f"bytes: no inner packet may be longer. {pair.who} and {pair.whom} speak TCP over "
            f"IPv{path.inner} through it, without options.\n\nWhich MSS fills such a packet?"
        ),
        before="",
        hint="The MSS counts the bytes of a segment's data, and no header.",
        difficulty=1,
        table=None,
    )


def _asked(
    path: Path, *, text: str, before: str, hint: str, difficulty: int, table: Table | None
) -> Question:
    mss, header = tcp_mss(path.room, path.inner), HEADER_LENGTH[path.inner]
    slips = _slips(path, within=table is None)
    explain = (
        f"{before}The inner IPv{path.inner} header takes {header} bytes of it and the TCP header "
        f"{TCP_HEADER}: {path.room} − {header} − {TCP_HEADER} = **{mss} bytes**."
    )
    if mss > AZURE_ADVICE and path.inner == 4:
        explain += (
            f" Providers round down: Azure advises {AZURE_ADVICE} (June 2026), which leaves a "
            "margin."
        )
    return Question(
        id=NAME,
        kind="numeric",
        text=text,
        answer=Number(Fraction(mss), unit="B", mistakes=mistakes(mss, slips), shown=str(mss)),
        explain=explain,
        reference="RFC 9293, 3.7.1; RFC 4303, 2",
        objective=NAME,
        difficulty=difficulty,
        hints=hints(hint, f"A TCP header without options has {TCP_HEADER} bytes."),
        table=table,
        trace=path.run(path.packet(path.room), f"A segment of {mss} bytes in the tunnel"),
    )


def _slips(path: Path, *, within: bool) -> Iterator[Slip]:
    """What the MSS is mistaken for; `within`: the tunnel's MTU was given."""
    room, header = path.room, HEADER_LENGTH[path.inner]
    other = 6 if path.inner == 4 else 4
    yield Slip(
        "no-tcp-header", room - header, "The TCP header's 20 bytes are in the packet as well."
    )
    yield Slip(
        "no-ip-header",
        room - TCP_HEADER,
        f"The inner packet has an IP header of its own: {header} bytes for IPv{path.inner}.",
    )
    yield Slip(
        "the-whole-packet",
        room,
        "That is the whole inner packet. The MSS counts the data only, without IP and TCP header.",
    )
    yield Slip(
        "other-ip-version",
        tcp_mss(room, other),
        f"That is right for IPv{other} inside the tunnel. Here it is IPv{path.inner}, whose header "
        f"has {header} bytes.",
    )
    yield Slip(
        "headers-twice",
        room - 2 * (header + TCP_HEADER),
        "The two headers were taken off twice: each packet carries them once.",
    )
    if not within:
        yield from _slips_on_the_path(path)


def _slips_on_the_path(path: Path) -> Iterator[Slip]:
    """What the MSS is mistaken for where the way to it leads over the path's MTU."""
    yield Slip(
        "no-tunnel",
        tcp_mss(path.mtu, path.inner),
        "That fits the path without the tunnel. With it each segment grows beyond the path.",
    )
    yield Slip(
        "other-nat-traversal",
        tcp_mss(replace(path, nat_t=not path.nat_t).room, path.inner),
        "The UDP header of NAT traversal takes 8 bytes more."
        if path.nat_t
        else "That keeps room for the UDP header of NAT traversal, which this tunnel does not use.",
    )
    if tcp_mss(path.room, path.inner) > AZURE_ADVICE:
        yield Slip(
            "azures-advice",
            AZURE_ADVICE,
            "That is the value that Azure advises (June 2026). It is safe here, and smaller than "
            "it need be.",
        )


GENERATOR = Generator(
    NAME,
    "Choose the MSS to which a tunnel's TCP connections are clamped",
    "bytes on the wire",
    "what-is-a-vpn",
    "what-goes-wrong-in-practice",
    make,
)
