"""strongSwan: what `swanctl` loads, its secrets apart, and a script for what it leaves to you."""

from collections.abc import Iterator

from vpnedu.configuring.ciphers import GROUP, IKE, algorithms
from vpnedu.configuring.lines import File, Line, Piece
from vpnedu.configuring.linux import script
from vpnedu.configuring.plans import Child, Connection, Plan, Side, slug, timers
from vpnedu.network.addresses import ANY_PORT, AddressRange, PortRange
from vpnedu.network.packets import protocol_name
from vpnedu.network.selectors import Selector

MANUAL = "swanctl.conf(5), strongSwan 5.9"
FOLDER = "/etc/swanctl/conf.d"


def files(_plan: Plan, sides: tuple[Side, ...]) -> tuple[File, ...]:
    """Three files for each gateway: connections, secrets, and the script that comes first."""
    return tuple(file for side in sides for file in (_config(side), _secrets(side), script(side)))


def losses(_plan: Plan, sides: tuple[Side, ...]) -> list[str]:
    """What strongSwan on Linux can't say, or says elsewhere."""
    told = [
        f"{side.name}: is written with a key and a fixed address; people sign in by certificate "
        "or password, and get an address from a pool"
        for side in sides
        if side.user
    ]
    for side in sides:
        learned = [c.tunnel for c, _ in side.sessions]
        if learned:
            told.append(f"{side.name}: routes through {', '.join(learned)} are learned: --for frr")
    return told


def _config(side: Side) -> File:
    pieces = [Piece("head", (Line("connections {"),))]
    for connection in side.connections:
        pieces += _pieces(side, connection)
    pieces.append(Piece("foot", (Line("}"),)))
    where = f"{FOLDER}/{side.slug}.conf"
    return File(f"{side.slug}/swanctl.conf", where, "#", tuple(pieces))


def _pieces(side: Side, connection: Connection) -> list[Piece]:
    name = slug(connection.tunnel)
    children = [line for child in connection.children for line in _child(side, connection, child)]
    return [
        Piece("peer", (Line(f"  {name} {{"), *_peer(connection))),
        Piece("timers", tuple(_timers())),
        Piece("who", tuple(_who(connection))),
        Piece("children", (Line("    children {"), *children, Line("    }"), Line("  }"))),
    ]


def _peer(connection: Connection) -> Iterator[Line]:
    yield Line("    version = 2", "IKEv2 and nothing older.", "RFC 7296")
    yield Line(
        f"    local_addrs = {connection.own_address}",
        "This gateway's public address: the source of everything that leaves sealed.",
    )
    yield Line(
        f"    remote_addrs = {connection.peer_address}",
        f"Where {connection.peer} is dialled, and the only address that may answer.",
    )
    yield Line(
        f"    proposals = {IKE}",
        "Algorithms of the IKE SA. The peer must offer the same, or it answers NO_PROPOSAL_CHOSEN.",
        "RFC 7296, 2.7",
    )
    if connection.nat_t:
        yield Line(
            "    encap = yes",
            "ESP goes inside UDP, port 4500, whether a NAT was noticed or not.",
            "RFC 7296, 2.23",
        )


def _timers() -> Iterator[Line]:
    own = timers(cloud=False)
    yield Line(
        f"    dpd_delay = {own.count('liveness-delay')}s",
        "After so much silence the peer is asked for a sign of life. strongSwan's default is 0: "
        "never.",
        f"RFC 7296, 2.4; {MANUAL}",
    )
    yield Line(
        f"    rekey_time = {own.count('ike-rekey')}s",
        "When the IKE SA gets fresh keys. The ends needn't agree; the shorter time acts.",
        "RFC 7296, 2.8",
    )


def _who(connection: Connection) -> Iterator[Line]:
    own, peer = connection.own_address, connection.peer_address
    yield Line("    local {")
    yield Line(
        "      auth = psk",
        "This end proves itself with the pre-shared key; no packet is ever encrypted with it.",
        "RFC 7296, 2.15",
    )
    yield Line(
        f"      id = {own}",
        "The name under which it does so. Behind a NAT it is still the public address, if that "
        "is what the peer expects.",
    )
    yield Line("    }")
    yield Line("    remote {")
    yield Line("      auth = psk", "The peer has to prove itself in the same way.")
    yield Line(
        f"      id = {peer}",
        "Whoever answers under another name is refused, right key or not.",
    )
    yield Line("    }")


