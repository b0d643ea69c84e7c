"""The questions about choosing a tunnel, each answered a second time from what a reader sees."""

import re
from collections import Counter
from ipaddress import ip_address, ip_network, summarize_address_range

import pytest

from tests.quiz.generators.laws import check
from tests.quiz.generators.reading import (
    addresses,
    asked,
    best_route,
    default,
    first_row,
    number,
    row_out,
    span,
    within,
)
from vpnedu.quiz.question import Question

PLACES = ("first-row", "second-row", "third-row", "fourth-row", "fifth-row", "sixth-row")
# RFC 1918: what the internet has no route to.
PRIVATE = ("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16")


def tunnel_by_reading(question: Question) -> str:
    row = first_row(question, asked(question))
    return row_out(row[-1]).replace(" ", "-") if row else default(question)


def row_by_reading(question: Question) -> str:
    row = first_row(question, asked(question))
    return PLACES[int(row[0]) - 1] if row else "no-row"


def fate_by_reading(question: Question) -> str:
    packet = asked(question)
    row = first_row(question, packet)
    if row is not None:
        down = re.search(r"(tunnel \w+) is down", question.text)
        return "dropped" if down and down.group(1) == row_out(row[-1]) else "sealed"
    if default(question) == "discard":
        return "dropped"
    return "lost" if any(within(packet.target, block) for block in PRIVATE) else "arrives"


def target(question: Question) -> int:
    return number(addresses(question.text)[-1])


def route_by_reading(question: Question) -> str:
    row = best_route(question.table.rows, target(question))
    return row[1].replace(" ", "-") if row else "no-route"


def prefix_by_reading(question: Question) -> str:
    return best_route(question.table.rows, target(question))[0]


def claimed(text: str) -> str | None:
    """Where a sentence says that packets go, as a table's via."""
    if "no route holds it" in text:
        return None
    if "blackhole route" in text:
        return "blackhole"
    return "internet" if "to the internet" in text else re.search(r"into (.+)\.$", text).group(1)


def verdict_by_reading(question: Question) -> str:
    claim, rows = question.text.split("\n\n")[1], list(question.table.rows)
    prefix = re.search(r"`([^`]+/\d+)`(?: via (tunnel \w+|\w+))?", claim)
    to = number(addresses(claim)[0])
    if "holds the address" in claim:
        return str(within(to, prefix.group(1))).lower()
    if "preference 0" in claim:
        rows = [(*r[:3], "0", r[4]) if r[:2] == prefix.groups() else r for r in rows]
        return str(best_route(rows, to)[:2] == prefix.groups()).lower()
    if "withdrawn" in claim:
        rows = [row for row in rows if row[:2] != prefix.groups()]
    best = best_route(rows, to)
    return str(claimed(claim) == (best and best[1])).lower()


def arrival_by_reading(question: Question) -> str:
    packet, rows = asked(question), question.table.rows
    way = list(dict.fromkeys(row[0] for row in rows))
    parts = ("sender", "hub", "receiver") if len(way) == 3 else ("sender", "receiver")
    if question.table.columns[1] == "local":
        ends = (packet.source, packet.target)
        out = any(_pair(row, *ends) for row in rows if row[0] == way[0])
        back = any(_pair(row, *ends[::-1]) for row in rows if row[0] == way[1])
        if out and back:
            return "arrives"
        by_hand = out and "typed in by hand" in question.text
        return "dropped-by-receiver" if by_hand else "dropped-by-sender"
    for gateway, part in zip(way, parts, strict=True):
        table = ((*row[1:], "0", "0") for row in rows if row[0] == gateway)
        via = best_route(table, packet.target)[1]
        if not via.startswith("tunnel"):
            fates = {"internet": f"unsealed-by-{part}", "blackhole": f"dropped-by-{part}"}
            return fates.get(via, "arrives")
    return "no fate: the last gateway has no network for it"


def _pair(row: tuple[str, ...], local: int, remote: int) -> bool:
    return row[1] != "any" and within(local, row[1]) and within(remote, row[2])


def overlap(first: str, second: str) -> str | None:
    """What two prefixes or ranges have in common, as text."""
    low = max(span(first)[0], span(second)[0])
    high = min(span(first)[1], span(second)[1])
    if low > high:
        return None
    ends = ip_address(low), ip_address(high)
    prefixes = list(summarize_address_range(*ends))
    return str(prefixes[0]) if len(prefixes) == 1 else f"{ends[0]}-{ends[1]}"


