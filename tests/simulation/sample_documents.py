"""Documents for tests: those of the book, random legal ones, and ways to spoil one."""

import itertools
import json
from collections.abc import Iterator
from random import Random
from typing import Any

from vpnedu.simulation.designs import DESIGNS
from vpnedu.simulation.documents import Run, design_written, send_of, written
from vpnedu.simulation.scenarios import SCENARIOS

Data = dict[str, Any]
PRESETS = [(name, place) for name, one in SCENARIOS.items() for place in range(len(one.presets))]


def network(name: str = "two-sites-policy-based", place: int = 0) -> Data:
    """The document of a scenario as one of its presets meets it, fresh from JSON."""
    chosen = SCENARIOS[name]
    preset = chosen.presets[place]
    topology = preset.topology or chosen.topology
    send = send_of(preset.packet, topology, preset.origin, answered=preset.answered)
    return json.loads(json.dumps(written(topology, chosen.title, send)))


def design(name: str = "dual-redundancy", *faults: str) -> Data:
    """The document of a design of the book, fresh from JSON."""
    return json.loads(json.dumps(design_written(DESIGNS[name], Run(faults))))


def at(document: Any, path: str) -> tuple[Any, Any]:
    """The object or list in `document` that holds what `path` names, and its key there."""
    *way, last = [int(key) if key.isdigit() else key for key in path.split(".")]
    for key in way:
        document = document[key]
    return document, last


def having(document: Data, path: str, value: Any) -> Data:
    """The same document with `value` at `path`."""
    holder, key = at(document, path)
    holder[key] = value
    return document


STRANGE = (
    *(None, True, 0, -1, 1.5, 10**100, float("nan"), float("inf")),
    *("", "x", "\u202e", "\0", "\ud800", "a" * 100_000, "１", "10.1.0.0/16"),
    *([], {}, [[[[]]]], {"": 1}, [0] * 5000),
)


def spoiled(document: Any, chance: Random) -> Any:
    """The document after something in it was dropped, retyped, doubled, blown up or nested."""
    holders = list(_holders(document))
    holder, key = chance.choice(holders)
    what = chance.randrange(6)
    if what == 0:
        del holder[key]
    elif what == 1:
        holder[key] = chance.choice(STRANGE)
    elif what == 2 and isinstance(holder, list):
        holder.append(holder[key])
    elif what == 3 and isinstance(holder, list):
        holder *= chance.choice((2, 50))
    elif what == 4:
        holder[key] = chance.choice(([holder[key]], {"x": holder[key]}))
    else:
        other, theirs = chance.choice(holders)
        holder[key] = json.loads(json.dumps(other[theirs])) if theirs in _keys(other) else 7
    return document


def _keys(holder: Any) -> Any:
    return holder if isinstance(holder, dict) else range(len(holder))


def _holders(part: Any) -> Iterator[tuple[Any, Any]]:
    if isinstance(part, dict | list):
        for key in _keys(part):
            yield part, key
            yield from _holders(part[key])


def random_network(chance: Random, *, strange: bool = False) -> Data:
    """A legal network of any size; with `strange`, of names that only an enemy would give."""
    networks: list[Data] = []
    gateways: list[Data] = []
    hosts = 0

    def named(name: str) -> str:
        letters = "WMijlg aé語<&\"'"
        more = "".join(chance.choice(letters) for _ in range(40))
        return f"{name} {more}"[:40].strip() if strange else name

    for place in range(chance.randint(0, 12)):
        kind = chance.choice(("site", "virtual network", "user", "server"))
        six = chance.random() < 0.15
        count = min(chance.choice((0, 1, 1, 2, 3)), 24 - hosts)
        hosts += count
        start = f"2001:db8:{place}:1111:2222:3333:4444:" if six else f"10.{place}.200."
        prefixes = [f"10.{place}.{16 * part}.0/20" for part in range(chance.choice((1, 2, 6)))]
        networks.append({
            "name": named(f"network {place}"),
            "kind": kind,
            "prefixes": [f"2001:db8:{place}::/48"] if six else prefixes,
            "hosts": [
                {"name": named(f"host {place}-{n}"), "address": f"{start}{n + 100}"}
                for n in range(count)
            ],
            "place": [chance.choice(("left", "right")), chance.choice((0, 1, 2.5, 24))],
        })  # fmt: skip
        if kind != "server" and chance.random() < 0.9:
            gateways.append({
                "name": named(f"gateway {place}"),
                "address": f"198.51.100.{place + 1}",
                "inside": networks[-1]["name"],
                "kind": chance.choice(("policy-based", "route-based")),
            })  # fmt: skip
    names = [gateway["name"] for gateway in gateways]
    tunnels = [
        {
            "name": named(f"tunnel {place}"),
            "ends": chance.sample(names, 2),
            "announces": chance.random() < 0.5,
            "up": chance.random() < 0.8,
        }
        for place in range(chance.randint(0, 24) if len(names) > 1 else 0)
    ]
    head = {"vpnedu": 1, "kind": "network", "title": "Random"}
    return {**head, "networks": networks, "gateways": gateways, "tunnels": tunnels}


