"""The pictures of questions: small, the same each time, and silent about the answer."""

from dataclasses import replace
from functools import cache
from io import BytesIO

import pytest
from PIL import Image as Pixels

from vpnedu.classroom.pictures import image, images
from vpnedu.quiz.exports.export import Image
from vpnedu.quiz.generators import generate
from vpnedu.quiz.paper import Paper, Slot
from vpnedu.quiz.question import Question
from vpnedu.simulation.failover import simulate
from vpnedu.simulation.scenarios import SCENARIOS
from vpnedu.simulation.trace import Trace


@cache
def run(name: str) -> Trace:
    """The run of a scenario, or of a design in which something breaks."""
    if name in SCENARIOS:
        return SCENARIOS[name].run()
    return simulate(name, ["provider-loss@5"], until=30)


@cache
def drawn(name: str) -> Image:
    """The picture of that run."""
    return image(run(name))


def silent(trace: Trace) -> Trace:
    """A run of the same network in which something else happens, told by another title."""
    over_time = replace(trace, lanes=(), flows=(), faults=(), outages=())
    return replace(over_time, title="Everything is lost", events=(), datagrams=())


PACKETS = ("fails-open", "hub-route-based")
DESIGNS = ("active-active", "expressroute-failover", "zone-redundant", "two-regions")
DRAWN = pytest.mark.parametrize("name", [*PACKETS, *DESIGNS])


@DRAWN
def test_a_picture_tells_nothing_of_how_the_run_goes(name: str) -> None:
    trace = run(name)
    assert trace.events
    assert image(silent(trace)) == drawn(name)
    assert trace.title not in drawn(name).alt


@DRAWN
def test_the_words_name_everything_that_is_drawn(name: str) -> None:
    trace, alt = run(name), drawn(name).alt
    for node in trace.nodes:
        assert node.name in alt
        assert node.detail in alt
    for tunnel in trace.tunnels:
        assert f"{tunnel.name} between {tunnel.ends[0]} and {tunnel.ends[1]}" in alt


@DRAWN
def test_a_picture_is_a_small_png_without_date_and_program(name: str) -> None:
    made = drawn(name)
    assert len(made.png) < 60_000
    assert 1000 < made.width <= 1200
    with Pixels.open(BytesIO(made.png)) as pixels:
        assert pixels.size == (made.width, made.height)
        assert not {"Software", "Creation Time", "date"} & set(pixels.info)
        # There is ink, and white paper around it.
        assert len(pixels.getcolors() or ()) > 20
        assert pixels.convert("RGB").getpixel((1, 1)) == (255, 255, 255)


def test_a_tunnel_that_is_down_is_told_in_words_and_picture() -> None:
    trace = run("fails-open")
    mended = replace(trace, tunnels=tuple(replace(t, up=True) for t in trace.tunnels))
    assert ", down" in drawn("fails-open").alt
    assert ", down" not in image(mended).alt
    assert drawn("fails-open").png != image(mended).png


def pictured(seed: int) -> Question:
    return generate("which-tunnel-policy", seed)


def test_each_variant_that_wants_a_picture_has_its_own() -> None:
    pool = (pictured(1), replace(pictured(2), picture=False), pictured(3))
    found = images(Paper("p", "P", (Slot("s", pool), Slot("t", (pictured(1),)))))
    assert list(found) == [("s", 0), ("s", 2), ("t", 0)]
    assert found["s", 0] == found["t", 0]