def agreed_by_reading(question: Question) -> str:
    ours, theirs = question.table.rows
    near, far = overlap(ours[1], theirs[2]), overlap(ours[2], theirs[1])
    if question.kind == "text":
        return str(ip_network(far))
    services = {ours[3], theirs[3]} - {"any"}
    names = {service.split(",")[0] for service in services}
    if near is None or far is None or len(names) > 1:
        return "refused"
    service = "".join(f", for {s.replace(', remote', '').replace(', local', '')}" for s in services)
    wanted = f"TSi `{near}`, TSr `{far}`{service}"
    return next(choice.id for choice in question.answer.choices if choice.text == wanted)


def inbound_by_reading(question: Question) -> str:
    rows, text = question.table.rows, question.text
    if question.table.columns[0] == "tunnel":
        return "let-in-by-wildcards"
    source, to = map(number, addresses(text)[:2])
    port = int(re.search(r"port (\d+)", text).group(1))
    fits = [
        row
        for row in rows
        if within(to, row[1])
        and within(source, row[2])
        and (row[3] == "any" or row[3] == f"TCP, local port {port}")
    ]
    tunnel = re.search(r"tunnel \w+", text.replace("without any tunnel", ""))
    if tunnel:
        held = any(row[4] == f"protect, {tunnel.group()}" for row in fits)
        return "let-in-by-row" if held else "dropped-by-selectors"
    if not fits:
        return "no-row"
    return "let-pass" if fits[0][4] == "bypass" else "wants-sealed"


def flows_by_reading(question: Question) -> list[str]:
    wanted = re.search(r"take (tunnel \w)\?", question.text).group(1)
    regions = re.findall(r"(tunnel \w) from ([\d.]+) to (\d(?:\.\d+)?)", question.text)
    low, high = next((float(a), float(b)) for name, a, b in regions if name == wanted)
    hashes = {row[1:4]: float(row[5]) for row in question.table.rows if row[5] != "not shown"}
    rows = question.table.rows
    return [f"packet-{row[0]}" for row in rows if low <= hashes[row[1:4]] < high]


SECOND_WAYS = {
    "which-tunnel-policy": tunnel_by_reading,
    "which-selector": row_by_reading,
    "no-match": fate_by_reading,
    "which-route": route_by_reading,
    "which-route-typed": prefix_by_reading,
    "longest-prefix-true-or-false": verdict_by_reading,
    "new-subnet-arrives": arrival_by_reading,
    "narrowing": agreed_by_reading,
    "inbound-check": inbound_by_reading,
    "equal-routes": flows_by_reading,
}


# What is the right answer now and then, of those that stand for a fate.
FATES = {
    "no-match": {"sealed", "dropped", "lost", "arrives"},
    "longest-prefix-true-or-false": {"true", "false"},
    "new-subnet-arrives": {
        "arrives", "dropped-by-sender", "dropped-by-receiver", "unsealed-by-sender",
        "unsealed-by-hub",
    },
    "narrowing": {"overlap", "refused"},
    "inbound-check": {
        "let-in-by-row", "dropped-by-selectors", "let-in-by-wildcards", "wants-sealed",
        "let-pass", "no-row",
    },
}  # fmt: skip


@pytest.mark.parametrize("name", SECOND_WAYS)
def test_a_thousand_questions_keep_the_laws_and_are_answered_by_reading_them(name) -> None:
    made = check(name, second_way=SECOND_WAYS[name], distinct=0.95)
    assert all(question.trace is not None for question in made)
    if name in FATES:
        every_fate_comes_up([q.answer.key for q in made if q.answer.name == "one"], FATES[name])


def every_fate_comes_up(keys: list[str], fates: set[str]) -> None:
    """Each is the right answer now and then, and none nearly always."""
    counted = Counter(keys)
    assert set(counted) == fates
    assert min(counted.values()) > 0.025 * len(keys), counted
    assert max(counted.values()) < 0.8 * len(keys), counted


def test_a_trace_shows_the_tunnel_that_the_key_names() -> None:
    for question in check("which-tunnel-policy", range(150)):
        taken = [tunnel.replace(" ", "-") for tunnel in question.trace.tunnels_taken[:1]]
        key = question.answer.key
        assert taken == ([key] if key.startswith("tunnel") else [])
