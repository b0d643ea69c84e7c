"""What two gateways agree on: narrowing, which never widens."""

from random import Random

import pytest

from vpnedu.network.addresses import InputError, parse_address
from vpnedu.network.gateways import ANY_TO_ANY, Gateway, Tunnel, agree
from vpnedu.network.packets import packet
from vpnedu.network.policies import Policy, PolicyTable
from vpnedu.network.selectors import prefix_pairs, selector

TUNNEL = Tunnel("t", ("a", "b"))


def policy_based(name, selectors, tunnel="t") -> Gateway:
    policies = tuple(Policy(s, "protect", tunnel) for s in selectors)
    return Gateway(name, parse_address("198.51.100.1"), name, "policy-based", PolicyTable(policies))


def route_based(name) -> Gateway:
    return Gateway(name, parse_address("198.51.100.2"), name, "route-based")


def test_an_agreement_holds_exactly_what_both_ends_want(world) -> None:
    random = Random(7296)
    made, common = world(random), 0
    for _ in range(600):
        version = random.choice([4, 6])
        ours = [made.rule(version) for _ in range(random.randint(1, 3))]
        theirs = [made.rule(version) for _ in range(random.randint(1, 3))]
        a = policy_based("a", [rule.selector() for rule in ours])
        b = policy_based("b", [rule.selector() for rule in theirs])
        agreed = agree(TUNNEL, a, b)
        for sent in made.packets(ours, 4):
            wanted = any(r.holds(sent) for r in ours) and any(r.holds(sent, "in") for r in theirs)
            assert agreed.holds(sent) == wanted
            common += wanted
    assert common > 100, "too few packets were wanted by both"


def test_both_ends_agree_on_the_same(world) -> None:
    random = Random(1)
    made = world(random)
    for _ in range(300):
        ours, theirs = [made.rule(4), made.rule(4)], [made.rule(4)]
        a = policy_based("a", [rule.selector() for rule in ours])
        b = policy_based("b", [rule.selector() for rule in theirs])
        one, other = agree(TUNNEL, a, b), agree(TUNNEL, b, a)
        for sent in made.packets(ours, 4):
            assert one.holds(sent) == any(s.holds(sent, "in") for s in other.selectors)


def test_two_route_based_gateways_carry_everything_of_both_families() -> None:
    agreed = agree(TUNNEL, route_based("a"), route_based("b"))
    assert agreed.selectors == ANY_TO_ANY
    assert agreed.holds(packet("10.1.0.4", "10.2.9.7"))
    assert agreed.holds(packet("2001:db8::1", "2001:db8::2"))


def test_any_to_any_is_narrowed_to_what_the_policy_based_end_wants() -> None:
    theirs = policy_based("b", [selector("10.2.0.0/16", "10.1.0.0/16")])
    agreed = agree(TUNNEL, route_based("a"), theirs)
    assert list(map(str, agreed.selectors)) == ["10.1.0.0/16 - 10.2.0.0/16"]


def test_offered_pairs_stand_in_for_any_to_any() -> None:
    pairs = prefix_pairs(["10.8.0.0/16"], ["10.2.0.0/16", "10.3.0.0/16"])
    agreed = agree(Tunnel("t", ("a", "b"), offers={"a": pairs}), route_based("a"), route_based("b"))
    assert agreed.selectors == pairs


def test_where_nothing_is_common_nothing_is_agreed() -> None:
    ours = policy_based("a", [selector("10.1.0.0/16", "10.2.0.0/16")])
    theirs = policy_based("b", [selector("10.3.0.0/16", "10.1.0.0/16")])
    assert agree(TUNNEL, ours, theirs).selectors == ()


def test_policies_for_another_tunnel_are_not_offered() -> None:
    ours = policy_based("a", [selector("10.1.0.0/16", "10.2.0.0/16")], tunnel="another")
    assert ours.selectors(TUNNEL) == ()


def test_keys_set_by_hand_are_never_compared() -> None:
    ours = policy_based("a", [selector("10.1.0.0/16", "10.2.0.0/16")])
    theirs = policy_based("b", [selector("10.3.0.0/16", "10.9.0.0/16")])
    by_hand = agree(Tunnel("t", ("a", "b"), negotiated=False), ours, theirs)
    assert by_hand.selectors == ours.selectors(TUNNEL)


def test_a_tunnel_has_two_ends() -> None:
    assert (TUNNEL.peer("a"), TUNNEL.peer("b")) == ("b", "a")


def test_a_gateway_is_of_one_of_two_kinds() -> None:
    with pytest.raises(InputError, match="not policy-based or route-based"):
        Gateway("a", parse_address("198.51.100.1"), "a", "hybrid")
