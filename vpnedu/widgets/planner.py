"""Plan a network: prefixes in a table to type into, drawn to scale and checked as one types.

The check is `vpnedu.network.planning`; `static/planning.js` is its twin for a page, and takes the
rules, their words and the provider's sizes from here.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from ipaddress import IPv4Network
from typing import Any

from vpnedu.book.facts import facts
from vpnedu.network.addresses import InputError
from vpnedu.network.planning import Limits, check
from vpnedu.network.planning_rules import KINDS, PAIRS, RULES
from vpnedu.widgets.instrument import Instrument, shown
from vpnedu.widgets.live import Live
from vpnedu.widgets.planner_examples import EXAMPLES, Example
from vpnedu.widgets.planner_still import still, template, text


@dataclass(frozen=True)
class Gateway:
    """A kind of gateway that a plan is for, and the longest prefix its subnet may have."""

    label: str
    longest: int


def gateways() -> tuple[Gateway, ...]:
    """The kinds of gateway, with sizes as `chapters/facts/azure.toml` has them."""
    usual = _lengths(facts("azure", "reserved")["Size of the gateway subnet", "Reserved"])
    beside = _lengths(facts("azure", "beside ExpressRoute")["Gateway subnet", "Rule"])
    return (
        Gateway("any SKU but Basic", usual[0]),
        Gateway("Basic", usual[1]),
        Gateway("beside an ExpressRoute gateway", beside[0]),
    )


def azure(gateway: int = 0) -> Limits:
    """What Azure asks of a plan with the gateway of that place in `gateways()`."""
    reserved, subnets = facts("azure", "reserved"), facts("networks", "subnets")
    name, _, _ = str(reserved["Name of the gateway subnet", "Reserved"]).partition(",")
    for_bgp = reserved["Link-local addresses for BGP", "Reserved"]
    ranges = [
        (IPv4Network(r), str(what)) for r, what, *_ in facts("networks", "refused ranges").rows
    ]
    refused = tuple(
        (r, f"{w} (BGP alone may use {for_bgp})" * r.is_link_local or w) for r, w in ranges
    )
    [smallest] = _lengths(subnets["Smallest IPv4 subnet", "Rule"])
    kept = int(subnets["Addresses kept in each subnet", "Rule"])
    return Limits(name, gateways()[gateway].longest, smallest, kept, refused)


def _lengths(cell: str | int) -> list[int]:
    """The prefix lengths that a fact names, in its order."""
    return [int(length) for length in re.findall(r"/(\d+)", str(cell))]


def plan_network(
    *,
    anchor: str,
    caption: str,
    title: str = "Plan a network",
    examples: Sequence[str] = (),
) -> Live:
    """A plan to type into, which begins with the first of the `examples` (all, unless told)."""
    return shown(plan_of(anchor=anchor, caption=caption, title=title, examples=examples))


def plan_of(*, anchor: str, caption: str, title: str, examples: Sequence[str] = ()) -> Instrument:
    """The instrument that `plan_network` shows."""
    for name in examples:
        if name not in EXAMPLES:
            raise InputError("examples", f"there is no {name!r}; there are {', '.join(EXAMPLES)}")
    chosen = {name: EXAMPLES[name] for name in examples or EXAMPLES}
    first = next(iter(chosen.values()))
    limits = azure(first.gateway)
    found = check(first.entries, limits)
    sizes = [(each.label, each.longest) for each in gateways()]
    # Without scripts a template shows nothing.
    html = template(anchor, chosen, sizes)
    html += still(first.entries, found, limits.kept, limits.gateway_name)
    told = text(first.entries, found, limits.kept)
    return Instrument("plan", anchor, title, caption, page_data(chosen), html, told)


def page_data(examples: dict[str, Example]) -> dict[str, Any]:
    """What the page needs to check and draw plans of a reader's own."""
    limits = azure()
    return {
        "kinds": KINDS,
        "rules": {name: [r.weight, r.says, r.why, r.mend] for name, r in RULES.items()},
        "pairs": {" ".join(pair): rules for pair, rules in PAIRS.items()},
        "limits": {
            "gateway": limits.gateway_name,
            "subnet": limits.subnet_longest,
            "kept": limits.kept,
            "refused": [[str(block), what] for block, what in limits.refused],
        },
        "examples": [
            {"gateway": it.gateway, "rows": [[e.kind, e.name, e.prefix] for e in it.entries]}
            for it in examples.values()
        ],
    }
