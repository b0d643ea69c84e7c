"""The configuration of a document: a network or a design that a reader made.

The book's own scenarios have names that files and resources can bear; a reader's may not.
"""

from collections.abc import Iterator

from vpnedu.configuring.lines import Configuration
from vpnedu.configuring.plans import slug
from vpnedu.configuring.writing import configure
from vpnedu.network.addresses import InputError
from vpnedu.simulation.documents import DesignDocument, NetworkDocument

# A thing's name, and where it stands in its document.
Named = tuple[str, str]


def configured(
    document: NetworkDocument | DesignDocument,
    target: str,
    gateway: str | None = None,
    *,
    at: str = "",
) -> Configuration:
    """The configuration of a document for one kind of tool; see `configure`.

    InputError names the thing whose name no configuration can bear by its path, in front of it
    `at`; and what the tool asks for by its option: `--for`, `--gateway`.
    """
    where = f"{at}." if at else ""
    seen: dict[str, str] = {}
    for name, path in _named(document):
        borne = slug(name)
        if not borne[:1].isalpha():
            rule = f"{name!r} begins with no letter from a to z, which a configuration needs"
            raise InputError(f"{where}{path}", rule)
        if borne in seen:
            rule = f"in a configuration {name!r} and {seen[borne]!r} have the same name, {borne}"
            raise InputError(f"{where}{path}", rule)
        seen[borne] = name
    found = document.design if isinstance(document, DesignDocument) else document.scenario
    return configure(found, target, gateway)


def _named(document: NetworkDocument | DesignDocument) -> Iterator[Named]:
    """All that a configuration calls by its name."""
    named: dict[str, list[str]]
    if isinstance(document, DesignDocument):
        design = document.design
        named = {
            "devices": [device.name for device in design.devices],
            "gateways": [gateway.name for gateway in design.gateways],
        }
    else:
        topology = document.topology
        named = {
            "gateways": [gateway.name for gateway in topology.gateways],
            "tunnels": [tunnel.name for tunnel in topology.tunnels],
            "networks": [network.name for network in topology.networks],
        }
    for key, names in named.items():
        for place, name in enumerate(names):
            yield name, f"{key}.{place}.name"
