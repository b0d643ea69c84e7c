"""A run over time as lanes: legible, complete, true to the trace, and readable without colour."""

from dataclasses import replace
from itertools import pairwise

import pytest

from vpnedu.drawing import lanes, style
from vpnedu.drawing.outages import length
from vpnedu.drawing.plates import Plate, picture
from vpnedu.drawing.spans import Axis, Span, flow_spans, lane_name, lane_spans, window
from vpnedu.network.addresses import InputError
from vpnedu.simulation.designs import DESIGNS
from vpnedu.simulation.events import Carried, Changed, Missed
from vpnedu.simulation.failover import simulate
from vpnedu.simulation.matrix import CASES, case_applies
from vpnedu.simulation.scenarios import SCENARIOS
from vpnedu.simulation.trace import FlowLine, Lane, Outage, Strike, Trace, TunnelLine

FLOW = "office → network"
TONES = {"active": "good", "crashed": "bad", "standby": "idle", "starting": "waiting"}
PATH = ("office", "device 1", "tunnel 1", "network")
TOLD = ("an instance crashes", "timers that don't match", "the region is lost")
RUNS = [(d, c) for d in DESIGNS for c in TOLD if case_applies(CASES[c], d)]


def changed(at, node, before, after):
    return Changed(at, node, "state", before, after, f"{node} is {after}")


def carried(at, lost_at=None):
    cause = lost_at and f"{lost_at} has crashed"
    return Carried(at, FLOW, at, PATH, 0.02, lost_at, cause, "so it is")


STRUCK = Strike(
    "instance-crash", 30.0, None, "instance 1", "instance 1 has crashed", "instance 1 is mended"
)
CRASH = Trace(
    "Active/standby: the active instance crashes", "internet", (),
    (TunnelLine("tunnel 1", ("device 1", "instance 1"), True),), (),
    (
        carried(0.0),
        changed(30.0, "instance 1", "active", "crashed"),
        carried(30.0, "instance 1"),
        changed(70.0, "instance 2", "standby", "starting"),
        changed(83.2, "instance 2", "starting", "active"),
        carried(87.4),
    ),
    180.0,
    (
        Lane("instance 1", "state", "instance", "active", TONES),
        Lane("instance 2", "state", "instance", "standby", TONES),
    ),
    (FlowLine(FLOW, "office", "network", 0.25, 0.0),),
    (STRUCK,),
    (Outage(FLOW, 30.0, 87.4, 57.4, ("instance 1 has crashed",), 40.0, 13.2, 4.2, 229),),
)  # fmt: skip
NO_END = replace(
    CRASH,
    events=CRASH.events[:3],
    outages=(Outage(FLOW, 30.0, None, 150.0, ("it has crashed",), 150.0, 0.0, 0.0, 600),),
)


@pytest.mark.parametrize(("design", "case"), RUNS)
def test_every_run_is_legible_and_says_each_outage(design, case, legible, words) -> None:
    trace = simulate(design, CASES[case])
    figure = lanes(trace)
    legible(figure)
    across, up = figure.get_size_inches() * 25.4
    assert across <= 192
    assert up <= 250
    said = " ".join(words(figure))
    assert all(length(outage) in said for outage in trace.outages)
    assert {lane_name(lane) for lane in trace.lanes} <= set(words(figure))
    assert {f"packets, {flow.name}" for flow in trace.flows} <= set(words(figure))


@pytest.mark.parametrize("until", [30.001, 30.5, 33, 80, 300])
def test_every_part_of_a_run_is_legible(until: float, legible) -> None:
    faults = ("instance-crash@30:20", "tunnel-cut@32:60", "device-loss@250")
    legible(lanes(simulate("active-standby", faults), start=29, until=until))


def test_an_outage_says_its_length_and_whose_the_seconds_were(words) -> None:
    said = words(lanes(CRASH))
    assert "lost for 57.4 s" in said
    assert {"detect 40.0 s", "decide 13.2 s", "redirect 4.2 s"} <= set(said)


