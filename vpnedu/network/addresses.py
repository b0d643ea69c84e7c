"""Addresses, address ranges and port ranges: parsing with plain errors, and containment."""

import reprlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from ipaddress import (
    IPv4Address,
    IPv4Network,
    IPv6Address,
    IPv6Network,
    ip_address,
    ip_network,
    summarize_address_range,
)

_HINT = "write it as text, for example"

IPAddress = IPv4Address | IPv6Address
IPNetwork = IPv4Network | IPv6Network

HIGHEST_PORT = 65535
LONGEST_SHOWN = 60


class InputError(ValueError):
    """A value that breaks a rule. `field` names the value; the text names the rule."""

    def __init__(self, field: str, rule: str):
        super().__init__(f"{field}: {rule}")
        self.field = field
        self.rule = rule

    def __reduce__(self) -> tuple[type["InputError"], tuple[str, str]]:
        # An exception is unpickled from its text alone, unless it says otherwise.
        return type(self), (self.field, self.rule)


def quoted(value: object) -> str:
    """A value as an error shows it: as Python writes it, and never longer than a line.

    >>> quoted("10.1.0"), quoted(10**5000)
    ("'10.1.0'", 'a number of more than 60 digits')
    """
    if isinstance(value, int) and abs(value) >= 10**LONGEST_SHOWN:
        return f"a number of more than {LONGEST_SHOWN} digits"
    if isinstance(value, str) and len(value) > LONGEST_SHOWN:
        return repr(value[:LONGEST_SHOWN] + "…")
    return repr(value) if isinstance(value, str | int | float | None) else reprlib.repr(value)


def parse_address(text: object, field: str = "address") -> IPAddress:
    """The IPv4 or IPv6 address that `text` writes.

    >>> parse_address("10.1.0.4")
    IPv4Address('10.1.0.4')
    """
    if isinstance(text, IPv4Address | IPv6Address):
        return text
    if not isinstance(text, str):
        raise InputError(field, f'{quoted(text)} is not an address; {_HINT} "10.1.0.4"')
    try:
        # A zone ("fe80::1%eth0") names an interface of one machine; no packet carries it.
        return ip_address("" if "%" in text else text.strip())
    except ValueError:
        raise InputError(field, f"{quoted(text)} is not an IPv4 or IPv6 address") from None


def parse_prefix(text: object, field: str = "prefix") -> IPNetwork:
    """The prefix that `text` writes; a bare address is its own /32 or /128.

    Host bits are refused, as Linux refuses them for IPv4 routes: 10.1.0.4/16 is an error that
    names 10.1.0.0/16.
    """
    if isinstance(text, IPv4Network | IPv6Network):
        return text
    if not isinstance(text, str):
        raise InputError(field, f'{quoted(text)} is not a prefix; {_HINT} "10.1.0.0/16"')
    try:
        meant = ip_network("" if "%" in text else text.strip(), strict=False)
    except ValueError:
        raise InputError(field, f"{quoted(text)} is not an IPv4 or IPv6 prefix") from None
    try:
        return ip_network(text.strip())
    except ValueError:
        pass
    raise InputError(field, f"{quoted(text)} has host bits set; the prefix is {meant}")


@dataclass(frozen=True)
class AddressRange:
    """All addresses from `first` to `last`, both included, of one family (RFC 4301, 4.4.1.1)."""

    first: IPAddress
    last: IPAddress

    def __post_init__(self) -> None:
        if self.first.version != self.last.version:
            raise InputError("range", f"{self.first} and {self.last} are of different families")
        if int(self.first) > int(self.last):
            raise InputError("range", f"{self.first}-{self.last} is reversed")

    @classmethod
    def of(cls, prefix: IPNetwork) -> "AddressRange":
        """The range of addresses that `prefix` holds."""
        return cls(prefix[0], prefix[-1])

    @property
    def version(self) -> int:
        return self.first.version

    @cached_property
    def bounds(self) -> tuple[int, int]:
        """First and last address as integers, for comparisons that run often."""
        return int(self.first), int(self.last)

    def __contains__(self, address: IPAddress) -> bool:
        first, last = self.bounds
        return address.version == self.version and first <= int(address) <= last

    def intersect(self, other: "AddressRange") -> "AddressRange | None":
        """The addresses in both ranges, or None where there are none."""
        if self.version != other.version:
            return None
        first = max(self.first, other.first, key=int)
        last = min(self.last, other.last, key=int)
        return AddressRange(first, last) if int(first) <= int(last) else None

    def __str__(self) -> str:
        if self.first == self.last:
            return str(self.first)
        prefixes = list(summarize_address_range(self.first, self.last))
        return str(prefixes[0]) if len(prefixes) == 1 else f"{self.first}-{self.last}"


