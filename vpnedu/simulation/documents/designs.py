"""Reading a document of a high-availability design, and of the run that it asks for."""

from dataclasses import dataclass
from math import fsum
from typing import cast

from vpnedu.network.addresses import InputError, parse_port
from vpnedu.simulation import profiles
from vpnedu.simulation.designs.plan import (
    OFFICE,
    Circuit,
    CloudGateway,
    Design,
    Device,
    Instance,
    Mode,
)
from vpnedu.simulation.documents import limits
from vpnedu.simulation.documents.networks import Names
from vpnedu.simulation.documents.parts import Part
from vpnedu.simulation.failover import UNTIL
from vpnedu.simulation.profile_data import PROFILES

MODES = ("active/standby", "active/active")
TOP = ("devices", "gateways", "circuits")
ABOUT = ("bgp", "ports", "run")
RUN = ("faults", "profile", "settings", "seed", "until")
Value = str | float | bool


@dataclass(frozen=True, slots=True)
class Run:
    """What a document asks of its design: faults as texts, whose timers, for how long."""

    faults: tuple[str, ...] = ()
    profile: str = "azure"
    settings: tuple[tuple[str, Value], ...] = ()
    seed: int = 1
    until: float = UNTIL


def design_of(title: str, found: dict[str, Part]) -> Design:
    """The design in a document's members; its name is its title."""
    names = Names()
    names.taken |= {OFFICE}
    devices = _devices(found["devices"], names)
    shared: dict[str, str] = {}
    gateways = _gateways(found["gateways"], names, shared)
    circuits = _circuits(found["circuits"], names, shared)
    parts = (*gateways, *circuits)
    if not parts:
        found["gateways"].wrong("there is no gateway and no circuit, so no way to a network")
    if gateways and not devices:
        found["devices"].wrong("a gateway needs a device at the site to talk to")
    if devices and not gateways:
        found["gateways"].wrong("the devices need a gateway to talk to")
    _check_regions(found["gateways"], gateways, circuits)
    bgp = found["bgp"].flag() if "bgp" in found else True
    ports = _ports(found["ports"]) if "ports" in found else (40000,)
    return Design(title, title, "", devices, gateways, circuits, bgp, ports)


def _ports(part: Part) -> tuple[int, ...]:
    read: list[int] = []
    for item in part.items(limits.PORTS, "ports", least=1):
        port = item.whole(1, 65535)
        if port in read:
            item.wrong(f"{port} stands here already")
        read.append(parse_port(port))
    return tuple(read)


def _devices(part: Part, names: Names) -> tuple[Device, ...]:
    made = []
    for item in part.items(limits.DEVICES, "devices"):
        found = item.table(("name", "provider"))
        made.append(Device(_own(found["name"], names), _own(found["provider"], names)))
    return tuple(made)


def _own(part: Part, names: Names) -> str:
    """A new name; those that the engine gives to tunnels and sessions are taken."""
    part.name(limits.PART)
    name = names.take(part)
    if name.lower().startswith(limits.NUMBERED):
        part.wrong(f"{name!r} is how the engine calls its own; choose another name")
    if set(name) & set(limits.JOINTS):
        part.wrong(f"{name!r} has a sign that joins names: {' '.join(limits.JOINTS)}")
    return name


def _gateways(part: Part, names: Names, shared: dict[str, str]) -> tuple[CloudGateway, ...]:
    needed, optional = ("name", "mode", "instances"), ("region", "network", "prepend")
    made = []
    for item in part.items(limits.CLOUD_GATEWAYS, "gateways"):
        found = item.table(needed, optional)
        name = _own(found["name"], names)
        region, network = _where(found, item, names, shared)
        made.append(
            CloudGateway(
                name,
                cast(Mode, found["mode"].one_of(MODES)),
                _instances(found["instances"], names),
                region,
                network,
                found["prepend"].whole(0, limits.PREPEND) if "prepend" in found else 0,
            )
        )
    return tuple(made)


def _instances(part: Part, names: Names) -> tuple[Instance, ...]:
    zones: set[str] = set()
    made = []
    for item in part.items(limits.INSTANCES, "instances", least=1):
        found = item.table(("name",), ("zone",))
        zone = ""
        if "zone" in found and found["zone"].text(limits.NAME, least=0):
            zone = str(found["zone"].value)
            if zone not in zones:
                zones.add(_own(found["zone"], names))
        made.append(Instance(_own(found["name"], names), zone))
    if zones and any(not instance.zone for instance in made):
        part.wrong("either every instance of a gateway has a zone, or none has")
    return tuple(made)