def test_a_split_without_room_is_told_in_one_line(words) -> None:
    said = words(lanes(CRASH, start=0, until=180))
    assert "detect 40.0 s · decide 13.2 s · redirect 4.2 s" in said


def test_a_part_that_took_no_time_is_not_told(words) -> None:
    said = words(lanes(NO_END))
    assert "detect 150.0 s" in said
    assert not any("redirect" in text for text in said)


def test_an_outage_that_never_ends_says_so(words) -> None:
    assert "lost for 150.0 s, to the end" in words(lanes(NO_END))


def test_outages_too_close_for_labels_are_told_below(words) -> None:
    starts = [30 + 2.0 * n for n in range(12)]
    many = tuple(Outage(FLOW, at, at + 1, 1.0, (), 1.0, 0.0, 0.0, 4) for at in starts)
    said = " ".join(words(lanes(replace(CRASH, outages=many), start=0, until=180)))
    assert all(f"1.0 s from {at:.1f} s" in said for at in starts[1:-1])
    assert all(f"detect 1.0 s from {at:.1f} s" in said for at in starts[2:-2])


def test_a_fault_is_marked_with_words_and_a_sign(words) -> None:
    mended = replace(CRASH.faults[0], until=120.0)
    said = words(lanes(replace(CRASH, faults=(mended,))))
    assert "✕ instance 1 has crashed, at 30 s" in said
    assert "✓ instance 1 is mended, at 120 s" in said


def test_state_is_told_without_colour(words) -> None:
    said = words(lanes(CRASH))
    assert {"active", "✕ crashed", "standby", "starting"} <= set(said)
    legend = {"works", "waits unused", "getting ready", "✕ does not work", "packets are lost"}
    assert legend <= set(said)


def test_the_legend_holds_only_what_is_shown(words) -> None:
    said = words(lanes(CRASH, start=0, until=20))
    assert {"works", "waits unused"} <= set(said)
    assert not {"getting ready", "✕ does not work", "packets are lost"} & set(said)


def test_a_state_too_short_for_its_word_is_told_below(words) -> None:
    brief = (changed(30.0, "instance 1", "active", "crashed"),
             changed(30.2, "instance 1", "crashed", "active"))  # fmt: skip
    once = replace(CRASH, events=brief, outages=())
    assert "Too short for words: instance 1: crashed (30.0 to 30.2 s)." in words(lanes(once))
    again = tuple(replace(event, at=event.at + 5) for event in brief)
    twice = replace(once, events=brief + again)
    assert "crashed (2 times)" in " ".join(words(lanes(twice, start=0, until=180)))


def test_packets_lost_by_chance_are_counted(words) -> None:
    missed = tuple(Missed(n + 1.0, FLOW, n, "provider 1", "by chance") for n in range(3))
    assert f"packets, {FLOW}: 3 more lost by chance." in words(
        lanes(replace(CRASH, events=CRASH.events + missed))
    )


def test_every_word_can_be_read_on_what_it_stands_on_light_and_dark(texts) -> None:
    light = {code: name for name, code in style.palette().items()}
    for text in texts(lanes(CRASH)):
        ink, on = light[text.get_color()], text.get_gid().removeprefix("on-")
        for dark in (False, True):
            colours = style.palette(dark=dark)
            assert contrast(colours[ink], colours[on]) >= 4.5, text
        assert text.get_fontsize() >= 6


def contrast(one: str, other: str) -> float:
    low, high = sorted(map(luminance, (one, other)))
    return (high + 0.05) / (low + 0.05)


def luminance(code: str) -> float:
    parts = [part / 255 for part in bytes.fromhex(code.removeprefix("#"))]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize("kind", ["svg", "png", "pdf"])
def test_the_same_run_is_the_same_bytes(kind: str) -> None:
    first, second = (picture(lanes(CRASH), kind) for _ in range(2))
    assert first == second


def test_a_notebook_shows_the_picture_and_the_transcript() -> None:
    figure = lanes(CRASH)
    assert isinstance(figure, Plate)
    shown = figure._repr_mimebundle_()
    assert shown["text/plain"] == str(CRASH)
    assert shown["image/svg+xml"].startswith("<?xml")