def parse_ranges(value: object, field: str = "addresses") -> tuple[AddressRange, ...]:
    """The address ranges that `value` writes: a CIDR, an address, "first-last", or a list of these.

    >>> [str(r) for r in parse_ranges(["10.1.0.0/16", "10.2.0.1-10.2.0.9"])]
    ['10.1.0.0/16', '10.2.0.1-10.2.0.9']
    """
    texts = list(value) if isinstance(value, list | tuple) else [value]
    if not texts:
        raise InputError(field, "an empty list holds no address")
    ranges = tuple(_range(text, field) for text in texts)
    if len({r.version for r in ranges}) > 1:
        raise InputError(field, "IPv4 and IPv6 are mixed; one selector holds one family")
    return ranges


def _range(text: object, field: str) -> AddressRange:
    if isinstance(text, AddressRange):
        return text
    if isinstance(text, str) and "-" in text:
        first, last = (parse_address(part, field) for part in text.split("-", 1))
        try:
            return AddressRange(first, last)
        except InputError as wrong:
            raise InputError(field, wrong.rule) from None
    return AddressRange.of(parse_prefix(text, field))


@dataclass(frozen=True)
class PortRange:
    """All ports from `first` to `last`, both included (0 to 65535)."""

    first: int
    last: int

    def __post_init__(self) -> None:
        for port in (self.first, self.last):
            if not 0 <= port <= HIGHEST_PORT:
                raise InputError("ports", f"{port} is not a port; ports run from 0 to 65535")
        if self.first > self.last:
            raise InputError("ports", f"{self.first}-{self.last} is reversed")

    def __contains__(self, port: int) -> bool:
        return self.first <= port <= self.last

    def intersect(self, other: "PortRange") -> "PortRange | None":
        """The ports in both ranges, or None where there are none."""
        first, last = max(self.first, other.first), min(self.last, other.last)
        return PortRange(first, last) if first <= last else None

    def __str__(self) -> str:
        if self == ANY_PORT:
            return "any"
        return str(self.first) if self.first == self.last else f"{self.first}-{self.last}"


ANY_PORT = PortRange(0, HIGHEST_PORT)


def parse_port(value: object, field: str = "port") -> int:
    """The port that `value` writes, as a number or as text."""
    text = value.strip() if isinstance(value, str) else value
    if isinstance(text, str) and text.isascii() and text.isdigit() and len(text) <= 5:
        text = int(text)
    if isinstance(text, bool) or not isinstance(text, int) or not 0 <= text <= HIGHEST_PORT:
        raise InputError(field, f"{quoted(value)} is not a port; ports run from 0 to 65535")
    return text


def parse_ports(value: object, field: str = "ports") -> tuple[PortRange, ...]:
    """The port ranges that `value` writes: "any", "443", 443, "1000-2000", or a list of these."""
    parts = list(value) if isinstance(value, list | tuple) else [value]
    if not parts:
        raise InputError(field, "an empty list holds no port")
    return tuple(_ports(part, field) for part in parts)


def _ports(value: object, field: str) -> PortRange:
    if isinstance(value, PortRange):
        return value
    if isinstance(value, str) and value.strip().lower() == "any":
        return ANY_PORT
    ends: Sequence[object] = value.split("-", 1) if isinstance(value, str) else [value]
    first, last = parse_port(ends[0], field), parse_port(ends[-1], field)
    try:
        return PortRange(first, last)
    except InputError as wrong:
        raise InputError(field, wrong.rule) from None


def written(ranges: Iterable[AddressRange | PortRange]) -> str:
    """A list of ranges in words: "10.1.0.0/16, 10.3.0.0/16"."""
    return ", ".join(str(r) for r in ranges)
