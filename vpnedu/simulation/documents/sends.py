"""The packet of a network's document, and what it does there."""

from dataclasses import dataclass

from vpnedu.network.addresses import parse_port
from vpnedu.network.packets import WITH_PORTS, Packet, parse_protocol, protocol_name
from vpnedu.network.topology import Topology
from vpnedu.simulation.documents import limits
from vpnedu.simulation.documents.parts import Part, told_of
from vpnedu.simulation.scenarios.building import Scenario
from vpnedu.simulation.trace import Trace

USUAL_PORT = 40000
NEEDED = ("source", "destination")
OPTIONAL = ("protocol", "port", "length", "source_port", "fragment", "answered", "sender")


@dataclass(frozen=True, slots=True)
class Send:
    """A packet as a person writes it: `source` and `destination` are hosts' names, or addresses.

    `fragment`: the path may cut it. `answered`: who receives it sends one back. `sender` is the
    host that sends it where its source is forged, None where it is the source's own.
    """

    source: str
    destination: str
    protocol: str = "tcp"
    port: int | None = None
    length: int = 100
    source_port: int | None = None
    fragment: bool = False
    answered: bool = False
    sender: str | None = None

    def through(self, scenario: Scenario, preset: int | None = None) -> Trace:
        """The run of the packet in a scenario; InputError names the field."""
        return scenario.send(
            self.source,
            self.destination,
            self.protocol,
            self.port,
            source_port=self.source_port,
            length=self.length,
            dont_fragment=not self.fragment,
            answered=self.answered,
            sender=self.sender,
            preset=preset,
        )


def sending(part: Part) -> Send:
    """The packet in the object `part`; whether its hosts are there is asked when it is sent."""
    found = part.table(NEEDED, OPTIONAL)
    with told_of(found, part):
        protocol = found["protocol"].text(limits.NAME) if "protocol" in found else "tcp"
        number = parse_protocol(protocol)
        if number is None:
            found["protocol"].wrong("a packet has one protocol; any is for policies")
        flags = {key: found[key].flag() for key in ("fragment", "answered") if key in found}
        return Send(
            found["source"].text(limits.NAME),
            found["destination"].text(limits.NAME),
            protocol,
            _port(found, "port", number),
            found["length"].whole(*limits.LENGTH) if "length" in found else 100,
            _port(found, "source_port", number),
            sender=_sender(found),
            **flags,
        )


def _sender(found: dict[str, Part]) -> str | None:
    if "sender" not in found or found["sender"].value is None:
        return None
    return found["sender"].text(limits.NAME)


def _port(found: dict[str, Part], key: str, protocol: int) -> int | None:
    if key not in found or found[key].value is None:
        return None
    if protocol not in WITH_PORTS:
        found[key].wrong(f"{protocol_name(protocol)} has no ports")
    return parse_port(found[key].whole(0, 65535), key)


def send_of(sent: Packet, topology: Topology, origin: str | None, *, answered: bool) -> Send:
    """The packet as a document writes it, with hosts' names where addresses are theirs."""
    names = {host.address: host.name for host in topology.hosts}
    number = sent.protocol
    return Send(
        names.get(sent.source, str(sent.source)),
        names.get(sent.destination, str(sent.destination)),
        protocol_name(number) if protocol_name(number).isalnum() else str(number),
        sent.destination_port,
        sent.length,
        None if sent.source_port == USUAL_PORT else sent.source_port,
        not sent.dont_fragment,
        answered,
        origin,
    )
