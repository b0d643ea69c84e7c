"""The laws of every journey, held against random packets through every scenario."""

import json
import os
import subprocess
import sys
from dataclasses import replace
from ipaddress import ip_address, ip_network
from pathlib import Path
from random import Random

import pytest
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from vpnedu.network.esp import teaching_key
from vpnedu.network.packets import Packet, packet
from vpnedu.network.topology import Topology
from vpnedu.simulation.events import (
    Changed,
    Delivered,
    Dropped,
    Flight,
    Lookup,
    Opened,
    Sealed,
)
from vpnedu.simulation.journey import send
from vpnedu.simulation.scenarios import SCENARIOS
from vpnedu.simulation.trace import Trace


def topologies(name: str) -> list[Topology]:
    """A scenario's own topology, those of its presets, and each on a bad day."""
    scenario = SCENARIOS[name]
    found = [scenario.topology, *(p.topology for p in scenario.presets if p.topology)]
    down = tuple(replace(t, up=False) for t in found[0].tunnels)
    return [*found, replace(found[0], mtu=576), replace(found[0], tunnels=down)]


def random_packet(random: Random, topology: Topology) -> tuple[Packet, object]:
    """A packet from one of the hosts to whom it may concern, and who truly sends it."""
    origin = random.choice(topology.hosts)
    version = origin.address.version
    known = [h.address for h in topology.hosts] + [g.address for g in topology.gateways]
    prefixes = [p for n in topology.networks for p in n.prefixes]
    known += [p[random.randrange(min(p.num_addresses, 999))] for p in prefixes]
    known += [ip_address(text) for text in ("10.99.0.1", "198.18.0.1", "2001:db8:99::1", "fd00::9")]
    targets = [a for a in known if a.version == version and a != origin.address]
    forged = [h.address for h in topology.hosts if h.address.version == version]
    # A server sends nothing that its own link does not take.
    longest = 1600 if topology.gateway_of(topology.home_of(origin)) else topology.mtu
    sent = packet(
        origin.address if random.random() < 0.9 else random.choice(forged),
        random.choice(targets),
        random.choice(["tcp", "tcp", "udp", "icmpv6" if version == 6 else "icmp", "gre", "sctp"]),
        length=random.choice([60, 61, 62, 63, 100, 100, 100, random.randint(60, longest)]),
        dont_fragment=random.random() < 0.8,
    )
    return replace(sent, ttl=random.choice([64, 64, 64, 3, 2, 1])), origin


