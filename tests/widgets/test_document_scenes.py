"""Scenes of documents: whatever a stranger's network or design, it is drawn, and drawn in order."""

import json
import re
from collections.abc import Callable
from itertools import combinations
from random import Random
from xml.etree import ElementTree

import pytest

from tests.simulation.sample_documents import all_designs, design, having, network, random_network
from tests.widgets.test_design_places import ARRANGEMENTS, line_points, overlap, solid, within
from vpnedu.simulation.documents import DesignDocument, NetworkDocument, read
from vpnedu.simulation.faults import FAULTS, applies
from vpnedu.simulation.recorder import Recorder
from vpnedu.simulation.trace import Trace
from vpnedu.simulation.world.picture import nodes, tunnel_lines
from vpnedu.widgets.design_places import Plan, Written
from vpnedu.widgets.document_engine import run
from vpnedu.widgets.figure import Figure, Show
from vpnedu.widgets.letters import cut, width
from vpnedu.widgets.places import Box
from vpnedu.widgets.scene import scenes
from vpnedu.widgets.still import still

HOSTILE = '<img src=x onerror="a()">&\''
SHAPES = list(all_designs())


def spot_of(words: Written) -> Box:
    """Where words stand, which are cut to their room."""
    return Box(words.x, words.y - 9, min(6.8 * len(words.words), words.room), 11)


def plans() -> list[tuple[Trace, Plan]]:
    """Every shape of a design in both arrangements."""
    found = []
    for data in SHAPES:
        document = read(data)
        assert isinstance(document, DesignDocument)
        things = nodes(document.design)
        trace = Trace("x", "internet", things, tunnel_lines(document.design), (), (), 1.0)
        found += [(trace, arrange(trace)) for arrange in ARRANGEMENTS.values()]
    return found


@pytest.fixture(scope="module")
def drawn() -> list[tuple[Trace, Plan]]:
    return plans()


def test_in_no_design_do_two_things_or_names_of_tunnels_overlap(drawn) -> None:
    for trace, plan in drawn:
        pills = [tube.pill for tube in plan.tubes.values()]
        boxes = solid(trace, plan)
        assert not any(overlap(a, b) for a, b in combinations([*boxes, *pills], 2))


def test_every_design_stands_inside_its_picture(drawn) -> None:
    for _, plan in drawn:
        picture = Box(0, 0, plan.width, plan.height)
        pills = [tube.pill for tube in plan.tubes.values()]
        words = [spot_of(each) for labels in plan.labels.values() for each in labels]
        assert all(within(box, picture) for box in [*plan.boxes.values(), *pills, *words])
        for (x, y), _half in line_points(plan):
            assert 0 <= x <= plan.width
            assert 0 <= y <= plan.height


def test_in_every_design_what_is_inside_a_thing_is_drawn_inside_it(drawn) -> None:
    for trace, plan in drawn:
        kinds = {node.name: node.kind for node in trace.nodes}
        for node in trace.nodes:
            if node.inside and kinds[node.inside] in ("region", "gateway"):
                assert within(plan.boxes[node.name], plan.boxes[node.inside])
            if node.kind == "instance" and node.detail:
                assert within(plan.boxes[node.name], plan.boxes[node.detail])


def test_in_no_design_does_a_line_run_through_the_words_of_an_enclosure(drawn) -> None:
    for _, plan in drawn:
        words = [spot_of(each) for labels in plan.labels.values() for each in labels]
        for (x, y), half in line_points(plan):
            spot = Box(x - half, y - half, 2 * half, 2 * half)
            assert not any(overlap(spot, box) for box in words), (x, y)


def test_in_every_design_a_tunnel_runs_from_its_device_to_its_end(drawn) -> None:
    for trace, plan in drawn:
        for tunnel in trace.tunnels:
            points = plan.tubes[tunnel.name].points
            assert len(points) % 3 == 1
            for end, (x, y) in zip(tunnel.ends, (points[0], points[-1]), strict=True):
                box = plan.boxes[end]
                assert box.x <= x <= box.x + box.width
                assert box.y <= y <= box.y + box.height


@pytest.mark.parametrize("place", range(0, len(SHAPES), 5))
def test_a_design_of_any_shape_runs_under_any_fault_and_is_drawn(place: int) -> None:
    document = read(SHAPES[place])
    assert isinstance(document, DesignDocument)
    struck = [fault for fault in FAULTS if applies(fault, document.design)]
    assert struck
    fault = struck[place % len(struck)]
    asked = SHAPES[place] | {"run": {"faults": [f"{fault}@10:20"], "until": 40}}
    answer = run({"document": asked})
    trace = document.trace(read(asked).run)  # type: ignore[union-attr]
    assert answer["preset"]["runs"][0]["trace"] == trace.to_dict()
    assert "<svg" in still("", trace)


def pieces(svg: str, kind: str) -> list[ElementTree.Element]:
    return list(ElementTree.fromstring(svg).iter(kind))


def told(text: ElementTree.Element) -> str:
    """What is to be read of a text; its title is told to who points at it."""
    title = text.find("title")
    return (text.text or "") if title is None else (title.tail or "")


def extent(text: ElementTree.Element, *, upright: bool) -> tuple[float, float, float]:
    """Left, right and base line of a text, about."""
    kind = text.get("class", "")
    size = 13.5 if kind == "name" else (9.4 if upright else 10.7) if "long" in kind else 12.0
    wide = width(told(text), size, mono="mono" in kind)
    left = float(text.get("x", 0)) - wide * {"middle": 0.5, "end": 1.0}.get(
        text.get("text-anchor", ""), 0.0
    )
    return left, left + wide, float(text.get("y", 0))


