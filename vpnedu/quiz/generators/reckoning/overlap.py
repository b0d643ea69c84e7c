"""Which networks overlap, so that no route can tell them apart."""

from ipaddress import IPv4Network
from itertools import combinations

from vpnedu.network.addresses import AddressRange
from vpnedu.quiz.generators.generator import Generator
from vpnedu.quiz.generators.reckoning.paths import hints
from vpnedu.quiz.inputs import Choice, Many, One
from vpnedu.quiz.question import Question, Table
from vpnedu.simulation.chance import Chance

NAME = "overlapping-networks"
OFFICES = ("head office", "main works", "town hall", "university", "hospital")
WITH_ONE = (
    "The {office} has the network `{base}` and is to be joined with the sites in the table, each "
    "by a tunnel. Take each site by itself. Which can't be joined with the {office} as they are, "
    "without translating addresses?",
    "The {office} (`{base}`) looks for sites that it could be joined with by a tunnel. Compare "
    "each with the {office} alone. Which would have to translate or change addresses first?",
    "A packet for an address in `{base}` belongs in the {office}. Which networks of the table have "
    "some of these addresses as well, so that a tunnel between the two can't work as it is?",
)
TWO = (
    "The four networks in the table are to be joined by tunnels, without translating addresses. "
    "Which two of them can't be?",
    "Four firms become one, and nobody wants to change an address. Which two of the networks in "
    "the table can't be joined by a tunnel as they are?",
    "For which two networks of the table would one route table not know where to send a packet, "
    "because they share addresses?",
)
PLACES = ("Mill", "Harbour", "Clinic", "Library", "Depot", "Bakery", "Studio", "School", "Farm")
LENGTHS = (14, 15, 18, 19, 20, 21, 22)
NONE = "none-of-them"
Named = tuple[str, IPv4Network]


def make(chance: Chance) -> Question:
    """Either all networks are compared with one, or the one pair that overlaps is looked for."""
    base = _base(chance)
    return _with_one(chance, base) if chance.below(2) else _which_two(chance, base)


def meet(one: IPv4Network, other: IPv4Network) -> AddressRange | None:
    """The addresses that both networks have."""
    return AddressRange.of(one).intersect(AddressRange.of(other))


def _base(chance: Chance) -> IPv4Network:
    """A prefix that does not end at an octet, well inside 10.0.0.0/8."""
    length = chance.pick(LENGTHS)
    # A multiple of eight blocks, and some more: what lies before and behind is in 10.0.0.0/8.
    block = 8 + chance.below((1 << min(length - 8, 12)) - 16)
    return IPv4Network((int(IPv4Network("10.0.0.0/8")[0]) + (block << 32 - length), length))


