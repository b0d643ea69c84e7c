"""The ordered table: the first match decides, held against a list that is read from the top."""

from dataclasses import replace
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vpnedu.network.addresses import InputError
from vpnedu.network.packets import packet
from vpnedu.network.policies import ACTIONS, Policy, PolicyTable
from vpnedu.network.selectors import selector

chance = st.randoms(use_true_random=False)
SENT = packet("10.1.0.4", "10.2.9.7")


def table_of(rules, random, default="discard") -> PolicyTable:
    """A table of rules with random actions; each protects in a tunnel of its own."""
    actions = [random.choice(ACTIONS) for _ in rules]
    policies = (
        Policy(rule.selector(), action, f"tunnel {place}" if action == "protect" else None)
        for place, (rule, action) in enumerate(zip(rules, actions, strict=True))
    )
    return PolicyTable(tuple(policies), default)


def first(rules, sent, direction) -> int | None:
    """The brute-force model: read from the top until a rule holds the packet."""
    return next((i for i, rule in enumerate(rules) if rule.holds(sent, direction)), None)


def protect(local, remote, tunnel) -> Policy:
    return Policy(selector(local, remote), "protect", tunnel)


@given(random=chance)
def test_the_first_match_decides(world, random) -> None:
    made = world(random)
    rules = made.rules(8)
    table = table_of(rules, random)
    for sent in made.packets(rules, 3):
        direction = random.choice(["out", "in"])
        assert table.winner(sent, direction) == first(rules, sent, direction)


def test_thousands_of_tables_decide_as_a_list_read_from_the_top(world) -> None:
    made = world(Random(4301))
    decided = later = 0
    for _ in range(4_000):
        rules = made.rules(8)
        table = table_of(rules, made.random)
        for sent in made.packets(rules, 3):
            direction = made.random.choice(["out", "in"])
            expected = first(rules, sent, direction)
            assert table.winner(sent, direction) == expected
            decided += expected is not None
            later += (expected or 0) > 0
    assert decided > 4_000, "too many packets met no policy"
    assert later > 1_500, "too seldom a policy after the first decided"


def test_long_tables_decide_as_a_list_read_from_the_top(world) -> None:
    made = world(Random(99))
    for _ in range(10):
        rules = [made.rule() for _ in range(400)]
        table = table_of(rules, made.random)
        for sent in made.packets(rules, 30):
            assert table.winner(sent) == first(rules, sent, "out")


@given(random=chance)
def test_lookup_decides_what_winner_decides(world, random) -> None:
    made = world(random)
    rules = made.rules(6)
    table = table_of(rules, random, random.choice(["discard", "bypass"]))
    sent, direction = made.packet(rules), random.choice(["out", "in"])
    found = table.lookup(sent, direction)
    assert found.winner == table.winner(sent, direction)
    if found.winner is None:
        assert (found.action, found.tunnel) == (table.default, None)
    else:
        winner = table.policies[found.winner]
        assert (found.action, found.tunnel) == (winner.action, winner.tunnel)


@given(random=chance)
def test_every_row_of_a_lookup_says_what_became_of_it(world, random) -> None:
    made = world(random)
    rules = made.rules(6)
    table, sent = table_of(rules, random), made.packet(rules)
    found = table.lookup(sent)
    assert [row.policy for row in found.rows] == list(table.policies)
    for row, rule in zip(found.rows, rules, strict=True):
        assert row.matched == rule.holds(sent)
        assert row.asked == (found.winner is None or row.index <= found.winner)
        if row.index == found.winner:
            assert row.reason.startswith("holds the packet")
        elif row.asked:
            assert row.reason == rule.selector().mismatch(sent)
        else:
            assert f"row {found.winner + 1} " in row.reason
            assert row.reason.startswith("would hold it too") == row.matched


