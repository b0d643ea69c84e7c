"""What can be wrong with a plan of prefixes: each rule in words, and which pairs may not overlap.

`planning.py` finds what breaks them; a page shows these very words. In curly brackets stand
values of the finding: {a} and {b} are the prefixes at fault, {overlap} is what both hold, from
{first} to {last}; {winner} is the longer prefix of the two and {loser} the shorter one; {typed} is
what stands in the field.
"""

from dataclasses import dataclass

# The kinds of prefix that a plan names, in words. A pair is looked up in this order.
KINDS = {
    "space": "address space",
    "subnet": "subnet",
    "site": "site",
    "network": "other virtual network",
    "pool": "users' pool",
}

# How grave a finding is, the gravest first: what can't work, what works in part, what to know.
WEIGHTS = ("error", "warning", "note")

# Which rule two prefixes that overlap break: where they are the same, where the second lies in
# the first, and where the first lies in the second. A pair that isn't here may overlap.
PAIRS = {
    ("space", "space"): ("spaces-overlap", "spaces-overlap", "spaces-overlap"),
    ("space", "site"): ("site-hidden", "site-hidden", "site-around"),
    ("space", "network"): ("networks-overlap", "networks-overlap", "networks-overlap"),
    ("space", "pool"): ("pool-in-space", "pool-in-space", "pool-in-space"),
    ("subnet", "subnet"): ("subnets-overlap", "subnets-overlap", "subnets-overlap"),
    ("site", "site"): ("sites-same", "sites-nested", "sites-nested"),
    ("site", "network"): ("sites-same", "sites-nested", "sites-nested"),
    ("site", "pool"): ("pool-same", "pool-nested", "pool-nested"),
    ("network", "network"): ("networks-overlap", "networks-overlap", "networks-overlap"),
    ("network", "pool"): ("pool-same", "pool-nested", "pool-nested"),
    ("pool", "pool"): ("pool-same", "pool-nested", "pool-nested"),
}


@dataclass(frozen=True)
class Rule:
    """A rule: how grave it is to break it, what is then said, why it matters, how to mend it."""

    weight: str
    says: str
    why: str
    mend: str


