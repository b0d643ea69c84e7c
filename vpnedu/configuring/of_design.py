"""A plan of a high-availability design: its devices, its gateways, and the tunnels between them.

A design has no addresses; here they are given in order, from the blocks for documentation.
"""

from ipaddress import IPv4Address

from vpnedu.configuring.of_scenario import FIRST_INSIDE
from vpnedu.configuring.plans import (
    Child,
    Connection,
    Plan,
    Session,
    Side,
    Way,
    placeholder,
    slug,
    timers,
)
from vpnedu.network.addresses import IPNetwork
from vpnedu.network.encapsulation import AES_GCM
from vpnedu.network.gateways import ANY_TO_ANY
from vpnedu.simulation.designs import CloudGateway, Design, Device
from vpnedu.simulation.designs.plan import (
    GATEWAY_AS,
    NETWORK_PREFIX,
    OFFICE,
    OFFICE_PREFIX,
    SITE_AS,
    TunnelPlan,
)

# RFC 5737: TEST-NET-2 for the site's devices, TEST-NET-3 for the gateways' instances.
FIRST_DEVICE, FIRST_INSTANCE = IPv4Address("198.51.100.1"), IPv4Address("203.0.113.4")


def plan_of(design: Design) -> Plan:
    """The plan of a design: a side for each device, and one for each gateway."""
    devices = tuple(_device(design, device) for device in design.devices)
    gateways = tuple(_gateway(design, gateway) for gateway in design.gateways)
    return Plan(design.name, design.title, (*devices, *gateways), tuple(_losses(design)))


def _device(design: Design, device: Device) -> Side:
    tunnels = [t for t in design.tunnels if t.device == device.name]
    connections = tuple(_connection(design, tunnel, True) for tunnel in tunnels)
    return Side(
        device.name,
        "route-based",
        (_address(design, device.name),),
        OFFICE,
        (OFFICE_PREFIX,),
        connections,
        _ways(design, connections, NETWORK_PREFIX),
        SITE_AS,
        (_bgp_address(design, device.name),),
        multipath=len(connections) > 1,
    )


def _gateway(design: Design, gateway: CloudGateway) -> Side:
    tunnels = [t for t in design.tunnels if t.gateway == gateway.name]
    connections = tuple(_connection(design, tunnel, False) for tunnel in tunnels)
    ends = tuple(dict.fromkeys(_end(tunnel) for tunnel in tunnels))
    return Side(
        gateway.name,
        "route-based",
        tuple(_address(design, end) for end in ends),
        gateway.network,
        (NETWORK_PREFIX,),
        connections,
        _ways(design, connections, OFFICE_PREFIX),
        GATEWAY_AS,
        tuple(_bgp_address(design, end) for end in ends),
        cloud=True,
        zones=tuple(instance.zone for instance in gateway.instances if instance.zone),
        multipath=len(connections) > 1,
    )


def _ways(design: Design, into: tuple[Connection, ...], prefix: IPNetwork) -> tuple[Way, ...]:
    """What is typed where nothing is learned: a route into each tunnel."""
    return () if design.bgp else tuple(Way(prefix, connection) for connection in into)


def _connection(design: Design, tunnel: TunnelPlan, at_device: bool) -> Connection:
    end = _end(tunnel)
    ends = (tunnel.device, end) if at_device else (end, tunnel.device)
    own, peer = (_address(design, name) for name in ends)
    any4 = tuple(selector for selector in ANY_TO_ANY if selector.version == 4)
    return Connection(
        tunnel.name,
        design.tunnels.index(tunnel) + 1,
        tunnel.gateway if at_device else tunnel.device,
        own,
        peer,
        (Child(slug(tunnel.name), any4),),
        AES_GCM,
        # One connection of Azure's has one key, for the tunnels to both of its instances.
        placeholder(f"{tunnel.device} {tunnel.gateway}"),
        cloud=at_device,
        session=_session(design, tunnel, at_device) if design.bgp else None,
    )


def _session(design: Design, tunnel: TunnelPlan, at_device: bool) -> Session:
    keeps, end = timers(cloud=True), _end(tunnel)
    device, instance = _bgp_address(design, tunnel.device), _bgp_address(design, end)
    numbers = (SITE_AS, GATEWAY_AS) if at_device else (GATEWAY_AS, SITE_AS)
    own, peer = (device, instance) if at_device else (instance, device)
    gateway = next(g for g in design.gateways if g.name == tunnel.gateway)
    times = keeps.count("keepalive"), keeps.count("hold-time")
    prepend = gateway.prepend if at_device else 0
    return Session(*numbers, own, peer, *times, keeps.says("bfd-on-tunnels"), prepend)


def _end(tunnel: TunnelPlan) -> str:
    """The instance that a tunnel ends at; the gateway itself where one address moves."""
    return tunnel.instance or tunnel.gateway


def _ends(design: Design) -> list[str]:
    return list(dict.fromkeys(_end(tunnel) for tunnel in design.tunnels))


def _address(design: Design, name: str) -> IPv4Address:
    devices = [device.name for device in design.devices]
    if name in devices:
        return FIRST_DEVICE + devices.index(name)
    return FIRST_INSTANCE + _ends(design).index(name)


def _bgp_address(design: Design, name: str) -> IPv4Address:
    """One address inside the tunnels for each device and each instance."""
    everyone = [*(device.name for device in design.devices), *_ends(design)]
    return FIRST_INSIDE + everyone.index(name)


def _losses(design: Design) -> list[str]:
    told = [
        f"{circuit.name}: a private circuit is ordered from its provider; none of it is written"
        for circuit in design.circuits
    ]
    if len(design.devices) > 1:
        told.append(
            "the devices watch each other in the design; how the office's network chooses between "
            "them (VRRP, a routing protocol) is not written"
        )
    return told
