"""FRRouting: one `frr.conf` for each gateway with routes to tell or to learn, and its daemons."""

from collections.abc import Iterator

from vpnedu.configuring.lines import File, Line, Piece
from vpnedu.configuring.plans import Connection, Plan, Session, Side, timers
from vpnedu.network.addresses import InputError, IPNetwork

MANUAL = "FRRouting manual, BGP"
# What is private by RFC 1918: all that a neighbour may tell about.
PRIVATE = ("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16")
# The worst preference there is short of "never".
LAST = 254


def files(plan: Plan, sides: tuple[Side, ...]) -> tuple[File, ...]:
    """Two files for each gateway that speaks BGP; an error if none does."""
    speaking = [side for side in sides if side.sessions]
    if not speaking:
        rule = f"no gateway of {plan.name} learns routes, so FRR has nothing to do"
        raise InputError("--for", f"{rule}; strongswan writes its routes as a script")
    return tuple(file for side in speaking for file in (_config(side), _daemons(side)))


def losses(_plan: Plan, sides: tuple[Side, ...]) -> list[str]:
    """What FRR has no part in."""
    return [
        f"{side.name}: no routes are learned here, so it is not written"
        for side in sides
        if not side.sessions
    ]


def _config(side: Side) -> File:
    pieces = [
        Piece("head", tuple(_head(side))),
        Piece("bfd", tuple(_bfd(side))),
        Piece("static", tuple(_static(side))),
        Piece("filters", tuple(_filters(side))),
        Piece("neighbours", tuple(_neighbours(side))),
        Piece("announced", tuple(_announced(side))),
    ]
    kept = tuple(piece for piece in pieces if piece.lines)
    return File(f"{side.slug}/frr.conf", "/etc/frr/frr.conf", "!", kept)


def _head(side: Side) -> Iterator[Line]:
    yield Line("frr defaults traditional", "The RFCs' timers where nothing else is said.")
    yield Line(f"hostname {side.slug}")
    yield Line("log syslog informational", "Where a session that falls says why.")


def _bfd(side: Side) -> Iterator[Line]:
    if not any(session.bfd for _, session in side.sessions):
        return
    keeps = timers(cloud=False)
    every, missing = keeps.seconds("bfd-interval"), keeps.count("bfd-multiplier")
    yield Line("bfd")
    yield Line(" profile tunnels")
    yield Line(
        f"  detect-multiplier {missing}",
        f"{missing} missing packets, {every:g} s apart, end a session: after about "
        f"{every * missing:g} s, where the hold time alone takes up to "
        f"{keeps.count('hold-time')} s.",
        "RFC 5880, 6.8.4",
    )
    yield Line(f"  transmit-interval {every * 1000:g}", "In milliseconds.")
    yield Line(f"  receive-interval {every * 1000:g}")
    yield Line(" exit")
    yield Line("exit")
    yield Line("!")


def _static(side: Side) -> Iterator[Line]:
    for prefix in side.prefixes:
        yield Line(
            f"{_ip(prefix)} route {prefix} blackhole {LAST}",
            "Keeps the announced prefix in the table while a part of it is down, and ends packets "
            "for subnets that don't exist. The connected route is preferred.",
            "FRRouting manual, STATIC",
        )
    for way in side.ways:
        if way.blackhole:
            yield Line(
                f"{_ip(way.prefix)} route {way.prefix} blackhole {LAST}",
                "The cure for failing open: what no learned route holds ends here.",
            )
    yield Line("!")


def _filters(side: Side) -> Iterator[Line]:
    for place, prefix in enumerate(side.prefixes, start=1):
        yield Line(
            f"ip prefix-list FROM-PEERS seq {place * 5} deny {prefix} le 32",
            "Nobody may tell this gateway that its own network is elsewhere.",
        )
    for place, block in enumerate(PRIVATE, start=len(side.prefixes) + 1):
        why = "Private networks are welcome; a default route is not." if block == PRIVATE[0] else ""
        yield Line(f"ip prefix-list FROM-PEERS seq {place * 5} permit {block} le 32", why)
    yield Line("!")
    yield from _maps(side)


