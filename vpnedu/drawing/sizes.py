"""How large each thing of a picture is, from what it has to say, in points."""

from collections.abc import Mapping
from dataclasses import dataclass

import networkx as nx

from vpnedu.drawing.places import home, is_network, members, networks, tunnels
from vpnedu.drawing.style import Sheet, width, wrap

Size = tuple[float, float]
Reach = tuple[float, float]

LINE_HEIGHT = 1.25
FOLDED_HEIGHT, FOLDED_GATEWAY, FOLDED_CLOSER = 11.0, 8.0, 1.5
SHELF_GAP = 6.0


@dataclass(frozen=True)
class Needs:
    """What a run asks of its picture: room for its packets, and who may be drawn small.

    `capsule` is the size of the largest packet, `active` the networks it meets (each gets a shelf
    below it for the packet to rest on), `clear` whether it goes over the internet in the clear,
    `folded` the bystanders.
    """

    capsule: Size = (0.0, 0.0)
    active: frozenset[str] = frozenset()
    clear: bool = False
    folded: frozenset[str] = frozenset()


NO_RUN = Needs()


def prefixes(drawn: nx.MultiGraph, network: str) -> list[str]:
    """A network's prefixes, one a line."""
    return [line for line in str(drawn.nodes[network]["detail"]).split(", ") if line]


def pill_height(sheet: Sheet) -> float:
    """The height of a host."""
    return sheet.text * LINE_HEIGHT + 4


def pill_width(drawn: nx.MultiGraph, sheet: Sheet, host: str) -> float:
    """The width of a host with its name, and its address where the sheet shows addresses."""
    address = str(drawn.nodes[host]["detail"]) if sheet.addresses else ""
    shown = width(address, sheet.text, mono=True) + 9 if address else 0
    return width(host, sheet.text) + shown + 10


def network_size(drawn: nx.MultiGraph, sheet: Sheet, network: str) -> Size:
    """Room for a network's name, its prefixes and its hosts, one below the other."""
    hosts = members(drawn, network, "host")
    wide = [
        width(network, sheet.name, bold=True),
        *(width(line, sheet.text, mono=True) for line in prefixes(drawn, network)),
        *(pill_width(drawn, sheet, host) for host in hosts),
    ]
    lines = sheet.name + len(prefixes(drawn, network)) * sheet.text
    tall = lines * LINE_HEIGHT + len(hosts) * (pill_height(sheet) + 3)
    return max(wide) + 2 * sheet.pad, tall + 2 * sheet.pad


def label_lines(drawn: nx.MultiGraph, sheet: Sheet, gateway: str) -> list[str]:
    """A gateway's name in as many lines as its box, or the space above it, asks for."""
    if sheet.addresses:
        room = gateway_size(drawn, sheet, gateway)[0] - 8
        return wrap(gateway, sheet.label, room, bold=True)
    return wrap(gateway, sheet.label, sheet.gateway[0] + 2 * sheet.gap)


def gateway_size(drawn: nx.MultiGraph, sheet: Sheet, gateway: str) -> Size:
    """Room for each of its tunnels, and for its name and address where they are inside."""
    ports = sum(gateway in ends for _, ends, _ in tunnels(drawn))
    least, tall = sheet.gateway
    tall = max(tall, (ports - 1) * sheet.port + sheet.tube + 6)
    if not sheet.addresses:
        return least, tall
    address = width(str(drawn.nodes[gateway]["detail"]), sheet.label - 0.5, mono=True)
    longest = max(width(word, sheet.label, bold=True) for word in gateway.split())
    return max(least, address, longest + 10), tall


def caption_height(drawn: nx.MultiGraph, sheet: Sheet, gateway: str) -> float:
    """What stands above a gateway: its address, or its name where its box is too small."""
    lines = 1 if sheet.addresses else len(label_lines(drawn, sheet, gateway))
    return lines * sheet.label * 1.15 + 3


def sizes(drawn: nx.MultiGraph, sheet: Sheet, needs: Needs) -> dict[str, Size]:
    """Width and height of all that is drawn; a bystander shows no hosts."""
    wide = max(
        width(n, sheet.text) + 2 * sheet.pad
        if n in needs.folded
        else network_size(drawn, sheet, n)[0]
        for n in networks(drawn)
    )
    result = {}
    for name, data in drawn.nodes(data=True):
        folded = home(drawn, name) in needs.folded
        if is_network(drawn, name):
            tall = FOLDED_HEIGHT if folded else network_size(drawn, sheet, name)[1]
            result[name] = (wide, tall)
        elif data["kind"] == "gateway":
            small = (FOLDED_GATEWAY, FOLDED_GATEWAY)
            result[name] = small if folded else gateway_size(drawn, sheet, name)
        elif data["kind"] == "host" and not folded:
            shown = wide - 2 * sheet.pad if sheet.addresses else pill_width(drawn, sheet, name)
            result[name] = (shown, pill_height(sheet))
    return result


def reaches(
    drawn: nx.MultiGraph, sheet: Sheet, needs: Needs, size: Mapping[str, Size]
) -> dict[str, Reach]:
    """How far each network, its gateways and its shelf go above and below its middle."""
    result = {}
    for network in networks(drawn):
        above = below = size[network][1] / 2
        if network in needs.folded:
            result[network] = (above - FOLDED_CLOSER, below - FOLDED_CLOSER)
            continue
        for gateway in members(drawn, network, "gateway"):
            half = size[gateway][1] / 2
            below = max(below, half)
            above = max(above, half + caption_height(drawn, sheet, gateway))
        if network in needs.active:
            below += needs.capsule[1] + SHELF_GAP
        result[network] = (above, below)
    return result
