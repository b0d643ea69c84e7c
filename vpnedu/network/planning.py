"""A plan of prefixes, checked: what overlaps, what is too small, and where a gateway has room.

A provider's names and sizes come in as `Limits`; the rules in words are in `planning_rules.py`.
Only IPv4 is compared: that IPv6 is there is noted.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv4Network
from itertools import combinations

from vpnedu.network.addresses import InputError, quoted
from vpnedu.network.planning_rules import KINDS, PAIRS, RULES, WEIGHTS, Rule

# Set aside for private networks (RFC 1918, 3), and for carriers (RFC 6598, 7).
PRIVATE = tuple(IPv4Network(p) for p in ("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16"))
SHARED = IPv4Network("100.64.0.0/10")

# Those that people type or paste; they are forgiven around a prefix and its slash.
SPACES = " \t\u00a0"
_WRITTEN = re.compile("[@]*([0-9.]+)[@]*/[@]*([0-9]{1,2})[@]*".replace("@", SPACES))


@dataclass(frozen=True)
class Entry:
    """A row of a plan: a kind out of `KINDS`, a name, and the prefix as somebody typed it."""

    kind: str
    name: str
    prefix: str

    def __post_init__(self) -> None:
        if self.kind not in KINDS:
            rule = f"there is no {quoted(self.kind)}; there are {', '.join(KINDS)}"
            raise InputError("kind", rule)


@dataclass(frozen=True)
class Limits:
    """What a provider asks of a plan. A "longest" length is that of the smallest block allowed."""

    gateway_name: str
    gateway_longest: int
    subnet_longest: int
    kept: int
    refused: tuple[tuple[IPv4Network, str], ...] = ()


@dataclass(frozen=True)
class Finding:
    """A rule that is broken by the rows `at`, with the values that its words show."""

    rule: str
    at: tuple[int, ...]
    values: Mapping[str, str]
    overlap: IPv4Network | None = None

    @property
    def weight(self) -> str:
        return RULES[self.rule].weight

    @property
    def words(self) -> Rule:
        """The rule with this finding's values put in."""
        rule, put = RULES[self.rule], lambda text: text.format_map(self.values)
        return Rule(rule.weight, put(rule.says), put(rule.why), put(rule.mend))

    def __str__(self) -> str:
        return f"{self.weight}: {self.words.says} {self.words.why} {self.words.mend}"


def meant(text: str) -> tuple[IPv4Network, bool] | None:
    """The block that `text` names, and whether no bit behind its length is set; None if none.

    >>> meant("10.1.0.4/16")
    (IPv4Network('10.1.0.0/16'), False)
    """
    written = _WRITTEN.fullmatch(text)
    try:
        address, length = (IPv4Address(written[1]), int(written[2])) if written else ("", 33)
        block = IPv4Network((address, length), strict=False)
    except ValueError:
        return None
    return block, block[0] == address


def usable(prefix: IPv4Network, kept: int) -> int:
    """How many addresses of a subnet are left where `kept` of them are kept back."""
    return max(0, prefix.num_addresses - kept)


