"""Ways to break a sound network, one for each suspect of *find the fault*."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from ipaddress import IPv4Network

from vpnedu.network.gateways import Carrier, Kind
from vpnedu.network.policies import PolicyTable
from vpnedu.network.routes import RouteTable
from vpnedu.network.selectors import Selector, selector
from vpnedu.network.topology import Topology
from vpnedu.simulation.chance import Chance
from vpnedu.widgets.fault_networks import Plan, Site, settled


@dataclass(frozen=True)
class Broken:
    """A network with one fault, at the gateway of `site`; `cure` is what to do, in words."""

    plan: Plan
    topology: Topology
    site: Site
    cure: str


def _one_end(plan: Plan, chance: Chance, base: Kind | None = None) -> tuple[Plan, Site]:
    """One of the two sites, of the kind that is wanted, and the plan with it."""
    site = chance.pick((plan.near, plan.far))
    if base is not None:
        site = replace(site, base=base)
    return plan.changed(site), site


def _filtered(plan: Plan, site: Site, carrier: Carrier, cure: str) -> Broken:
    """A firewall in front of the site's gateway drops `carrier`."""
    topology = plan.topology()
    gateway = replace(topology.gateway(site.gateway), filters=(carrier,))
    return Broken(plan, topology.with_gateway(gateway), site, cure)


def _peer(plan: Plan, _: Chance) -> Broken:
    far = plan.far
    cure = f"See that {far.gateway} runs, and that UDP 500 gets through to {far.address}."
    return _filtered(plan, far, "udp 500", cure)


def _port(plan: Plan, chance: Chance) -> Broken:
    plan, site = _one_end(replace(plan, nat_t=True), chance)
    cure = f"Have UDP 4500 opened in front of {site.gateway}, besides UDP 500."
    return _filtered(plan, site, "udp 4500", cure)


def _esp(plan: Plan, chance: Chance) -> Broken:
    plan, site = _one_end(replace(plan, nat_t=False), chance)
    cure = f"Let IP protocol 50 through to {site.gateway}, or force ESP into UDP 4500 at both ends."
    return _filtered(plan, site, "esp", cure)


def _with_tunnel(topology: Topology, name: str, **changes: object) -> Topology:
    lines = (
        replace(line, **changes) if line.name == name else line  # type: ignore[arg-type]
        for line in topology.tunnels
    )
    return replace(topology, tunnels=tuple(lines))


def _keys(plan: Plan, chance: Chance) -> Broken:
    plan, site = _one_end(plan, chance)
    keyed = _with_tunnel(plan.topology(), plan.tunnel, keys={site.gateway: "another key"})
    cure = f"Give both ends of the {plan.tunnel} the same key: a new one, long and random."
    return Broken(plan, keyed, site, cure)


def _wanting(plan: Plan, site: Site, wanted: Selector) -> Topology:
    """The network in which the site's gateway wants `wanted` of the tunnel, and no more."""
    topology = plan.topology()
    gateway = topology.gateway(site.gateway)
    if gateway.kind == "route-based":
        return _with_tunnel(topology, plan.tunnel, offers={gateway.name: (wanted,)})
    policies = tuple(
        replace(policy, selector=wanted) if policy.tunnel == plan.tunnel else policy
        for policy in gateway.policies.policies
    )
    return topology.with_gateway(replace(gateway, policies=PolicyTable(policies)))


def _no_child(plan: Plan, chance: Chance) -> Broken:
    plan, site = _one_end(plan, chance, "policy-based")
    other = replace(plan.opposite(site), base="policy-based")
    plan = plan.changed(other)
    typo = _mistyped(chance, plan, other.prefix)
    cure = f"Correct the policy of {site.gateway}: {other.name} is {other.prefix}, not {typo}."
    topology = _wanting(plan, site, selector(str(site.prefix), str(typo)))
    return Broken(plan, topology, site, cure)


