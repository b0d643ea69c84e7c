"""A plan of prefixes: what is found in it, and where there is room."""

from ipaddress import IPv4Network as Net

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vpnedu.network.addresses import InputError
from vpnedu.network.planning import Entry, Limits, check, meant, next_free, usable
from vpnedu.network.planning_rules import KINDS, PAIRS, RULES, WEIGHTS

REFUSED = ((Net("169.254.0.0/16"), "link-local"), (Net("168.63.129.16/32"), "a name service"))
LIMITS = Limits("GatewaySubnet", 27, 29, 5, REFUSED)
SPACE = Entry("space", "Cloud", "10.1.0.0/16")
GATEWAY = Entry("subnet", "GatewaySubnet", "10.1.255.0/27")

blocks = st.builds(
    lambda number, length: Net((number, length), strict=False),
    st.integers(0, 2**32 - 1),
    st.integers(1, 32),
)


def found(*rows: Entry | tuple[str, str, str], limits: Limits = LIMITS) -> list[tuple]:
    """What is found in the clean plan with these rows added: rules, and the rows as they count."""
    entries = [SPACE, GATEWAY, *(row if isinstance(row, Entry) else Entry(*row) for row in rows)]
    return [(finding.rule, finding.at) for finding in check(entries, limits)]


def said(*rows: tuple[str, str, str]) -> str:
    entries = [SPACE, GATEWAY, *(Entry(*row) for row in rows)]
    return str(check(entries, LIMITS)[0])


def test_a_plan_without_a_mistake_is_left_alone() -> None:
    rows = [
        ("subnet", "", "10.1.0.0/24"),
        ("site", "", "10.2.0.0/16"),
        ("network", "", "10.3.0.0/16"),
        ("pool", "", "172.16.0.0/24"),
        ("site", "not yet known", " "),
    ]
    assert found(*rows) == []


@pytest.mark.parametrize(
    ("row", "rule"),
    [
        (("site", "", "10.2.0.0"), "unreadable"),
        (("site", "", "10.2.0.0/33"), "unreadable"),
        (("site", "", "10.02.0.0/16"), "unreadable"),
        (("site", "", "10.2.0.256/32"), "unreadable"),
        (("site", "", "10.2.0.4/16"), "host-bits"),
        (("site", "", "0.0.0.0/0"), "everything"),
        (("site", "", "169.254.21.0/24"), "refused"),
        (("site", "", "168.0.0.0/8"), "refused"),
        (("site", "", "172.32.0.0/16"), "public"),
        (("site", "", "8.0.0.0/6"), "public"),
        (("pool", "", "100.64.1.0/24"), "shared"),
        (("subnet", "", "10.2.0.0/24"), "outside"),
        (("subnet", "", "10.0.0.0/15"), "outside"),
        (("subnet", "", "10.1.0.0/30"), "subnet-small"),
        (("site", "", "2001:db8::/32"), "v6"),
    ],
)
def test_a_row_that_breaks_a_rule_by_itself_is_named(row, rule) -> None:
    assert (rule, (2,)) in found(row)


@pytest.mark.parametrize(
    ("one", "two", "rule"),
    [
        (("subnet", "", "10.1.0.0/24"), ("subnet", "", "10.1.0.128/25"), "subnets-overlap"),
        (("site", "", "10.2.0.0/16"), ("site", "", "10.2.0.0/16"), "sites-same"),
        (("site", "", "10.2.0.0/16"), ("site", "", "10.2.9.0/24"), "sites-nested"),
        (("site", "", "10.2.9.0/24"), ("network", "", "10.2.0.0/16"), "sites-nested"),
        (("network", "", "10.2.0.0/16"), ("network", "", "10.2.9.0/24"), "networks-overlap"),
        (("pool", "", "10.2.9.0/24"), ("site", "", "10.2.0.0/16"), "pool-nested"),
        (("pool", "", "10.2.9.0/24"), ("network", "", "10.2.9.0/24"), "pool-same"),
    ],
)
def test_two_rows_that_share_addresses_are_named_whichever_comes_first(one, two, rule) -> None:
    for rows in ((one, two), (two, one)):
        assert [(name, set(at)) for name, at in found(*rows)] == [(rule, {2, 3})]


@pytest.mark.parametrize(
    ("row", "rule"),
    [
        (("space", "", "10.1.7.0/24"), "spaces-overlap"),
        (("site", "", "10.1.0.0/16"), "site-hidden"),
        (("site", "", "10.1.7.0/24"), "site-hidden"),
        (("site", "", "10.0.0.0/8"), "site-around"),
        (("network", "", "10.0.0.0/8"), "networks-overlap"),
        (("pool", "", "10.1.7.0/24"), "pool-in-space"),
        (("subnet", "", "10.1.255.0/24"), "gateway-shared"),
    ],
)
def test_nothing_may_share_the_virtual_network_s_addresses(row, rule) -> None:
    assert rule in {name for name, _ in found(row)}


def test_the_overlap_is_told_to_the_address_and_the_longer_prefix_named_as_the_winner() -> None:
    told = said(("site", "Office", "10.2.0.0/16"), ("site", "Workshop", "10.2.9.0/24"))
    assert "Office (10.2.0.0/16) holds Workshop (10.2.9.0/24)" in told
    assert "10.2.9.0 to 10.2.9.255 go to Workshop (10.2.9.0/24)" in told