def next_free(space: IPv4Network, taken: Iterable[IPv4Network], length: int) -> IPv4Network | None:
    """The first block of `length` in `space` that overlaps nothing `taken`; None if none is left.

    >>> next_free(IPv4Network("10.1.0.0/16"), [IPv4Network("10.1.0.0/24")], 27)
    IPv4Network('10.1.1.0/27')
    """
    if not space.prefixlen <= length <= 32:
        return None
    size, others = 1 << 32 - length, tuple(taken)
    first = int(space[0])
    while first <= int(space[-1]):
        block = IPv4Network((first, length))
        hit = next((other for other in others if block.overlaps(other)), None)
        if hit is None:
            return block
        first = max(first + size, -(-(int(hit[-1]) + 1) // size) * size)
    return None


def check(entries: Sequence[Entry], limits: Limits) -> tuple[Finding, ...]:
    """All that is wrong with the plan, the gravest first; rows without a prefix don't count.

    >>> azure = Limits("GatewaySubnet", 27, 29, 5)
    >>> rows = [Entry("space", "", "10.1.0.0/16"), Entry("subnet", "GatewaySubnet", "10.1.0.0/28")]
    >>> [(found.rule, found.at) for found in check(rows, azure)]
    [('gateway-small', (1,))]
    """
    plan = _Plan(entries, limits)
    found = [*plan.rows(), *plan.pairs(), *plan.gateway()]
    return tuple(sorted(found, key=lambda finding: WEIGHTS.index(finding.weight)))


def _folded(name: str) -> str:
    """A name without what people get wrong: case, spaces and hyphens."""
    return re.sub(f"[{SPACES}_-]", "", name).lower()


class _Plan:
    """The rows of a plan, read once."""

    def __init__(self, entries: Sequence[Entry], limits: Limits):
        self.entries, self.limits = entries, limits
        self.read = [meant(entry.prefix) for entry in entries]
        # A prefix of length 0 is spoken of once, and left out of all the rest.
        self.known = {at: it[0] for at, it in enumerate(self.read) if it and it[0].prefixlen}

    def rows(self) -> Iterator[Finding]:
        """What is wrong with each row by itself."""
        for at, entry in enumerate(self.entries):
            read = self.read[at]
            if not entry.prefix.strip(SPACES):
                continue
            if read is None:
                yield self._finding("v6" if ":" in entry.prefix else "unreadable", at)
            elif not read[0].prefixlen:
                yield self._finding("everything", at)
            else:
                yield from self._row(at, entry, *read)

    def _row(self, at: int, entry: Entry, net: IPv4Network, exact: bool) -> Iterator[Finding]:
        if not exact:
            yield self._finding("host-bits", at, meant=net, typed=entry.prefix.strip(SPACES))
        held = [(_overlap(net, block), what) for block, what in self.limits.refused]
        for both, what in held:
            if both:
                yield self._finding("refused", at, overlap=both, what=what)
        if entry.kind == "subnet":
            yield from self._subnet(at, entry, net)
        elif not any(both for both, _ in held):
            if net.overlaps(SHARED):
                yield self._finding("shared", at)
            elif not any(net.subnet_of(block) for block in PRIVATE):
                yield self._finding("public", at)

    def _subnet(self, at: int, entry: Entry, net: IPv4Network) -> Iterator[Finding]:
        if not any(net.subnet_of(space) for space in self._spaces()):
            yield self._finding("outside", at)
        limits = self.limits
        if self._is_gateway(at):
            if net.prefixlen > limits.gateway_longest:
                free = self._free(but=at) or "in an address space with more room"
                yield self._finding("gateway-small", at, limit=limits.gateway_longest, free=free)
        elif _folded(entry.name) == _folded(limits.gateway_name):
            yield self._finding("gateway-name", at)
        elif net.prefixlen > limits.subnet_longest:
            yield self._finding("subnet-small", at, limit=limits.subnet_longest, kept=limits.kept)

    def pairs(self) -> Iterator[Finding]:
        """What is wrong with two rows together."""
        kinds = list(KINDS)
        for one, two in combinations(self.known, 2):
            a, b = sorted((one, two), key=lambda at: kinds.index(self.entries[at].kind))
            rules = PAIRS.get((self.entries[a].kind, self.entries[b].kind))
            overlap = _overlap(self.known[a], self.known[b])
            if rules and overlap:
                same = self.known[a] == self.known[b]
                rule = rules[0 if same else 1 if overlap == self.known[b] else 2]
                if rule == "subnets-overlap" and self._is_gateway(a) | self._is_gateway(b):
                    rule = "gateway-shared"
                yield self._finding(rule, a, b, overlap=overlap)

    def gateway(self) -> Iterator[Finding]:
        """Whether there is an address space at all, and a place for the gateway."""
        if not self._spaces():
            yield self._finding("no-space")
        elif not any(
            entry.kind == "subnet" and _folded(entry.name) == _folded(self.limits.gateway_name)
            for entry in self.entries
        ):
            free, limit = self._free(), self.limits.gateway_longest
            yield self._finding("no-gateway" if free else "no-room", free=free, limit=limit)

    def _spaces(self) -> list[IPv4Network]:
        return [net for at, net in self.known.items() if self.entries[at].kind == "space"]

    def _is_gateway(self, at: int) -> bool:
        return self.entries[at].name.strip(SPACES) == self.limits.gateway_name

    def _free(self, but: int | None = None) -> IPv4Network | None:
        """Room for a gateway subnet of the least size, apart from the row `but`."""
        others = (at for at in self.known if at != but and self.entries[at].kind != "space")
        taken = [self.known[at] for at in others]
        length = self.limits.gateway_longest
        found = (next_free(space, taken, length) for space in self._spaces())
        return next(filter(None, found), None)

    def _named(self, at: int) -> str:
        name = self.entries[at].name.strip(SPACES)
        prefix = str(self.known.get(at) or self.entries[at].prefix.strip(SPACES))
        return f"{name} ({prefix})" if name else prefix

    def _finding(
        self, rule: str, *at: int, overlap: IPv4Network | None = None, **values: object
    ) -> Finding:
        named = [self._named(row) for row in at]
        words = dict(zip("ab", named, strict=False)) | {"gateway": self.limits.gateway_name}
        if overlap:
            words |= {"overlap": str(overlap), "first": str(overlap[0]), "last": str(overlap[-1])}
        if len(at) == 2:
            longer = self.known[at[1]] == overlap
            words |= {"winner": named[longer], "loser": named[not longer]}
        return Finding(rule, at, words | {k: str(v) for k, v in values.items()}, overlap)


def _overlap(one: IPv4Network, two: IPv4Network) -> IPv4Network | None:
    """What both prefixes hold, which is the longer one of them; None if nothing."""
    if not one.overlaps(two):
        return None
    return one if one.prefixlen >= two.prefixlen else two
