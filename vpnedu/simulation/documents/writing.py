"""Writing documents: a topology or a design as JSON-ready data."""

from typing import Any

from vpnedu.network.addresses import written as ranges_written
from vpnedu.network.gateways import Gateway, Tunnel
from vpnedu.network.packets import NAMES
from vpnedu.network.policies import Policy
from vpnedu.network.routes import Route
from vpnedu.network.selectors import Ports, Selector
from vpnedu.network.topology import Network, Topology
from vpnedu.simulation.designs.plan import CloudGateway, Design
from vpnedu.simulation.documents.designs import Run
from vpnedu.simulation.documents.limits import VERSION
from vpnedu.simulation.documents.networks import resettled
from vpnedu.simulation.documents.sends import Send, send_of
from vpnedu.simulation.scenarios.building import Scenario


def written(topology: Topology, title: str, send: Send | None = None) -> dict[str, Any]:
    """The document of a topology, with the packet to be sent through it."""
    data = {
        "vpnedu": VERSION,
        "kind": "network",
        "title": title,
        "between": topology.between,
        "mtu": topology.mtu,
        "icmp": topology.icmp,
        "settled": resettled(topology) == topology,
        "networks": [_network(network) for network in topology.networks],
        "gateways": [_gateway(gateway) for gateway in topology.gateways],
        "tunnels": [_tunnel(tunnel) for tunnel in topology.tunnels],
    }
    return data | ({"send": send_written(send)} if send else {})


def scenario_written(scenario: Scenario, place: int) -> dict[str, Any]:
    """The document of what the preset at `place` meets, with the preset's packet."""
    preset = scenario.presets[place]
    topology, _ = scenario.state_at(preset)
    send = send_of(preset.packet, topology, preset.origin, answered=preset.answered)
    return written(topology, scenario.title, send)


def send_written(send: Send) -> dict[str, Any]:
    """A packet as its document has it; what is as usual is left out from the fifth on."""
    data = {
        "source": send.source,
        "destination": send.destination,
        "protocol": send.protocol,
        "port": send.port,
        "length": send.length,
    }
    unusual = {
        "source_port": send.source_port,
        "fragment": send.fragment or None,
        "answered": send.answered or None,
        "sender": send.sender,
    }
    return data | {key: value for key, value in unusual.items() if value is not None}


def _network(network: Network) -> dict[str, Any]:
    return {
        "name": network.name,
        "kind": network.kind,
        "prefixes": [str(prefix) for prefix in network.prefixes],
        "hosts": [{"name": host.name, "address": str(host.address)} for host in network.hosts],
        "place": list(network.place),
    }


def _gateway(gateway: Gateway) -> dict[str, Any]:
    return {
        "name": gateway.name,
        "address": str(gateway.address),
        "inside": gateway.inside,
        "kind": gateway.kind,
        "policies": [_policy(policy) for policy in gateway.policies.policies],
        "otherwise": gateway.policies.default,
        "routes": [_route(row) for row in gateway.routes.routes],
        "filters": list(gateway.filters),
        "translates": gateway.translates,
    }


def _policy(policy: Policy) -> dict[str, Any]:
    local, remote, protocol, local_ports, remote_ports = _selector(policy.selector)
    return {
        "local": local,
        "remote": remote,
        "protocol": protocol,
        "local_ports": local_ports,
        "remote_ports": remote_ports,
        "action": policy.action,
        "tunnel": policy.tunnel,
    }


def _selector(selector: Selector) -> list[str]:
    number = selector.protocol
    protocol = "any" if number is None else NAMES.get(number, str(number))
    return [
        ranges_written(selector.local),
        ranges_written(selector.remote),
        protocol,
        _ports(selector.local_ports),
        _ports(selector.remote_ports),
    ]


def _ports(ports: Ports) -> str:
    return ranges_written(ports)


def _route(row: Route) -> dict[str, Any]:
    data = {
        "prefix": str(row.prefix),
        "via": row.via,
        "preference": row.preference,
        "metric": row.metric,
        "origin": row.origin,
        "blackhole": row.blackhole,
    }
    unusual = {"order": row.order or None, "weight": row.weight if row.weight != 1 else None}
    return data | {key: value for key, value in unusual.items() if value is not None}


def _tunnel(tunnel: Tunnel) -> dict[str, Any]:
    return {
        "name": tunnel.name,
        "ends": list(tunnel.ends),
        "suite": tunnel.suite.name,
        "nat_t": tunnel.nat_t,
        "up": tunnel.up,
        "negotiated": tunnel.negotiated,
        "announces": tunnel.announces,
        "offers": {
            end: [_pair(selector) for selector in offered] for end, offered in tunnel.offers.items()
        },
        "keys": dict(tunnel.keys),
    }


def _pair(selector: Selector) -> list[str]:
    """Local and remote; protocol and ports only where they are not any."""
    values = _selector(selector)
    return values if values[2:] != ["any"] * 3 else values[:2]


def design_written(design: Design, run: Run | None = None) -> dict[str, Any]:
    """The document of a design, with the run that is asked of it."""
    data = {
        "vpnedu": VERSION,
        "kind": "design",
        "title": design.title,
        "devices": [{"name": d.name, "provider": d.provider} for d in design.devices],
        "gateways": [_cloud_gateway(gateway) for gateway in design.gateways],
        "circuits": [
            {
                "name": circuit.name,
                "router": circuit.router,
                "location": circuit.location,
                "region": circuit.region,
                "network": circuit.network,
            }
            for circuit in design.circuits
        ],
        "bgp": design.bgp,
        "ports": list(design.ports),
    }
    return data | ({"run": run_written(run)} if run else {})


def _cloud_gateway(gateway: CloudGateway) -> dict[str, Any]:
    return {
        "name": gateway.name,
        "mode": gateway.mode,
        "instances": [{"name": i.name, "zone": i.zone} for i in gateway.instances],
        "region": gateway.region,
        "network": gateway.network,
        "prepend": gateway.prepend,
    }


def run_written(run: Run) -> dict[str, Any]:
    """A run as its document has it."""
    return {
        "faults": list(run.faults),
        "profile": run.profile,
        "settings": dict(run.settings),
        "seed": run.seed,
        "until": run.until,
    }
