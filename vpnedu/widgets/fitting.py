"""Which packets fit: a packet's length before and after sealing, against what the path takes."""

import re
from dataclasses import dataclass
from html import escape
from typing import Any

from vpnedu.book.facts import facts
from vpnedu.network.addresses import InputError
from vpnedu.network.encapsulation import (
    AES_GCM,
    SUITES,
    Suite,
    fragments,
    largest_inner,
    parts,
    sealed_length,
    tcp_mss,
)
from vpnedu.widgets.instrument import Instrument, shown
from vpnedu.widgets.live import Live

TITLE = "Which packets fit"
MTUS = (
    (1500, "Ethernet"),
    (1492, "PPPoE"),
    (1400, "a tunnel on the way"),
    (1280, "the least that IPv6 allows"),
)
# What may stand inside the tunnel, and whether it may be cut.
KINDS = {
    "4df": "IPv4, don't fragment",
    "4": "IPv4, may be fragmented",
    "6": "IPv6, never cut on the way",
}
LEAST_IPV6 = 1280  # every link has to carry so much in one piece (RFC 8200, 5)
SHORTEST, LONGEST, FIRST = 40, 1600, 1460


@dataclass(frozen=True, slots=True)
class Outside:
    """The tunnel's outside: suite, NAT traversal, IP version, and what the path takes."""

    suite: Suite = AES_GCM
    nat_t: bool = False
    version: int = 4
    mtu: int = 1500

    def sealed(self, inner: int) -> int:
        """The length of the outer packet."""
        return sealed_length(inner, self.suite, nat_t=self.nat_t, outer_version=self.version)

    @property
    def room(self) -> int:
        """The largest inner packet that crosses in one piece."""
        return largest_inner(self.mtu, self.suite, nat_t=self.nat_t, outer_version=self.version)


def fate(outside: Outside, inner: int, kind: str) -> tuple[str, str]:
    """What becomes of a packet of `inner` bytes: "fits", "cut" or "dropped", and why in words.

    >>> fate(Outside(), 1446, "4df")
    ('fits', 'It fits: sealed it has 1500 bytes, and the path takes 1500.')
    """
    grown, mtu = outside.sealed(inner), outside.mtu
    if grown <= mtu:
        return "fits", f"It fits: sealed it has {grown} bytes, and the path takes {mtu}."
    why = f"Sealed it would have {grown} bytes, and the path takes {mtu}."
    if kind == "4df":
        told = f"ICMP tells the sender: fragmentation needed, mtu = {outside.room}."
        return "dropped", f"Dropped. {why} {told}"
    if kind == "6" and inner > LEAST_IPV6:
        told = f"ICMPv6 tells the sender: Packet Too Big, mtu = {max(outside.room, LEAST_IPV6)}."
        return "dropped", f"Dropped. {why} {told}"
    pieces = fragments(grown, mtu, outside.version)
    least = ""
    if kind == "6":
        least = f" A tunnel has to carry IPv6 packets of {LEAST_IPV6} bytes (RFC 8200, 5)."
    return "cut", (
        f"Cut. Sealed it has {grown} bytes, and the path takes {mtu}: it leaves in {pieces} "
        f"fragments, which the far gateway puts together before it opens the packet.{least}"
    )


def what_fits(*, anchor: str, caption: str, title: str | None = None) -> Live:
    """The figure in a notebook and on the page."""
    return shown(fitting(anchor=anchor, caption=caption, title=title))


def fitting(*, anchor: str, caption: str, title: str | None = None) -> Instrument:
    """A packet's length against a path's, for every suite, with the provider's advice marked."""
    advice = azures_advice()
    data = {
        "suites": [[s.name, s.iv, s.block, s.icv] for s in SUITES.values()],
        "mtus": MTUS,
        "kinds": list(KINDS.items()),
        "range": [SHORTEST, LONGEST, FIRST],
        "advice": advice,
    }
    still = f"{_example()}{_table()}<p>{escape(advice['words'])}</p>"
    return Instrument("fits", anchor, title or TITLE, caption, data, still, _text(advice))


def azures_advice() -> dict[str, Any]:
    """The tunnel MTU and TCP MSS that Azure advises, in numbers and words, with its sources."""
    found = facts("azure", "limits")
    cell = str(found["Packets in a tunnel", "Limit"])
    mss, mtu = re.search(r"MSS to (\d+)", cell), re.search(r"MTU to (\d+)", cell)
    if not (mss and mtu):
        raise InputError("azure.toml: limits", f"{cell!r} names no MSS and MTU")
    places = str(found["Packets in a tunnel", "Source"]).split(", ")
    cited = "; ".join(found.sources[int(place) - 1] for place in places)
    words = f"Azure's advice: {cell} ({cited})."
    return {"mtu": int(mtu[1]), "mss": int(mss[1]), "words": words}


def _example() -> str:
    """One packet as a bar, so that paper has one, too."""
    outside = Outside()
    inner = outside.room
    _, words = fate(outside, inner, "4df")
    return (
        f"<p>An inner packet of {inner} bytes, sealed with {AES_GCM.name}. {escape(words)}</p>"
        f"{bar(outside, inner)}"
    )


def bar(outside: Outside, inner: int) -> str:
    """The outer packet to scale, and its parts with their lengths, as HTML."""
    found = [
        p
        for p in parts(inner, outside.suite, nat_t=outside.nat_t, outer_version=outside.version)
        if p.length
    ]
    cells = "".join(
        f'<span class="{"sealed" if p.sealed else "clear"}" style="flex-grow:{p.length}"></span>'
        for p in found
    )
    listed = "".join(
        f"<li>{escape(p.name)} {p.length}{' ● sealed' if p.sealed else ''}</li>" for p in found
    )
    return f'<div class="bar" aria-hidden="true">{cells}</div><ol class="parts">{listed}</ol>'


def _rows() -> list[tuple[str, int, int, int, int]]:
    """For each suite, plain and through a NAT: the largest inner packet on 1500 bytes, its MSS."""
    rows = []
    for suite in SUITES.values():
        for nat_t in (False, True):
            room = Outside(suite, nat_t).room
            name = f"{suite.name}{', NAT-T' if nat_t else ''}"
            rows.append((name, suite.iv + suite.icv, room, tcp_mss(room), tcp_mss(room, 6)))
    return rows


def _table() -> str:
    head = "".join(
        f'<th scope="col">{name}</th>'
        for name in ("Suite", "Largest inner packet", "MSS, IPv4", "MSS, IPv6")
    )
    body = "".join(
        f'<tr><th scope="row">{escape(name)}</th><td>{room}</td><td>{mss}</td><td>{mss6}</td></tr>'
        for name, _, room, mss, mss6 in _rows()
    )
    return (
        "<table><caption>On a path of 1500 bytes, outer IPv4</caption>"
        f"<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"
    )


def _text(advice: dict[str, Any]) -> str:
    lines = [
        f"{name}: largest inner packet {room}, TCP MSS {mss} (IPv4), {mss6} (IPv6)"
        for name, _, room, mss, mss6 in _rows()
    ]
    return "\n".join(["On a path of 1500 bytes, outer IPv4:", *lines, str(advice["words"])])
