"""Writes `data/az.json`: what the real `az` takes, for the commands that the book writes.

Run by hand, in an environment of its own with `pip install azure-cli` (0.7 GB, which is why the
tests don't have it):

    python tests/configuring/record_az.py

It holds, for each command, its options by all their names, which are required, and what an
option may be; and the properties of the resources, by the names that ARM and Bicep have for them.
"""

import json
import sys
from datetime import UTC, datetime
from importlib import import_module
from importlib.metadata import version
from pathlib import Path
from typing import Any

COMMANDS = (
    "network vnet create",
    "network vnet subnet create",
    "network public-ip create",
    "network local-gateway create",
    "network vnet-gateway create",
    "network vnet-gateway update",
    "network vnet-gateway list-bgp-peer-status",
    "network vnet-gateway list-learned-routes",
    "network vpn-connection create",
    "network vpn-connection update",
    "network vpn-connection show",
    "network vpn-connection list-ike-sas",
    "network vpn-connection ipsec-policy add",
)
MODULES = {
    "virtualNetworks": "vnet._update",
    "publicIPAddresses": "public_ip._update",
    "localNetworkGateways": "local_gateway._update",
    "virtualNetworkGateways": "vnet_gateway._update",
    "connections": "vpn_connection._update",
}
# What every command takes; the book uses none of it.
GLOBAL = {"--help", "--verbose", "--debug", "--only-show-errors", "--output", "--query"}
# Levels below the resource itself, of which the book uses no more.
DEEPEST = 4
AAZ = "azure.cli.command_modules.network.aaz.latest.network"


def parsers() -> dict[str, Any]:
    """The argument parser of each command, as `az` itself builds it."""
    return {command: _leaf(_invoked(command).parser, command) for command in COMMANDS}


def _invoked(command: str) -> Any:
    """What `az` sets up to run `command`; fresh each time, as it would be."""
    from azure.cli.core import get_default_cli

    cli = get_default_cli()
    made = cli.invocation = cli.invocation_cls(
        cli_ctx=cli,
        parser_cls=cli.parser_cls,
        commands_loader_cls=cli.commands_loader_cls,
        help_cls=cli.help_cls,
    )
    made.data["command_string"] = command
    made.commands_loader.load_command_table(command.split())
    made.commands_loader.command_name = command
    made.commands_loader.load_arguments(command)
    made.parser.load_command_table(made.commands_loader)
    return made


def _leaf(parser: Any, command: str) -> Any:
    *group, last = command.split()
    return parser.subparsers[tuple(group)].choices[last]


def options(parser: Any) -> list[dict[str, Any]]:
    """The options of one command."""
    return [
        {
            "names": action.option_strings,
            "required": action.required,
            "choices": sorted(map(str, action.choices)) if action.choices else None,
            "takes": str(action.nargs) if action.nargs is not None else "1",
        }
        for action in parser._actions
        if action.option_strings and not GLOBAL & set(action.option_strings)
    ]


def properties(schema: Any, within: tuple[str, ...] = ()) -> Any:
    """The names of a resource's properties, nested as ARM nests them; null where a value stands.

    What a resource only refers to (a subnet, a gateway) is a resource of its own, and has no end
    of others in it: of those the first names will do.
    """
    fields = getattr(schema, "_fields", None)
    if fields is not None:
        if len(within) > DEEPEST:
            return None
        named = {getattr(f, "_serialized_name", None) or n: f for n, f in fields.items()}
        return {name: properties(f, (*within, name)) for name, f in sorted(named.items())}
    element = getattr(schema, "_element", None)
    return properties(element, within) if element is not None else None


def main() -> None:
    """Write the table."""
    found = {command: options(parser) for command, parser in parsers().items()}
    resources = {}
    for kind, module in MODULES.items():
        update = import_module(f"{AAZ}.{module}").Update
        get = next(getattr(update, name) for name in dir(update) if name.endswith("Get"))
        resources[kind] = properties(get._build_schema_on_200())
    recorded = {
        "azure-cli": version("azure-cli"),
        "recorded": f"{datetime.now(UTC):%Y-%m-%d}",
        "commands": found,
        "resources": resources,
    }
    path = Path(__file__).parent / "data" / "az.json"
    path.write_text(json.dumps(recorded, separators=(",", ":")) + "\n", encoding="utf-8")
    sys.stdout.write(f"{path}: {len(found)} commands, {path.stat().st_size} bytes\n")


if __name__ == "__main__":
    main()