def _mistyped(chance: Chance, plan: Plan, prefix: IPv4Network) -> IPv4Network:
    """The prefix with a slip in one of its numbers, such as 10.11 for 10.1; nobody else's."""
    numbers = [int(part) for part in str(prefix.network_address).split(".")]
    place = 2 if numbers[:2] == [192, 168] else 1
    old = str(numbers[place])
    slips = {old + old[-1], old[::-1], old[1:], old[:-1], "1" + old, f"{int(old) ^ 1}"}
    found = []
    for slip in sorted(slips):
        if slip and int(slip) < 256:
            texts = [*map(str, numbers[:place]), str(int(slip)), *map(str, numbers[place + 1 :])]
            found.append(IPv4Network(f"{'.'.join(texts)}/{prefix.prefixlen}"))
    known = [site.prefix for site in (plan.near, plan.far, *plan.others)]
    return chance.pick([one for one in found if not any(one.overlaps(other) for other in known)])


def _narrowed(plan: Plan, chance: Chance) -> Broken:
    plan, site = _one_end(plan, chance)
    other = plan.opposite(site)
    what = "the policy" if site.base == "policy-based" else "the offered selectors"
    mine, theirs = str(site.prefix), str(other.prefix)
    if chance.below(3) == 0:
        wanted = selector(mine, theirs, "tcp")
        cure = f"Write {what} of {site.gateway} for every protocol, not for TCP alone."
        return Broken(plan, _wanting(plan, site, wanted), site, cure)
    crowded = site if len(site.people) > 1 else other
    part = _around(chance, crowded)
    wanted = selector(part, theirs) if crowded is site else selector(mine, part)
    cure = f"Write {what} of {site.gateway} for all of {crowded.name}, {crowded.prefix}."
    return Broken(plan, _wanting(plan, site, wanted), site, cure)


def _around(chance: Chance, site: Site) -> str:
    """A smaller prefix that holds one of the site's two people."""
    host = chance.pick(site.people)
    length = site.prefix.prefixlen + 1 + chance.below(min(8, 27 - site.prefix.prefixlen))
    return str(IPv4Network((int(host.address), length), strict=False))


def _way_back(plan: Plan, chance: Chance) -> Broken:
    plan, site = _one_end(plan, chance, "route-based")
    topology = plan.topology()
    gateway = topology.gateway(site.gateway)
    rows = tuple(row for row in gateway.routes.routes if row.via != plan.tunnel)
    lame = replace(gateway, routes=RouteTable(rows))
    missing = plan.opposite(site).prefix
    cure = (
        f"Add the route for {missing} into the {plan.tunnel} at {site.gateway}, and a blackhole "
        "behind it."
    )
    return Broken(plan, topology.with_gateway(lame), site, cure)


def _nat(plan: Plan, chance: Chance) -> Broken:
    plan, site = _one_end(plan, chance, "policy-based")
    topology = plan.topology()
    gateway = replace(topology.gateway(site.gateway), translates=True)
    cure = f"Exempt what the policies of {site.gateway} are for from its source NAT."
    return Broken(plan, topology.with_gateway(gateway), site, cure)


def _overlap(plan: Plan, chance: Chance) -> Broken:
    plan, site = _one_end(plan, chance)
    other = plan.opposite(site)
    prefix = other.prefix
    if chance.below(2):
        prefix = chance.pick([*prefix.subnets(1 + chance.below(2))])
    names = [host.name for host in site.people]
    people = settled(chance, prefix, names, other.people)
    plan = plan.changed(replace(site, prefix=prefix, people=people))
    cure = (
        f"Give {site.name} or {other.name} other addresses; until then each can be reached only "
        "under addresses that a NAT puts in their place."
    )
    return Broken(plan, plan.topology(), site, cure)


def _mtu(plan: Plan, chance: Chance) -> Broken:
    plan, site = _one_end(plan, chance)
    cure = "Clamp the TCP segment size at the gateways, and let the ICMP messages through."
    return Broken(plan, replace(plan.topology(), icmp=False), site, cure)


BREAKS: dict[str, Callable[[Plan, Chance], Broken]] = {
    "peer": _peer,
    "port": _port,
    "keys": _keys,
    "no-child": _no_child,
    "esp": _esp,
    "narrowed": _narrowed,
    "way-back": _way_back,
    "nat": _nat,
    "overlap": _overlap,
    "mtu": _mtu,
}