def all_designs() -> Iterator[Data]:
    """Every shape of a design within the limits: devices, modes, instances, zones, circuit."""
    shapes = [
        (mode, zones)
        for mode in ("active/standby", "active/active")
        for zones in ((0,), (1,), (0, 0), (1, 1), (1, 2))
    ]
    for devices, count in ((0, 0), (1, 1), (2, 1), (1, 2), (2, 2)):
        for gateways in itertools.product(shapes, repeat=count):
            for circuits in (0, 1) if count == 1 else (1 - min(count, 1),):
                yield shaped(devices, gateways, circuits, bgp=len(gateways) < 2)


def shaped(devices: int, gateways: Any, circuits: int, *, bgp: bool) -> Data:
    """A design with so many devices, these gateways (mode, zones) and circuits."""
    number = itertools.count(1)
    return {
        "vpnedu": 1,
        "kind": "design",
        "title": "Made up",
        "devices": [
            {"name": f"device {n}", "provider": f"provider {n}"} for n in range(1, devices + 1)
        ],
        "gateways": [
            {
                "name": f"gateway {place}",
                "mode": mode,
                "region": f"region {place}",
                "network": f"network {place}",
                "instances": [
                    {"name": f"instance {next(number)}", "zone": f"zone {place}{z}" if z else ""}
                    for z in zones
                ],
            }
            for place, (mode, zones) in enumerate(gateways, start=1)
        ],
        "circuits": [
            {
                "name": f"circuit {n}",
                "router": f"router {n}",
                "location": f"location {n}",
                "region": "region 1",
                "network": "network 1",
            }
            for n in range(1, circuits + 1)
        ],
        "bgp": bgp,
    }


ADDRESSES = ("0.0.0.0/0", "10.1.0.0/16", "10.3.200.100", "10.4.0.1-10.4.0.9", "::/0")


def random_tables(chance: Random) -> Data:
    """A random legal network whose gateways have tables, firewalls and keys, sensible or not."""
    data = random_network(chance)
    for gateway in data["gateways"]:
        own = [one["name"] for one in data["tunnels"] if gateway["name"] in one["ends"]]
        gateway["policies"] = [_policy(chance, own) for _ in range(chance.randint(0, 5))]
        gateway["otherwise"] = chance.choice(("discard", "bypass"))
        vias = (*own, "internet", gateway["inside"])
        gateway["routes"] = [
            {"prefix": chance.choice((*ADDRESSES[:3], "::/0")), "via": chance.choice(vias)}
            for _ in range(chance.randint(0, 6))
        ]
        gateway["filters"] = chance.choice(([], [], ["esp"], ["udp 500"], ["udp 4500"]))
        gateway["translates"] = chance.random() < 0.2
    for tunnel in data["tunnels"]:
        tunnel["nat_t"], tunnel["negotiated"] = chance.random() < 0.3, chance.random() < 0.8
        tunnel["keys"] = {tunnel["ends"][0]: "another"} if chance.random() < 0.2 else {}
    return data | {"icmp": chance.random() < 0.5, "mtu": chance.choice((576, 1500, 9216))}


def _policy(chance: Random, tunnels: list[str]) -> Data:
    local = chance.choice(ADDRESSES)
    remote = chance.choice([one for one in ADDRESSES if (":" in one) == (":" in local)])
    action = chance.choice(("protect", "bypass", "discard")) if tunnels else "discard"
    tunnel = {"tunnel": chance.choice(tunnels)} if action == "protect" else {}
    return {"local": local, "remote": remote, "action": action, **tunnel}


def random_send(chance: Random, data: Data) -> Data:
    """A packet between two of the network's hosts."""
    hosts = [host for one in data["networks"] for host in one["hosts"]]
    return {
        "source": chance.choice(hosts)["name"],
        "destination": chance.choice(hosts)["address"],
        "protocol": chance.choice(("tcp", "udp", "icmp", "99")),
        "length": chance.choice((60, 576, 1500, 9216)),
        "fragment": chance.random() < 0.5,
        "answered": chance.random() < 0.5,
    }
