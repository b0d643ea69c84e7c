"""Each broken network can be solved, by what a reader can see and by nothing else."""

import json
import re

import pytest

from vpnedu.network.packets import packet
from vpnedu.simulation.events import Delivered
from vpnedu.simulation.journey import send
from vpnedu.simulation.scenarios.troubles import two_sites
from vpnedu.widgets.fault_cases import CASES, PROBES, Case, Probe
from vpnedu.widgets.fault_finding import fault_finding, find_the_fault
from vpnedu.widgets.fault_looks import looks
from vpnedu.widgets.fault_observed import ANSWERED, SILENCE, TOO_BIG, Observed
from vpnedu.widgets.fault_suspects import SUSPECTS

EACH = pytest.mark.parametrize("case", CASES, ids=lambda case: case.answer)
MADE = fault_finding(anchor="fig-fault", caption="Look.")


def case_of(answer: str) -> Case:
    return next(case for case in CASES if case.answer == answer)


@EACH
def test_one_suspect_is_left_when_all_is_seen_and_it_is_the_fault(case) -> None:
    seen = Observed(case.topology)
    left = [name for name, suspect in SUSPECTS.items() if not suspect.alibi(seen)]
    assert left == [case.answer]


def test_the_cases_have_different_faults() -> None:
    assert len({case.answer for case in CASES}) == len(CASES) == 8


def test_a_healthy_network_rules_every_suspect_out() -> None:
    seen = Observed(two_sites())
    assert all(suspect.alibi(seen) for suspect in SUSPECTS.values())


@EACH
def test_no_title_and_no_symptom_names_the_fault(case) -> None:
    told = f"{case.title} {case.symptom}".lower()
    for word in ("selector", "key", "mtu", "icmp", "esp", "nat ", "route", "policy", "4500"):
        assert word not in told


@EACH
def test_who_fails_at_something_is_in_the_symptom_and_something_does_fail(case) -> None:
    seen = Observed(case.topology)
    assert any(seen.outcome(p) != ANSWERED and p.length < seen.room for p in PROBES) or (
        case.answer == "mtu"
    )


@EACH
def test_what_a_sender_sees_never_tells_why(case) -> None:
    for words in json.loads(json.dumps(MADE.data))["cases"][CASES.index(case)]["sees"]:
        assert words in (ANSWERED, SILENCE) or re.fullmatch(rf"{TOO_BIG}, largest \d+", words)


def test_a_sender_is_told_what_fits_and_what_fits_is_answered() -> None:
    seen = Observed(two_sites())
    large = Probe("Ana", "Ben", length=1500)
    assert (seen.outcome(large), seen.room) == (TOO_BIG, 1446)
    for length, answered in ((1446, True), (1447, False)):
        trace = send(two_sites(), packet("10.1.0.4", "10.2.9.7", "icmp", length=length))
        assert isinstance(trace.verdict, Delivered) == answered


def test_where_icmp_is_filtered_nobody_is_told() -> None:
    seen = Observed(case_of("mtu").topology)
    assert seen.outcome(Probe("Ana", "Ben", length=1500)) == SILENCE
    assert seen.outcome(Probe("Ana", "Ben")) == ANSWERED


def test_the_counters_show_how_far_a_packet_came() -> None:
    counts = {
        answer: Observed(case_of(answer).topology).counts(Probe("Ana", "Ben"))
        for answer in ("esp", "way-back", "nat", "mtu")
    }
    assert counts == {
        "esp": [1, 0, 0, 0],
        "way-back": [1, 0, 0, 1],
        "nat": [0, 0, 0, 0],
        "mtu": [1, 1, 1, 1],
    }


def test_a_message_that_is_lost_stands_in_its_senders_log_only() -> None:
    ours, theirs = looks(Observed(case_of("port").topology))[:2]
    assert "IKE_AUTH" in str(ours.rows)
    assert "IKE_AUTH" not in str(theirs.rows)


def test_ike_without_a_child_is_seen_at_both_ends() -> None:
    found = [look for look in looks(Observed(case_of("no-child").topology)) if "SAs" in look.title]
    for look in found:
        assert look.rows == (("IKE SA", "established", ""), ("child SA", "none", ""))


@EACH
def test_each_case_can_be_looked_into_in_the_same_places(case) -> None:
    found = looks(Observed(case.topology))
    assert len(found) == 6
    for look in found:
        assert look.rows
        assert all(len(row) == len(look.columns) for row in look.rows)


@EACH
def test_the_runs_that_are_shown_in_the_end_begin_with_the_failure(case) -> None:
    figure = MADE.data["cases"][CASES.index(case)]["figure"]
    end = figure["presets"][0]["runs"][0]["trace"]["events"][-1]
    assert end["event"] == "dropped"
    assert figure["id"] == f"fig-fault-{CASES.index(case) + 1}"


def test_without_scripts_all_is_told_and_the_answers_last() -> None:
    told = MADE.still
    for case in CASES:
        assert told.count(case.title.replace("'", "&#x27;")) == 1
    answers = told[told.index('class="answers"') :]
    assert answers.count("<li>") == len(CASES)
    assert str(MADE).index("Answers:") > str(MADE).index(CASES[-1].title)


def test_the_same_instrument_comes_out_byte_for_byte() -> None:
    assert fault_finding(anchor="fig-fault", caption="Look.").html() == MADE.html()


def test_in_a_notebook_it_is_live_and_brings_what_plays_its_runs() -> None:
    live = find_the_fault(anchor="fig-fault", caption="Look.")
    bundle, _ = live._repr_mimebundle_()
    assert bundle["text/html"].startswith("<vpn-fault ")
    assert bundle["text/plain"].startswith("Find the fault")
    assert "vpn-figure" in live._esm


def test_the_picture_says_that_it_is_the_plan_and_not_what_stands() -> None:
    # It is drawn with its tunnel up in every case, as the reader has to find out what stands.
    assert "as it was planned" in MADE.still
