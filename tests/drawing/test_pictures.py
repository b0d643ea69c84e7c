"""A topology as a picture: complete, legible, on any axes, and the same bytes each time."""

import subprocess
import sys
from dataclasses import replace

import matplotlib
import pytest
from matplotlib import pyplot as plt
from matplotlib.figure import Figure

from vpnedu.drawing import draw, places
from vpnedu.drawing.plates import Plate, picture
from vpnedu.simulation.scenarios import SCENARIOS
from vpnedu.simulation.scenarios.building import Scenario

ALL = pytest.mark.parametrize("scenario", SCENARIOS.values(), ids=lambda s: s.name)
OPEN = SCENARIOS["fails-open"].topology
HUB = SCENARIOS["hub-route-based"].topology

SAVED = """
from hashlib import sha256
from vpnedu.drawing import draw
from vpnedu.drawing.plates import picture
from vpnedu.simulation.scenarios import SCENARIOS
for kind in ("svg", "png"):
    print(sha256(picture(draw(SCENARIOS["fails-open"].topology).figure, kind)).hexdigest())
"""


@ALL
def test_everything_is_named(scenario: Scenario, words) -> None:
    said, topology = words(draw(scenario.topology).figure), scenario.topology
    things = [*topology.networks, *topology.gateways, *topology.hosts, *topology.tunnels]
    addresses = [str(thing.address) for thing in (*topology.gateways, *topology.hosts)]
    prefixes = [str(prefix) for each in topology.networks for prefix in each.prefixes]
    wanted = {*(thing.name for thing in things), *addresses, *prefixes, topology.between}
    assert wanted <= set(said)


@ALL
def test_words_lie_in_the_picture_and_not_on_each_other(scenario: Scenario, legible) -> None:
    figure = draw(scenario.topology).figure
    legible(figure)


@ALL
def test_a_plate_fits_between_the_margins_of_a_page(scenario: Scenario) -> None:
    across, up = draw(scenario.topology).figure.get_size_inches() * 25.4
    assert across <= 192
    assert up <= 250


def test_a_tunnel_that_is_down_is_told_in_a_word(words) -> None:
    assert "✕ down" in words(draw(OPEN).figure)
    repaired = replace(OPEN, tunnels=tuple(replace(t, up=True) for t in OPEN.tunnels))
    assert "✕ down" not in words(draw(repaired).figure)


def test_only_the_internet_has_an_eavesdropper(words) -> None:
    assert "eavesdropper" in words(draw(OPEN).figure)
    backbone = words(draw(SCENARIOS["network-to-network"].topology).figure)
    assert "provider's backbone" in backbone
    assert not {"eavesdropper", "internet"} & set(backbone)


@pytest.mark.parametrize("kind", ["svg", "png", "pdf"])
def test_the_same_picture_is_the_same_bytes(kind: str) -> None:
    first = picture(draw(OPEN).figure, kind)
    figure = draw(OPEN).figure
    assert picture(figure, kind) == first
    with matplotlib.rc_context({"svg.hashsalt": "theirs", "font.size": 20, "savefig.dpi": 50}):
        assert picture(draw(OPEN).figure, kind) == first
        # Drawn a second time, as a notebook does that shows it in two places.
        assert picture(figure, kind) == first


def test_another_process_draws_the_same_bytes() -> None:
    outputs = {
        subprocess.run(
            [sys.executable, "-W", "error", "-c", SAVED],
            capture_output=True, text=True, check=True, env={"PYTHONHASHSEED": seed},
        ).stdout
        for seed in ("1", "2")
    }  # fmt: skip
    assert len(outputs) == 1


def test_no_date_or_version_is_in_a_file() -> None:
    for kind in ("svg", "png", "pdf"):
        data = picture(draw(OPEN).figure, kind)
        assert b"CreationDate" not in data
        assert b"Software" not in data
        assert matplotlib.__version__.encode() not in data


def test_it_draws_on_given_axes_and_gives_them_back(words) -> None:
    figure, axes = plt.subplots(1, 2, figsize=(12, 4))
    before = dict(matplotlib.rcParams)
    assert draw(OPEN, ax=axes[0]) is axes[0]
    assert dict(matplotlib.rcParams) == before
    assert not axes[1].texts
    assert "Head office" in words(figure)
    plt.close(figure)


def test_type_grows_with_the_axes() -> None:
    sizes = []
    for across in (4, 8):
        ax = Figure(figsize=(across, across)).add_axes((0, 0, 1, 1))
        sizes.append(draw(HUB, ax=ax).texts[0].get_fontsize())
    assert sizes[1] == pytest.approx(2 * sizes[0], rel=0.01)


def test_a_thing_can_be_moved_and_takes_along_what_is_in_it() -> None:
    def height(ax, words):
        return next(t for t in ax.texts if t.get_text() == words).get_position()[1]

    at = places(OPEN)
    x, y = at["Branch"]
    here, there = draw(OPEN), draw(OPEN, at=at | {"Branch": (x, y - 60)})
    for name in ("Branch", "Ben"):
        assert height(there, name) == pytest.approx(height(here, name) - 60)
    assert height(there, "Ana") == height(here, "Ana")
    assert there.figure.bbox.height > here.figure.bbox.height


def test_an_unknown_thing_cannot_be_moved() -> None:
    with pytest.raises(ValueError, match="nothing here is called 'Brunch'"):
        draw(OPEN, at={"Brunch": (0, 0)})


def test_a_notebook_shows_picture_and_words_once() -> None:
    shown = draw(OPEN)._repr_mimebundle_()
    assert shown["image/svg+xml"].startswith("<?xml")
    assert shown["text/plain"].splitlines()[0] == (
        "Head office (site, 10.1.0.0/16): office gateway 198.51.100.1, Ana 10.1.0.4"
    )
    assert "tunnel to branch: office gateway to branch gateway, down" in shown["text/plain"]


def test_a_dollar_in_a_name_is_a_dollar(words) -> None:
    office, branch = OPEN.networks
    renamed = replace(OPEN, networks=(office, replace(branch, hosts=(
        replace(branch.hosts[0], name="$x$"),))))  # fmt: skip
    figure = draw(renamed).figure
    assert "$x$" in words(figure)
    assert isinstance(figure, Plate)
    assert picture(figure)
