"""Downtime a year as bars: in time and in percent, with what is not known for sure."""

import pytest

from vpnedu.drawing import downtime, style
from vpnedu.drawing.downtimes import MARKS, percentage
from vpnedu.drawing.plates import Plate, picture
from vpnedu.network.addresses import InputError

NAMED = {"one instance": 0.995, "active/standby": 0.9999, "two regions": 0.9999999, "ideal": 1.0}
BETWEEN = {"active/standby": (0.99985, 0.99992), "two regions": (0.9999993, 1.0)}


def bars(figure):
    """The outlined boxes of a picture, from the top down, with how long they are."""
    (ax,) = figure.axes
    bad = style.colour("bad")
    boxes = [patch for patch in ax.patches if hasattr(patch, "get_boxstyle")]
    drawn = [patch for patch in boxes if style_of(patch) == bad]
    return [patch.get_width() for patch in sorted(drawn, key=lambda p: -p.get_y())]


def style_of(patch) -> str:
    red, green, blue, alpha = patch.get_edgecolor()
    return "#" + "".join(f"{round(255 * part):02x}" for part in (red, green, blue)) * (alpha > 0)


def test_each_is_told_in_time_and_in_percent(words) -> None:
    said = words(downtime(NAMED))
    for expected in ("active/standby", "99.99 %", "52.6 min a year", "3.2 s a year"):
        assert expected in said


def test_what_is_never_down_has_no_bar_and_says_so(words) -> None:
    figure = downtime(NAMED)
    assert {"ideal", "100 %", "never down"} <= set(words(figure))
    assert len(bars(figure)) == len(NAMED) - 1


def test_more_downtime_is_a_longer_bar() -> None:
    lengths = bars(downtime(NAMED))
    assert lengths == sorted(lengths, reverse=True)


def test_ten_times_as_much_is_as_much_longer_each_time() -> None:
    one, two, three = bars(downtime({"a": 0.99, "b": 0.999, "c": 0.9999}))
    assert one - two == pytest.approx(two - three)


def test_the_axis_is_labelled_in_time(words) -> None:
    said = words(downtime(NAMED))
    assert {"1 s", "1 min", "10 min", "1 h", "1 day"} <= set(said)
    assert "a year" in words(downtime({"off": 0.0}))


def test_an_interval_is_drawn_and_explained(words) -> None:
    without, figure = downtime(NAMED), downtime(NAMED, BETWEEN)
    assert len(figure.axes[0].patches) > len(without.axes[0].patches)
    assert any("interval" in text for text in words(figure))
    assert not any("interval" in text for text in words(without))
    assert "52.6 min a year, between 42 min and 1 h 19 min\n" in figure.words


@pytest.mark.parametrize(
    "named",
    [
        NAMED,
        {"everything fails": 0.0, "nothing fails": 1.0},
        {"a name that is a good deal longer than any other name here": 0.123456789},
        {f"design {n}": 1 - 10.0**-n for n in range(1, 12)},
    ],
    ids=["usual", "extreme", "long", "many"],
)
def test_words_lie_in_the_picture_and_not_on_each_other(named, legible) -> None:
    figure = downtime(named)
    legible(figure)


def test_a_bar_ends_inside_its_axis() -> None:
    for named in (NAMED, {"off": 0.0, "nearly on": 1 - 1e-14}):
        across = downtime(named).get_size_inches()[0] * 72
        assert all(0 <= long < across for long in bars(downtime(named)))


def test_labels_of_the_axis_say_how_long_they_are() -> None:
    units = {
        "ms": 0.001,
        "s": 1,
        "min": 60,
        "h": 3600,
        "day": 86400,
        "days": 86400,
        "year": 31536000,
    }
    for seconds, words in MARKS.items():
        number, unit = words.split()
        assert seconds == pytest.approx((1 if number == "a" else float(number)) * units[unit])


def test_only_a_whole_is_a_hundred_percent() -> None:
    for nines in range(1, 15):
        assert percentage(1 - 10.0**-nines) != "100 %"
    assert percentage(1.0) == "100 %"
    assert percentage(0.0) == "0 %"


@pytest.mark.parametrize("kind", ["svg", "png", "pdf"])
def test_the_same_numbers_are_the_same_bytes(kind: str) -> None:
    first, second = (picture(downtime(NAMED, BETWEEN), kind) for _ in range(2))
    assert first == second


def test_a_notebook_shows_the_picture_and_its_words() -> None:
    figure = downtime(NAMED)
    assert isinstance(figure, Plate)
    shown = figure._repr_mimebundle_()
    assert shown["image/svg+xml"].startswith("<?xml")
    assert shown["text/plain"].endswith("ideal: 100 %, never down\n")


@pytest.mark.parametrize(
    ("named", "intervals", "rule"),
    [
        ({}, None, "named: names nothing to show"),
        ({"a": 1.2}, None, "a: 1.2 is no availability: it must be from 0 to 1"),
        ({"a": float("nan")}, None, "a: nan is no availability"),
        ({"a": 0.9}, {"b": (0.8, 0.9)}, "intervals: 'b' is not among the names to show"),
        ({"a": 0.9}, {"a": (0.95, 0.8)}, "a: from 0.95 to 0.8 is no interval between 0 and 1"),
    ],
)
def test_what_is_no_availability_is_an_error(named, intervals, rule: str) -> None:
    with pytest.raises(InputError, match=rule):
        downtime(named, intervals)
