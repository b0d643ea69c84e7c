"""What a high-availability design consists of, and what rests on what."""

from dataclasses import dataclass, field
from functools import cached_property
from ipaddress import IPv4Address, IPv4Network
from typing import Literal

Mode = Literal["active/standby", "active/active"]

OFFICE = "office"
OFFICE_PREFIX, OFFICE_HOST = IPv4Network("10.1.0.0/16"), IPv4Address("10.1.0.10")
NETWORK_PREFIX, NETWORK_HOST = IPv4Network("10.2.0.0/16"), IPv4Address("10.2.0.20")
# Autonomous systems: of the site (private use), of Azure's gateways and of ExpressRoute's edge.
SITE_AS, GATEWAY_AS, EDGE_AS = 65001, 65515, 12076


@dataclass(frozen=True, slots=True)
class Device:
    """A VPN device of the site, and the internet provider that it is connected to."""

    name: str
    provider: str


@dataclass(frozen=True, slots=True)
class Instance:
    """One of the machines that a gateway consists of, and the zone that it stands in."""

    name: str
    zone: str = ""


@dataclass(frozen=True, slots=True)
class CloudGateway:
    """A gateway of a virtual network: its instances, and whether one serves or all.

    Active/standby, one public address moves between the instances. `prepend` is how often it puts
    its number into an AS path once more, so that others are preferred.
    """

    name: str
    mode: Mode
    instances: tuple[Instance, ...]
    region: str = "region 1"
    network: str = "network"
    prepend: int = 0


@dataclass(frozen=True, slots=True)
class Circuit:
    """A private circuit: from a router of the site to a provider's edge at a peering location."""

    name: str
    router: str
    location: str
    region: str = "region 1"
    network: str = "network"


@dataclass(frozen=True, slots=True)
class TunnelPlan:
    """A tunnel from a device to a gateway; `instance` is None where the address moves."""

    name: str
    device: str
    gateway: str
    instance: str | None


@dataclass(frozen=True)
class Design:
    """A high-availability design, by the name that the command line knows it by.

    `bgp`: routes are learned; otherwise they are configured by hand. `ports` are the source ports
    of the conversations that are followed, chosen so that every way carries one.
    """

    name: str
    title: str
    lesson: str
    devices: tuple[Device, ...] = field(default=())
    gateways: tuple[CloudGateway, ...] = field(default=())
    circuits: tuple[Circuit, ...] = field(default=())
    bgp: bool = True
    ports: tuple[int, ...] = field(default=(40000,))

    @cached_property
    def tunnels(self) -> tuple[TunnelPlan, ...]:
        """Every device has a tunnel to every public address."""
        ends = [
            (device.name, gateway.name, instance)
            for device in self.devices
            for gateway in self.gateways
            for instance in _addresses(gateway)
        ]
        return tuple(TunnelPlan(f"tunnel {place}", *end) for place, end in enumerate(ends, start=1))

    @cached_property
    def rests_on(self) -> dict[str, str]:
        """What each thing goes down with: an instance with its zone, a zone with its region."""
        under: dict[str, str] = {}
        for gateway in self.gateways:
            for instance in gateway.instances:
                under[instance.name] = instance.zone or gateway.region
                if instance.zone:
                    under[instance.zone] = gateway.region
        for part in self.cloud_parts:
            under[part.network] = part.region
        return under

    @property
    def cloud_parts(self) -> tuple[CloudGateway | Circuit, ...]:
        """What a virtual network is reached by."""
        return (*self.gateways, *self.circuits)

    @cached_property
    def things(self) -> dict[str, tuple[str, ...]]:
        """The names of all that can fail, by kind, each kind in the order of the picture."""
        instances = [i for gateway in self.gateways for i in gateway.instances]
        parts = self.cloud_parts
        routers = tuple(circuit.router for circuit in self.circuits)
        return {
            "device": (*(device.name for device in self.devices), *dict.fromkeys(routers)),
            "provider": tuple(dict.fromkeys(device.provider for device in self.devices)),
            "tunnel": tuple(tunnel.name for tunnel in self.tunnels),
            "circuit": tuple(circuit.name for circuit in self.circuits),
            "location": tuple(dict.fromkeys(circuit.location for circuit in self.circuits)),
            "instance": tuple(instance.name for instance in instances),
            "zone": tuple(dict.fromkeys(i.zone for i in instances if i.zone)),
            "region": tuple(dict.fromkeys(part.region for part in parts)),
            "network": tuple(dict.fromkeys(part.network for part in parts)),
        }

    @cached_property
    def machines(self) -> tuple[str, ...]:
        """The names of all that runs protocols, in the order of the picture."""
        things = self.things
        return (*things["device"], *things["instance"], *things["location"])

    def system_of(self, machine: str) -> int:
        """The number of the autonomous system that `machine` belongs to."""
        if machine in self.things["device"]:
            return SITE_AS
        return EDGE_AS if machine in self.things["location"] else GATEWAY_AS

    def kind_of(self, thing: str) -> str:
        """The kind of the thing called `thing`."""
        return next(kind for kind, names in self.things.items() if thing in names)

    def gateway_of(self, instance: str) -> CloudGateway:
        """The gateway that `instance` belongs to."""
        return next(g for g in self.gateways if instance in [i.name for i in g.instances])


def _addresses(gateway: CloudGateway) -> tuple[str | None, ...]:
    """The instances that have a public address of their own; one None where they share one."""
    if gateway.mode == "active/standby":
        return (None,)
    return tuple(instance.name for instance in gateway.instances)