RULES = {
    "unreadable": Rule(
        "error",
        "{a} is not a prefix.",
        "A prefix is an address and a length, as in 10.1.0.0/16.",
        "Write an IPv4 address, a slash, and the number of leading bits that are fixed.",
    ),
    "host-bits": Rule(
        "error",
        "{typed} has bits set behind its length.",
        "A prefix names a whole block, so all bits behind its length are 0. "
        "An address inside the block leaves open what you meant.",
        "Write {meant}, or change the length.",
    ),
    "everything": Rule(
        "error",
        "{a} holds every address there is.",
        "It would overlap all the others. "
        "Sending everything into a tunnel is a matter of routes, not of who has which addresses.",
        "Leave it out of the plan, and set a default route where you want one.",
    ),
    "refused": Rule(
        "error",
        "{a} holds {overlap}: {what}.",
        "These addresses have a meaning of their own on every machine or in the whole cloud, "
        "so no network can have them.",
        "Choose other addresses; for IPv4 a prefix in 10.0.0.0/8, 172.16.0.0/12 or 192.168.0.0/16.",
    ),
    "public": Rule(
        "warning",
        "{a} is not private address space.",
        "Nothing stops you, but whoever has these addresses on the internet "
        "can't be reached from your network, unless they are yours.",
        "Choose a prefix in 10.0.0.0/8, 172.16.0.0/12 or 192.168.0.0/16 (RFC 1918).",
    ),
    "shared": Rule(
        "warning",
        "{a} lies in the space that carriers share, 100.64.0.0/10.",
        "Carriers number the lines to their customers from it (RFC 6598), "
        "so a site's or a user's own connection may have the same addresses.",
        "Choose a prefix in 10.0.0.0/8, 172.16.0.0/12 or 192.168.0.0/16 (RFC 1918).",
    ),
    "no-space": Rule(
        "error",
        "The plan has no address space for the virtual network.",
        "Subnets are cut out of the address space, and the gateway stands in one of them.",
        "Add an address space, such as 10.1.0.0/16.",
    ),
    "outside": Rule(
        "error",
        "{a} does not lie inside the address space.",
        "A subnet is a part of its virtual network's address space, as a whole.",
        "Move the subnet, or add its prefix to the address space.",
    ),
    "subnet-small": Rule(
        "error",
        "{a} is too small for a subnet: the smallest is /{limit}.",
        "Azure keeps {kept} addresses of each subnet for itself, so little or nothing is left.",
        "Make it /{limit} or larger, with a smaller number behind the slash.",
    ),
    "gateway-name": Rule(
        "error",
        "{a} is not called {gateway}.",
        "Azure finds the place for a gateway by this name, letter by letter.",
        "Change the name to {gateway}.",
    ),
    "no-gateway": Rule(
        "error",
        "There is no subnet called {gateway}.",
        "A virtual network gateway stands in a subnet of its own, which must have this name.",
        "Add a subnet called {gateway}, for example {free}.",
    ),
    "no-room": Rule(
        "error",
        "There is no subnet called {gateway}, and no room for one.",
        "A virtual network gateway stands in a subnet of its own, which must have this name.",
        "Free a /{limit} in the address space, or add another address space.",
    ),
    "gateway-small": Rule(
        "error",
        "{a} is too small: /{limit} or larger is asked for here.",
        "Two instances, their failover and later configurations take addresses, "
        "and the subnet can't grow while a gateway stands in it.",
        "Make it /{limit}, with a smaller number behind the slash, for example {free}.",
    ),
    "gateway-shared": Rule(
        "error",
        "{a} and {b} share {overlap} ({first} to {last}).",
        "Nothing but gateways may stand in the gateway subnet.",
        "Move one of them to a free part of the address space.",
    ),
    "spaces-overlap": Rule(
        "error",
        "{a} and {b} share {overlap} ({first} to {last}).",
        "An address in both would have two places in one virtual network.",
        "Keep one of them, or move it.",
    ),
    "subnets-overlap": Rule(
        "error",
        "{a} and {b} share {overlap} ({first} to {last}).",
        "An address belongs to one subnet; Azure refuses subnets that overlap.",
        "Move one of them to a free part of the address space.",
    ),
    "site-hidden": Rule(
        "error",
        "{b} can't be reached: the virtual network has {overlap} ({first} to {last}) itself.",
        "For its own addresses a virtual network's own routes win over every learned one, "
        "even over one with a longer prefix.",
        "Renumber the one that is easier to renumber. "
        "Where you can't, NAT rules on the connection "
        "show each side the other under other addresses.",
    ),
    "site-around": Rule(
        "warning",
        "{b} holds the address space {a}.",
        "The longest prefix wins, so the virtual network keeps {first} to {last}; "
        "hosts of the site with such addresses can't be reached, the rest of the site can.",
        "See to it that nobody at the site has addresses in {overlap}, or renumber.",
    ),
    "networks-overlap": Rule(
        "error",
        "{a} and {b} share {overlap} ({first} to {last}).",
        "Virtual networks can be joined only where their address spaces don't overlap, "
        "and NAT rules don't serve connections between them.",
        "Renumber one of them.",
    ),
    "sites-same": Rule(
        "error",
        "{a} and {b} have the same addresses ({first} to {last}).",
        "Two routes of equal length: the prefix can't tell them apart, "
        "so packets for one arrive at the other, or are shared out between both.",
        "Renumber one of them. Where you can't, a NAT rule on a site's connection "
        "makes it appear under another prefix.",
    ),
    "sites-nested": Rule(
        "warning",
        "{loser} holds {winner}.",
        "The longest prefix wins, so all packets for {first} to {last} go to {winner}; "
        "hosts of the other with such addresses are never reached.",
        "Renumber one of them, or see to it that the larger one doesn't use {overlap}.",
    ),
    "pool-in-space": Rule(
        "error",
        "{b} and the address space {a} share {overlap} ({first} to {last}).",
        "A user could get the address of a machine in the virtual network, "
        "whose own routes keep the answers inside.",
        "Choose a pool that lies outside all the networks that users are to reach.",
    ),
    "pool-same": Rule(
        "error",
        "{a} and {b} have the same addresses ({first} to {last}).",
        "Answers to a user could go to the other, and the other way round.",
        "Choose another pool.",
    ),
    "pool-nested": Rule(
        "error",
        "{loser} holds {winner}.",
        "The longest prefix wins, so all packets for {first} to {last} go to {winner}; "
        "whoever has such an address on the other side is never reached.",
        "Choose another pool.",
    ),
    "v6": Rule(
        "note",
        "{a} is IPv6, and not compared here.",
        "In Azure's preview of May 2025 tunnels carry IPv6 inside and run over IPv4 outside, "
        "so every network needs an IPv4 prefix as well.",
        "Plan IPv4 first, then give each network an IPv6 prefix beside it.",
    ),
}
