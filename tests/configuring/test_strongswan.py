"""strongSwan's configurations: they say what the engine's gateways do, and charon reads them."""

import re
from dataclasses import replace

import pytest

from tests.configuring.conftest import of, with_keys
from vpnedu.configuring import configure
from vpnedu.configuring.ordering import computed, in_order
from vpnedu.network.gateways import Tunnel
from vpnedu.network.policies import Policy, PolicyTable
from vpnedu.network.selectors import selector
from vpnedu.simulation.scenarios import SCENARIOS, scenario

HERE, THERE = "10.1.0.0/16", "10.2.0.0/16"


def conf(name: str, gateway: str, preset: int | None = None) -> str:
    made = configure(name, "strongswan", gateway, preset)
    return made.files[0].text + with_keys(made.files[1].text)


def values(text: str, key: str) -> list[str]:
    return re.findall(rf"^\s*{key} = (.*)$", text, re.MULTILINE)


@pytest.mark.parametrize("name", [m.scenario for m in of("strongswan") if m.scenario in SCENARIOS])
def test_two_ends_of_a_tunnel_are_written_to_meet(name) -> None:
    topology = scenario(name).topology
    for tunnel in topology.tunnels:
        near, far = (conf(name, end) for end in tunnel.ends)
        for key in ("proposals", "esp_proposals"):
            assert set(values(near, key)) == set(values(far, key)), "algorithms must agree"
        a, b = (str(topology.gateway(end).address) for end in tunnel.ends)
        for own, peer, here, there in ((a, b, near, far), (b, a, far, near)):
            assert own in values(here, "local_addrs")
            assert own in values(there, "remote_addrs")
            assert peer in values(here, "remote_addrs")
        mtus = [re.findall(r"mtu (\d+)", _script(name, end)) for end in tunnel.ends]
        assert all(1280 <= int(mtu) <= 1446 for found in mtus for mtu in found)


def _script(name: str, gateway: str) -> str:
    return configure(name, "strongswan", gateway).files[2].text


@pytest.mark.parametrize("made", of("strongswan"), ids=lambda made: made.scenario)
def test_charon_loads_every_connection(made, loaded) -> None:
    by_folder: dict[str, str] = {}
    for file in made.files:
        if file.name.endswith(".conf"):
            folder = file.name.split("/")[0]
            by_folder[folder] = by_folder.get(folder, "") + with_keys(file.explained)
    folder, text = next(iter(by_folder.items()))
    said, _ = loaded(text)
    expected = len(values(text, "local_addrs"))
    assert f"successfully loaded {expected} connections, 0 unloaded" in said, f"{folder}: {said}"
    assert said.count("loaded ike secret") == expected


def test_every_gateway_of_the_hub_is_loaded(loaded) -> None:
    for gateway in ("hub gateway", "gateway 4"):
        said, policies = loaded(conf("new-subnet-policy-based", gateway))
        assert "0 unloaded" in said
        topology = scenario("new-subnet-policy-based").topology
        wanted = {
            (str(local), str(remote))
            for policy in topology.gateway(gateway).policies.policies
            for local in policy.selector.local
            for remote in policy.selector.remote
        }
        assert installed(policies, "out") == wanted, "the kernel's policies are the engine's"


def installed(policies: str, direction: str) -> set[tuple[str, str]]:
    """Source and destination of the kernel's policies in one direction, sockets' own left out."""
    found = re.findall(r"^src (\S+) dst (\S+)[^\n]*\n\tdir (\w+)", policies, re.MULTILINE)
    return {(source, to) for source, to, way in found if way == direction}


def test_a_placeholder_is_refused_until_it_is_replaced(loaded) -> None:
    made = configure("two-sites-policy-based", "strongswan", "office gateway")
    said, policies = loaded(made.files[0].text + made.files[1].text)
    assert "syntax error" in said
    assert installed(policies, "out") == set(), "nothing is installed"
    said, _ = loaded(made.files[0].text + with_keys(made.files[1].text))
    assert "successfully loaded 1 connections" in said


def test_a_policy_waits_in_the_kernel_before_anybody_has_dialled(loaded) -> None:
    _, policies = loaded(conf("two-sites-policy-based", "office gateway"))
    assert installed(policies, "out") == {(HERE, THERE)}
    assert installed(policies, "in") == {(THERE, HERE)}
    # What strongSwan computes for two /16s, one more for a trap: see shared/LINUX.md.
    assert policies.count("priority 383616") == 3


