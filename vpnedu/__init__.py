"""vpnedu: a small library that runs virtual private networks and shows what happened.

Layers, each importing only those before it: `network` (what is true at one instant),
`simulation` (what happens over time), `configuring` (real configurations), `studies` (what many
runs come to), `drawing` (pictures), `quiz` (questions), `book` (the book's files), `widgets` (to
touch), `site` (the book's glue), `classroom` (graded quizzes), `cli`.
"""

from importlib import import_module
from typing import Any

# Where each public name lives. It is imported on first use: the core runs in a browser's Python,
# where the layers above it can't be imported.
_HOME = {
    "network.addresses": ("InputError", "parse_address", "parse_prefix"),
    "network.encapsulation": ("SUITES", "largest_inner", "parts", "sealed_length", "tcp_mss"),
    "network.esp": ("SealingKey", "teaching_key", "seal", "unseal"),
    "network.flows": ("Flow",),
    "network.packets": ("Packet", "packet"),
    "network.planning": ("next_free", "usable"),
    "network.replay": ("ReplayWindow",),
    "network.specimens": ("specimen",),
    "network.policies": ("Policy", "PolicyTable"),
    "network.routes": ("Route", "RouteTable", "route"),
    "network.selectors": ("Selector", "prefix_pairs", "selector"),
    "simulation.availability": (
        "CommonCause",
        "Component",
        "KofN",
        "Parallel",
        "Series",
        "availability",
        "downtime",
        "in_words",
        "weakest",
    ),
    "simulation.designs": ("DESIGNS", "design"),
    "simulation.designs.structure": ("RATES", "structure_of"),
    "simulation.failover": ("simulate",),
    "simulation.matrix": ("matrix",),
    "simulation.scenarios": ("SCENARIOS", "scenario"),
    "studies.years": ("design_years",),
    "configuring": ("configure",),
    "drawing": ("draw", "film", "storyboard"),
    "widgets": ("play", "play_failover", "play_matrix"),
    "widgets.planner": ("plan_network",),
    "widgets.choosing": ("choose_type",),
    "widgets.fault_finding": ("find_the_fault",),
    "widgets.fitting": ("what_fits",),
    "widgets.packet_bytes": ("byte_by_byte",),
    "widgets.ladders": ("ike_ladder",),
    "widgets.windows": ("replay_window",),
    "widgets.book_map": ("book_map",),
    "widgets.sandbox": ("sandbox",),
    "book.facts": ("facts",),
    "site.profiles": ("profile_table",),
}
_MODULE_OF = {name: module for module, names in _HOME.items() for name in names}

__all__ = list(_MODULE_OF)
__version__ = "0.1.0"


def __getattr__(name: str) -> Any:
    if name not in _MODULE_OF:
        raise AttributeError(f"module 'vpnedu' has no attribute {name!r}")
    return getattr(import_module(f"vpnedu.{_MODULE_OF[name]}"), name)


def __dir__() -> list[str]:
    return __all__