def journeys(name: str, count: int = 24) -> list[tuple[Topology, Packet, Trace]]:
    random = Random(name)
    made = []
    for topology in topologies(name):
        for _ in range(count // 3):
            sent, origin = random_packet(random, topology)
            made.append((topology, sent, send(topology, sent, origin=origin)))
    return made


@pytest.fixture(scope="module", params=SCENARIOS)
def runs(request) -> list[tuple[Topology, Packet, Trace]]:
    """Random packets through one scenario, and through it on bad days."""
    return journeys(request.param)


def test_every_run_ends_in_one_verdict_and_there_it_ends(runs) -> None:
    for _, _, trace in runs:
        ends = [e for e in trace.events if isinstance(e, Delivered | Dropped)]
        assert ends == [trace.events[-1]] == [trace.verdict]


def test_time_never_runs_back(runs) -> None:
    for _, _, trace in runs:
        clock = 0.0
        for event in trace.events:
            assert event.at >= clock
            clock = event.arrives if isinstance(event, Flight) else event.at
            assert clock >= event.at


def test_a_delivered_packet_reached_whoever_has_its_destination_address(runs) -> None:
    for topology, sent, trace in runs:
        if isinstance(trace.verdict, Delivered):
            known = {h.name: h.address for h in topology.hosts}
            known |= {g.name: g.address for g in topology.gateways}
            assert known[trace.verdict.node] == sent.destination


def test_a_packet_is_where_the_event_before_left_it(runs) -> None:
    for _, _, trace in runs:
        here = trace.events[0].source
        for event in trace.events:
            assert here == (event.source if isinstance(event, Flight) else event.node)
            here = event.target if isinstance(event, Flight) else here


def test_everything_an_event_names_is_in_the_trace(runs) -> None:
    for _, _, trace in runs:
        nodes, tunnels = [n.name for n in trace.nodes], {t.name for t in trace.tunnels}
        assert len(nodes) == len(set(nodes)), "each node is there once"
        for event in trace.events:
            names = {event.source, event.target} if isinstance(event, Flight) else {event.node}
            assert names <= set(nodes)
            if isinstance(event, Flight):
                assert event.link in {"inside", "internet"} | tunnels
                assert event.fragments >= 1
            if isinstance(event, Lookup):
                assert all(len(row.cells) == len(event.columns) for row in event.rows)
            elif not isinstance(event, Changed):
                assert 0 <= event.datagram < len(trace.datagrams)


def test_every_reason_is_one_line(runs) -> None:
    for _, _, trace in runs:
        for event in trace.events:
            reasons = [event.reason, *(r.reason for r in getattr(event, "rows", ()))]
            for reason in reasons:
                assert reason == reason.strip() != ""
                assert "\n" not in reason
                assert "None" not in reason
        assert len(str(trace).splitlines()) == len(trace.events) + 1


def windows(data: bytes, size: int) -> set[bytes]:
    return {data[i : i + size] for i in range(len(data) - size + 1)}


def test_a_packet_in_a_tunnel_is_never_readable(runs) -> None:
    for _, _, trace in runs:
        for event in (e for e in trace.events if isinstance(e, Sealed)):
            outer, inner = trace.datagrams[event.datagram], trace.datagrams[event.inner]
            hidden = [f for f in outer.fields if f.sealed]
            sealed = outer.data[hidden[0].start :]
            assert not windows(inner.data, 6) & windows(sealed, 6)
            assert inner.label not in outer.label
            assert all(f.value == "sealed" for f in hidden)


def test_what_is_in_a_tunnel_opens_with_its_key_and_no_other(runs) -> None:
    """The witness is the `cryptography` package."""
    for topology, _, trace in runs:
        for event in [e for e in trace.events if isinstance(e, Sealed)][:1]:
            outer, inner = trace.datagrams[event.datagram], trace.datagrams[event.inner]
            tunnel = topology.tunnel(event.tunnel)
            key = teaching_key(f"{tunnel.name}, {event.node} to {tunnel.peer(event.node)}")
            start = outer.fields[[f.name for f in outer.fields].index("sequence number")].start - 4
            packed = outer.data[start:]
            nonce, associated = key.salt + packed[8:16], packed[:8]
            plain = AESGCM(key.key).decrypt(nonce, packed[16:], associated)
            assert plain[: len(inner.data)] == inner.data
            padding = plain[len(inner.data) : -2]
            assert padding == bytes(range(1, len(padding) + 1))
            assert plain[-2:] == bytes([len(padding), 4 if inner.data[0] >> 4 == 4 else 41])


def test_what_goes_in_comes_out(runs) -> None:
    for _, _, trace in runs:
        into = [(e.tunnel, e.inner, e.datagram) for e in trace.events if isinstance(e, Sealed)]
        out = [(e.tunnel, e.inner, e.datagram) for e in trace.events if isinstance(e, Opened)]
        # What a firewall drops on the way is the last that went in.
        filtered = getattr(trace.verdict, "cause", "") == "filtered"
        assert (into[:-1] if filtered else into) == out


def test_every_datagram_is_as_long_as_its_header_says(runs) -> None:
    for _, _, trace in runs:
        assert len(set(trace.datagrams)) == len(trace.datagrams), "each is there once"
        for datagram in trace.datagrams:
            six = datagram.data[0] >> 4 == 6
            said = int.from_bytes(datagram.data[4:6] if six else datagram.data[2:4], "big")
            assert datagram.length == said + 40 * six
            assert sum(f.length for f in datagram.fields) == datagram.length


def test_no_packet_on_the_path_is_longer_than_the_path_takes(runs) -> None:
    for topology, _, trace in runs:
        for event in trace.events:
            if isinstance(event, Flight) and event.link != "inside":
                length = trace.datagrams[event.datagram].length
                assert (event.fragments == 1) == (length <= topology.mtu)
                assert event.fragments * topology.mtu >= length


def test_a_policy_based_gateway_fails_closed(runs) -> None:
    """What its policies do not let bypass never leaves in the clear."""
    for topology, _, trace in runs:
        closed = {
            g.name
            for g in topology.gateways
            if g.kind == "policy-based"
            and g.policies.default == "discard"
            and all(p.action != "bypass" for p in g.policies.policies)
        }
        for event in trace.events:
            if isinstance(event, Flight) and event.link == "internet":
                assert event.source not in closed


def test_no_private_address_is_a_source_on_the_internet(runs) -> None:
    private = [ip_network(text) for text in ("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16")]
    for _, sent, trace in runs:
        for event in trace.events:
            if isinstance(event, Flight) and event.link == "internet" and sent.source.version == 4:
                source = ip_address(trace.datagrams[event.datagram].data[12:16])
                origin = next(n for n in trace.nodes if n.name == trace.events[0].source)
                inside = next(n for n in trace.nodes if n.name == origin.inside)
                if inside.kind != "server":
                    assert not any(source in prefix for prefix in private)


def test_each_gateway_takes_one_from_the_time_to_live(runs) -> None:
    for _, sent, trace in runs:
        if not isinstance(trace.verdict, Delivered):
            continue
        data = trace.datagrams[trace.verdict.datagram].data
        left = data[7] if data[0] >> 4 == 6 else data[8]
        gateways = {n.name for n in trace.nodes if n.kind == "gateway"}
        passed = [e for e in trace.events if isinstance(e, Flight) and e.target in gateways]
        received = trace.verdict.node in gateways
        assert left == sent.ttl - len(passed) + received


def test_the_same_packet_gives_the_same_bytes(runs) -> None:
    for topology, sent, trace in runs[:6]:
        again = send(topology, sent, origin=topology.find_host(trace.events[0].source))
        assert json.dumps(again.to_dict()) == json.dumps(trace.to_dict())
        assert str(again) == str(trace)


EVERY_PRESET = """
import hashlib, json
from vpnedu.simulation.scenarios import SCENARIOS
runs = [s.run(p) for s in SCENARIOS.values() for p in s.presets]
text = json.dumps([[run.to_dict(), str(run)] for run in runs])
print(hashlib.sha256(text.encode()).hexdigest())
"""


def test_another_python_gives_the_same_bytes() -> None:
    """The order of a set or of a hash must not show."""
    root = Path(__file__).parents[2]
    digests = set()
    for seed in ("0", "1", "4301"):
        done = subprocess.run(
            [sys.executable, "-c", EVERY_PRESET],
            env=os.environ | {"PYTHONHASHSEED": seed, "PYTHONPATH": str(root)},
            capture_output=True, text=True, check=True,
        )  # fmt: skip
        digests.add(done.stdout)
    assert len(digests) == 1
