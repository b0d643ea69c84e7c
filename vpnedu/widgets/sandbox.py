"""The sandbox of the book: where a reader starts, and the element that holds it."""

import json
from dataclasses import dataclass
from html import escape
from typing import Any

from vpnedu.simulation.designs import DESIGNS
from vpnedu.simulation.documents import read
from vpnedu.simulation.scenarios import SCENARIOS

FIRST = "two-sites-policy-based"


@dataclass(frozen=True, slots=True)
class Start:
    """Something to begin with: `name` stands in links, `#sandbox/name`; `of` is what to ask for."""

    name: str
    title: str
    of: dict[str, Any]


def bare() -> dict[str, Any]:
    """Two sites and the gateways that stand in them, with nothing between."""
    sites = (
        ("north", "Nora", "10.1.0", "198.51.100.1", "left"),
        ("south", "Sol", "10.2.0", "203.0.113.1", "right"),
    )
    return {
        "vpnedu": 1,
        "kind": "network",
        "title": "Two sites, not joined",
        "networks": [
            {
                "name": name,
                "kind": "site",
                "prefixes": [f"{start}.0/16"],
                "hosts": [{"name": host, "address": f"{start}.10"}],
                "place": [side, 0],
            }
            for name, host, start, _, side in sites
        ],
        "gateways": [
            {
                "name": f"{name} gateway",
                "address": address,
                "inside": name,
                "kind": "route-based",
                "routes": [
                    {"prefix": f"{start}.0/16", "via": name, "origin": "connected"},
                    {"prefix": "0.0.0.0/0", "via": "internet"},
                ],
            }
            for name, _, start, address, _ in sites
        ],
        "tunnels": [],
        "send": {"source": "Nora", "destination": "Sol"},
    }


def starts() -> tuple[Start, ...]:
    """Two sites that nothing joins, then every network and every design of the book."""
    read(bare())
    networks = (
        Start(name, one.title, {"scenario": name, "preset": 0}) for name, one in SCENARIOS.items()
    )
    designs = (Start(name, one.title, {"design": name}) for name, one in DESIGNS.items())
    return (Start("bare", "Two sites, not joined", {"own": bare()}), *networks, *designs)


def sandbox_html() -> str:
    """The element with its data; without scripts it says what it would be."""
    listed = [{"name": each.name, "title": each.title, "of": each.of} for each in starts()]
    data = json.dumps({"starts": listed}, ensure_ascii=False, separators=(",", ":"))
    data = data.replace("<", "\\u003c")
    items = "".join(f"<li>{escape(each.title)}</li>" for each in starts())
    return (
        '<vpn-sandbox id="your-network" class="instrument">'
        f'<script type="application/json">{data}</script>'
        "<p>The sandbox needs scripts, which do not run here. With them it starts from any of "
        f"these, or from a file of yours:</p><ul>{items}</ul></vpn-sandbox>"
    )


class Sandbox:
    """The sandbox on a page of the site; a notebook and a terminal say where it is."""

    def _repr_html_(self) -> str:
        return sandbox_html()

    def __repr__(self) -> str:
        return "The sandbox is on the book's site: it runs Python in the page."


def sandbox() -> Sandbox:
    """The sandbox, for the page that holds it."""
    return Sandbox()
