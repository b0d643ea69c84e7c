"""Faults: what each can strike, how a person writes one, and what is refused with which rule."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vpnedu.network.addresses import InputError
from vpnedu.simulation.designs import DESIGNS, design
from vpnedu.simulation.failover import simulate
from vpnedu.simulation.faults import FAULTS, applies, fault_name, planned

KNOWN_TO_THE_COMMAND_LINE = {
    "planned-maintenance",
    "instance-crash",
    "instance-hang",
    "tunnel-cut",
    "device-loss",
    "provider-loss",
    "circuit-cut",
    "zone-loss",
    "region-loss",
}
CLOUD = set(DESIGNS) - {"expressroute"}
SITE = CLOUD
CIRCUITS = {"expressroute", "expressroute-failover"}
STRIKES = {
    "planned-maintenance": CLOUD,
    "instance-crash": CLOUD,
    "instance-hang": CLOUD,
    "tunnel-cut": CLOUD,
    "device-loss": set(DESIGNS),
    "provider-loss": SITE,
    "circuit-cut": CIRCUITS,
    "location-loss": CIRCUITS,
    "zone-loss": {"zonal", "zone-redundant"},
    "region-loss": set(DESIGNS),
    "route-withdrawn": set(DESIGNS),
    "asymmetric-return": {"two-devices", "dual-redundancy", "expressroute-failover"},
    "more-specific": {"expressroute-failover"},
    "timer-mismatch": CLOUD - {"active-standby"},
    "dead-standby": {"active-standby", "two-devices", "expressroute-failover", "two-regions"},
    "packet-loss": SITE,
}


def test_the_faults_that_others_rely_on_are_there() -> None:
    assert set(FAULTS) >= KNOWN_TO_THE_COMMAND_LINE


@pytest.mark.parametrize("name", FAULTS)
def test_a_fault_applies_where_there_is_something_that_it_can_strike(name) -> None:
    assert {d for d in DESIGNS if applies(name, DESIGNS[d])} == STRIKES[name]


@pytest.mark.parametrize("name", FAULTS)
@pytest.mark.parametrize("made", DESIGNS.values(), ids=DESIGNS)
def test_a_fault_strikes_things_of_the_design_and_says_so(name, made) -> None:
    things = {thing for things in made.things.values() for thing in things}
    things |= {"office", *(gateway.name for gateway in made.gateways)}
    targets = FAULTS[name].targets(made)
    assert set(targets) <= things
    for number, target in enumerate(targets, start=1):
        (fault,) = planned([f"{name}#{number}@30"], made, 100)
        assert fault.target == target
        assert target in fault.words
        assert fault.words == fault.words.strip(" .")


def one(text: str, name: str = "active-active", until: float = 300.0):
    (fault,) = planned([text], design(name), until)
    return fault.name, fault.target, fault.at, fault.until


@pytest.mark.parametrize(
    ("text", "means"),
    [
        ("instance-crash@30", ("instance-crash", "instance 1", 30.0, None)),
        ("instance-crash@0", ("instance-crash", "instance 1", 0.0, None)),
        (" instance-crash@30 ", ("instance-crash", "instance 1", 30.0, None)),
        ("instance-crash#2@30:60", ("instance-crash", "instance 2", 30.0, 90.0)),
        ("tunnel-cut@1.5:0.25", ("tunnel-cut", "tunnel 1", 1.5, 1.75)),
        ("tunnel-cut@1e2", ("tunnel-cut", "tunnel 1", 100.0, None)),
        ("device-loss@299.9:1e6", ("device-loss", "device 1", 299.9, 1000299.9)),
    ],
)
def test_a_fault_is_written_as_name_number_time_and_length(text, means) -> None:
    assert one(text) == means
    assert fault_name(text) == means[0]


def test_faults_come_in_order_of_time_whatever_the_order_they_are_asked_in() -> None:
    texts = ["tunnel-cut@50", "instance-crash#2@30", "provider-loss@40:5"]
    found = planned(texts, design("active-active"), 300)
    assert found == planned(reversed(texts), design("active-active"), 300)
    assert [fault.at for fault in found] == [30, 40, 50]


@pytest.mark.parametrize(
    ("text", "field", "rule"),
    [
        ("instance-cash@30", "fault", "nearest: instance-crash"),
        ("crash@30", "fault", "there is no 'crash'; nearest: "),
        ("@30", "fault", "there is no ''"),
        ("", "fault", "there is no ''"),
        ("instance-crash", "instance-crash", "when? write NAME@SECONDS, or NAME@SECONDS:FOR"),
        ("instance-crash@", "instance-crash", "'' is not a number of seconds"),
        ("instance-crash@soon", "instance-crash", "'soon' is not a number of seconds"),
        ("instance-crash@-1", "instance-crash", "-1 s is not possible: no fault begins before 0 s"),
        ("instance-crash@nan", "instance-crash", "is not possible"),
        ("instance-crash@inf", "instance-crash", "is not possible"),
        ("instance-crash@300", "instance-crash", "begins at 300 s, but the run ends at 300 s"),
        ("instance-crash@5000", "instance-crash", "begins at 5000 s, but the run ends at 300 s"),
        ("instance-crash@30:", "instance-crash", "'' is not a number of seconds"),
        ("instance-crash@30:0", "instance-crash", "a fault that lasts 0 s is none"),
        ("instance-crash@30:-5", "instance-crash", "-5"),
        ("instance-crash@30:nan", "instance-crash", "nan"),
        ("instance-crash#3@30", "instance-crash", "there are 2: instance 1, instance 2"),
        ("instance-crash#0@30", "instance-crash", "there is no number '0'"),
        ("instance-crash#@30", "instance-crash", "there is no number ''"),
        ("instance-crash#-1@30", "instance-crash", "there is no number '-1'"),
        ("instance-crash#one@30", "instance-crash", "there is no number 'one'"),
        ("circuit-cut@30", "circuit-cut", "nothing in active-active that it could strike"),
        ("zone-loss@30", "zone-loss", "nothing in active-active that it could strike"),
    ],
)
def test_what_is_no_fault_is_told_the_field_and_the_rule(text, field, rule) -> None:
    with pytest.raises(InputError) as told:
        one(text)
    assert told.value.field == field
    assert rule in told.value.rule


@pytest.mark.parametrize(
    ("name", "texts", "rule"),
    [
        (
            "active-active",
            ["instance-crash@30", "instance-crash@40"],
            "cannot strike instance 1 at 40 s: instance-crash@30 has struck instance 1",
        ),
        ("active-active", ["instance-crash@30", "instance-hang@40"], "instance 1 at 40 s"),
        ("active-active", ["instance-crash@30", "planned-maintenance@40"], "instance 1 at 40 s"),
        ("active-active", ["planned-maintenance@30:60", "instance-crash@40"], "which lasts still"),
        ("active-active", ["instance-crash@40", "instance-crash@30"], "instance 1 at 40 s"),
        ("active-active", ["instance-crash@30", "instance-crash@30"], "instance 1 at 30 s"),
        (
            "zone-redundant",
            ["zone-loss@30", "instance-crash@40"],
            "cannot strike instance 1 at 40 s: zone-loss@30 has struck zone 1",
        ),
        ("zone-redundant", ["region-loss@30", "zone-loss#2@40"], "has struck region 1"),
        ("zone-redundant", ["region-loss@30", "instance-hang#2@40"], "has struck region 1"),
        ("dual-redundancy", ["device-loss#2@30", "device-loss#2@31"], "has struck device 2"),
        ("dual-redundancy", ["tunnel-cut@30:10", "tunnel-cut@39.9"], "tunnel 1 at 39.9 s"),
    ],
)
def test_a_thing_that_is_dead_cannot_be_struck(name, texts, rule) -> None:
    with pytest.raises(InputError) as told:
        simulate(name, texts)
    assert rule in told.value.rule
    assert told.value.field in [fault_name(text) for text in texts]


@pytest.mark.parametrize("text", ["packet-loss", "route-withdrawn", "timer-mismatch"])
def test_the_same_fault_cannot_strike_a_thing_again_while_it_lasts(text) -> None:
    with pytest.raises(InputError, match="lasts still"):
        simulate("dual-redundancy", (f"{text}@30:60", f"{text}@40:10"))
    again = (f"{text}@30:10", f"{text}@40:10", f"{text}#2@35:10")
    assert len(simulate("dual-redundancy", again, until=60).faults) == 3


@pytest.mark.parametrize(
    "texts",
    [
        ["instance-crash@30:10", "instance-crash@40"],
        ["instance-crash@30", "instance-crash#2@30"],
        ["instance-crash@30", "zone-loss@40:10"],
        ["instance-crash@30", "region-loss@40:10"],
        ["zone-loss@30:50", "region-loss@40:10", "device-loss@35"],
        ["instance-hang@30:50", "zone-loss@40:10", "provider-loss@45:1"],
    ],
)
def test_what_is_still_alive_or_mended_or_holds_the_dead_may_be_struck(texts) -> None:
    assert len(simulate("zone-redundant", texts, until=120).faults) == len(texts)


@given(st.text("instance-crash#2@30:.5", max_size=25) | st.text(max_size=12))
def test_any_text_is_a_fault_or_an_error_that_names_field_and_rule(text) -> None:
    try:
        (fault,) = planned([text], design("active-active"), 300)
    except InputError as error:
        told = error
    else:
        told = None
        assert 0 <= fault.at < 300
    assert told is None or (told.field and told.rule)