def test_a_gateway_subnet_is_measured_against_what_its_gateway_needs() -> None:
    small = [SPACE, Entry("subnet", "GatewaySubnet", "10.1.255.0/28")]
    assert [each.rule for each in check(small, LIMITS)] == ["gateway-small"]
    assert not check(small, Limits("GatewaySubnet", 29, 29, 5))


@pytest.mark.parametrize("name", ["gatewaysubnet", "Gateway Subnet", "gateway-subnet"])
def test_a_gateway_subnet_with_nearly_the_right_name_is_told_so_and_no_second_one_asked_for(
    name,
) -> None:
    plan = [SPACE, Entry("subnet", name, "10.1.255.0/27")]
    assert [each.rule for each in check(plan, LIMITS)] == ["gateway-name"]


def test_a_missing_gateway_subnet_is_offered_the_first_room_that_is_free() -> None:
    plan = [SPACE, Entry("subnet", "", "10.1.0.0/24"), Entry("site", "", "10.1.1.0/24")]
    offered = next(each for each in check(plan, LIMITS) if each.rule == "no-gateway")
    assert "10.1.2.0/27" in offered.words.mend
    full = [Entry("space", "", "10.1.0.0/24"), Entry("subnet", "", "10.1.0.0/24")]
    assert [each.rule for each in check(full, LIMITS)] == ["no-room"]
    assert [each.rule for each in check([], LIMITS)] == ["no-space"]


def test_the_gravest_comes_first() -> None:
    plan = [("site", "", "2001:db8::/32"), ("site", "", "9.0.0.0/8"), ("site", "", "10.2.0.4/16")]
    weights = [RULES[rule].weight for rule, _ in found(*plan)]
    assert weights == ["error", "warning", "note"] == list(WEIGHTS)


def test_azure_keeps_five_addresses_and_a_tiny_subnet_has_none_left() -> None:
    assert [usable(Net(f"10.1.0.0/{n}"), 5) for n in (24, 27, 29, 30)] == [251, 27, 3, 0]


def test_a_kind_that_does_not_exist_is_refused_with_those_that_do() -> None:
    with pytest.raises(InputError, match="there is no 'vnet'; there are space"):
        Entry("vnet", "", "10.1.0.0/16")


@given(blocks, st.lists(blocks, max_size=12), st.integers(0, 32))
def test_the_room_that_is_found_is_the_first_that_is_free(space, taken, length) -> None:
    space = Net((int(space[0]), max(space.prefixlen, 22)))
    room = next_free(space, taken, length)
    fitting = list(space.subnets(new_prefix=length)) if length >= space.prefixlen else []
    free = (block for block in fitting if not any(block.overlaps(each) for each in taken))
    assert room == next(free, None)


@given(st.lists(st.tuples(st.sampled_from(list(KINDS)), blocks), max_size=6))
def test_every_pair_of_rows_that_may_not_overlap_and_does_is_found_once(rows) -> None:
    entries = [Entry(kind, "", str(net)) for kind, net in rows]
    pairs = [each.at for each in check(entries, LIMITS) if len(each.at) == 2]
    order = list(KINDS)
    expected = {
        frozenset((a, b))
        for a, (kind, net) in enumerate(rows)
        for b, (other, block) in enumerate(rows)
        if a < b and net.overlaps(block) and tuple(sorted((kind, other), key=order.index)) in PAIRS
    }
    assert len(pairs) == len(expected)
    assert {frozenset(pair) for pair in pairs} == expected


@given(blocks)
def test_what_a_prefix_s_text_says_is_the_prefix(net) -> None:
    assert meant(str(net)) == (net, True)
    assert meant(f" {net[-1]} / {net.prefixlen}\t") == (net, net.prefixlen == 32)


def test_every_rule_can_be_broken_and_is_told_without_a_gap() -> None:
    rows = [
        [],
        [SPACE, SPACE, Entry("network", "", "10.1.0.0/16"), Entry("pool", "", "10.1.0.0/16")],
        [Entry("space", "", "10.1.0.0/28"), Entry("subnet", "GatewaySubnet", "10.1.0.0/28")],
        [Entry("space", "", "10.1.0.0/28")],
        [SPACE, Entry("subnet", "gateway subnet", "10.1.0.0/24")],
        [SPACE, *(Entry("subnet", "", f"10.1.0.0/{n}") for n in (24, 30)), GATEWAY],
        [SPACE, GATEWAY, Entry("subnet", "", "10.1.255.0/24"), Entry("subnet", "", "10.9.0.0/24")],
        [SPACE, *(Entry("site", "", f"10.{a}.0.0/{n}") for a, n in ((0, 8), (1, 24), (1, 24)))],
        [SPACE, *(Entry("pool", "", f"10.9.0.0/{n}") for n in (24, 24, 25))],
        [Entry("site", "", p) for p in ("x", "::/0", "1.2.3.4/8", "0.0.0.0/0", "169.254.0.0/16")],
        [Entry("site", "", p) for p in ("9.0.0.0/8", "100.64.0.0/10")],
    ]
    findings = [finding for plan in rows for finding in check(plan, LIMITS)]
    assert {finding.rule for finding in findings} == set(RULES)
    assert not [str(finding) for finding in findings if {"{", "}"} & set(str(finding))]
