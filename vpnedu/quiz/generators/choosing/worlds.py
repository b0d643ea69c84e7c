"""Sites after one of them added a subnet: what the others know of it, by policies and by routes."""

from collections.abc import Callable
from dataclasses import replace

from vpnedu.network.gateways import Tunnel
from vpnedu.network.routes import Route, route
from vpnedu.network.topology import Topology, with_learned_routes
from vpnedu.quiz.generators.choosing.sites import (
    SERVICES,
    Site,
    around,
    part,
    sites,
    somewhere,
)
from vpnedu.quiz.generators.choosing.subnets import NEWCOMER, Plan, World
from vpnedu.simulation.chance import Chance
from vpnedu.simulation.events import Changed
from vpnedu.simulation.scenarios.building import (
    PolicyLine,
    policy_gateway,
    route_announced,
    route_gateway,
    subnet_added,
    with_route,
)


def drawn(chance: Chance) -> World:
    """One of the worlds, all of them about as likely to carry the packet as not."""
    other, growing, hub, spare = sites(chance, 4)
    inside = not chance.below(7)
    subnet = part(chance, growing.prefix if inside else spare.prefix, chance.pick((22, 23, 24, 24)))
    newcomer = somewhere(chance, subnet, (around(growing.address, 32),))
    back = not chance.below(3)
    plan = Plan(other, growing, hub, subnet, newcomer, chance.pick(SERVICES), back)
    return chance.pick(WORLDS)(chance, plan, inside)


def _seldom_back(chance: Chance, plan: Plan) -> Plan:
    """A packet from the subnet only has to find an old prefix, which routes make too easy."""
    return replace(plan, back=plan.back and not chance.below(3))


def _policies(chance: Chance, plan: Plan, inside: bool) -> World:
    """Two policy-based gateways, of which none, one or both got a row for the subnet."""
    some = ((False, False), (True, False), (True, False), (False, True), (True, True))
    edited = (False, False) if inside else chance.pick(some)
    by_hand = edited[0] != edited[1] and not chance.below(2)
    ends = (plan.other.gateway, plan.growing.gateway)
    before = _two_lists(plan, edited, negotiated=not by_hand)
    after = plan.grows(before)
    kept = "The keys of the tunnel were typed in by hand." if by_hand else "IKE sets the tunnel up."
    told = f"{_joined(plan)} policy-based. {kept} {_added(plan)} {_edited(edited, ends)}"
    changes = (subnet_added(plan.growing.name, before, after),)
    because = _because(plan, edited, inside, by_hand)
    return World("policies", told, because, after, changes, plan, plan.way(*ends))


def _two_lists(plan: Plan, edited: tuple[bool, bool], *, negotiated: bool) -> Topology:
    """Two sites whose lists know each other's old prefixes, and the subnet where edited."""
    ours, theirs, tunnel = plan.other, plan.growing, plan.growing.tunnel
    near: list[PolicyLine] = [(ours.prefix, theirs.prefix, tunnel)]
    far: list[PolicyLine] = [(theirs.prefix, ours.prefix, tunnel)]
    if edited[0]:
        near.append((ours.prefix, plan.subnet, tunnel))
    if edited[1]:
        far.append((plan.subnet, ours.prefix, tunnel))
    left, right = ours.network(0, left=True), theirs.network(0)
    gateways = (
        policy_gateway(ours.gateway, ours.public, left, near),
        policy_gateway(theirs.gateway, theirs.public, right, far),
    )
    ends = (ours.gateway, theirs.gateway)
    return Topology((left, right), gateways, (Tunnel(tunnel, ends, negotiated=negotiated),))


def _joined(plan: Plan) -> str:
    return (
        f"A tunnel joins the {plan.other.name.lower()} and the {plan.growing.name.lower()}. Both "
        f"gateways are"
    )


def _added(plan: Plan) -> str:
    return (
        f"Now the {plan.growing.name.lower()} adds the subnet `{plan.subnet}`, and {NEWCOMER} "
        f"sits in it."
    )


def _edited(edited: tuple[bool, bool], ends: tuple[str, str]) -> str:
    if all(edited):
        return "Both lists have got a row for it."
    if not any(edited):
        return "Nobody has edited a list."
    return f"Only the {ends[0] if edited[0] else ends[1]} has got a row for it."


def _because(plan: Plan, edited: tuple[bool, bool], inside: bool, by_hand: bool) -> str:
    if inside:
        return f"`{plan.subnet}` lies inside `{plan.growing.prefix}`, which both lists have."
    if all(edited):
        return "Both lists hold the packet, so both ends agree on it."
    if not any(edited):
        return "No list holds the packet, and each end has to."
    if by_hand:
        return "With keys typed in by hand, nobody compares the lists before a packet is sent."
    return "Both ends must hold a packet; IKE narrows the selectors to what both want."


def _two_sites(plan: Plan, announces: bool, rows: list[Route | tuple[str, str]]) -> Topology:
    ends, tunnel = (plan.other.gateway, plan.growing.gateway), plan.growing.tunnel
    left, right = plan.other.network(0, left=True), plan.growing.network(0)
    back = [] if announces else [(str(plan.other.prefix), tunnel)]
    return Topology(
        (left, right),
        (
            route_gateway(ends[0], plan.other.public, left, rows),
            route_gateway(ends[1], plan.growing.public, right, list(back)),
        ),
        (Tunnel(tunnel, ends, announces=announces),),
    )