def _child(side: Side, connection: Connection, child: Child) -> Iterator[Line]:
    yield Line(f"      {child.name} {{")
    yield from _selectors(child)
    if child.action == "protect":
        yield from _sealed(side, connection)
    else:
        mode, word = ("pass", "in the clear") if child.action == "bypass" else ("drop", "nowhere")
        yield Line(f"        mode = {mode}", f"These packets go {word}.", "RFC 4301, 4.4.1")
        yield Line("        start_action = trap", "The policy is there from loading on.")
    if child.priority is not None:
        yield Line(
            f"        priority = {child.priority}",
            "The lowest number is asked first. Without it strongSwan asks the longer prefixes "
            "first, and that is another order than the one written here.",
            f"RFC 4301, 4.4.1; {MANUAL}",
        )
    yield Line("      }")


def _selectors(child: Child) -> Iterator[Line]:
    local, remote = (_written(child.selectors, side) for side in ("local", "remote"))
    anything = child.selectors[0].local[0].bounds[0] == 0 and local == remote
    yield Line(
        f"        local_ts = {local}",
        "Any source: the routes have chosen already, so the selectors refuse nothing."
        if anything
        else "Whose packets this child carries: sources on this side.",
        "RFC 7296, 2.9",
    )
    yield Line(
        f"        remote_ts = {remote}",
        "Any destination, likewise."
        if anything
        else "And to where. The peer says the same with the sides swapped, or narrows it.",
    )


def _sealed(side: Side, connection: Connection) -> Iterator[Line]:
    if side.kind == "route-based":
        number = connection.number
        yield Line(
            f"        if_id_in = {number}",
            f"Ties the policies to the interface {connection.interface}: only what is routed "
            "into it meets them.",
            MANUAL,
        )
        yield Line(f"        if_id_out = {number}", "The same for the way out.")
    yield Line(
        f"        esp_proposals = {algorithms(connection.suite).esp}-{GROUP}",
        f"{connection.suite.name} for the packets; the group makes each rekey a fresh exchange "
        "(perfect forward secrecy).",
        "RFC 7296, 1.3.1",
    )
    yield Line(
        f"        rekey_time = {timers(cloud=False).count('child-rekey')}s",
        "New keys for the packets every hour, before the old ones run out.",
        "RFC 7296, 2.8",
    )
    yield Line(
        "        start_action = trap",
        "The policy is in the kernel from loading on, and the first packet that it holds dials. "
        "Until the tunnel is up such packets are lost, but never sent in the clear.",
        MANUAL,
    )
    yield Line("        dpd_action = trap", "A dead peer leaves the policy behind, not a hole.")


def _written(selectors: tuple[Selector, ...], side: str) -> str:
    """One side of selectors as swanctl writes it: prefixes or ranges, protocol and ports."""
    texts: dict[str, None] = {}
    for one in selectors:
        ranges, ports = (
            (one.local, one.local_ports) if side == "local" else (one.remote, one.remote_ports)
        )
        for addresses in ranges:
            for port in ports:
                texts[f"{_addresses(addresses)}{_ports(one.protocol, port)}"] = None
    return ",".join(texts)


def _addresses(addresses: AddressRange) -> str:
    text = str(addresses)
    return text if "/" in text or "-" in text else f"{text}/{addresses.first.max_prefixlen}"


def _ports(protocol: int | None, ports: PortRange) -> str:
    if protocol is None and ports == ANY_PORT:
        return ""
    name = "any" if protocol is None else protocol_name(protocol).lower()
    return f"[{name}]" if ports == ANY_PORT else f"[{name}/{ports}]"


def _secrets(side: Side) -> File:
    lines = [Line("secrets {")]
    for connection in side.connections:
        lines += [
            Line(f"  ike-{slug(connection.tunnel)} {{"),
            Line(f"    id-own = {connection.own_address}", "Whose key it is: this end's …"),
            Line(f"    id-peer = {connection.peer_address}", "… and the peer's, by their ids."),
            Line(
                f"    secret = {{{connection.secret}}}",
                "Replace all of it, braces too, by the key in quotes: swanctl refuses the file "
                "until you do. `openssl rand -hex 32` makes one.",
            ),
            Line("  }"),
        ]
    lines.append(Line("}"))
    where = f"{FOLDER}/{side.slug}-secrets.conf, mode 600"
    return File(f"{side.slug}/secrets.conf", where, "#", (Piece("secrets", tuple(lines)),))