def test_it_shows_where_something_happens() -> None:
    start, until = window(CRASH, None, None)
    assert 0 < start < 30
    assert 87.4 < until < 180
    assert window(NO_END, None, None)[1] >= 40
    assert window(CRASH, 10.0, None) == (10.0, until)
    calm = replace(CRASH, faults=(), outages=(), events=CRASH.events[:1])
    assert window(calm, None, None) == (0.0, 180.0)


def test_only_what_is_asked_for_is_shown(words) -> None:
    said = words(lanes(CRASH, only=("instance 2", FLOW)))
    assert {"instance 2", f"packets, {FLOW}"} <= set(said)
    assert "instance 1" not in said
    assert "instance 1" in words(lanes(CRASH, only="instance 1"))


@pytest.mark.parametrize(
    ("asked", "field", "rule"),
    [
        ({"start": -1}, "start", "-1 s is before the run begins"),
        ({"start": 90, "until": 80}, "start", "from 90 s to 80 s there is nothing to show"),
        ({"until": 200}, "until", "200 s is after the run ends, at 180 s"),
        ({"until": float("nan")}, "until", "after the run ends"),
        ({"until": 1}, "until", "there is nothing to show"),
        ({"only": ("instance 3",)}, "only", "no 'instance 3'; nearest: instance"),
        ({"only": ()}, "only", "names nothing to show"),
    ],
)
def test_what_the_run_does_not_have_is_an_error(asked, field: str, rule: str) -> None:
    with pytest.raises(InputError, match=rule) as error:
        lanes(CRASH, **asked)
    assert error.value.field == field


def test_a_packets_run_has_no_lanes() -> None:
    with pytest.raises(InputError, match="a packet's run has no lanes; take a run over time"):
        lanes(SCENARIOS["fails-open"].run(0))


def test_a_lanes_spans_fill_the_run_and_agree_with_its_events() -> None:
    first, second = (lane_spans(CRASH, lane) for lane in CRASH.lanes)
    assert first == [Span(0.0, 30.0, "active", "good"), Span(30.0, 180.0, "crashed", "bad")]
    assert [span.words for span in second] == ["standby", "starting", "active"]
    (flow,) = CRASH.flows
    ways = [(span.start, span.end, span.words, span.tone) for span in flow_spans(CRASH, flow)]
    assert ways == [
        (0.0, 30.0, "tunnel 1", "good"), (30.0, 87.4, "", "lost"), (87.4, 180.0, "tunnel 1", "good")
    ]  # fmt: skip


def test_a_state_that_lasts_no_time_is_left_out() -> None:
    at_once = (changed(30.0, "instance 1", "active", "crashed"),
               changed(30.0, "instance 1", "crashed", "active"))  # fmt: skip
    trace = replace(CRASH, events=at_once)
    assert lane_spans(trace, CRASH.lanes[0]) == [Span(0.0, 180.0, "active", "good")]


@pytest.mark.parametrize(
    ("lane", "name"),
    [
        (("device 1", "state"), "device 1"),
        (("tunnel 1", "at device 1"), "tunnel 1 at device 1"),
        (("office", "route"), "route at office"),
    ],
)
def test_a_lane_is_called_by_what_it_follows(lane, name: str) -> None:
    assert lane_name(Lane(*lane, "any", "up", {"up": "good"})) == name


@pytest.mark.parametrize("long", [0.004, 0.3, 7, 90, 4_000, 100_000, 3e6])
def test_ticks_are_round_and_apart(long: float) -> None:
    ticks = Axis(10.0, 10.0 + long, 0, 400).ticks(40)
    places = [Axis(10.0, 10.0 + long, 0, 400).x(at) for at, _ in ticks]
    assert 2 <= len(ticks) <= 11
    assert all(b - a >= 39.9 for a, b in pairwise(places))
    assert len({words for _, words in ticks}) == len(ticks)
    for at, words in ticks:
        assert float(words.removesuffix(" s").replace(",", "")) == pytest.approx(at, abs=1e-9)
