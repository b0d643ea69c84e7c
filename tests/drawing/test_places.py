"""Where things stand: as placed by hand, never on each other, the same each time."""

from dataclasses import replace
from itertools import combinations

import pytest

from vpnedu.drawing import graph, places
from vpnedu.drawing.ink import Box
from vpnedu.drawing.layout import arrange
from vpnedu.drawing.moments import needs
from vpnedu.drawing.style import FRAME, PLATE, Sheet
from vpnedu.drawing.tubes import curves, name_box
from vpnedu.network.topology import INTERNET
from vpnedu.simulation.scenarios import SCENARIOS
from vpnedu.simulation.scenarios.building import Scenario, network

ALL = pytest.mark.parametrize("scenario", SCENARIOS.values(), ids=lambda s: s.name)


def touch(a: Box, b: Box) -> bool:
    apart = a.right <= b.left or b.right <= a.left or a.top <= b.bottom or b.top <= a.bottom
    return not apart


def assert_nothing_touches(layout) -> None:
    boxes = {name: box for name, box in layout.boxes.items() if name != INTERNET}
    for one, other in combinations(boxes, 2):
        inside = {layout.graph.nodes[n]["inside"] for n in (one, other)}
        within = layout.graph.nodes[one]["kind"] == "host" or (
            layout.graph.nodes[other]["kind"] == "host"
        )
        if not (within and inside & {one, other}):
            assert not touch(boxes[one], boxes[other]), (one, other)


@ALL
def test_everything_has_a_place(scenario: Scenario) -> None:
    topology = scenario.topology
    things = {*topology.networks, *topology.gateways, *topology.hosts}
    assert places(topology).keys() == {thing.name for thing in things} | {INTERNET}
    assert places(topology) == places(topology)


@ALL
def test_things_stand_on_their_side_and_gateways_towards_the_middle(scenario: Scenario) -> None:
    at = places(scenario.topology)
    middle = at[INTERNET][0]
    for each in scenario.topology.networks:
        assert (at[each.name][0] < middle) == (each.place[0] == "left")
        for host in each.hosts:
            assert (at[host.name][0] < middle) == (each.place[0] == "left")
    for gateway in scenario.topology.gateways:
        home, door = at[gateway.inside], at[gateway.name]
        assert min(home[0], middle) < door[0] < max(home[0], middle)
        assert door[1] == home[1]


@ALL
def test_rows_stand_below_each_other(scenario: Scenario) -> None:
    at = places(scenario.topology)
    for side in ("left", "right"):
        column = [n for n in scenario.topology.networks if n.place[0] == side]
        column.sort(key=lambda each: each.place[1])
        heights = [at[each.name][1] for each in column]
        assert heights == sorted(heights, reverse=True)


@ALL
@pytest.mark.parametrize("sheet", [PLATE, FRAME], ids=["plate", "frame"])
def test_no_box_lies_on_another(scenario: Scenario, sheet: Sheet) -> None:
    assert_nothing_touches(arrange(graph(scenario.topology), sheet))
    for preset in scenario.presets:
        trace = scenario.run(preset)
        drawn = graph(trace)
        for fold in (True, False):
            assert_nothing_touches(arrange(drawn, sheet, needs(trace, drawn, sheet, fold=fold)))


@ALL
def test_hosts_lie_in_their_network(scenario: Scenario) -> None:
    layout = arrange(graph(scenario.topology), PLATE)
    for host in scenario.topology.hosts:
        home = layout.boxes[scenario.topology.home_of(host).name]
        box = layout.boxes[host.name]
        assert home.left < box.left < box.right < home.right
        assert home.bottom < box.bottom < box.top < home.top


@ALL
def test_a_tunnels_name_lies_on_no_box(scenario: Scenario) -> None:
    layout = arrange(graph(scenario.topology), PLATE)
    for name, points in curves(layout).items():
        room = name_box(layout, name, points)
        assert layout.band.left < room.left < room.right < layout.band.right
        for thing, box in layout.boxes.items():
            assert thing == INTERNET or not touch(room, box), (name, thing)


def test_the_tunnels_of_one_gateway_do_not_cross() -> None:
    layout = arrange(graph(SCENARIOS["hub-route-based"].topology), PLATE)
    ports = [points[0] for points in curves(layout).values()]
    assert [y for _, y in ports] == sorted((y for _, y in ports), reverse=True)
    assert len(set(ports)) == 5


def test_halves_stand_between_whole_rows() -> None:
    at = places(SCENARIOS["three-sites-overlapping"].topology)
    between = (at["Network east"][1] + at["Network west"][1]) / 2
    assert at["Head office"][1] == pytest.approx(between)


def test_the_graph_tells_what_joins_what() -> None:
    drawn = graph(SCENARIOS["point-to-site"].topology)
    joined = {frozenset((a, b)): d["kind"] for a, b, d in drawn.edges(data=True)}
    assert joined[frozenset(("Ida", "Ida's laptop"))] == "stands in"
    assert joined[frozenset(("Ida's client", "Ida's laptop"))] == "serves"
    assert joined[frozenset(("Ida's client", "cloud gateway"))] == "tunnel"
    assert joined[frozenset(("Web server", INTERNET))] == "reaches"
    assert drawn.nodes["Web server"]["kind"] == "server"


@ALL
def test_a_trace_has_the_same_graph_as_its_topology(scenario: Scenario) -> None:
    preset = scenario.presets[0]
    trace = scenario.run(preset)
    given, told = graph(preset.topology or scenario.topology), graph(trace)
    assert dict(given.nodes(data=True)) == dict(told.nodes(data=True))
    assert list(given.edges(keys=True, data=True)) == list(told.edges(keys=True, data=True))


def test_a_network_without_a_place_gets_one_and_always_the_same() -> None:
    trace = SCENARIOS["hub-route-based"].run(0)
    lost = {"Branch 1", "Branch 4", "Head office"}
    nodes = tuple(replace(n, place=None) if n.name in lost else n for n in trace.nodes)
    layouts = [arrange(graph(replace(trace, nodes=nodes)), PLATE) for _ in range(2)]
    assert layouts[0].boxes == layouts[1].boxes
    assert_nothing_touches(layouts[0])


def test_a_crowd_on_half_rows_is_drawn_apart() -> None:
    scenario = SCENARIOS["point-to-site"]
    extra = network("Archive", "192.0.2.90/32", ("right", 0.7), "server", Arc="192.0.2.90")
    crowded = replace(scenario.topology, networks=(*scenario.topology.networks, extra))
    assert_nothing_touches(arrange(graph(crowded), PLATE))
