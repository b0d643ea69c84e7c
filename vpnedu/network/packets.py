"""The packet: the header fields that policies and routes look at, and its length."""

from dataclasses import dataclass, replace

from vpnedu.network.addresses import InputError, IPAddress, parse_address, parse_port, quoted

# IANA's protocol numbers, under the short names that `ip xfrm` and /etc/protocols use.
PROTOCOLS = {
    "icmp": 1,
    "tcp": 6,
    "udp": 17,
    "dccp": 33,
    "gre": 47,
    "esp": 50,
    "ah": 51,
    "icmpv6": 58,
    "ospf": 89,
    "sctp": 132,
    "udplite": 136,
}
TCP, UDP, ESP = PROTOCOLS["tcp"], PROTOCOLS["udp"], PROTOCOLS["esp"]
NAMES = {number: name for name, number in PROTOCOLS.items()}
WITH_PORTS = frozenset(PROTOCOLS[name] for name in ("tcp", "udp", "dccp", "sctp", "udplite"))
HEADER_LENGTH = {4: 20, 6: 40}
LONGEST = 65535


def parse_protocol(value: object, field: str = "protocol") -> int | None:
    """The protocol number for a name or a number; None for "any"."""
    text = value.strip().lower() if isinstance(value, str) else value
    if text == "any":
        return None
    if isinstance(text, str) and text in PROTOCOLS:
        return PROTOCOLS[text]
    if isinstance(text, str) and text.isascii() and text.isdigit() and len(text) <= 3:
        text = int(text)
    if isinstance(text, bool) or not isinstance(text, int) or not 0 <= text <= 255:
        known = ", ".join(PROTOCOLS)
        raise InputError(
            field, f"{quoted(value)} is not a protocol; use any, 0 to 255, or one of {known}"
        )
    return text


def protocol_name(number: int | None) -> str:
    """The short name of a protocol number, "any" for None.

    >>> protocol_name(6), protocol_name(99), protocol_name(None)
    ('tcp', 'protocol 99', 'any')
    """
    if number is None:
        return "any"
    return NAMES.get(number, f"protocol {number}")


@dataclass(frozen=True, slots=True)
class Packet:
    """One IP packet: who sends what to whom.

    Ports are None where the protocol has none, and where they can't be seen (a fragment that is
    not the first). `length` is the whole IP packet in bytes, header included.
    """

    source: IPAddress
    destination: IPAddress
    protocol: int = TCP
    source_port: int | None = None
    destination_port: int | None = None
    length: int = 100
    dont_fragment: bool = True
    ttl: int = 64

    def __post_init__(self) -> None:
        if self.source.version != self.destination.version:
            rule = f"{self.source} and {self.destination} are of different families"
            raise InputError("destination", rule)
        shortest = HEADER_LENGTH[self.source.version] + TRANSPORT_LENGTH.get(self.protocol, 0)
        if not isinstance(self.length, int) or not shortest <= self.length <= LONGEST:
            rule = f"{quoted(self.length)} bytes; this packet can have {shortest} to {LONGEST}"
            raise InputError("length", rule)
        for name in ("source_port", "destination_port"):
            if getattr(self, name) is not None and self.protocol not in WITH_PORTS:
                raise InputError(name, f"{protocol_name(self.protocol)} has no ports")

    def after_hop(self) -> "Packet":
        """The packet as a router sends it on: one hop less to live (RFC 791, 3.2)."""
        return replace(self, ttl=self.ttl - 1)

    def __str__(self) -> str:
        def end(address: IPAddress, port: int | None) -> str:
            if port is None:
                return str(address)
            return f"[{address}]:{port}" if address.version == 6 else f"{address}:{port}"

        source = end(self.source, self.source_port)
        target = end(self.destination, self.destination_port)
        return f"{source} → {target} {protocol_name(self.protocol)}, {self.length} bytes"


# Header lengths without options: TCP (RFC 9293), UDP (RFC 768), ICMP echo (RFC 792, RFC 4443).
TRANSPORT_LENGTH = {TCP: 20, UDP: 8, PROTOCOLS["icmp"]: 8, PROTOCOLS["icmpv6"]: 8}


def packet(
    source: object,
    destination: object,
    protocol: object = "tcp",
    port: object = None,
    *,
    source_port: object = None,
    length: int = 100,
    dont_fragment: bool = True,
) -> Packet:
    """A packet from text, as a person would write it.

    Protocols with ports get source port 40000 and destination port 80 unless told otherwise.

    >>> str(packet("10.1.0.4", "10.2.9.7"))
    '10.1.0.4:40000 → 10.2.9.7:80 tcp, 100 bytes'
    """
    number = parse_protocol(protocol)
    if number is None:
        raise InputError("protocol", "a packet has one protocol; any is for policies")
    has_ports = number in WITH_PORTS
    if port is not None and not has_ports:
        raise InputError("port", f"{protocol_name(number)} has no ports")
    return Packet(
        parse_address(source, "source"),
        parse_address(destination, "destination"),
        number,
        parse_port(source_port if source_port is not None else 40000, "source_port")
        if has_ports or source_port is not None
        else None,
        parse_port(port if port is not None else 80, "port") if has_ports else None,
        length,
        dont_fragment,
    )
