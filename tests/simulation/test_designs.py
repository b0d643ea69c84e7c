"""The designs: what they consist of, what rests on what, and that every way carries a flow."""

from itertools import product

import pytest

from vpnedu.network.addresses import InputError
from vpnedu.simulation.designs import DESIGNS, CloudGateway, Design, Device, Instance, design
from vpnedu.simulation.events import Carried
from vpnedu.simulation.failover import simulate

KNOWN_TO_THE_COMMAND_LINE = {
    "active-standby",
    "active-active",
    "dual-redundancy",
    "expressroute-failover",
    "zone-redundant",
}
each_design = pytest.mark.parametrize("made", DESIGNS.values(), ids=DESIGNS)


def test_the_designs_that_others_rely_on_are_there() -> None:
    assert set(DESIGNS) >= KNOWN_TO_THE_COMMAND_LINE
    assert all(design(name).name == name for name in DESIGNS)


@pytest.mark.parametrize(
    ("written", "nearest"),
    [
        ("active-passive", "active-active"),
        ("zone", "zonal"),
        ("expressroute-failver", "expressroute-failover"),
        ("qqq", "active-standby"),
    ],
)
def test_an_unknown_design_is_told_the_nearest_names(written, nearest) -> None:
    with pytest.raises(InputError) as told:
        design(written)
    assert told.value.field == "design"
    assert nearest in told.value.rule


@each_design
def test_title_and_lesson_are_whole(made: Design) -> None:
    assert made.title[0].isupper()
    assert not made.title.endswith(".")
    assert made.lesson.endswith(".")


@each_design
def test_no_two_things_have_one_name_but_things_of_one_kind_are_told_by_it(made: Design) -> None:
    names = [name for names in made.things.values() for name in names]
    assert len(names) == len(set(names))
    for kind, things in made.things.items():
        assert all(made.kind_of(thing) == kind for thing in things)


@each_design
def test_every_device_has_a_tunnel_to_every_public_address(made: Design) -> None:
    addresses = [
        (gateway.name, address)
        for gateway in made.gateways
        for address in (
            [None]
            if gateway.mode == "active/standby"
            else [instance.name for instance in gateway.instances]
        )
    ]
    wanted = [(d.name, *address) for d, address in product(made.devices, addresses)]
    assert [(t.device, t.gateway, t.instance) for t in made.tunnels] == wanted
    assert [t.name for t in made.tunnels] == [f"tunnel {n}" for n in range(1, len(wanted) + 1)]


@each_design
def test_what_rests_on_what_ends_at_a_region(made: Design) -> None:
    regions = made.things["region"]
    for thing in (*made.things["instance"], *made.things["zone"], *made.things["network"]):
        at, passed = thing, []
        while at in made.rests_on:
            passed.append(at)
            at = made.rests_on[at]
            assert at not in passed
        assert at in regions
    site = (*made.things["device"], *made.things["provider"], *made.things["circuit"])
    assert not set(site) & set(made.rests_on), "no cloud takes the site down with it"


def test_an_instance_stands_in_its_zone_and_a_zone_in_its_region() -> None:
    assert design("zone-redundant").rests_on["instance 2"] == "zone 2"
    assert design("zone-redundant").rests_on["zone 2"] == "region 1"
    assert design("zonal").rests_on["instance 2"] == "zone 1"
    assert design("active-active").rests_on["instance 2"] == "region 1"
    assert design("two-regions").rests_on["instance 3"] == "region 2"
    assert design("two-regions").gateway_of("instance 3").name == "gateway 2"


def ways(made: Design) -> set[tuple[str, ...]]:
    """The tunnels and circuits that a healthy design uses, by the direction of the packets."""
    events = [e for e in simulate(made, until=1.0).events if isinstance(e, Carried)]
    assert all(event.lost_at is None for event in events)
    return {(event.path[0] == "office", event.path[2]) for event in events}


@each_design
def test_every_way_that_a_healthy_design_uses_carries_a_conversation_in_each_direction(
    made: Design,
) -> None:
    if made.circuits:
        used = set(made.things["circuit"])
    elif made.name == "two-regions":
        used = {"tunnel 1"}
    else:
        used = set(made.things["tunnel"])
    assert ways(made) == set(product((True, False), used))


@each_design
def test_a_healthy_packet_passes_neighbours_only(made: Design) -> None:
    ends = {t.name: {t.device, *(machines_of(made, t.gateway, t.instance))} for t in made.tunnels}
    ends |= {c.name: {c.router, c.location} for c in made.circuits}
    for event in simulate(made, until=1.0).events:
        source, near, way, far, target = event.path
        assert {near, far} <= ends[way]
        assert {source, target} == {"office", made.things["network"][0]}
        assert 0 < event.delay < 0.1


def machines_of(made: Design, gateway: str, instance: str | None) -> list[str]:
    if instance:
        return [instance]
    return [i.name for g in made.gateways if g.name == gateway for i in g.instances]


def test_a_design_may_be_made_of_any_number_of_things() -> None:
    made = Design(
        "three of each",
        "Three devices, three instances",
        "More than the book needs.",
        tuple(Device(f"device {n}", f"provider {n}") for n in (1, 2, 3)),
        (CloudGateway("gateway", "active/active", tuple(Instance(f"i {n}") for n in (1, 2, 3))),),
    )
    assert len(made.tunnels) == 9
    trace = simulate(made, ("instance-crash#3@5", "device-loss#3@6"), until=100)
    assert trace.faults[0].target == "i 3"
    assert all(outage.end is not None for outage in trace.outages)
