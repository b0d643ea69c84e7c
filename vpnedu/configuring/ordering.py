"""Whether strongSwan asks policies in the order in which they are written.

RFC 4301 (4.4.1) leaves the order to the administrator. strongSwan computes a priority for each
policy from the lengths of its prefixes, so that the more specific one is asked first.
"""

from collections.abc import Iterable, Sequence
from ipaddress import summarize_address_range

from vpnedu.network.addresses import ANY_PORT, AddressRange, IPNetwork
from vpnedu.network.policies import Policy
from vpnedu.network.selectors import Selector

# Wide apart, so that a policy can be put between two others later.
STEP = 1000


def prefixes(ranges: Iterable[AddressRange]) -> tuple[IPNetwork, ...]:
    """The prefixes that make up address ranges."""
    return tuple(p for r in ranges for p in summarize_address_range(r.first, r.last))


def in_order(policies: Sequence[Policy]) -> list[tuple[Policy, int | None]]:
    """Policies, each with the priority it needs to be asked in this order.

    None stands for the priority that strongSwan computes; all are None where that order is the
    same, or where it makes no difference.
    """
    if not any(
        _overtakes(later, earlier)
        for place, later in enumerate(policies)
        for earlier in policies[:place]
    ):
        return [(policy, None) for policy in policies]
    return [(policy, place * STEP) for place, policy in enumerate(policies, start=1)]


def _overtakes(later: Policy, earlier: Policy) -> bool:
    """Whether a packet that both hold would be decided by the later one, and otherwise."""
    a, b = later.selector, earlier.selector
    if later.then == earlier.then or a.version != b.version or not a.intersect(b):
        return False
    return computed(a) <= computed(b)


def computed(selector: Selector) -> int:
    """The lowest priority number that strongSwan computes for a selector; the lowest is asked
    first.

    The numbers are strongSwan's (`kernel_netlink_ipsec.c`), checked on 5.9.8; a range that is no
    prefix is installed as the smallest prefix around it.
    """
    longest = max(_bits(r) for r in selector.local) + max(_bits(r) for r in selector.remote)
    ports = sum(
        16 if (ANY_PORT not in ranges) else 0
        for ranges in (selector.local_ports, selector.remote_ports)
    )
    return 400000 - 512 * longest - (256 if selector.protocol is not None else 0) - 4 * ports


def _bits(addresses: AddressRange) -> int:
    first, last = addresses.bounds
    width = 32 if addresses.version == 4 else 128
    return width - (first ^ last).bit_length()