def test_an_interface_keeps_its_policies_from_other_traffic(loaded) -> None:
    _, policies = loaded(conf("fails-closed", "office gateway", 1))
    assert installed(policies, "out") >= {("0.0.0.0/0", "0.0.0.0/0")}
    assert len(re.findall(r"if_id 0x1\b", policies)) == 3


def test_where_the_order_decides_the_kernel_is_told(loaded) -> None:
    """The wide policy stands first in the scenario; strongSwan alone would ask the narrow first."""
    _, policies = loaded(conf("three-sites-overlapping", "office gateway"))
    ranked = re.findall(r"dst (10\.2\.\S+) \n\tdir out priority (\d+)", policies)
    assert sorted(ranked, key=lambda one: int(one[1])) == [
        ("10.2.0.0/16", "1000"),
        ("10.2.9.0/24", "2000"),
    ]


def test_where_strongswan_would_keep_the_order_nothing_is_said() -> None:
    narrow_first = scenario("three-sites-overlapping").presets[1].topology
    assert narrow_first is not None
    table = narrow_first.gateway("office gateway").policies.policies
    assert [priority for _, priority in in_order(table)] == [None, None]
    assert [priority for _, priority in in_order(table[::-1])] == [1000, 2000]


@pytest.mark.parametrize(
    ("given", "priority"),
    [
        (selector(HERE, THERE), 383616),
        (selector("10.1.1.0/24", "10.2.2.0/24"), 375424),
        (selector("0.0.0.0/0", "0.0.0.0/0"), 400000),
        (selector(HERE, THERE, "tcp", "any", "443"), 383296),
    ],
)
def test_the_priority_is_the_one_that_strongswan_computes(given, priority) -> None:
    """The numbers are those seen on strongSwan 5.9.8, plus the one that a trap has more."""
    assert computed(given) == priority


def test_ports_ranges_and_bypasses_are_written_as_swanctl_reads_them(loaded) -> None:
    base = scenario("two-sites-policy-based")
    policies = (
        Policy(selector(HERE, "10.2.0.9", "udp", "any", "53"), "bypass"),
        Policy(selector(HERE, "10.2.0.8"), "discard"),
        Policy(selector("10.1.0.0-10.1.3.7", THERE, "tcp", "any", ["443", "8000-8100"]), "protect",
               "tunnel to branch"),
    )  # fmt: skip
    gateway = replace(
        base.topology.gateway("office gateway"), policies=PolicyTable(policies, "bypass")
    )
    custom = replace(base, topology=base.topology.with_gateway(gateway))
    made = configure(custom, "strongswan", "office gateway")
    text = made.files[0].text
    assert "remote_ts = 10.2.0.9/32[udp/53]" in text
    assert "local_ts = 10.1.0.0-10.1.3.7[tcp]" in text
    assert "remote_ts = 10.2.0.0/16[tcp/443],10.2.0.0/16[tcp/8000-8100]" in text
    assert "WAN" not in made.files[2].text, "what no policy holds may pass"
    said, kernel = loaded(text + with_keys(made.files[1].text))
    assert "successfully loaded 1 connections" in said
    assert "action block" in kernel
    assert ("10.1.0.0/16", "10.2.0.9/32") in installed(kernel, "out")


def test_a_tunnel_that_would_swallow_itself_gets_a_way_round() -> None:
    script = _script("forced-tunnelling", "branch gateway")
    assert 'ip route replace 198.51.100.1 via "$NEXT_HOP"' in script
    assert script.index("198.51.100.1 via") < script.index("ip route replace 0.0.0.0/0 dev ipsec1")
    assert "NEXT_HOP" not in _script("forced-tunnelling", "office gateway")


def test_the_cure_for_failing_open_is_one_line() -> None:
    lines = [
        set(configure(name, "strongswan", "office gateway", 1).files[2].text.splitlines())
        for name in ("fails-open", "fails-closed")
    ]
    assert lines[1] - lines[0] == {"ip route replace blackhole 10.0.0.0/8"}
    assert lines[0] <= lines[1]


def test_a_suite_that_nobody_can_name_is_told() -> None:
    base = scenario("two-sites-policy-based")
    odd = replace(base.topology.tunnels[0].suite, name="ROT13")
    tunnel = replace(base.topology.tunnels[0], suite=odd)
    assert isinstance(tunnel, Tunnel)
    custom = replace(base, topology=replace(base.topology, tunnels=(tunnel,)))
    with pytest.raises(ValueError, match="nobody has a name here for ROT13"):
        configure(custom, "strongswan")