def _maps(side: Side) -> Iterator[Line]:
    longer = sorted({s.prepend for _, s in side.sessions})
    for prepend in longer:
        yield Line(
            f"route-map {_map(prepend)} permit 10",
            "External BGP with no policy accepts nothing and tells nothing.",
            "RFC 8212, 2",
        )
        yield Line(" match ip address prefix-list FROM-PEERS")
        if prepend:
            yield Line(
                f" set as-path prepend last-as {prepend}",
                "Makes the path longer by the peer's own number, so that the other is preferred.",
                "RFC 4271, 9.1.2.2",
            )
        yield Line("exit")
        yield Line("!")
    yield Line(
        "route-map TO-PEERS permit 10",
        "Its own prefixes, and all that it has learned: that is what makes a hub pass packets on.",
    )
    yield Line("exit")
    yield Line("!")


def _neighbours(side: Side) -> Iterator[Line]:
    yield Line(
        f"router bgp {side.own_as}",
        "The number of this site's autonomous system, from those for private use.",
        "RFC 6996",
    )
    yield Line(
        f" bgp router-id {side.addresses[0]}", "A name for this router that nobody else has."
    )
    for connection, session in side.sessions:
        yield from _neighbour(connection, session)
    if side.multipath:
        yield Line(
            " bgp bestpath as-path multipath-relax",
            "Paths of one length share the traffic even if they name different systems.",
            MANUAL,
        )


def _neighbour(connection: Connection, session: Session) -> Iterator[Line]:
    begin = f" neighbor {session.peer_address}"
    yield Line(
        f"{begin} remote-as {session.peer_as}",
        f"{connection.peer}, by its address inside {connection.tunnel}. Another number in its "
        "OPEN message ends the session.",
        "RFC 4271, 6.2",
    )
    yield Line(f"{begin} description {connection.tunnel}")
    fixed = (
        "Azure's, which it neither changes nor negotiates down."
        if connection.cloud
        else "Both ends use the smaller hold time of the two."
    )
    source = "VPN Gateway FAQ, June 2026" if connection.cloud else "RFC 4271, 4.2"
    yield Line(
        f"{begin} timers {session.keepalive} {session.hold}",
        f"Keepalive and hold time in seconds. {fixed}",
        source,
    )
    if session.bfd:
        yield Line(f"{begin} bfd profile tunnels", "Notices a dead tunnel long before.", "RFC 5882")


def _announced(side: Side) -> Iterator[Line]:
    yield Line(" !")
    yield Line(" address-family ipv4 unicast")
    for prefix in side.prefixes:
        yield Line(
            f"  network {prefix}", "Announced as long as this very prefix is in the table.", MANUAL
        )
    for _, session in side.sessions:
        begin = f"  neighbor {session.peer_address}"
        yield Line(f"{begin} route-map {_map(session.prepend)} in", "What may be learned.")
        yield Line(f"{begin} route-map TO-PEERS out", "What is told.")
    if side.multipath:
        yield Line(
            f"  maximum-paths {len(side.sessions)}", "Use all equal paths, not the best alone."
        )
    yield Line(" exit-address-family")
    yield Line("exit")


def _daemons(side: Side) -> File:
    lines = [
        Line("bgpd=yes", "zebra and staticd run in any case; bgpd only if asked for."),
        Line(f"bfdd={'yes' if any(s.bfd for _, s in side.sessions) else 'no'}"),
    ]
    piece = Piece("daemons", tuple(lines))
    return File(f"{side.slug}/daemons", "these lines of /etc/frr/daemons", "#", (piece,))


def _map(prepend: int) -> str:
    return "FROM-FAR" if prepend else "FROM-PEERS"


def _ip(prefix: IPNetwork) -> str:
    return "ip" if prefix.version == 4 else "ipv6"