@given(random=chance)
def test_swapping_two_neighbours_that_share_no_packet_changes_nothing(world, random) -> None:
    made = world(random)
    rules = [made.rule() for _ in range(4)]
    table, place = table_of(rules, random), random.randrange(3)
    upper, lower = table.policies[place : place + 2]
    if upper.selector.intersect(lower.selector) is not None:
        return
    policies = list(table.policies)
    policies[place : place + 2] = [lower, upper]
    swapped = replace(table, policies=tuple(policies))
    for sent in made.packets(rules, 8):
        before, after = table.lookup(sent), swapped.lookup(sent)
        assert (before.action, before.tunnel) == (after.action, after.tunnel)


def test_order_decides_not_the_narrower_selector() -> None:
    wide = protect("10.1.0.0/16", "10.2.0.0/16", "tunnel east")
    narrow = protect("10.1.0.0/16", "10.2.9.0/24", "tunnel west")
    assert PolicyTable((wide, narrow)).lookup(SENT).tunnel == "tunnel east"
    assert PolicyTable((narrow, wide)).lookup(SENT).tunnel == "tunnel west"


def test_a_bypass_above_takes_a_packet_out_of_the_tunnel() -> None:
    bypass = Policy(selector("10.1.0.0/16", "10.2.9.7"), "bypass")
    everything = protect("0.0.0.0/0", "0.0.0.0/0", "tunnel east")
    assert PolicyTable((bypass, everything)).lookup(SENT).action == "bypass"
    assert PolicyTable((everything, bypass)).lookup(SENT).action == "protect"


@pytest.mark.parametrize("default", ["discard", "bypass"])
def test_the_default_decides_where_no_policy_holds_the_packet(default) -> None:
    for policies in ((), (protect("10.1.0.0/16", "10.3.0.0/16", "t"),)):
        found = PolicyTable(policies, default).lookup(SENT)
        assert (found.winner, found.action, found.tunnel) == (None, default, None)


def test_an_ipv4_policy_for_everything_is_not_for_ipv6() -> None:
    table = PolicyTable((protect("0.0.0.0/0", "0.0.0.0/0", "t"),))
    assert table.lookup(packet("2001:db8::1", "2001:db8::2")).winner is None


def test_inbound_the_remote_side_is_the_sender() -> None:
    table = PolicyTable((protect("10.2.0.0/16", "10.1.0.0/16", "t"),))
    assert table.winner(SENT, "in") == 0
    assert table.winner(SENT, "out") is None


def test_the_search_is_not_slower_for_a_long_table() -> None:
    """Of 2,000 policies for as many subnets, a lookup tries those of one, not all."""
    rules = [protect("10.1.0.0/16", f"10.{i >> 8}.{i & 255}.0/24", "t") for i in range(2_000)]
    table = PolicyTable(tuple(rules))
    assert table.winner(packet("10.1.0.4", "10.7.200.9")) == 7 * 256 + 200
    assert sum(len(buckets) for _, _, buckets in table._index[4]) == 2_000
    assert len(table._index[4]) == 1


@pytest.mark.parametrize(
    ("make", "field", "told"),
    [
        (lambda: Policy(SELECTOR, "permit"), "action", "not one of protect, bypass, discard"),
        (lambda: Policy(SELECTOR, "protect"), "tunnel", "protect needs the name of a tunnel"),
        (lambda: Policy(SELECTOR, "discard", "t"), "tunnel", "discard uses no tunnel"),
        (lambda: PolicyTable((), "accept"), "default", "not one of discard, bypass"),
    ],
)
def test_a_policy_that_cannot_be_is_refused_by_name(make, field, told) -> None:
    with pytest.raises(InputError, match=told) as refused:
        make()
    assert refused.value.field == field


SELECTOR = selector("10.1.0.0/16", "10.2.0.0/16")


def test_a_policy_is_written_as_people_write_it() -> None:
    assert str(protect("10.1.0.0/16", "10.2.0.0/16", "east")) == "10.1.0.0/16 - 10.2.0.0/16: east"
