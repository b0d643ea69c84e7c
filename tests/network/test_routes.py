"""Longest prefix, preference, metric, and a sticky share: held against a filter and a sort."""

from dataclasses import dataclass
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vpnedu.network.addresses import InputError, parse_address
from vpnedu.network.flows import Flow
from vpnedu.network.packets import packet
from vpnedu.network.routes import Route, RouteTable, route

chance = st.randoms(use_true_random=False)
ADDRESS = {4: IPv4Address, 6: IPv6Address}
NETWORK = {4: IPv4Network, 6: IPv6Network}
BITS = {4: 32, 6: 128}
PLACES = {
    4: [0, 0x0A000000, 0x0A01FF00, 0x0A020000, 0x0A020900, 0xC0A80101, 2**32 - 1],
    6: [0, 0x20010DB8 << 96, (0x20010DB8 << 96) + 0xFFFF, 0x20010DB8000A << 80, 2**128 - 1],
}
LENGTHS = {4: [0, 1, 8, 15, 16, 17, 24, 31, 32], 6: [0, 1, 32, 48, 64, 127, 128]}


@dataclass(frozen=True)
class Row:
    """A route as plain numbers: the addresses from `first` to `last`."""

    index: int
    version: int
    first: int
    last: int
    length: int
    rank: tuple[int, int, int]


def random_table(random: Random, most: int) -> tuple[RouteTable, list[Row]]:
    """The same routes twice: as the library has them, and as plain numbers."""
    routes, rows = [], []
    for index in range(random.randint(0, most)):
        version = random.choice([4, 4, 6])
        length = random.choice(LENGTHS[version])
        host = BITS[version] - length
        first = random.choice(PLACES[version]) >> host << host
        rank = (random.choice([0, 1, 1, 20]), random.choice([0, 0, 10]), random.choice([0, 0, 1]))
        if rows and random.random() < 0.3:
            other = random.choice(rows)
            version, first, length, rank = other.version, other.first, other.length, other.rank
            host = BITS[version] - length
        preference, metric, order = rank
        prefix = NETWORK[version]((first, length))
        weight = random.choice([1, 1, 3])
        routes.append(
            Route(prefix, f"tunnel {index}", preference, metric, order=order, weight=weight)
        )
        rows.append(Row(index, version, first, first + (1 << host) - 1, length, rank))
    return RouteTable(tuple(routes)), rows


def random_address(random: Random, rows: list[Row]) -> IPv4Address | IPv6Address:
    """An address at, or one beyond, the edges of one of the routes."""
    if not rows or random.random() < 0.05:
        version = random.choice([4, 6])
        return ADDRESS[version](random.choice(PLACES[version]))
    row = random.choice(rows)
    number = random.choice([row.first, row.last, random.randint(row.first, row.last)])
    number += random.choice([0, 0, 0, -1, 1])
    return ADDRESS[row.version](min(max(number, 0), (1 << BITS[row.version]) - 1))


def holding(rows: list[Row], address) -> list[Row]:
    """The brute-force model: filter by containment, then sort."""
    number = int(address)
    held = [r for r in rows if r.version == address.version and r.first <= number <= r.last]
    return sorted(held, key=lambda r: (-r.length, r.rank, r.index))


def compare(table: RouteTable, rows: list[Row], address, flow: Flow | None = None) -> int:
    """Hold one lookup against the model; the number of routes that share first place."""
    expected, found = holding(rows, address), table.lookup(address, flow)
    winner = table.winner(address, flow)
    if not expected:
        assert (winner, found.winner, found.candidates, found.equal_cost) == (None, None, (), ())
        return 0
    best = [
        r.index for r in expected if (r.length, r.rank) == (expected[0].length, expected[0].rank)
    ]
    assert winner is table.routes[found.winner]
    assert list(found.equal_cost) == sorted(best)
    assert found.winner in best
    others = [r.index for r in expected if r.index != found.winner]
    assert [c.index for c in found.candidates] == [found.winner, *others]
    assert all(c.matched and c.route is table.routes[c.index] for c in found.candidates)
    return len(best)


