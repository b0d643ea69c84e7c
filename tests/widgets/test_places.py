"""Where things stand in a scene: nothing on top of anything, nothing outside, all reachable."""

import re
from itertools import combinations
from xml.etree import ElementTree

import pytest

from vpnedu.simulation.scenarios import SCENARIOS
from vpnedu.simulation.trace import Trace
from vpnedu.widgets.places import Box, Places, along, upright, wide
from vpnedu.widgets.scene import scenes

ARRANGEMENTS = {"wide": wide, "upright": upright}
every_scene = pytest.mark.parametrize("arrangement", ARRANGEMENTS)
every_scenario = pytest.mark.parametrize("name", SCENARIOS)


def placed(name: str, arrangement: str) -> tuple[Trace, Places]:
    trace = SCENARIOS[name].run(0)
    return trace, ARRANGEMENTS[arrangement](trace)


def overlap(a: Box, b: Box) -> bool:
    return (
        a.x < b.x + b.width
        and b.x < a.x + a.width
        and a.y < b.y + b.height
        and b.y < a.y + a.height
    )


@every_scene
@every_scenario
def test_no_two_networks_or_gateways_overlap(name: str, arrangement: str) -> None:
    trace, places = placed(name, arrangement)
    boxes = [places.boxes[n.name] for n in trace.nodes if n.place or n.kind == "gateway"]
    assert not any(overlap(a, b) for a, b in combinations(boxes, 2))


@every_scene
@every_scenario
def test_everything_stands_inside_the_picture(name: str, arrangement: str) -> None:
    _, places = placed(name, arrangement)
    for box in places.boxes.values():
        assert box.x >= 0
        assert box.y >= 0
        assert box.x + box.width <= places.width
        assert box.y + box.height <= places.height


@every_scene
@every_scenario
def test_a_host_stands_inside_its_network_and_touches_no_other_host(
    name: str, arrangement: str
) -> None:
    trace, places = placed(name, arrangement)
    hosts = [n for n in trace.nodes if n.kind == "host"]
    for host in hosts:
        inner, outer = places.boxes[host.name], places.boxes[host.inside or ""]
        assert outer.x < inner.x
        assert inner.x + inner.width < outer.x + outer.width
        assert outer.y < inner.y
        assert inner.y + inner.height < outer.y + outer.height
    boxes = [places.boxes[host.name] for host in hosts]
    assert not any(overlap(a, b) for a, b in combinations(boxes, 2))


@every_scene
@every_scenario
def test_a_tunnel_runs_from_its_first_gateway_to_its_second(name: str, arrangement: str) -> None:
    trace, places = placed(name, arrangement)
    for tunnel in trace.tunnels:
        points = places.curves[tunnel.name].points
        for gateway, (x, y) in zip(tunnel.ends, (points[0], points[-1]), strict=True):
            box = places.boxes[gateway]
            assert x in (box.x, box.x + box.width)
            assert box.y <= y <= box.y + box.height


@every_scene
@every_scenario
def test_a_scene_is_well_formed_and_names_every_thing_once(name: str, arrangement: str) -> None:
    trace, _ = placed(name, arrangement)
    drawn = ElementTree.fromstring(scenes(trace)[arrangement])
    things = [g.attrib["data-thing"] for g in drawn.iter("g") if "data-thing" in g.attrib]
    assert sorted(things) == sorted(node.name for node in trace.nodes)
    tunnels = [g.get("data-tunnel") for g in drawn.iter("g") if g.get("data-tunnel")]
    assert tunnels == [tunnel.name for tunnel in trace.tunnels]


@every_scene
def test_a_tunnel_that_is_down_says_so_in_a_word(arrangement: str) -> None:
    drawn = scenes(SCENARIOS["fails-open"].run(0))[arrangement]
    assert "tunnel to branch: down" in re.sub(r"<[^>]+>", "", drawn)


def test_a_curve_passes_its_ends() -> None:
    points = ((0.0, 0.0), (1.0, 0.0), (2.0, 3.0), (4.0, 3.0))
    assert along(points, 0) == (0, 0)
    assert along(points, 1) == (4, 3)
