"""A topology as a graph, and the side and row that each of its networks stands on."""

import networkx as nx

from vpnedu.network.topology import INTERNET, Topology
from vpnedu.simulation.recorder import lines_of, nodes_of
from vpnedu.simulation.trace import Trace

Spot = tuple[str, float]


def graph(scene: Topology | Trace) -> nx.MultiGraph:
    """The things of `scene` as nodes and what joins them as edges, each with its `kind`.

    Nodes carry `detail`, `inside` and `place` as in a trace. Edges are "stands in" (host and
    network), "serves" (gateway and network), "reaches" (anything and the internet) and "tunnel",
    whose key is the tunnel's name. Two gateways may have several tunnels.
    """
    things = scene.nodes if isinstance(scene, Trace) else nodes_of(scene)
    drawn = nx.MultiGraph(between=scene.between)
    for node in things:
        drawn.add_node(
            node.name, kind=node.kind, detail=node.detail, inside=node.inside, place=node.place
        )
    served = {node.inside for node in things if node.kind == "gateway"}
    for node in things:
        if node.inside is not None:
            kind = "serves" if node.kind == "gateway" else "stands in"
            drawn.add_edge(node.name, node.inside, kind=kind)
        if node.kind == "gateway" or (is_network(drawn, node.name) and node.name not in served):
            drawn.add_edge(node.name, INTERNET, kind="reaches")
    lines = scene.tunnels if isinstance(scene, Trace) else lines_of(scene)
    for tunnel in lines:
        drawn.add_edge(*tunnel.ends, key=tunnel.name, kind="tunnel", ends=tunnel.ends, up=tunnel.up)
    return drawn


def is_network(drawn: nx.MultiGraph, name: str) -> bool:
    """Whether `name` is a network of any kind: a site, a virtual network, a user, a server."""
    return drawn.nodes[name]["kind"] not in ("gateway", "host", INTERNET)


def networks(drawn: nx.MultiGraph) -> list[str]:
    """The networks, in the order of the topology."""
    return [name for name in drawn if is_network(drawn, name)]


def members(drawn: nx.MultiGraph, network: str, kind: str) -> list[str]:
    """The hosts, or the gateways, of a network."""
    return [n for n, d in drawn.nodes(data=True) if d["inside"] == network and d["kind"] == kind]


def home(drawn: nx.MultiGraph, name: str) -> str:
    """The network that a thing belongs to; a network and the internet are at home in themselves."""
    return str(drawn.nodes[name]["inside"] or name)


def tunnels(drawn: nx.MultiGraph) -> list[tuple[str, tuple[str, str], bool]]:
    """Each tunnel as its name, its ends and whether it is up."""
    return [
        (key, d["ends"], d["up"])
        for _, _, key, d in drawn.edges(keys=True, data=True)
        if d["kind"] == "tunnel"
    ]


def spots(drawn: nx.MultiGraph) -> dict[str, Spot]:
    """The side ("left" or "right") and the row, from the top, of each network.

    They are the hand-placed ones. A network without a place takes its side from a circle around
    the others, on the next free row: the same circle every time.
    """
    placed = {n: drawn.nodes[n]["place"] for n in networks(drawn) if drawn.nodes[n]["place"]}
    result: dict[str, Spot] = {n: (str(side), float(row)) for n, (side, row) in placed.items()}
    missing = [n for n in networks(drawn) if n not in placed]
    circle = nx.circular_layout(missing) if missing else {}
    for name in sorted(missing, key=lambda n: (-round(float(circle[n][1]), 6), n)):
        side = "left" if circle[name][0] > 0 else "right"
        taken = [row for where, row in result.values() if where == side]
        result[name] = (side, max(taken, default=-1.0) + 1)
    return {name: result[name] for name in networks(drawn)}