def _neighbours(chance: Chance, base: IPv4Network) -> dict[str, IPv4Network]:
    """Networks around `base`, by how they lie to it."""
    length = base.prefixlen
    whole = 1 << 32 - length
    first, longer = int(base[0]), min(length + 2 + chance.below(3), 26)
    part = 1 << 32 - longer
    return {
        "at-the-end": IPv4Network((first + whole - part, longer)),
        "in-the-middle": IPv4Network((first + whole // 2, longer)),
        "around": base.supernet(new_prefix=length - 1 - chance.below(2)),
        "just-behind": IPv4Network((first + whole, longer)),
        "just-before": IPv4Network((first - part, longer)),
        "next-block": IPv4Network((first + whole, length)),
        "other-block": IPv4Network(f"192.168.{chance.below(256)}.0/24"),
        "looks-alike": IPv4Network(f"172.{16 + chance.below(15)}.{base[0].packed[2]}.0/24"),
    }


def _with_one(chance: Chance, base: IPv4Network) -> Question:
    """Tick all that can't be joined with the office as they are."""
    near = _neighbours(chance, base)
    kinds = [
        *chance.shuffled(["at-the-end", "in-the-middle", "around"])[: 1 + chance.below(2)],
        *chance.shuffled(["just-behind", "just-before", "next-block"])[:2],
        chance.pick(("other-block", "looks-alike")),
    ]
    office, places = chance.pick(OFFICES), chance.shuffled(PLACES)
    others = [
        (place, near[kind]) for place, kind in zip(places, chance.shuffled(kinds), strict=False)
    ]
    choices = tuple(
        Choice(
            place.lower(), f"{place}, {prefix}", meet(base, prefix) is not None,
            _compared(base, prefix),
        )
        for place, prefix in others
    )  # fmt: skip
    return _asked(
        chance.pick(WITH_ONE).format(office=office, base=base),
        [(office.capitalize(), base), *others],
        Many(choices),
        [c.says for c in choices],
    )


def _which_two(chance: Chance, base: IPv4Network) -> Question:
    """Pick the two that overlap, if any."""
    near, far = _neighbours(chance, base), chance.pick(("just-before", "other-block"))
    kinds = ["just-behind", far, chance.pick(("at-the-end", "in-the-middle"))]
    if not chance.below(5):
        kinds = ["just-behind", "just-before", "other-block"]
    networks = [base, *(near[kind] for kind in kinds)]
    named = list(zip(chance.shuffled(PLACES), chance.shuffled(networks), strict=False))
    found = [pair for pair in combinations(named, 2) if meet(pair[0][1], pair[1][1])]
    assert len(found) <= 1, "the networks around a base have at most one pair in common"
    apart = [pair for pair in combinations(named, 2) if pair not in found]
    # Those that lie close to each other are worth looking at; what is far apart anybody sees.
    near_first = sorted(chance.shuffled(apart), key=_apart)[: 4 - len(found)]
    shown = chance.shuffled([*found, *near_first])
    choices = [_pair(one, other, (one, other) in found) for one, other in shown]
    says = [_compared(one[1], other[1]) for one, other in found] or [
        f"{name} runs from {prefix[0]} to {prefix[-1]}." for name, prefix in named
    ]
    return _asked(
        chance.pick(TWO),
        named,
        One((*choices, _none(found))),
        says,
    )


def _none(found: list[tuple[Named, Named]]) -> Choice:
    """The choice that no two of them overlap."""
    says = "No two of them have an address in common."
    if found:
        says = f"Two do: {' and '.join(name for name, _ in found[0])}."
    return Choice(NONE, "None: no two of them overlap.", not found, says, last=True)


def _apart(pair: tuple[Named, Named]) -> int:
    """How far two networks lie from each other."""
    (_, one), (_, other) = pair
    return abs(int(one[0]) - int(other[0]))


def _pair(one: Named, other: Named, right: bool) -> Choice:
    (first, a), (second, b) = one, other
    text = f"{first} and {second}"
    return Choice(f"{first}-{second}".lower(), text, right, f"{text}: {_compared(a, b)}")


def _compared(one: IPv4Network, other: IPv4Network) -> str:
    """The two ranges, and what they have in common: a sentence."""
    ranges = f"{one} runs from {one[0]} to {one[-1]}, {other} from {other[0]} to {other[-1]}"
    both = meet(one, other)
    if both is None:
        return f"{ranges}. They have no address in common."
    return f"{ranges}. Both have {both}: where should a packet to {both.first} go?"


def _asked(text: str, networks: list[Named], answer: One | Many, reasons: list[str]) -> Question:
    rows = tuple((name, str(prefix)) for name, prefix in networks)
    return Question(
        id=NAME,
        kind="single" if isinstance(answer, One) else "multiple",
        text=text,
        answer=answer,
        explain="\n\n".join(reasons),
        reference="RFC 4632, 3.1; RFC 1918, 3",
        objective=NAME,
        difficulty=2,
        hints=hints(
            "Write down the first and the last address of each network. How much of the third, or "
            "the second, number is fixed by the prefix length?"
        ),
        table=Table("Networks", ("Network", "Prefix"), rows),
    )


GENERATOR = Generator(
    NAME,
    "Find networks that overlap before they are joined",
    "planning",
    "route-based",
    "a-worked-example-10-33-0-7-in-binary",
    make,
)
