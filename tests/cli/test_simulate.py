"""`vpnedu simulate`: a design under faults, told and counted."""

import json
import re
from typing import Any

import pytest

from vpnedu.simulation.counting import counts
from vpnedu.simulation.designs import DESIGNS
from vpnedu.simulation.events import to_dict
from vpnedu.simulation.failover import simulate

CRASH = ("simulate", "active-standby", "--fault", "instance-crash@30")


def words(line: str) -> str:
    return " ".join(line.split())


def test_the_timeline_is_that_of_the_trace(vpnedu) -> None:
    done = vpnedu(*CRASH)
    assert done.code == 0
    assert done.out.startswith(str(simulate("active-standby", ["instance-crash@30"])))


def test_the_outages_follow_with_every_second_accounted_for(vpnedu) -> None:
    lines = [words(line) for line in vpnedu(*CRASH).out.splitlines()]
    head = lines.index("flow from to seconds detect decide redirect lost causes")
    outages = simulate("active-standby", ["instance-crash@30"]).outages
    assert len(outages) == 2
    for outage, line in zip(outages, lines[head + 2 :], strict=False):
        times = (outage.start, outage.end, outage.seconds)
        split = (outage.detect, outage.decide, outage.redirect)
        shown = " ".join(f"{seconds:.3f}" for seconds in (*times, *split))
        assert line.startswith(f"{outage.flow} {shown} {outage.lost} {outage.causes[0]}")


def test_the_packets_are_counted(vpnedu) -> None:
    found = counts(simulate("active-standby", ["instance-crash@30"]))
    assert (
        f"sent {found.sent:,}, delivered {found.delivered:,}, lost {found.lost:,}, "
        f"in flight {found.in_flight:,}\n"
    ) in vpnedu(*CRASH).out


def test_what_would_repeat_the_run_stands_at_its_end(vpnedu) -> None:
    done = vpnedu(*CRASH, "--set", "redial=2", "--seed", "007", "--until", "200")
    assert done.out.endswith("profile azure, redial=2; seed 7; until 200 s\n\n")


def test_an_outage_that_does_not_end_says_so(vpnedu) -> None:
    out = vpnedu("simulate", "expressroute", "--fault", "circuit-cut@30").out
    assert re.search(r"office → network +29\.\d+ +not over ", out)


def test_without_a_fault_there_is_no_outage(vpnedu) -> None:
    assert "\nno outage\n" in vpnedu("simulate", "zonal", "--until", "20").out


@pytest.mark.parametrize("name", DESIGNS)
def test_json_has_all_of_the_run_in_one_line(vpnedu, name: str) -> None:
    done = vpnedu("simulate", name, "--fault", "region-loss@30:20", "--until", "90", "--json")
    trace = simulate(name, ["region-loss@30:20"], until=90.0)
    found = counts(trace)
    assert done.objects == [
        {
            "scenario": name,
            "profile": "azure",
            "settings": {},
            "seed": 1,
            "until": 90.0,
            "faults": [fault.to_dict() for fault in trace.faults],
            "sent": found.sent,
            "delivered": found.delivered,
            "lost": found.lost,
            "in_flight": found.in_flight,
            "outages": [outage.to_dict() for outage in trace.outages],
            "events": [json.loads(json.dumps(to_dict(event))) for event in trace.events],
        }
    ]


def test_every_event_has_a_time_a_kind_and_a_reason(vpnedu) -> None:
    [run] = vpnedu(*CRASH, "--json").objects
    assert run["events"]
    for event in run["events"]:
        assert {"at", "event", "reason"} <= set(event)
        assert event["reason"]


def test_an_outage_has_the_keys_that_others_read(vpnedu) -> None:
    [run] = vpnedu(*CRASH, "--json").objects
    keys = {"flow", "start", "end", "seconds", "causes", "detect", "decide", "redirect"}
    for outage in run["outages"]:
        assert keys <= set(outage)
        split = outage["detect"] + outage["decide"] + outage["redirect"]
        assert split == pytest.approx(outage["seconds"], abs=1e-6)


def test_the_same_seed_gives_the_same_bytes(vpnedu) -> None:
    first, again, other = (vpnedu(*CRASH, "--json", "--seed", seed).out for seed in "331")
    assert first == again
    assert first != other


def seconds(run: dict[str, Any]) -> float:
    return max(outage["seconds"] for outage in run["outages"])


def test_a_timer_and_a_profile_change_the_outage(vpnedu) -> None:
    [usual] = vpnedu(*CRASH, "--json").objects
    [older] = vpnedu(*CRASH, "--json", "--profile", "azure-older").objects
    [quick] = vpnedu(*CRASH, "--json", "--set", "standby-start=1", "--set", "bfd=no").objects
    assert seconds(quick) < seconds(older) < seconds(usual)
    assert quick["settings"] == {"standby-start": "1", "bfd": "no"}


def test_faults_combine_and_are_mended(vpnedu) -> None:
    faults = ("--fault", "tunnel-cut#2@20:15", "--fault", "instance-hang@60")
    [run] = vpnedu("simulate", "active-active", *faults, "--json").objects
    assert [(f["name"], f["target"], f["at"], f["until"]) for f in run["faults"]] == [
        ("tunnel-cut", "tunnel 2", 20.0, 35.0),
        ("instance-hang", "instance 1", 60.0, None),
    ]


