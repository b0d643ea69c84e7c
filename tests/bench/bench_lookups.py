"""What a lookup costs, and how that grows with the table: routes beside pytricia, and policies.

Run it with `make bench`. All contenders answer the same questions, in turns, and give the same
answers; the best of several rounds counts. Nothing fails here, as machines are noisy.
"""

from collections.abc import Callable, Iterable
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network
from random import Random
from time import perf_counter

import pytricia

from vpnedu.network.addresses import ANY_PORT, AddressRange, PortRange
from vpnedu.network.packets import TCP, Packet
from vpnedu.network.policies import Policy, PolicyTable
from vpnedu.network.routes import Route, RouteTable
from vpnedu.network.selectors import Selector

SIZES = (10, 1_000, 100_000)
ASKED, ROUNDS = 20_000, 7
BUDGET = 1.5  # times pytricia's time, for the winner among 100,000 routes
NETWORK = {32: IPv4Network, 128: IPv6Network}
ADDRESS = {32: IPv4Address, 128: IPv6Address}
# Prefix lengths: much as on the internet, as widely spread as can be, and IPv6.
KINDS: dict[str, tuple[int, list[int]]] = {
    "mostly /24, some /8 to /32": (32, [24] * 12 + [*range(8, 33)]),
    "/8 to /32 alike": (32, [*range(8, 33)]),
    "IPv6, /19 to /64": (128, [48] * 8 + [32] * 4 + [*range(19, 65)]),
}
Contender = tuple[Callable[[object], object], list[object]]


def cost(contenders: dict[str, Contender]) -> dict[str, float]:
    """Nanoseconds a question for each contender: the best of several rounds, in turns."""
    best = dict.fromkeys(contenders, float("inf"))
    for _ in range(ROUNDS):
        for name, (ask, questions) in contenders.items():
            start = perf_counter()
            for question in questions:
                ask(question)
            best[name] = min(best[name], (perf_counter() - start) / len(questions) * 1e9)
    return best


def prefixes(random: Random, bits: int, lengths: list[int], count: int) -> list[IPv4Network]:
    """Different random prefixes."""
    found: dict[tuple[int, int], None] = {}
    while len(found) < count:
        length = random.choice(lengths)
        found[random.getrandbits(length) << bits - length, length] = None
    return [NETWORK[bits](prefix) for prefix in found]


def addresses(random: Random, bits: int, held: list[IPv4Network]) -> list[IPv4Address]:
    """Four of five in one of the prefixes, the others anywhere."""
    make = ADDRESS[bits]

    def inside(prefix: IPv4Network) -> IPv4Address:
        return make(int(prefix.network_address) | random.getrandbits(bits - prefix.prefixlen or 1))

    return [
        inside(random.choice(held)) if random.random() < 0.8 else make(random.getrandbits(bits))
        for _ in range(ASKED)
    ]


def scan(routes: Iterable[Route]) -> Callable[[object], Route | None]:
    """The longest prefix, found by looking at every route."""
    rows = [
        (int(r.prefix.network_address), int(r.prefix.broadcast_address), r.prefix.prefixlen, r)
        for r in routes
    ]

    def winner(address: object) -> Route | None:
        number, best, found = int(address), -1, None
        for first, last, length, route in rows:
            if first <= number <= last and length > best:
                best, found = length, route
        return found

    return winner


