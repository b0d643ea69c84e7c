"""What readers may ask for, by chance: the same list for each seed."""

import json
from base64 import urlsafe_b64encode
from random import Random
from typing import Any
from zlib import compressobj

from vpnedu.simulation.designs import DESIGNS
from vpnedu.simulation.faults import FAULTS, applies
from vpnedu.simulation.profile_data import PROFILES
from vpnedu.simulation.scenarios import SCENARIOS
from vpnedu.widgets.engine import answer

Request = dict[str, Any]

ADDRESSES = ("8.8.8.8", "10.1.2.3", "10.2.0.9", "10.3.0.7", "192.0.2.1", "2001:db8::5", "10.2.9")
PROTOCOLS = ("tcp", "udp", "icmp", "esp", "6", "any", "tpc")
LENGTHS = ("20", "28", "100", "1400", "1438", "1439", "1500", "9000", "65535", "x")


def packet(scenario: str, chance: Random) -> Request:
    """Any packet through one of the book's networks; not all of them can be."""
    known = SCENARIOS[scenario]
    place = chance.randrange(len(known.presets))
    topology, _ = known.state_at(known.presets[place])
    addresses = [str(host.address) for host in topology.hosts]
    return {
        "scenarios": [scenario],
        "preset": place,
        "source": chance.choice([host.name for host in topology.hosts]),
        "destination": chance.choice([*addresses, *addresses, *ADDRESSES]),
        "protocol": chance.choice(PROTOCOLS),
        "port": chance.choice(["", "22", "53", "80", "443", str(chance.randrange(70_000))]),
        "length": chance.choice(LENGTHS),
        "source_port": chance.choice(["", "", "53", "4500", "x"]),
        "sender": chance.choice(["", "", chance.choice([host.name for host in topology.hosts])]),
        "answered": chance.random() < 0.5,
        "fragment": chance.random() < 0.5,
    }


def struck(design: str, fault: str, chance: Random) -> Request:
    """A design under a fault, or two, with a timer changed now and then."""
    fitting = [name for name in FAULTS if applies(name, DESIGNS[design])]
    more = [chance.choice(fitting)] if chance.random() < 0.5 else []
    faults = [f"{name}@{chance.uniform(0, 200):.1f}" for name in (fault, *more)]
    if chance.random() < 0.5:
        faults[0] += f":{chance.randrange(1, 90)}"
    return {
        "design": [design],
        "faults": faults,
        "profile": chance.choice(list(PROFILES)),
        "settings": {"hold-time": str(chance.randrange(3, 200))} if chance.random() < 0.5 else {},
        "seed": str(chance.randrange(1000)),
        "until": chance.choice(["60", "240", "300.5"]),
    }


def edited(scenario: str, chance: Random) -> Request:
    """A network whose tables somebody has edited: a row less here, another prefix there."""
    written = answer({"document_of": {"scenario": scenario, "preset": 0}})
    document = written["document"]
    gateway = chance.choice(document["gateways"])
    for rows in (gateway.get("routes"), gateway.get("policies")):
        if rows and chance.random() < 0.7:
            row = rows.pop(chance.randrange(len(rows)))
            if chance.random() < 0.5:
                key = "prefix" if "prefix" in row else "remote"
                rows.append({**row, key: f"10.{chance.randrange(6)}.0.0/{chance.randrange(8, 33)}"})
    sent = packet(scenario, chance)
    return {"document": document} | {
        key: sent[key] for key in ("source", "destination", "protocol", "port", "length")
    }


def all_of_them(seed: int) -> list[Request]:
    """Requests to every scenario, edited and not, and to every design with every fault it knows."""
    chance = Random(seed)
    packets = [packet(name, chance) for name in SCENARIOS for _ in range(5)]
    documents = [edited(name, chance) for name in SCENARIOS]
    runs = [
        struck(name, fault, chance)
        for name, design in DESIGNS.items()
        for fault in FAULTS
        if applies(fault, design)
    ]
    return packets + documents + runs


def linked(state: object) -> str:
    """What a link to a figure ends in, made as `static/share.js` makes it."""
    deflate = compressobj(9, wbits=-15)
    packed = deflate.compress(json.dumps(state).encode()) + deflate.flush()
    return "~1" + urlsafe_b64encode(packed).decode().rstrip("=")