def outside(svg: str, *, upright: bool) -> list[str]:
    """What of a network's scene reaches over the edge of its picture, by a letter or more."""
    _, _, wide, high = map(float, ElementTree.fromstring(svg).get("viewBox", "").split())
    found = []
    for text in pieces(svg, "text"):
        left, right, y = extent(text, upright=upright)
        if left < -6 or right > wide + 6 or not 8 <= y <= high:
            found.append(told(text))
    for box in pieces(svg, "rect"):
        x, y, across, down = (float(box.get(key, 0)) for key in ("x", "y", "width", "height"))
        if x < 0 or y < 0 or x + across > wide or y + down > high:
            found.append(ElementTree.tostring(box, "unicode"))
    for path in pieces(svg, "path"):
        numbers = [float(n) for n in re.findall(r"-?[\d.]+", path.get("d", ""))]
        inside = all(-6 <= x <= wide for x in numbers[::2]) and all(
            0 <= y <= high for y in numbers[1::2]
        )
        if path.get("class") in ("tube", "core", "wire") and not inside:
            found.append(path.get("d", ""))
    return found


def still_scene(data: object) -> dict[str, str]:
    document = read(data)
    assert isinstance(document, NetworkDocument)
    return scenes(Recorder(document.topology, document.title).trace())


@pytest.mark.parametrize("seed", range(60))
def test_a_random_network_is_drawn_inside_its_picture(seed: int) -> None:
    drawings = still_scene(random_network(Random(seed), strange=seed % 2 == 0))
    for arrangement, svg in drawings.items():
        assert outside(svg, upright=arrangement == "upright") == []


@pytest.mark.parametrize("seed", range(60))
def test_in_a_random_network_no_two_names_of_tunnels_stand_on_each_other(seed: int) -> None:
    drawings = still_scene(random_network(Random(seed), strange=seed % 2 == 0))
    for arrangement, svg in drawings.items():
        names = [
            extent(text, upright=arrangement == "upright")
            for text in pieces(svg, "text")
            if "tunnel-name" in text.get("class", "") and told(text) != "…"
        ]
        for a, b in combinations(names, 2):
            beside = a[1] <= b[0] + 2 or b[1] <= a[0] + 2
            assert beside or abs(a[2] - b[2]) >= 11


def test_a_network_of_nothing_is_drawn() -> None:
    empty = {"vpnedu": 1, "kind": "network", "title": "New"}
    drawings = still_scene(empty | {"networks": [], "gateways": [], "tunnels": []})
    assert all(outside(svg, upright=False) == [] for svg in drawings.values())


def test_tunnels_between_networks_at_the_right_stay_off_the_networks() -> None:
    data = network("hub-route-based")
    data["tunnels"].append({"name": "tunnel x", "ends": ["gateway 1", "gateway 2"]})
    svg = still_scene(data)["wide"]
    curve = next(g for g in pieces(svg, "g") if g.get("data-tunnel") == "tunnel x")
    numbers = [float(n) for n in curve.get("data-curve", "").split()]
    assert max(numbers[::2]) < 500


def named(document: dict, name: str, hostile: str = HOSTILE) -> dict:
    """The same document, in which what is called `name` has a hostile name."""
    return json.loads(json.dumps(document).replace(f'"{name}"', json.dumps(hostile)))


@pytest.mark.parametrize(
    "name", ["Ana", "Head office", "office gateway", "tunnel to branch", "Two sites, policy-based"]
)
def test_no_name_in_a_network_is_markup(name: str) -> None:
    check_escaped(named(network(), name))


@pytest.mark.parametrize("name", ["device 1", "provider 1", "instance 1", "zone 1", "region 1"])
def test_no_name_in_a_design_is_markup(name: str) -> None:
    data = design("zone-redundant", "zone-loss@30", "provider-loss@60")
    check_escaped(named(data, name, "<a href='&'>"))


def check_escaped(data: object) -> None:
    document = read(data)
    trace = document.trace()
    drawings = [*scenes(trace).values(), still(document.title, trace)]
    title = document.title
    figure = Figure("x", title, title, (title,), (Show("<b>", (trace,)),))
    for text in (*drawings, figure.html()):
        assert "<img" not in text
        assert "<a " not in text
        assert "<b>" not in text
        assert 'onerror="' not in text
    for svg in drawings[:2]:
        ElementTree.fromstring(svg)
    assert figure.html().count("</script>") == 1


def test_a_title_can_not_end_the_data_of_its_figure() -> None:
    check_escaped(having(network(), "title", "</script><script>a()</script>"))


CUTS: list[tuple[str, float, Callable[[str], bool]]] = [
    ("office gateway", 104, lambda text: text == "office gateway"),
    ("W" * 40, 104, lambda text: len(text) < 12 and text.endswith("…")),
    ("語" * 40, 104, lambda text: len(text) < 12),
    ("x", 0, lambda text: text == "…"),
    ("", 0, lambda text: text == ""),
]


@pytest.mark.parametrize(("words", "room", "fits"), CUTS)
def test_words_are_cut_to_their_room(words: str, room: float, fits: Callable[[str], bool]) -> None:
    shown = cut(words, room, 12.0)
    assert fits(shown)
    assert width(shown, 12.0) <= max(room, width("…", 12.0))


def test_what_is_cut_is_told_in_full_to_who_points_at_it() -> None:
    long = "the gateway of the northern head office"
    svg = still_scene(json.loads(json.dumps(network()).replace("office gateway", long)))["wide"]
    cut_short = [t for t in pieces(svg, "text") if told(t).endswith("…")]
    assert long in [t.findtext("title") for t in cut_short]
