"""Is this gateway subnet right, and if not, what has to change?"""

from dataclasses import dataclass, replace
from ipaddress import IPv4Network

from vpnedu.network.addresses import AddressRange
from vpnedu.quiz.generators.generator import Generator
from vpnedu.quiz.generators.reckoning.paths import hints
from vpnedu.quiz.inputs import Choice, One
from vpnedu.quiz.question import Question, Table
from vpnedu.simulation.chance import Chance

NAME = "gateway-subnet"
# chapters/facts/azure.toml, table "reserved": name, size, and what may not be attached.
RIGHT_NAME, SMALLEST = "GatewaySubnet", 27
OTHER_NAMES = ("VpnGatewaySubnet", "Gateway-Subnet", "gw-subnet", "vpn", "GatewaySubnet1", "Edge")
SUBNETS = (("web", "app", "data"), ("shop", "stock", "tests"), ("front", "back", "desktops"))
SKUS = ("VpnGw1AZ", "VpnGw2AZ", "VpnGw3AZ", "VpnGw4AZ")
NO_GROUP = "none"
STORIES = (
    "A virtual network has the address space `{plan.space}` and the subnets in the table. A VPN "
    "gateway of the SKU {sku} is to go into a new subnet: name `{plan.name}`, prefix "
    "`{plan.prefix}`, network security group: {plan.group}.\n\nWhat has to change before the "
    "gateway is created?",
    "A colleague asks you to look at a plan. Into the virtual network `{plan.space}`, beside the "
    "subnets in the table, comes a subnet for a VPN gateway ({sku}): name `{plan.name}`, prefix "
    "`{plan.prefix}`, network security group: {plan.group}.\n\nWhat do you tell the colleague to "
    "change?",
    "You write the template for a VPN gateway of the SKU {sku}. The virtual network is "
    "`{plan.space}`, the table has its subnets, and the one for the gateway is: name "
    "`{plan.name}`, prefix `{plan.prefix}`, network security group: {plan.group}.\n\nWhat about "
    "the gateway's subnet has to be changed?",
)
FAULTS = ("nothing", "name", "size", "space", "overlap", "group")


@dataclass(frozen=True, slots=True)
class Plan:
    """A gateway subnet to be, and the virtual network around it."""

    space: IPv4Network
    subnets: tuple[tuple[str, IPv4Network], ...]
    name: str
    prefix: IPv4Network
    group: str = NO_GROUP

    def taken(self) -> str | None:
        """The name of a subnet that shares addresses with this one."""
        ours = AddressRange.of(self.prefix)
        held = (n for n, other in self.subnets if AddressRange.of(other).intersect(ours))
        return next(held, None)


def broken(plan: Plan) -> list[str]:
    """What is wrong with `plan`, by the names in FAULTS."""
    space = AddressRange.of(plan.space)
    rules = {
        "name": plan.name == RIGHT_NAME,
        "size": plan.prefix.prefixlen <= SMALLEST,
        "space": plan.prefix[0] in space and plan.prefix[-1] in space,
        "overlap": plan.taken() is None,
        "group": plan.group == NO_GROUP,
    }
    return [fault for fault, kept in rules.items() if not kept]


def make(chance: Chance) -> Question:
    """A plan with one fault, or none; its rules are checked one by one."""
    plan = _faulty(chance, _sound(chance), chance.pick(FAULTS))
    wrong = broken(plan)
    right, says = wrong[0] if wrong else "nothing", _says(plan)
    choices = [Choice(fault, _TEXTS[fault], fault == right, says[fault]) for fault in FAULTS[1:]]
    return Question(
        id=NAME,
        kind="single",
        text=chance.pick(STORIES).format(plan=plan, sku=chance.pick(SKUS)),
        answer=One((*chance.shuffled(choices), _nothing(right, says))),
        explain="\n\n".join(says[fault] for fault in FAULTS[1:]),
        reference="Microsoft Learn, VPN Gateway FAQ, 4 June 2026, and the settings page, undated",
        objective=NAME,
        difficulty=2,
        hints=hints(
            "Write down the first and the last address of every prefix, the space included.",
            "Azure finds the subnet by its name, and asks for /27 or larger except on Basic "
            "(June 2026).",
        ),
        table=_table(plan),
    )


def _nothing(right: str, says: dict[str, str]) -> Choice:
    """The choice that all is right."""
    if right == "nothing":
        reason = "Name, size and place are right, and nothing is attached to it."
    else:
        reason = f"There is something: {says[right][0].lower()}{says[right][1:]}"
    return Choice("nothing", _TEXTS["nothing"], right == "nothing", reason, last=True)