def _where(
    found: dict[str, Part], item: Part, names: Names, shared: dict[str, str]
) -> tuple[str, str]:
    """Region and network, which several gateways and circuits may have in common."""
    read = []
    for key, usual in (("region", "region 1"), ("network", "network")):
        part = found.get(key) or item.at(key, usual)
        name = part.name()
        if shared.get(name, key) != key:
            part.wrong(f"{name!r} is a {shared[name]} here")
        if name not in shared:
            shared[_own(part, names)] = key
        read.append(name)
    return read[0], read[1]


def _circuits(part: Part, names: Names, shared: dict[str, str]) -> tuple[Circuit, ...]:
    made = []
    for item in part.items(limits.CIRCUITS, "circuits"):
        found = item.table(("name", "router", "location"), ("region", "network"))
        own = [_own(found[key], names) for key in ("name", "router", "location")]
        made.append(Circuit(own[0], own[1], own[2], *_where(found, item, names, shared)))
    return tuple(made)


def _check_regions(
    part: Part, gateways: tuple[CloudGateway, ...], circuits: tuple[Circuit, ...]
) -> None:
    """A region has one network, and a network one region; each has one gateway of a kind."""
    for place, gateway in enumerate(gateways):
        item = part.at(place, None)
        for other in gateways[:place]:
            if gateway.region == other.region:
                item.at("region", None).wrong(f"{gateway.region} has a gateway already")
            if gateway.network == other.network:
                item.at("network", None).wrong(f"{gateway.network} has a gateway already")
        for circuit in circuits:
            if place:
                item.wrong("beside a private circuit the picture has room for one gateway only")
            if (gateway.region, gateway.network) != (circuit.region, circuit.network):
                rule = f"a circuit and a gateway lead to one network: {circuit.network}"
                item.at("network", None).wrong(f"{rule} in {circuit.region}")


def run_of(part: Part) -> Run:
    """The run in the object `part`; whether its faults strike anything is asked when it runs."""
    found = part.table((), RUN)
    faults = found["faults"].items(limits.FAULTS, "faults") if "faults" in found else ()
    profile = found["profile"].one_of(tuple(PROFILES)) if "profile" in found else "azure"
    settings = found["settings"].members() if "settings" in found else {}
    return Run(
        tuple(fault.text(limits.TITLE) for fault in faults),
        profile,
        tuple((timer, _value(timer, value)) for timer, value in settings.items()),
        found["seed"].whole(0, limits.SEED) if "seed" in found else 1,
        _until(found["until"]) if "until" in found else UNTIL,
    )


def check_work(design: Design, timers: profiles.Profile, until: float) -> None:
    """InputError where timers would have so many messages sent that nobody waits for the run."""
    pauses = ["liveness-delay"]
    if design.bgp:
        pauses.append("keepalive")
    if design.bgp and timers.says("bfd") and timers.says("bfd-on-tunnels"):
        pauses.append("bfd-interval")
    rates = {name: 1 / (timers.seconds(name) or limits.LONGEST) for name in pauses}
    count = 2 * len(design.tunnels) * until * fsum(rates.values())
    if count > limits.MESSAGES:
        busiest = max(rates, key=lambda name: rates[name])
        rule = f"for {until:g} s makes {count:,.0f} messages; {limits.MESSAGES:,} at most"
        raise InputError(busiest, f"{timers.seconds(busiest):g} s {rule}")


def _until(part: Part) -> float:
    until = part.number(1, limits.LONGEST)
    if round(until, limits.DECIMALS) != until:
        part.wrong(f"{until} has more than {limits.DECIMALS} decimals")
    return until


def _value(timer: str, part: Part) -> Value:
    if not isinstance(part.value, bool | str):
        part.number(0, 1e9)
    value = part.text(limits.NAME) if isinstance(part.value, str) else part.value
    try:
        profiles.parse_value(timer, value)
    except InputError as wrong:
        part.wrong(wrong.rule)
    return cast(Value, value)
