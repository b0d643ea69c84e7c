"""Figures of designs under faults: data, questions, form, and what they are without scripts."""

import gzip
import json
import re
from html import unescape
from itertools import pairwise

import pytest

from vpnedu.network.addresses import InputError
from vpnedu.simulation.designs import DESIGNS
from vpnedu.simulation.failover import simulate
from vpnedu.simulation.faults import FAULTS, applies
from vpnedu.widgets.asking import NOTHING, OUTAGE_ASKS, how_long
from vpnedu.widgets.engine import answer
from vpnedu.widgets.failover import figure_of_designs, label_of
from vpnedu.widgets.figure import Figure
from vpnedu.widgets.states import bands, segments, states_at_end

CRASH = ("instance-crash@30",)
MINE = {
    "design": ["active-active"],
    "faults": ["instance-crash@30"],
    "profile": "azure",
    "settings": {"liveness-delay": "5"},
    "seed": "2",
    "until": "200",
}


def figure(*names: str, **wishes: object) -> Figure:
    wanted = {"faults": (CRASH,), **wishes}
    return figure_of_designs(*names, anchor="fig-x", caption="Notice.", **wanted)  # type: ignore[arg-type]


def test_two_designs_meet_the_same_faults_until_the_same_second() -> None:
    data = figure("active-standby", "active-active").to_dict()
    [preset] = data["presets"]
    traces = [run["trace"] for run in preset["runs"]]
    assert [t["until"] for t in traces] == [300.0, 300.0]
    assert traces[0]["faults"] == traces[1]["faults"]
    assert preset["label"] == "instance 1 crashes, 30 s"


def test_a_designs_scene_is_sent_once_for_all_its_faults() -> None:
    cases = (CRASH, ("planned-maintenance@30",), ())
    data = figure("active-active", faults=cases).to_dict()
    assert len(data["presets"]) == 3
    assert len(data["scenes"]) == 1


def test_faults_are_named_with_their_times_and_their_end() -> None:
    trace = simulate("active-active", ("tunnel-cut@30:60", "device-loss@200"))
    assert label_of(trace) == "tunnel 1 cut, 30 to 90 s + device 1 dies, 200 s"
    assert label_of(simulate("active-active", ())) == "no fault"


def test_a_time_that_all_faults_have_is_told_once() -> None:
    trace = simulate("active-active", ("timer-mismatch@30", "timer-mismatch#2@30"))
    assert label_of(trace) == "tunnel 1 timers + tunnel 2 timers, 30 s"


@pytest.mark.parametrize("fault", FAULTS)
def test_every_fault_has_a_label_that_a_phone_has_room_for(fault: str) -> None:
    struck = [name for name in DESIGNS if applies(fault, DESIGNS[name])]
    for name in struck:
        trace = simulate(name, (f"{fault}@30:60",), until=100.0)
        assert len(label_of(trace)) <= 34
        assert label_of(trace).endswith(", 30 to 90 s")


def test_the_words_of_the_menu_can_be_chosen() -> None:
    chosen = ("by day", "by night")
    data = figure("active-active", faults=(CRASH, ()), labels=chosen).to_dict()
    assert tuple(preset["label"] for preset in data["presets"]) == chosen
    with pytest.raises(InputError, match="one for each entry of faults: 1, not 2"):
        figure("active-active", labels=chosen)


def test_without_scripts_an_outage_that_never_ends_has_nothing_to_redirect() -> None:
    for case, said in (
        (("instance-hang@30",), "nobody found out"),
        (("dead-standby@10", "instance-crash@30"), "then nothing to turn to"),
    ):
        html = figure("active-standby", faults=(case,)).html().split("</script>", 1)[1]
        assert said in html
        assert "redirect" not in html.split("<ol>")[0]


def test_without_scripts_a_figure_shows_scene_lanes_and_transcript_of_the_end() -> None:
    html = unescape(figure("active-standby").html().split("</script>", 1)[1])
    assert html.count("<svg") == 4
    assert "✕ crashed" in html
    assert re.search(r"detect [\d.]+ s · decide [\d.]+ s · redirect [\d.]+ s", html)
    for event in simulate("active-standby", CRASH).events:
        assert f"{event.at:.3f} s: {event.reason}" in html


def test_without_scripts_a_faults_end_is_told_in_its_own_words() -> None:
    html = figure("expressroute-failover", faults=(("more-specific@30:60",),)).html()
    assert "✓ gateway takes the longer prefix back" in html.split("</script>", 1)[1]


def test_packets_lost_by_chance_are_one_line_of_the_transcript() -> None:
    html = figure("active-standby", faults=(("packet-loss@30",),)).html().split("</script>", 1)[1]
    assert html.count("<li>") < 20
    assert "packets are lost by chance" in html