def _table(plan: Plan) -> Table:
    rows = tuple((name, str(prefix), f"{name}-group") for name, prefix in plan.subnets)
    return Table("Subnets so far", ("Subnet", "Prefix", "Network security group"), rows)


def _sound(chance: Chance) -> Plan:
    """A plan without a fault, its subnet close to others or far from them."""
    first = chance.pick(
        ((10, 4 + chance.below(200)), (10, 16 + chance.below(100)), (172, 17 + chance.below(14)))
    )
    length = chance.pick((16, 16, 20, 22))
    space = IPv4Network(f"{first[0]}.{first[1]}.{16 * chance.below(8)}.0/{length}", strict=False)
    blocks = list(space.subnets(new_prefix=24))
    halves = list(blocks[2].subnets(new_prefix=25))
    # In order, and none beyond the first half of the third block.
    first_ones = chance.pick(
        (
            (blocks[0], blocks[1]),
            (next(space.subnets(new_prefix=23)),),
            (next(blocks[0].subnets(new_prefix=26)), blocks[1]),
        )
    )
    subnets = tuple(zip(chance.pick(SUBNETS), (*first_ones, halves[0]), strict=False))
    new = chance.pick((25, 26, 27, 27))
    free = chance.pick((halves[1], blocks[-1], blocks[-1]))
    prefix = chance.pick(
        (next(free.subnets(new_prefix=new)), list(free.subnets(new_prefix=new))[-1])
    )
    return Plan(space, subnets, RIGHT_NAME, prefix)


def _faulty(chance: Chance, plan: Plan, fault: str) -> Plan:
    """`plan` with `fault` and no other."""
    if fault == "name":
        return replace(plan, name=chance.pick(OTHER_NAMES))
    if fault == "size":
        small = next(plan.prefix.subnets(new_prefix=chance.pick((28, 28, 29))))
        return replace(plan, prefix=small)
    if fault == "space":
        after = IPv4Network(int(plan.space[-1]) + 1)
        before = IPv4Network(int(plan.space[0]) - 1)
        near = chance.pick((after, after, before)).supernet(new_prefix=plan.prefix.prefixlen)
        return replace(plan, prefix=near)
    if fault == "overlap":
        inside = chance.pick(plan.subnets)[1].subnets(new_prefix=27)
        return replace(plan, prefix=list(inside)[-1])
    if fault == "group":
        return replace(plan, group="gateway-group")
    return plan


_TEXTS = {
    "nothing": "Nothing.",
    "name": "Its name.",
    "size": "Its size.",
    "space": "Its place: it is outside the address space.",
    "overlap": "Its place: it overlaps another subnet.",
    "group": "The network security group.",
}


def _says(plan: Plan) -> dict[str, str]:
    """For each rule, how the plan keeps it or breaks it."""
    taken, wrong = plan.taken(), broken(plan)
    size = f"/{plan.prefix.prefixlen} has {plan.prefix.num_addresses} addresses"
    runs = f"{plan.space} runs from {plan.space[0]} to {plan.space[-1]}"
    here = f"the new subnet runs from {plan.prefix[0]} to {plan.prefix[-1]}"
    return {
        "name": "The subnet must be called `GatewaySubnet`, and exactly so."
        if "name" in wrong
        else "The name is the one that Azure asks for.",
        "size": f"The size is too small: {size}, and every SKU but Basic needs /27 or larger (by "
        "Microsoft's settings page; the FAQ of June 2026 recommends it)."
        if "size" in wrong
        else f"The size will do: {size}, and /27 or larger is asked for.",
        "space": f"It lies outside: {runs}, and {here}."
        if "space" in wrong
        else f"It lies inside: {runs}, and {here}.",
        "overlap": f"It overlaps {taken}, {dict(plan.subnets)[taken]}: {here}."
        if taken
        else f"It overlaps no other subnet: those run from {plan.subnets[0][1][0]} to "
        f"{plan.subnets[-1][1][-1]}.",
        "group": "Azure does not support a network security group on it (June 2026)."
        if "group" in wrong
        else "No group is attached to it, and those of the other subnets do no harm.",
    }


GENERATOR = Generator(
    NAME,
    "Tell a valid gateway subnet from one that Azure refuses",
    "planning",
    "choosing-a-gateway-type",
    "misconceptions",
    make,
)