@given(random=chance)
def test_a_lookup_is_a_filter_and_a_sort(random) -> None:
    table, rows = random_table(random, 10)
    for _ in range(4):
        compare(table, rows, random_address(random, rows))


def test_thousands_of_tables_choose_as_a_filter_and_a_sort() -> None:
    random, ties, misses = Random(1812), 0, 0
    for _ in range(5_000):
        table, rows = random_table(random, 10)
        for _ in range(3):
            address = random_address(random, rows)
            shared = compare(table, rows, address, Flow.to(address))
            ties += shared > 1
            misses += shared == 0
    assert ties > 300, "too few equal routes"
    assert misses > 300, "too few addresses without a route"


def test_long_tables_choose_as_a_filter_and_a_sort() -> None:
    random = Random(7)
    for _ in range(5):
        prefixes = set()
        while len(prefixes) < 1_000:
            length = random.randint(4, 32)
            prefixes.add((random.getrandbits(length) << 32 - length, length))
        ordered = sorted(prefixes, key=lambda _: random.random())
        table = RouteTable(tuple(Route(IPv4Network(p), "t") for p in ordered))
        rows = [
            Row(i, 4, first, first + (1 << 32 - length) - 1, length, (1, 0, 0))
            for i, (first, length) in enumerate(ordered)
        ]
        for _ in range(100):
            compare(table, rows, random_address(random, rows))


@given(random=chance)
def test_explain_is_the_lookup_and_then_every_other_route(random) -> None:
    table, rows = random_table(random, 8)
    address = random_address(random, rows)
    found, told = table.lookup(address), table.explain(address)
    count = len(found.candidates)
    assert told.candidates[:count] == found.candidates
    assert (told.winner, told.equal_cost) == (found.winner, found.equal_cost)
    rest = told.candidates[count:]
    assert [c.index for c in rest] == sorted(
        {r.index for r in rows} - {c.index for c in found.candidates}
    )
    assert all(not c.matched and c.reason.endswith(f"does not hold {address}") for c in rest)


@given(random=chance)
def test_the_reason_names_what_decided(random) -> None:
    table, rows = random_table(random, 10)
    address = random_address(random, rows)
    found = table.lookup(address)
    if found.winner is None:
        return
    best = rows[found.winner]
    told = {c.index: c.reason for c in found.candidates}
    assert ("equal routes; the flow's hash chose it" in told[best.index]) == (
        len(found.equal_cost) > 1
    )
    for row in (rows[i] for i in told if i != best.index):
        if row.length < best.length:
            expected = f"holds it too, but /{row.length} is shorter than /{best.length}"
        elif row.rank[0] != best.rank[0]:
            expected = f"same prefix, but preference {row.rank[0]} comes after {best.rank[0]}"
        elif row.rank[1] != best.rank[1]:
            expected = f"same prefix, but metric {row.rank[1]} is higher than {best.rank[1]}"
        elif row.rank[2] != best.rank[2]:
            expected = "same prefix and metric, but installed later; the older route is kept"
        else:
            expected = "equal, but the flow's hash chose the other"
        assert told[row.index] == expected


@given(random=chance)
def test_adding_a_shorter_prefix_never_changes_the_choice(random) -> None:
    table, rows = random_table(random, 8)
    address = random_address(random, rows)
    before = table.winner(address)
    everything = route("0.0.0.0/0" if address.version == 4 else "::/0", "new", preference=250)
    if before is not None:
        assert RouteTable((*table.routes, everything)).winner(address) == before


def test_the_longest_prefix_wins() -> None:
    table = RouteTable(
        (
            route("0.0.0.0/0", "internet"),
            route("10.0.0.0/8", "tunnel a", preference=0),
            route("10.2.0.0/16", "tunnel b", preference=200, metric=9),
        )
    )
    found = {
        text: table.winner(parse_address(text)).via
        for text in ("10.2.9.7", "10.3.0.9", "192.0.2.1")
    }
    assert found == {"10.2.9.7": "tunnel b", "10.3.0.9": "tunnel a", "192.0.2.1": "internet"}


