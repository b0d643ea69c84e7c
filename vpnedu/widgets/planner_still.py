"""A plan as it is read without scripts: the table, its prefixes drawn to scale, what was found.

`scales` has a twin in `static/planning.js`; the template here is what the page's script fills.
"""

from collections.abc import Iterable, Sequence
from html import escape
from ipaddress import IPv4Network

from vpnedu.network.planning import Entry, Finding, meant, usable
from vpnedu.network.planning_rules import KINDS

SIGNS = {"error": "✕", "warning": "!", "note": "·"}

# A scale, and the places of the rows that are drawn on it.
Scale = tuple[IPv4Network, tuple[int, ...]]


def scales(entries: Sequence[Entry]) -> list[Scale]:
    """What is drawn on one scale: all networks of one /8, then each space with its subnets."""
    read = enumerate(meant(entry.prefix) for entry in entries)
    nets = {at: net[0] for at, net in read if net and net[0].prefixlen}
    homes = [at for at in nets if entries[at].kind == "space"]
    subnets = [at for at in nets if entries[at].kind == "subnet"]
    cut = [(nets[h], tuple(s for s in subnets if nets[s].subnet_of(nets[h]))) for h in homes]
    inside = {at for _, bars in cut for at in bars}
    groups: dict[int, list[int]] = {}
    for at in nets:
        if at not in inside:
            groups.setdefault(int(nets[at][0]) >> 24, []).append(at)
    wide = [(covering([nets[at] for at in group]), tuple(group)) for group in groups.values()]
    return [*wide, *(scale for scale in cut if scale[1])]


def covering(nets: Iterable[IPv4Network]) -> IPv4Network:
    """The smallest block that holds all of `nets`."""
    axis, *others = nets
    for net in others:
        while not net.subnet_of(axis):
            axis = axis.supernet()
    return axis


def template(anchor: str, examples: Iterable[str], gateways: Iterable[tuple[str, int]]) -> str:
    """The empty table and its controls, which the page's script fills and wires."""
    kinds = "".join(f'<option value="{kind}">{words}</option>' for kind, words in KINDS.items())
    starts = "".join(f"<option>{escape(name)}</option>" for name in examples)
    sizes = "".join(f'<option value="{n}">{escape(label)}</option>' for label, n in gateways)
    field = (
        '<input aria-label="{0}" placeholder="{0}" maxlength="60" spellcheck="false"'
        ' autocomplete="off">'
    )
    return (
        f'<template><div class="frame" style="--hatch: url(#{anchor}-hatch)"><div class="tools">'
        f"<label>Start from <select>{starts}</select></label>"
        f"<label>Gateway <select>{sizes}</select></label></div>"
        f'<ol class="rows"><li><select aria-label="kind">{kinds}</select>'
        f"{field.format('name')}{field.format('prefix')}"
        '<span class="sign"></span><button type="button"><span aria-hidden="true">−</span>'
        '<span class="unseen">remove this row</span></button><p class="wrong"></p>'
        '</li></ol><button type="button" class="more">Add a row</button>'
        f'<p class="sum" role="status"></p>{_hatch(anchor)}<div class="bars"></div>'
        '<ol class="found"></ol></div></template>'
    )


def _hatch(anchor: str) -> str:
    return (
        f'<svg class="hatching" aria-hidden="true"><pattern id="{anchor}-hatch" width="6"'
        ' height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">'
        '<rect width="3" height="6"></rect></pattern></svg>'
    )


def still(entries: Sequence[Entry], findings: Sequence[Finding], kept: int, gateway: str) -> str:
    """The plan for paper and for pages without scripts."""
    drawn = "".join(_scale(entries, scale, kept, gateway) for scale in scales(entries))
    told = "".join(
        f'<li class="{each.weight}">{SIGNS[each.weight]} <b>{escape(each.words.says)}</b> '
        f"{escape(each.words.why)} <em>{escape(each.words.mend)}</em></li>"
        for each in findings
    )
    return f'<div class="bars">{drawn}</div><ol class="found">{told}</ol>'


def _scale(entries: Sequence[Entry], scale: Scale, kept: int, gateway: str) -> str:
    axis, bars = scale
    lines = "".join(_bar(entries[at], axis, kept, gateway) for at in bars)
    return f"<p>On the scale of <code>{axis}</code></p><ul>{lines}</ul>"


def _bar(entry: Entry, axis: IPv4Network, kept: int, gateway: str) -> str:
    read = meant(entry.prefix)
    assert read is not None, "scales hold what could be read"
    net, kind = read[0], "gateway" if entry.name == gateway else entry.kind
    place = 100 * (int(net[0]) - int(axis[0])) / axis.num_addresses
    width = 100 * net.num_addresses / axis.num_addresses
    return (
        f"<li><b>{escape(entry.name or KINDS[entry.kind])}</b> <code>{net}</code> "
        f"{escape(sized(entry, net, kept))}"
        '<svg aria-hidden="true"><rect class="axis" width="100%" height="100%"></rect>'
        f'<rect class="{kind}" x="{place:g}%" width="{width:g}%" height="100%"></rect></svg></li>'
    )


def sized(entry: Entry, net: IPv4Network, kept: int) -> str:
    """The kind of a row and its addresses in words."""
    count = net.num_addresses
    words = f"{KINDS[entry.kind]}, {count:,} address{'es' * (count != 1)}"
    return words + f", {usable(net, kept):,} to use" * (entry.kind == "subnet")


def text(entries: Sequence[Entry], findings: Sequence[Finding], kept: int) -> str:
    """The plan for a terminal or a screen reader."""
    lines = []
    for entry in entries:
        read = meant(entry.prefix)
        words = sized(entry, read[0], kept) if read else KINDS[entry.kind]
        lines.append(f"{entry.name}: {entry.prefix} ({words})")
    return "\n".join([*lines, "", *map(str, findings)]).rstrip()
