"""A question read as a student reads it: its sentences and its table, with nothing of the engine.

Addresses are compared as integers here and routes are searched one by one.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from ipaddress import ip_address, ip_network

from vpnedu.quiz.question import Question

Span = tuple[int, int]


@dataclass(frozen=True)
class Asked:
    """The packet of a question; the port is None where none is told."""

    source: int
    target: int
    protocol: str
    port: int | None


def number(text: str) -> int:
    return int(ip_address(text))


def addresses(text: str) -> list[str]:
    """The addresses, not the prefixes, that a text marks as code."""
    return [found for found in re.findall(r"`([0-9a-f.:]+)`", text) if "/" not in found]


def asked(question: Question) -> Asked:
    """The packet: source before destination, protocol and port."""
    last = question.text.split("\n\n")[-1]
    source, target = addresses(last) or addresses(question.text)
    protocol = re.search(r"\b(TCP|UDP|ICMP)\b", last).group()
    port = re.search(r"port (\d+)", last)
    return Asked(number(source), number(target), protocol, int(port.group(1)) if port else None)


def span(text: str) -> Span:
    """A prefix, a range or an address as its first and last number."""
    if "-" in text:
        first, last = text.split("-")
        return number(first), number(last)
    whole = ip_network(text)
    return int(whole[0]), int(whole[-1])


def within(address: int, text: str) -> bool:
    return any(first <= address <= last for first, last in map(span, text.split(", ")))


def service_holds(cell: str, packet: Asked) -> bool:
    """Whether "TCP, remote port 443" and the like hold the packet, on its way out."""
    if cell == "any":
        return True
    wanted = re.search(r"port (\d+)", cell)
    port = wanted is None or packet.port == int(wanted.group(1))
    return cell.startswith(packet.protocol) and port


def first_row(question: Question, packet: Asked) -> tuple[str, ...] | None:
    """The first row of a policy table that holds a packet on its way out."""
    for row in question.table.rows:
        _, local, remote, service, _ = row
        near, far = within(packet.source, local), within(packet.target, remote)
        if near and far and service_holds(service, packet):
            return row
    return None


def row_out(then: str) -> str:
    """What a row's last cell comes to: a tunnel, bypass or discard."""
    return then.removeprefix("protect, ")


def default(question: Question) -> str:
    return "bypass" if "passes unsealed" in question.text else "discard"


def best_route(rows: Iterator[tuple[str, ...]], target: int) -> tuple[str, ...] | None:
    """The best of (prefix, via, source, preference, metric), by a search of all rows."""
    best = None
    for row in rows:
        prefix, _, _, preference, metric = row
        if within(target, prefix):
            rank = (-int(prefix.split("/")[1]), int(preference), int(metric))
            if best is None or rank < best[0]:
                best = rank, row
    return best and best[1]