@pytest.mark.parametrize(
    ("prefix", "inside", "outside"),
    [
        ("0.0.0.0/0", ["0.0.0.0", "255.255.255.255"], ["::", "::1"]),
        ("::/0", ["::", "ffff:" * 7 + "ffff"], ["0.0.0.0"]),
        ("10.2.9.7/32", ["10.2.9.7"], ["10.2.9.6", "10.2.9.8"]),
        ("255.255.255.255/32", ["255.255.255.255"], ["255.255.255.254", "0.0.0.0"]),
        ("0.0.0.0/32", ["0.0.0.0"], ["0.0.0.1", "255.255.255.255"]),
        ("2001:db8::7/128", ["2001:db8::7"], ["2001:db8::6", "2001:db8::8"]),
        ("10.0.0.0/15", ["10.0.0.0", "10.1.255.255"], ["9.255.255.255", "10.2.0.0"]),
        ("128.0.0.0/1", ["128.0.0.0", "255.255.255.255"], ["127.255.255.255"]),
    ],
)
def test_a_prefix_holds_its_own_edges_and_nothing_beyond(prefix, inside, outside) -> None:
    table = RouteTable((route(prefix, "t"),))
    assert all(table.winner(parse_address(text)) for text in inside)
    assert not any(table.winner(parse_address(text)) for text in outside)


@pytest.mark.parametrize(
    ("second", "told"),
    [
        ({"preference": 20}, ", and preference 1 comes before 20"),
        ({"metric": 10}, ", and metric 0 is lower than 10"),
        ({"order": 1}, ", and it is the older route"),
        ({"prefix": IPv4Network("10.0.0.0/8")}, ""),
    ],
)
def test_the_winner_says_what_put_it_before_the_next(second, told) -> None:
    same = {"prefix": IPv4Network("10.2.0.0/16"), "via": "t"}
    table = RouteTable((Route(**(same | second)), Route(**same)))
    found = table.lookup(parse_address("10.2.9.7"))
    assert found.winner == 1
    assert found.candidates[0].reason == f"the longest prefix that holds the address{told}"


def test_an_empty_table_has_no_answer() -> None:
    found = RouteTable().lookup(parse_address("10.2.9.7"))
    assert (found.winner, found.candidates) == (None, ())
    assert RouteTable().winner(parse_address("::1")) is None
    assert RouteTable().explain(parse_address("::1")).candidates == ()


def test_a_blackhole_loses_to_a_longer_prefix_and_stops_the_rest() -> None:
    table = RouteTable((route("10.0.0.0/8", blackhole=True), route("10.2.0.0/16", "tunnel")))
    assert table.winner(parse_address("10.2.9.7")).via == "tunnel"
    assert table.winner(parse_address("10.3.0.9")).blackhole


def test_a_floating_static_route_waits_for_the_learned_one_to_go() -> None:
    learned = route("10.2.0.0/16", "tunnel a", preference=20, origin="learned")
    floating = route("10.2.0.0/16", "tunnel b", preference=250)
    address = parse_address("10.2.9.7")
    assert RouteTable((floating, learned)).winner(address) is learned
    assert RouteTable((floating,)).winner(address) is floating


def test_an_older_route_is_kept_where_a_system_does_not_share() -> None:
    prefix = IPv4Network("10.2.0.0/16")
    table = RouteTable((Route(prefix, "b", order=1), Route(prefix, "a", order=0)))
    found = table.lookup(parse_address("10.2.9.7"))
    assert (found.winner, found.equal_cost) == (1, (1,))


