"""The script for what no daemon does on Linux: interfaces, routes, forwarding, the firewall."""

from collections.abc import Iterator
from itertools import groupby

from vpnedu.configuring.lines import File, Line, Piece
from vpnedu.configuring.plans import Connection, Side, Way

NFT = "nft(8)"
IP = "ip-route(8)"
SYSCTL = "Linux, ip-sysctl"


def script(side: Side) -> File:
    """The script of one gateway: to be run as root before its connections are loaded."""
    pieces = [
        Piece("begin", tuple(_begin(side))),
        Piece("kernel", tuple(_kernel(side))),
        Piece("interfaces", tuple(_interfaces(side))),
        Piece("routes", tuple(_routes(side))),
        Piece("firewall", tuple(_firewall(side))),
    ]
    kept = tuple(piece for piece in pieces if piece.lines)
    where = f"/etc/vpnedu/{side.slug}.sh, run as root before swanctl --load-all"
    return File(f"{side.slug}/linux.sh", where, "#", kept)


def _begin(side: Side) -> Iterator[Line]:
    yield Line("#!/bin/sh")
    yield Line("set -eu", "The first command that fails ends the script, instead of being missed.")
    if side.discards:
        yield Line(
            ': "${WAN:?name the interface towards the internet}"',
            "The book doesn't know your machine. Without this value the script stops here.",
        )
    if _round_the_tunnel(side):
        yield Line(
            ': "${NEXT_HOP:?the address of your internet provider\'s router}"',
            "Needed below, to reach the peer past the tunnel.",
        )


def _kernel(side: Side) -> Iterator[Line]:
    forwarding = "net.ipv4.ip_forward" if side.version == 4 else "net.ipv6.conf.all.forwarding"
    yield Line(
        f"sysctl -q -w {forwarding}=1",
        "Without it the machine answers for itself and passes nobody's packets on.",
        SYSCTL,
    )
    if side.multipath:
        yield Line(
            "sysctl -q -w net.ipv4.fib_multipath_hash_policy=1",
            "Equal routes share flows by addresses, protocol and ports; by default the addresses "
            "alone decide, and two machines would always use one tunnel.",
            SYSCTL,
        )


def _interfaces(side: Side) -> Iterator[Line]:
    if side.kind == "policy-based":
        return
    for c in side.connections:
        yield Line(f"ip link show {c.interface} >/dev/null 2>&1 ||", "So that it can run again.")
        yield Line(
            f"  ip link add {c.interface} type xfrm if_id {c.number}",
            f"The interface of {c.tunnel}. The number ties it to if_id_in and if_id_out.",
            "ip-link(8)",
        )
        yield Line(f"ip link set {c.interface} mtu {c.mtu} up", *_size(c))
        if side.version == 4:
            yield Line(
                f"sysctl -q -w net.ipv4.conf.{c.interface}.rp_filter={2 if side.multipath else 1}",
                "Selectors that refuse nothing let any source in; this asks whether there is a "
                f"route back{'' if side.multipath else ' by this interface'}.",
                SYSCTL,
            )
        if c.session:
            own, peer = c.session.own_address, c.session.peer_address
            yield Line(
                f"ip address replace {own} peer {peer}/32 dev {c.interface}",
                "The addresses between which BGP talks, inside the tunnel.",
                "ip-address(8)",
            )


def _size(c: Connection) -> tuple[str, str]:
    if c.cloud:
        return "Azure's advice for its tunnels, whatever the cipher.", "VPN Gateway FAQ, June 2026"
    wrapped = ", inside UDP" if c.nat_t else ""
    why = f"The largest packet that {c.suite.name}{wrapped} fits into {c.path_mtu} bytes."
    return why, "worked out by the book's engine"


def _routes(side: Side) -> Iterator[Line]:
    if side.kind == "policy-based":
        return
    for peer in _round_the_tunnel(side):
        yield Line(
            f'ip route replace {peer} via "$NEXT_HOP"',
            "The sealed packets are routed too: without a way past the tunnel, the tunnel "
            "would swallow itself.",
        )
    rows = sorted(side.ways, key=_rank)
    for _, ways in groupby(rows, _rank):
        yield _route(side, list(ways))


def _rank(way: Way) -> tuple[bool, int, str, int]:
    """Long prefixes first, so that the way to a peer is never cut off; black holes at the end."""
    return way.blackhole, -way.prefix.prefixlen, str(way.prefix), way.metric


def _route(side: Side, ways: list[Way]) -> Line:
    first, ip = ways[0], "ip -6" if side.version == 6 else "ip"
    metric = f" metric {first.metric}" if first.metric else ""
    if first.blackhole:
        return Line(
            f"{ip} route replace blackhole {first.prefix}{metric}",
            "If a tunnel's route goes, its packets end here and not at the internet's default "
            "route: the gateway fails closed. While the longer prefix is there, it wins.",
            IP,
        )
    into = [way.connection for way in ways if way.connection]
    if len(into) > 1:
        hops = " ".join(f"nexthop dev {c.interface}" for c in into)
        return Line(f"{ip} route replace {first.prefix}{metric} {hops}", "Both share it.", IP)
    return Line(
        f"{ip} route replace {first.prefix} dev {into[0].interface}{metric}",
        f"strongSwan makes no routes for such interfaces: this one chooses {into[0].tunnel}.",
        IP,
    )


def _round_the_tunnel(side: Side) -> list[str]:
    """The peers whose public address a route into a tunnel would hold."""
    if side.kind == "policy-based":
        return []
    return sorted(
        {
            str(c.peer_address)
            for c in side.connections
            for way in side.ways
            if way.connection and way.prefix.version == c.peer_address.version
            if c.peer_address in way.prefix
        }
    )


def _firewall(side: Side) -> Iterator[Line]:
    yield Line("nft -f - <<RULES")
    yield Line("table inet vpnedu")
    yield Line("delete table inet vpnedu", "These two lines empty it, so that it can run again.")
    yield Line("table inet vpnedu {")
    yield Line("  chain forward {")
    yield Line("    type filter hook forward priority filter; policy accept;")
    if side.discards:
        yield Line(
            '    oifname "$WAN" rt ipsec missing drop',
            "Linux sends in the clear what no policy holds; RFC 4301 discards it. This makes the "
            "standard's rule, as in the book's figures. To let web traffic out, put exceptions "
            "before it.",
            f"RFC 4301, 5; {NFT}",
        )
    yield from _clamp(side)
    yield Line("  }")
    yield Line("}")
    yield Line("RULES")


def _clamp(side: Side) -> Iterator[Line]:
    mss = min((c.mss(side.version) for c in side.connections), default=0)
    clamp = f"tcp flags syn / syn,rst tcp option maxseg size set {mss}"
    out, into = (
        ("rt ipsec exists", "meta ipsec exists")
        if side.kind == "policy-based"
        else ('oifname "ipsec*"', 'iifname "ipsec*"')
    )
    yield Line(
        f"    {out} {clamp}",
        "Tells TCP, as it sets out, which segment fits the tunnel. It only ever makes it smaller.",
        NFT,
    )
    yield Line(f"    {into} {clamp}", "The same for connections that the far end begins.")
