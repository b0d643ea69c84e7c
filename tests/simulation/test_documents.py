"""Documents: what is written is what is read, and what runs is what ran."""

import json
from dataclasses import replace

import pytest

from tests.simulation.sample_documents import PRESETS, design, having, network
from vpnedu.network.addresses import InputError
from vpnedu.network.routes import RouteTable
from vpnedu.network.topology import with_learned_routes
from vpnedu.simulation.designs import DESIGNS
from vpnedu.simulation.documents import (
    DesignDocument,
    NetworkDocument,
    design_written,
    read,
    written,
)
from vpnedu.simulation.failover import simulate
from vpnedu.simulation.faults import FAULTS
from vpnedu.simulation.scenarios import SCENARIOS
from vpnedu.simulation.trace import Trace


def bytes_of(trace: Trace) -> str:
    return json.dumps(trace.to_dict())


def network_read(data: object) -> NetworkDocument:
    found = read(data)
    assert isinstance(found, NetworkDocument)
    return found


def design_read(data: object) -> DesignDocument:
    found = read(data)
    assert isinstance(found, DesignDocument)
    return found


@pytest.mark.parametrize(("name", "place"), PRESETS)
def test_a_scenario_read_from_its_document_gives_the_same_trace(name: str, place: int) -> None:
    chosen = SCENARIOS[name]
    preset = chosen.presets[place]
    found = network_read(network(name, place))
    assert found.send is not None
    _, changes = chosen.state_at(preset)
    trace = found.send.through(replace(found.scenario, changes=changes))
    assert bytes_of(trace) == bytes_of(chosen.run(place))
    assert changes or bytes_of(found.trace()) == bytes_of(trace)


@pytest.mark.parametrize(("name", "place"), PRESETS)
def test_what_a_network_says_is_written_as_it_was_read(name: str, place: int) -> None:
    data = network(name, place)
    found = network_read(data)
    assert written(found.topology, found.title, found.send) == data


@pytest.mark.parametrize("name", DESIGNS)
def test_a_design_read_from_its_document_fails_as_it_did(name: str) -> None:
    known = [fault for fault in FAULTS if FAULTS[fault].targets(DESIGNS[name])]
    for fault in known:
        data = design(name, f"{fault}@20:15")
        data["run"]["until"] = 50
        found = design_read(data)
        assert bytes_of(found.trace()) == bytes_of(simulate(name, (f"{fault}@20:15",), until=50))
        assert design_written(found.design, found.run) == data


def test_a_run_takes_its_timers_and_its_seed_from_the_document() -> None:
    data = design("active-active", "instance-crash@30")
    settings = {"hold-time": "30", "bfd": True, "liveness-delay": 5}
    data["run"] |= {"settings": settings, "profile": "rfc", "seed": 7}
    same = simulate(
        "active-active", ("instance-crash@30",), settings=settings, profile="rfc", seed=7
    )
    found = design_read(data)
    assert bytes_of(found.trace()) == bytes_of(same)
    assert design_written(found.design, found.run) == data


def test_what_is_as_usual_may_be_left_out() -> None:
    data = network()
    for key in ("between", "mtu", "icmp", "settled", "send"):
        del data[key]
    for tunnel in data["tunnels"]:
        for key in set(tunnel) - {"name", "ends"}:
            del tunnel[key]
    for gateway in data["gateways"]:
        for key in ("otherwise", "filters", "translates"):
            del gateway[key]
        for policy in gateway["policies"]:
            for key in ("protocol", "local_ports", "remote_ports"):
                del policy[key]
    assert network_read(data).topology == network_read(network()).topology
    lean = design()
    del lean["run"], lean["bgp"]
    assert design_read(lean) == design_read(design())


def test_an_edited_prefix_is_followed_by_what_everybody_learns() -> None:
    data = network("hub-route-based")
    having(data, "networks.3.prefixes", ["10.3.0.0/16", "10.77.0.0/16"])
    topology = network_read(data).topology
    learned = [
        gateway.name
        for gateway in topology.gateways
        if any(str(row.prefix) == "10.77.0.0/16" for row in gateway.routes.routes)
    ]
    assert learned == [g.name for g in topology.gateways if g.inside != "Branch 3"]
    assert {row for g in topology.gateways for row in g.routes.routes} == {
        row for g in with_learned_routes(topology).gateways for row in g.routes.routes
    }


def test_a_route_that_is_still_learned_keeps_its_row() -> None:
    found = network_read(network("hub-route-based")).topology
    hub = found.gateway("hub gateway")
    turned = found.with_gateway(replace(hub, routes=RouteTable(hub.routes.routes[::-1])))
    data = written(turned, "Turned")
    assert data["settled"] is True
    assert network_read(data).topology == turned


def test_a_route_that_nobody_announces_is_forgotten() -> None:
    data = network("hub-route-based")
    having(data, "tunnels.2.announces", False)
    topology = network_read(data).topology
    assert "10.3.0.0/16" not in {str(r.prefix) for r in topology.gateway("gateway 1").routes.routes}
    assert written(topology, "x")["settled"] is True


def test_where_the_news_has_not_arrived_learned_routes_stand_as_written() -> None:
    data = network("new-subnet-route-based", 2)
    assert data["settled"] is False
    before = network_read(data)
    after = network_read(having(data, "settled", True))
    assert "10.33.0.7" in str(before.trace())
    assert str(before.trace()) != str(after.trace())


def test_a_packet_finds_its_host_by_name_so_that_an_address_can_be_edited() -> None:
    data = having(network(), "networks.1.hosts.0.address", "10.2.44.4")
    trace = network_read(data).trace()
    assert "Ben receives 10.1.0.4:40000 → 10.2.44.4:80" in str(trace)


def test_a_packet_whose_host_is_gone_is_refused_when_it_is_sent() -> None:
    data = having(network(), "send.source", "Bob")
    found = network_read(data)
    with pytest.raises(InputError) as wrong:
        found.trace()
    assert wrong.value.field == "source"


def test_a_document_without_a_packet_says_so() -> None:
    data = network()
    del data["send"]
    with pytest.raises(InputError, match="no packet of its own"):
        network_read(data).trace()


def test_a_fault_that_strikes_nothing_is_refused_when_it_runs() -> None:
    found = design_read(design("active-active", "instance-crash@30", "circuit-cut@40"))
    with pytest.raises(InputError) as wrong:
        found.trace()
    assert wrong.value.field == "faults.1"


def test_timers_that_would_keep_everybody_waiting_are_refused() -> None:
    data = design("dual-redundancy")
    quick = {"bfd": True, "bfd-on-tunnels": True, "bfd-interval": 0.01}
    data["run"] |= {"settings": quick, "until": 3600}
    with pytest.raises(InputError, match="messages") as wrong:
        design_read(data).trace()
    assert wrong.value.field == "bfd-interval"