def test_a_flow_stays_on_its_route() -> None:
    table = RouteTable(tuple(route("10.2.0.0/16", f"tunnel {i}") for i in range(4)))
    taken = set()
    for port in range(1_000, 1_200):
        flow = Flow.of(packet("10.1.0.4", "10.2.9.7", port=port))
        choices = {table.winner(flow.destination, flow).via for _ in range(3)}
        choices.add(table.routes[table.lookup(flow.destination, flow).winner].via)
        assert len(choices) == 1
        taken |= choices
    assert len(taken) == 4, "the flows use all four"


def test_equal_routes_carry_flows_by_their_weights() -> None:
    prefix = IPv4Network("10.2.0.0/16")
    table = RouteTable(
        tuple(Route(prefix, f"t{weight}{i}", weight=weight) for i, weight in enumerate((1, 1, 2)))
    )
    carried = dict.fromkeys((r.via for r in table.routes), 0)
    for port in range(2_000):
        flow = Flow.of(packet("10.1.0.4", "10.2.9.7", port=port))
        carried[table.winner(flow.destination, flow).via] += 1
    assert list(carried.values()) == pytest.approx([500, 500, 1000], abs=75)


class Counted(dict):
    """A table that counts how often it is asked."""

    asked = 0

    def get(self, *key):
        type(self).asked += 1
        return super().get(*key)


def test_a_lookup_probes_each_prefix_length_at_most_once() -> None:
    random = Random(3)
    routes = {
        (random.getrandbits(length) << 32 - length, length): None
        for length in range(8, 33)
        for _ in range(200)
    }
    table = RouteTable(tuple(Route(IPv4Network(r), "t") for r in routes))
    table.__dict__["_index"] = {4: [(drop, Counted(at)) for drop, at in table._index[4]], 6: []}
    for _ in range(200):
        Counted.asked = 0
        table.lookup(IPv4Address(random.getrandbits(32)))
        assert Counted.asked == len(table._index[4]) == 25


def test_the_winner_takes_no_more_comparisons_than_an_address_has_bits() -> None:
    class Start(int):
        compared = 0

        def __gt__(self, other):
            Start.compared += 1
            return int(self) > other

    random = Random(4)
    routes = {random.getrandbits(24) << 8 for _ in range(20_000)}
    table = RouteTable(tuple(Route(IPv4Network((first, 24)), "t") for first in routes))
    starts, answers = table._pieces[IPv4Address]
    table.__dict__["_pieces"] = {IPv4Address: (list(map(Start, starts)), answers)}
    assert table.winner(IPv4Address(random.choice(sorted(routes)))) is not None
    assert 0 < Start.compared <= 17, "log2 of twice the routes, and one"


@pytest.mark.parametrize(
    ("make", "field", "told"),
    [
        (
            lambda: route("10.1.0.4/16", "t"),
            "prefix",
            "has host bits set; the prefix is 10.1.0.0/16",
        ),
        (lambda: route("2001:db8::1/64", "t"), "prefix", "the prefix is 2001:db8::/64"),
        (lambda: route("10.1.0.0/33", "t"), "prefix", "not an IPv4 or IPv6 prefix"),
        (lambda: route("10.1.0.0/16"), "via", "needs somewhere to send packets"),
        (lambda: route("10.1.0.0/16", "t", metric=-1), "metric", "-1 is not a whole number"),
        (lambda: route("10.1.0.0/16", "t", preference=True), "preference", "True is not a whole"),
        (lambda: route("10.1.0.0/16", "t", metric="1"), "metric", "'1' is not a whole number"),
        (lambda: Route(IPv4Network("10.0.0.0/8"), "t", weight=0), "weight", "0 is no share"),
    ],
)
def test_a_route_that_cannot_be_is_refused_by_name(make, field, told) -> None:
    with pytest.raises(InputError, match=told) as refused:
        make()
    assert refused.value.field == field


def test_a_route_is_written_as_people_write_it() -> None:
    assert str(route("10.2.0.0/16", "tunnel east")) == "10.2.0.0/16 via tunnel east"
    assert str(route("10.0.0.0/8", blackhole=True)) == "10.0.0.0/8 blackhole"