RUN = "simulate active-standby "
BAD = {
    "simulate active-stanby": "scenario: there is no 'active-stanby'; nearest: active-standby",
    "simulate fails-open": "scenario: fails-open is for single packets (vpnedu send), and has no",
    "send active-active Ana Ben": "scenario: active-active runs over time: vpnedu simulate active",
    RUN + "--fault instance-crsh@30": "--fault: there is no 'instance-crsh'; nearest: instance-cr",
    RUN + "--fault @30": "--fault: there is no ''; nearest: ",
    RUN + "--fault instance-crash": "instance-crash: when? write NAME@SECONDS",
    RUN + "--fault instance-crash@": "instance-crash: '' is not a number of seconds",
    RUN + "--fault instance-crash@soon": "instance-crash: 'soon' is not a number of seconds",
    RUN + "--fault instance-crash@-1": "instance-crash: -1 s is not possible",
    RUN + "--fault instance-crash@nan": "instance-crash: nan s is not possible",
    RUN + "--fault instance-crash@1e999": "instance-crash: inf s is not possible",
    RUN + "--fault instance-crash@300": "instance-crash: begins at 300 s, but the run ends at 300",
    RUN + "--fault instance-crash@9:": "instance-crash: '' is not a number of seconds",
    RUN + "--fault instance-crash@9:0": "instance-crash: a fault that lasts 0 s is none",
    RUN + "--fault instance-crash@9:-5": "instance-crash: -5 s is not possible",
    RUN + "--fault instance-crash@9@9": "instance-crash: '9@9' is not a number of seconds",
    RUN + "--fault instance-crash#3@9": "instance-crash: there is no number '3'; there are 2: ins",
    RUN + "--fault instance-crash#0@9": "instance-crash: there is no number '0'; there are 2",
    RUN + "--fault instance-crash#²@9": "instance-crash: there is no number '²'; there are 2",
    RUN + "--fault circuit-cut@9": "circuit-cut: there is nothing in active-standby that it",
    RUN + "--fault instance-crash@9 --fault instance-crash@20": (
        "instance-crash: cannot strike instance 1 at 20 s: instance-crash@9 has struck instance 1"
    ),
    RUN + "--fault instance-crash@9 --fault region-loss@5": (
        "instance-crash: cannot strike instance 1 at 9 s: region-loss@5 has struck region 1"
    ),
    RUN + "--set hold-time=1": "hold-time: 1 is not allowed: a hold time is 0 or at least 3 s",
    RUN + "--set hold-time=nan": "hold-time: nan is not allowed",
    RUN + "--set hold-tim=30": "--set: there is no timer 'hold-tim'; nearest: hold-time",
    RUN + "--set hold-time": "--set: 'hold-time' sets nothing; write TIMER=VALUE",
    RUN + "--set hold-time=": "--set: 'hold-time=' sets nothing; write TIMER=VALUE",
    RUN + "--set =30": "--set: '=30' sets nothing; write TIMER=VALUE",
    RUN + "--set redial=2 --set redial=3": "--set: redial is set twice",
    RUN + "--set bfd=perhaps": "bfd: 'perhaps' is neither yes nor no",
    RUN + "--set standby-start=40-20": "standby-start: '40-20' is no span",
    RUN + "--set probe-misses=1.5": "probe-misses: 1.5 is not a whole number",
    RUN + "--set packet-interval=0": "packet-interval: 0 is not allowed",
    RUN + "--profile azur": "--profile: there is no 'azur'; nearest: azure",
    RUN + "--until 0": "--until: 0 is not a length of a run",
    RUN + "--until -1": "--until: -1 is not a length of a run",
    RUN + "--until nan": "--until: nan is not a length of a run",
    RUN + "--until inf": "--until: inf is not a length of a run",
    RUN + "--until 1e300": "--until: 1e+300 is not a length of a run",
    RUN + "--until later": "--until: 'later' is not a number",
    RUN + "--seed -1": "--seed: '-1' is not a whole number from 0 to",
    RUN + "--seed 1.5": "--seed: '1.5' is not a whole number from 0 to",
    RUN + "--seed ²": "--seed: '²' is not a whole number from 0 to",
    RUN + "--seed " + "9" * 5000: "--seed: '99999999999999999999…99999999999999999999' is not",
    RUN + "--fault instance-crash#" + "9" * 5000 + "@9": "instance-crash: there is no number '9",
    RUN + "--fault " + "x" * 5000 + "@9": "--fault: there is no 'xxxxxx",
    RUN + "--set hold-time=" + "9" * 5000: "hold-time: inf is not allowed",
    RUN + "--fault \x1b[31m@9": r"--fault: there is no '\x1b[31m'; nearest: ",
}


@pytest.mark.parametrize(("command", "said"), BAD.items(), ids=[s[:60] for s in BAD.values()])
def test_what_is_wrong_is_one_line_that_names_the_rule(vpnedu, command: str, said: str) -> None:
    done = vpnedu(*command.split(" "))
    assert (done.code, done.out) == (2, "")
    assert done.err.startswith(said)
    assert done.err.count("\n") == 1
    assert len(done.err) < 600
