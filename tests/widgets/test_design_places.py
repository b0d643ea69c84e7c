"""The scene of a design: nothing on top of anything, nothing outside, no line through a word."""

from collections.abc import Iterator
from itertools import combinations, pairwise
from xml.etree import ElementTree

import pytest

from vpnedu.simulation.designs import DESIGNS
from vpnedu.simulation.failover import simulate
from vpnedu.simulation.trace import Trace
from vpnedu.widgets.design_places import Plan, Written
from vpnedu.widgets.design_scene import design_scenes
from vpnedu.widgets.design_upright import upright
from vpnedu.widgets.design_wide import wide
from vpnedu.widgets.places import Box, Point, along
from vpnedu.widgets.scene import scenes
from vpnedu.widgets.states import states_at_end

ARRANGEMENTS = {"wide": wide, "upright": upright}
ENCLOSURES = ("region", "gateway", "zone")
TUBE = 7.0
every_plan = pytest.mark.parametrize("arrangement", ARRANGEMENTS)
every_design = pytest.mark.parametrize("name", DESIGNS)


def planned(name: str, arrangement: str) -> tuple[Trace, Plan]:
    trace = simulate(name, (), until=1.0)
    return trace, ARRANGEMENTS[arrangement](trace)


def overlap(a: Box, b: Box) -> bool:
    across = a.x < b.x + b.width and b.x < a.x + a.width
    return across and a.y < b.y + b.height and b.y < a.y + a.height


def within(inner: Box, outer: Box) -> bool:
    across = outer.x < inner.x and inner.x + inner.width < outer.x + outer.width
    return across and outer.y < inner.y and inner.y + inner.height < outer.y + outer.height


def solid(trace: Trace, plan: Plan) -> list[Box]:
    """The boxes that nothing may overlap: all but what encloses others."""
    return [plan.boxes[n.name] for n in trace.nodes if n.kind not in (*ENCLOSURES, "internet")]


def written(words: Written) -> Box:
    return Box(words.x, words.y - 9, 6.8 * len(words.words), 11)


def line_points(plan: Plan) -> Iterator[tuple[Point, float]]:
    """Points close to each other on every line of the plan, each with half the line's width."""
    for way in plan.ways.values():
        for (x1, y1), (x2, y2) in pairwise(way):
            yield from (
                ((x1 + (x2 - x1) * i / 40, y1 + (y2 - y1) * i / 40), 1.0) for i in range(41)
            )
    for tube in plan.tubes.values():
        for start in range(0, len(tube.points) - 1, 3):
            curve = tube.points[start : start + 4]
            yield from ((along(curve, i / 40), TUBE) for i in range(41))  # type: ignore[arg-type]


@every_plan
@every_design
def test_no_two_things_overlap(name: str, arrangement: str) -> None:
    trace, plan = planned(name, arrangement)
    assert not any(overlap(a, b) for a, b in combinations(solid(trace, plan), 2))


@every_plan
@every_design
def test_all_stands_inside_the_picture(name: str, arrangement: str) -> None:
    _, plan = planned(name, arrangement)
    picture = Box(0, 0, plan.width, plan.height)
    pills = [tube.pill for tube in plan.tubes.values()]
    words = [written(each) for labels in plan.labels.values() for each in labels]
    assert all(within(box, picture) for box in [*plan.boxes.values(), *pills, *words])


@every_plan
@every_design
def test_what_is_inside_a_thing_is_drawn_inside_it(name: str, arrangement: str) -> None:
    trace, plan = planned(name, arrangement)
    kinds = {node.name: node.kind for node in trace.nodes}
    for node in trace.nodes:
        if node.inside and kinds[node.inside] in ENCLOSURES:
            assert within(plan.boxes[node.name], plan.boxes[node.inside]), node.name
        if node.kind == "instance" and node.detail:
            assert within(plan.boxes[node.name], plan.boxes[node.detail]), node.name


@every_plan
@every_design
def test_names_of_tunnels_cover_nothing_and_not_each_other(name: str, arrangement: str) -> None:
    trace, plan = planned(name, arrangement)
    pills = [tube.pill for tube in plan.tubes.values()]
    assert not any(overlap(a, b) for a, b in combinations(pills, 2))
    assert not any(overlap(pill, box) for pill in pills for box in solid(trace, plan))


@every_plan
@every_design
def test_no_line_runs_through_the_words_of_an_enclosure(name: str, arrangement: str) -> None:
    _, plan = planned(name, arrangement)
    words = [written(each) for labels in plan.labels.values() for each in labels]
    for (x, y), half in line_points(plan):
        spot = Box(x - half, y - half, 2 * half, 2 * half)
        assert not any(overlap(spot, box) for box in words), (x, y)


@every_plan
@every_design
def test_a_tunnel_begins_at_its_device_and_ends_at_its_end(name: str, arrangement: str) -> None:
    trace, plan = planned(name, arrangement)
    for tunnel in trace.tunnels:
        points = plan.tubes[tunnel.name].points
        for end, (x, y) in zip(tunnel.ends, (points[0], points[-1]), strict=True):
            box = plan.boxes[end]
            assert box.x <= x <= box.x + box.width
            assert box.y <= y <= box.y + box.height


@every_plan
@every_design
def test_every_step_of_every_flow_has_a_way(name: str, arrangement: str) -> None:
    trace, plan = planned(name, arrangement)
    ends = {tunnel.name: tunnel.ends for tunnel in trace.tunnels}
    for event in trace.events:
        things = [thing for thing in getattr(event, "path", ()) if thing not in ends]
        for a, b in pairwise(things):
            joined = {(a, b), (b, a)} & plan.ways.keys()
            carried = any(a in pair or b in pair for pair in ends.values())
            assert joined or carried, (a, b)


@every_plan
@every_design
def test_the_scene_is_well_formed_and_names_every_thing_once(name: str, arrangement: str) -> None:
    trace, plan = planned(name, arrangement)
    drawn = ElementTree.fromstring(scenes(trace)[arrangement])
    things = [g.attrib["data-thing"] for g in drawn.iter("g") if "data-thing" in g.attrib]
    internet = [] if plan.band else ["internet"]
    assert sorted([*things, *internet]) == sorted(node.name for node in trace.nodes)


@every_plan
def test_at_the_end_a_dead_thing_says_so_with_a_sign_and_a_word(arrangement: str) -> None:
    trace = simulate("zone-redundant", ("zone-loss@30",))
    drawn = design_scenes(trace, states_at_end(trace))[arrangement]
    assert drawn.count("✕ lost") == 2
    assert "tunnel 1 ✕" in drawn
    assert "tunnel 2 ✕" not in drawn


def test_scenes_of_one_design_are_alike_whatever_happens_in_it() -> None:
    crash, quiet = (simulate("active-active", faults) for faults in (("instance-crash@30",), ()))
    assert scenes(crash) == scenes(quiet)
