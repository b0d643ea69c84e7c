"""Bytes and addresses."""

from fractions import Fraction

from vpnedu.network.addresses import InputError, parse_address, parse_prefix
from vpnedu.network.encapsulation import (
    SUITES,
    Suite,
    fragments,
    largest_inner,
    parts,
    sealed_length,
    tcp_mss,
)
from vpnedu.quiz.computing.plain import to_digits


def sealed(
    inner: int, suite: str = "AES-GCM-16", nat_t: bool = False, outer: int = 4
) -> dict[str, str]:
    """The length on the wire of a packet of `inner` bytes, and the parts it is made of."""
    chosen = _suite(suite)
    length = sealed_length(inner, chosen, nat_t=nat_t, outer_version=outer)
    made = parts(inner, chosen, nat_t=nat_t, outer_version=outer)
    summed = " + ".join(f"{part.length} ({part.name})" for part in made if part.length)
    padding = next(part.length for part in made if part.name == "padding")
    overhead = str(length - inner)
    words = {"answer": str(length), "overhead": overhead, "inner": str(inner)}
    return words | {"parts": summed, "padding": str(padding)}


def largest(
    mtu: int, suite: str = "AES-GCM-16", nat_t: bool = False, outer: int = 4
) -> dict[str, str]:
    """The largest inner packet that fits a path of `mtu` bytes in one piece."""
    inner = largest_inner(mtu, _suite(suite), nat_t=nat_t, outer_version=outer)
    words = sealed(inner, suite, nat_t, outer)
    full = words["answer"]
    unused = str(mtu - int(full))
    return words | {"answer": str(inner), "mtu": str(mtu), "sealed": full, "unused": unused}


def mss(
    mtu: int,
    suite: str = "AES-GCM-16",
    nat_t: bool = False,
    outer: int = 4,
    version: int = 4,
) -> dict[str, str]:
    """The TCP segment that fills the largest inner packet of IP `version`."""
    words = largest(mtu, suite, nat_t, outer)
    inner = int(words["answer"])
    return words | {"answer": str(tcp_mss(inner, version)), "inner": str(inner)}


def pieces(length: int, mtu: int, version: int = 4) -> dict[str, str]:
    """In how many fragments a packet of `length` bytes crosses a path."""
    return {"answer": str(fragments(length, mtu, version)), "length": str(length), "mtu": str(mtu)}


def overhead(
    inner: int,
    digits: int = 1,
    suite: str = "AES-GCM-16",
    nat_t: bool = False,
    outer: int = 4,
) -> dict[str, str]:
    """What the tunnel adds, in percent of the inner packet."""
    words = sealed(inner, suite, nat_t, outer)
    share = Fraction(int(words["overhead"]) * 100, inner)
    return words | {"answer": to_digits(share, digits), "sealed": words["answer"]}


def part(
    name: str,
    inner: int = 100,
    suite: str = "AES-GCM-16",
    nat_t: bool = False,
    outer: int = 4,
) -> dict[str, str]:
    """The bytes that the part called `name` of a sealed packet takes."""
    made = {one.name: one for one in parts(inner, _suite(suite), nat_t=nat_t, outer_version=outer)}
    if name not in made:
        raise InputError("name", f"there is no {name!r}; there are {', '.join(made)}")
    return {"answer": str(made[name].length)}


def addresses(prefix: str, keeps: int = 0) -> dict[str, str]:
    """How many addresses a prefix has, less the `keeps` that are kept back."""
    network = parse_prefix(prefix)
    answer = str(network.num_addresses - keeps)
    return {
        "answer": answer,
        "first": str(network.network_address),
        "last": str(network.broadcast_address),
    }


def last(prefix: str) -> dict[str, str]:
    """The last address that a prefix holds."""
    words = addresses(prefix)
    return {"answer": words["last"], "first": words["first"], "count": words["answer"]}


def numbered(address: str) -> dict[str, str]:
    """An address as one whole number, and its bits in groups of eight."""
    found = parse_address(address)
    bits = " ".join(f"{byte:08b}" for byte in found.packed)
    return {"answer": str(int(found)), "bits": bits}


def agreeing(prefix: str, address: str) -> dict[str, str]:
    """In how many of its bits, from the left, a prefix agrees with an address."""
    network, found = parse_prefix(prefix), parse_address(address)
    if network.version != found.version:
        raise InputError("address", f"{address} and {prefix} are of different IP versions")
    differ = int(network.network_address) ^ int(found)
    same = min(found.max_prefixlen - differ.bit_length(), network.prefixlen)
    return {"answer": str(same), "length": str(network.prefixlen)}


def covering(prefixes: list[str]) -> dict[str, str]:
    """The longest prefix that holds all of `prefixes`, none of which overlap, and how many
    addresses it has to spare."""
    within = [parse_prefix(text, f"prefixes {place}") for place, text in enumerate(prefixes, 1)]
    if not within:
        raise InputError("prefixes", "name at least one")
    found = within[0]
    # A mix of IP versions is refused by subnet_of itself.
    while not all(one.subnet_of(found) for one in within):  # type: ignore[arg-type]
        found = found.supernet()
    spare = found.num_addresses - sum(one.num_addresses for one in within)
    return {"answer": str(found), "length": str(found.prefixlen), "spare": str(spare)}


def _suite(name: str) -> Suite:
    if name not in SUITES:
        raise InputError("suite", f"there is no {name!r}; there are {', '.join(SUITES)}")
    return SUITES[name]
