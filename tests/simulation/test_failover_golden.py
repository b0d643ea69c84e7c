"""Every design under its main faults runs as recorded, and a timer changes what it should.

`RECORD=1 pytest tests/simulation/test_failover_golden.py` records the runs anew. Read what changed.
"""

import os
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from vpnedu.simulation.designs import DESIGNS, design
from vpnedu.simulation.failover import simulate
from vpnedu.simulation.faults import applies, fault_name
from vpnedu.simulation.trace import Outage, Trace

GOLDEN = Path(__file__).parents[1] / "golden" / "failover"
RECORD = os.environ.get("RECORD") == "1" and os.environ.get("CI") != "true"

# Each fault as it is recorded: when it strikes, and when it is mended, late enough for the
# failover to show, and early enough for what comes after.
FAULTS = {
    "planned-maintenance": ("planned-maintenance@30:120",),
    "instance-crash": ("instance-crash@30",),
    "instance-hang": ("instance-hang@30:60",),
    "tunnel-cut": ("tunnel-cut@30:90",),
    "device-loss": ("device-loss@30:90",),
    "provider-loss": ("provider-loss@30:90",),
    "circuit-cut": ("circuit-cut@30:200",),
    "location-loss": ("location-loss@30:200",),
    "zone-loss": ("zone-loss@30:100",),
    "region-loss": ("region-loss@30:100",),
    "route-withdrawn": ("route-withdrawn@30:60",),
    "asymmetric-return": ("asymmetric-return@30:60",),
    "more-specific": ("more-specific@30:60",),
    "timer-mismatch": ("timer-mismatch@30:60",),
    "dead-standby": ("dead-standby@10", "instance-crash@30"),
    "dead-standby-circuit": ("dead-standby@10", "circuit-cut@30"),
}
UNTIL = 300.0


def cases() -> Iterator[tuple[str, str]]:
    """Every design with every fault that has something to strike in it."""
    for name in DESIGNS:
        for fault, texts in FAULTS.items():
            if all(applies(fault_name(text), design(name)) for text in texts):
                # Beside a circuit it is the VPN that waits, not an instance.
                if (fault == "dead-standby") and design(name).circuits:
                    continue
                yield name, fault


CASES = tuple(cases())


def line(outage: Outage) -> str:
    """An outage as one line to read."""
    end = "the end" if outage.end is None else f"{outage.end:.3f} s"
    parts = f"detect {outage.detect:.3f} + decide {outage.decide:.3f}"
    parts += f" + redirect {outage.redirect:.3f}"
    causes = "; ".join(outage.causes)
    return (
        f"{outage.flow}: {outage.start:.3f} s to {end}: {outage.seconds:.3f} s = {parts}; "
        f"{outage.lost} lost; {causes}"
    )


def told(trace: Trace) -> str:
    """The transcript, then one outage a line."""
    outages = [line(outage) for outage in trace.outages] or ["no outage"]
    return "\n".join([f"{trace}", *outages, ""])


@cache
def text(name: str, fault: str, *settings: tuple[str, object]) -> str:
    return told(simulate(name, FAULTS[fault], until=UNTIL, settings=dict(settings)))


@pytest.mark.parametrize(("name", "fault"), CASES)
def test_the_run_is_as_recorded(name, fault) -> None:
    recorded, now = GOLDEN / f"{name}--{fault}.txt", text(name, fault)
    if RECORD:
        GOLDEN.mkdir(exist_ok=True)
        recorded.write_text(now, encoding="utf-8")
    assert recorded.exists(), "record it with RECORD=1, and read it"
    assert now == recorded.read_text(encoding="utf-8")


def test_nothing_is_recorded_that_no_case_gives() -> None:
    assert {path.stem for path in GOLDEN.iterdir()} == {f"{n}--{f}" for n, f in CASES}


def test_every_design_and_every_fault_is_recorded() -> None:
    assert {name for name, _ in CASES} == set(DESIGNS)
    assert {fault for _, fault in CASES} == set(FAULTS)


# A change of one timer


def differing(**settings: object) -> set[tuple[str, str]]:
    """The cases that a change of timers makes run otherwise."""
    named = tuple((name.replace("_", "-"), value) for name, value in settings.items())
    return {case for case in CASES if text(*case, *named) != text(*case)}


def having(*faults: str, without: tuple[str, ...] = ()) -> set[tuple[str, str]]:
    """The cases with one of these faults, in all designs but some."""
    return {(name, fault) for name, fault in CASES if fault in faults and name not in without}


# What nobody is told of: somebody's silence must be noticed.
SILENT = ("device-loss", "instance-crash", "provider-loss", "region-loss", "tunnel-cut")
STATIC, CIRCUIT_ALONE = "active-standby", "expressroute"
WITH_STANDBY = {
    name
    for name, made in DESIGNS.items()
    if any(gateway.mode == "active/standby" for gateway in made.gateways)
}


def test_a_shorter_hold_time_at_both_ends_changes_what_bgp_would_have_to_find_out() -> None:
    """Not where routes are static, nor where a goodbye is said or everything goes on answering."""
    quick = {"hold_time": 15, "keepalive": 5, "gateway_hold_time": 15, "gateway_keepalive": 5}
    assert differing(**quick) == (
        having(*SILENT, "dead-standby", without=(STATIC, CIRCUIT_ALONE))
        | having("zone-loss", "timer-mismatch", "dead-standby-circuit")
    )


def test_a_hold_time_that_is_longer_than_the_liveness_check_takes_changes_nothing() -> None:
    assert differing(hold_time=90, gateway_hold_time=90) == set()


def test_the_liveness_delay_changes_every_run_in_which_a_tunnel_dies_silently() -> None:
    assert differing(liveness_delay=10) == (
        having(*SILENT, without=(CIRCUIT_ALONE,))
        | having("zone-loss", "dead-standby", "dead-standby-circuit")
    )


def test_the_start_of_a_standby_changes_the_unplanned_losses_of_an_instance_that_has_one() -> None:
    losses = having("instance-crash", "region-loss", "dead-standby")
    assert differing(standby_start=20) == {case for case in losses if case[0] in WITH_STANDBY}


def test_the_greetings_of_devices_change_the_loss_of_a_device_alone() -> None:
    assert differing(lan_hello=0.5) == having("device-loss")


def test_bfd_changes_what_happens_to_circuits_since_azure_speaks_it_nowhere_else() -> None:
    assert differing(bfd="on") == (
        having("circuit-cut", "location-loss", "dead-standby-circuit")
        | {(CIRCUIT_ALONE, "device-loss")}
    )