def measure_routes(bits: int, lengths: list[int], count: int) -> dict[str, float]:
    """All ways to find the winner among `count` routes."""
    random = Random(count)
    held = prefixes(random, bits, lengths, count)
    table = RouteTable(tuple(Route(prefix, f"tunnel {i}") for i, prefix in enumerate(held)))
    trie = pytricia.PyTricia(bits)
    for route in table.routes:
        trie[route.prefix] = route
    trie.freeze()
    asked = addresses(random, bits, held)
    by_scan, few = scan(table.routes), max(1, min(ASKED, 2_000_000 // count))
    for address in asked[:few]:
        assert table.winner(address) is trie.get(address) is by_scan(address)
    liked = [int(a) for a in asked] if bits == 32 else [a.packed for a in asked]
    return cost(
        {
            "winner": (table.winner, asked),
            "pytricia": (trie.get, asked),
            "pytricia, text": (trie.get, [str(a) for a in asked]),
            "pytricia, its best": (trie.get, liked),
            "with reasons": (table.lookup, asked[:2_000]),
            "scan": (by_scan, asked[: max(1, few // 20)]),
        }
    )


def policy_range(random: Random, lengths: list[int]) -> tuple[AddressRange, ...]:
    (prefix,) = prefixes(random, 32, lengths, 1)
    return (AddressRange.of(prefix),)


def measure_policies(count: int) -> dict[str, float]:
    """The winner among `count` policies, by the index and read from the top."""
    random = Random(count)
    https: tuple[object, ...] = (TCP, (ANY_PORT,), (PortRange(443, 443),))
    policies = tuple(
        Policy(
            Selector(
                policy_range(random, [16, 24, 32]),
                policy_range(random, [8, 16, 20, 24, 28, 32]),
                *(() if random.random() < 0.7 else https),
            ),
            "discard",
        )
        for _ in range(count)
    )
    table = PolicyTable(policies)

    def packet() -> Packet:
        chosen = random.choice(policies).selector
        ends = (random.randint(*side[0].bounds) for side in (chosen.local, chosen.remote))
        return Packet(*map(IPv4Address, ends), TCP, 40_000, 443)

    def scan_policies(sent: object) -> int | None:
        return next((i for i, p in enumerate(policies) if p.selector.holds(sent)), None)

    asked = [packet() for _ in range(2_000)]
    few = asked[: max(1, 20_000 // count)]
    assert [table.winner(sent) for sent in few] == [scan_policies(sent) for sent in few]
    reasons = {"with reasons": (table.lookup, few)} if count <= 1_000 else {}
    ways: dict[str, Contender] = {"winner": (table.winner, asked), **reasons}
    return cost(ways | {"scan": (scan_policies, few)})


def per_second(nanoseconds: float | None) -> str:
    return "—" if nanoseconds is None else f"{1e9 / nanoseconds:,.0f}"


def show(title: str, measured: dict[int, dict[str, float]]) -> None:
    """Lookups per second, a row a way, and how the time grew from the smallest table."""
    print(f"\n{title}: lookups per second")
    print(f"{'':24}" + "".join(f"{size:>14,}" for size in measured) + f"{'time grew by':>16}")
    small, large = min(measured), max(measured)
    for way in measured[small]:
        cells = "".join(f"{per_second(m.get(way)):>14}" for m in measured.values())
        grew = (
            f"{measured[large][way] / measured[small][way]:,.1f}×" if way in measured[large] else ""
        )
        print(f"{way:24}{cells}{grew:>16}")


def judge(at_most: dict[str, float]) -> None:
    """The winner's time beside pytricia's, for both ways to ask it."""
    ratio = {way: at_most["winner"] / at_most[way] for way in at_most if "pytricia" in way}
    told = "within" if ratio["pytricia"] <= BUDGET else "MISSES"
    print(
        f"  at {SIZES[-1]:,}: {ratio['pytricia']:.2f}× pytricia's time for the same address "
        f"objects ({told} {BUDGET}×), {ratio['pytricia, text']:.2f}× for text, "
        f"{ratio['pytricia, its best']:.2f}× for the numbers or bytes it likes best; "
        f"a scan takes {at_most['scan'] / at_most['winner']:,.0f} times as long"
    )


def main() -> None:
    for kind, (bits, lengths) in KINDS.items():
        measured = {size: measure_routes(bits, lengths, size) for size in SIZES}
        show(f"Routes, {kind}", measured)
        judge(measured[SIZES[-1]])
    show("Policies", {size: measure_policies(size) for size in SIZES})
    print("\nOf what grows, much is memory: a large table does not fit a processor's cache.")


if __name__ == "__main__":
    main()