@pytest.mark.parametrize(
    ("names", "faults", "rule"),
    [((), (CRASH,), "one or two"), (("active-active",), (), "at least one case")],
)
def test_a_figure_without_designs_or_cases_is_refused(
    names: tuple[str, ...], faults: tuple[tuple[str, ...], ...], rule: str
) -> None:
    with pytest.raises(InputError, match=rule):
        figure(*names, faults=faults)


def test_a_question_about_a_packet_is_not_asked_of_a_run_over_time() -> None:
    with pytest.raises(InputError, match="outage-seconds, longest-part"):
        figure("active-active", ask="tunnel")


@pytest.mark.parametrize("question", OUTAGE_ASKS)
@pytest.mark.parametrize("fault", ["instance-crash@30", "planned-maintenance@30", "device-loss@30"])
@pytest.mark.parametrize("name", ["active-standby", "active-active", "dual-redundancy"])
def test_every_question_has_one_right_answer_among_different_choices(
    name: str, fault: str, question: str
) -> None:
    ask = OUTAGE_ASKS[question](simulate(name, (fault,)))
    assert len(set(ask.choices)) == len(ask.choices)
    assert 0 <= ask.answer < len(ask.choices)


def test_the_answer_is_the_worst_outages_length() -> None:
    asks = [
        how_long(simulate(name, (fault,)))
        for name, fault in (
            ("active-standby", "dead-standby@30"),
            ("active-active", "planned-maintenance@30"),
            ("active-active", "instance-crash@30"),
            ("active-active", "instance-hang@30"),
        )
    ]
    said = [ask.choices[ask.answer] for ask in asks]
    assert said == [
        NOTHING,
        "for less than 1 s",
        "for 15 s to 60 s",
        "for longer, or until somebody mends it",
    ]


def test_the_question_names_the_design_it_is_asked_of() -> None:
    [preset] = figure("active-standby", "active-active", ask="outage-seconds").to_dict()["presets"]
    assert preset["ask"]["question"].endswith("in “Active/active”?")


def test_faults_of_ones_own_become_a_run() -> None:
    preset = answer(MINE)["preset"]
    assert preset["label"] == ("yours: instance 1 crashes, 30 s; azure, liveness-delay 5, seed 2")
    assert preset["runs"][0]["trace"]["until"] == 200.0


@pytest.mark.parametrize(
    ("changed", "field", "rule"),
    [
        ({"faults": ["instance-crash@30", "instance-crash@40"]}, "fault-2", "lasts still"),
        ({"faults": ["crash@30"]}, "fault-1", "nearest: instance-crash"),
        ({"faults": ["zone-loss@30"]}, "fault-1", "nothing in active-active"),
        ({"settings": {"hold-time": "1"}}, "hold-time", "RFC 4271"),
        ({"profile": "azur"}, "profile", "nearest: azure"),
        ({"seed": "one"}, "seed", "not a number"),
        ({"until": "99999"}, "until", "too long"),
        ({"design": ["active"]}, "design", "nearest"),
        ({"faults": "instance-crash@30"}, "faults", "at most"),
    ],
)
def test_what_is_wrong_with_a_wish_is_told_of_its_field(
    changed: dict[str, object], field: str, rule: str
) -> None:
    with pytest.raises(InputError, match=rule) as wrong:
        answer({**MINE, **changed})
    assert wrong.value.field == field


def test_the_stretches_of_a_lane_fill_the_whole_run() -> None:
    trace = simulate("active-standby", CRASH)
    for parts in (segments(trace, lane) for lane in trace.lanes):
        assert parts[0].start == 0
        assert parts[-1].end == trace.until
        assert all(a.end == b.start for a, b in pairwise(parts))


def test_the_lost_bands_of_a_flow_are_its_outages() -> None:
    trace = simulate("active-standby", CRASH)
    for flow in trace.flows:
        lost = [(b.start, b.end) for b in bands(trace, flow) if b.tone == "bad"]
        assert lost == [(o.start, o.end) for o in trace.outages if o.flow == flow.name]


def test_a_tunnel_is_as_well_as_its_worse_end() -> None:
    trace = simulate("active-active", CRASH)
    assert states_at_end(trace)["tunnel 1"][1] == "bad"
    assert states_at_end(trace)["tunnel 2"] == ("up", "good")


def test_a_figure_of_two_designs_and_three_faults_is_small() -> None:
    cases = (CRASH, ("planned-maintenance@30",), ("provider-loss@30",))
    html = figure("active-standby", "active-active", faults=cases).html()
    assert len(gzip.compress(html.encode())) < 16_000
    assert json.loads(html.split(">", 2)[2].split("</script>")[0])["id"] == "fig-x"