def _static(chance: Chance, plan: Plan, inside: bool) -> World:
    """Two route-based gateways whose routes somebody typed in."""
    plan = _seldom_back(chance, plan)
    tunnel = plan.growing.tunnel
    rows: list[Route | tuple[str, str]] = [(str(plan.growing.prefix), tunnel)]
    block = around(plan.newcomer, 8 if plan.newcomer.packed[0] == 10 else 12)
    nothing = "Nobody has edited a table."
    added = f"The {plan.other.gateway} has got a route to it."
    choices: list[tuple[list[Route | tuple[str, str]], str]] = [
        ([], nothing),
        ([(str(plan.subnet), tunnel)], added),
        ([(str(block), tunnel)], nothing),
        ([route(block, blackhole=True)], nothing),
    ]
    more, told = chance.pick(choices)
    before = _two_sites(plan, announces=False, rows=[*rows, *more])
    after = plan.grows(before)
    told = f"{_joined(plan)} route-based, with static routes. {_added(plan)} {told}"
    changes = (subnet_added(plan.growing.name, before, after),)
    return _routed("static", plan, told, after, changes, inside)


def _routed(
    kind: str,
    plan: Plan,
    told: str,
    after: Topology,
    changes: tuple[Changed, ...],
    inside: bool,
    *between: str,
) -> World:
    because = "A gateway asks its routes for the destination only, and the longest prefix wins."
    if plan.back:
        because = "The packet goes to an old prefix, and its route was there before."
    elif inside:
        because = f"`{plan.subnet}` lies inside `{plan.growing.prefix}`, to which there is a route."
    way = plan.way(plan.other.gateway, *between, plan.growing.gateway)
    return World(kind, told, because, after, changes, plan, way)


def _learned(chance: Chance, plan: Plan, inside: bool) -> World:
    """Two route-based gateways that tell each other their prefixes; the news may be under way."""
    plan = _seldom_back(chance, plan)
    before = with_learned_routes(_two_sites(plan, announces=True, rows=[]))
    after = plan.grows(before)
    changes = [subnet_added(plan.growing.name, before, after)]
    told = f"{_joined(plan)} route-based and announce their networks to each other. {_added(plan)}"
    if chance.below(2):
        settled = with_learned_routes(after)
        changes.append(route_announced(str(plan.subnet), after, settled))
        told, after = f"{told} The {plan.growing.gateway} has announced it.", settled
    else:
        told = f"{told} The announcement is still under way."
    return _routed("learned", plan, told, after, tuple(changes), inside)


def _through_a_hub(chance: Chance, plan: Plan, inside: bool) -> World:
    """Three route-based gateways with static routes; one between the two ends."""
    plan = replace(plan, back=False)
    names = (plan.other, plan.hub, plan.growing)
    before = _three_sites(plan)
    after = plan.grows(before)
    edited = chance.pick(((), (0,), (0,), (0, 1)))
    for place in edited:
        tunnel = (plan.other.tunnel, plan.growing.tunnel)[place]
        after = with_route(after, names[place].gateway, route(plan.subnet, tunnel))
    told = (
        f"From the {names[0].name.lower()} the way to the {names[2].name.lower()} leads through "
        f"the {names[1].gateway}. All gateways are route-based, with static routes. {_added(plan)} "
        f"{_routes_for(edited, names)}"
    )
    changes = (subnet_added(names[2].name, before, after),)
    return _routed("static", plan, told, after, changes, inside, names[1].gateway)


def _three_sites(plan: Plan) -> Topology:
    """Two tunnels that meet at the hub, and routes to all the old prefixes."""
    other, hub, growing = plan.other, plan.hub, plan.growing
    first, second = other.tunnel, growing.tunnel
    left, middle, right = other.network(0, left=True), hub.network(1), growing.network(0)
    both = [*_to(first, other), *_to(second, growing)]
    gateways = (
        route_gateway(other.gateway, other.public, left, _to(first, hub, growing)),
        route_gateway(hub.gateway, hub.public, middle, both),
        route_gateway(growing.gateway, growing.public, right, _to(second, other, hub)),
    )
    tunnels = (
        Tunnel(first, (other.gateway, hub.gateway)),
        Tunnel(second, (hub.gateway, growing.gateway)),
    )
    return Topology((left, middle, right), gateways, tunnels)


def _to(tunnel: str, *those: Site) -> list[Route | tuple[str, str]]:
    return [(str(site.prefix), tunnel) for site in those]


def _routes_for(edited: tuple[int, ...], names: tuple[Site, ...]) -> str:
    if not edited:
        return "Nobody has edited a table."
    if len(edited) == 1:
        return f"Only the {names[0].gateway} has got a route to it."
    return f"The {names[0].gateway} and the {names[1].gateway} have got a route to it."


WORLDS: tuple[Callable[[Chance, Plan, bool], World], ...] = (
    _policies, _policies, _policies, _static, _static, _learned, _through_a_hub, _through_a_hub,
)  # fmt: skip
