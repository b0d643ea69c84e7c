"""What `vpnedu lookup` was asked, put together from its files and addresses."""

import sys
from collections.abc import Sequence
from dataclasses import replace

from vpnedu.cli.fields import inside
from vpnedu.cli.files import STDIN, load, name_of
from vpnedu.cli.linux import LinuxRoutes, read_linux
from vpnedu.cli.plain import clipped, plain
from vpnedu.cli.tables import Tables, read_tables
from vpnedu.network.addresses import InputError, IPAddress, parse_address

EXAMPLE = "10.2.0.1"


def gathered(arguments: Sequence[str], routes_path: str | None) -> Tables:
    """The tables of the one FILE among `arguments`, and the addresses there as destinations.

    The routes of the --routes file stand in for those of FILE. Without a FILE, a --routes file
    in our own format is the FILE, with all that it holds.
    """
    path, addresses = _sorted(arguments)
    if path is None and routes_path is None:
        example = " ".join(map(str, addresses)) or f"[{EXAMPLE}]"
        raise InputError("lookup", f"no FILE to look in; type: vpnedu lookup FILE {example}")
    if path == routes_path == STDIN:
        raise InputError("lookup", "standard input can be FILE or the --routes file, not both")
    asked = _tables(path) if path is not None else None
    if routes_path is not None:
        whole = _routes(routes_path)
        asked = replace(asked, routes=whole.routes) if asked else whole
    assert asked is not None, "there was a FILE or a --routes file"
    asked = replace(asked, destinations=(*asked.destinations, *addresses))
    _check(asked, path, routes_path)
    if routes_path is not None:
        _tell(asked, routes_path)
    return asked


def _sorted(arguments: Sequence[str]) -> tuple[str | None, list[IPAddress]]:
    """The one argument that is no address, and those that are."""
    addresses, path = list[IPAddress](), None
    for argument in arguments:
        try:
            addresses.append(parse_address(argument))
        except InputError:
            if path is not None:
                rule = f"{clipped(argument)!r} is not an address, and {path!r} is already the FILE"
                raise InputError("lookup", rule) from None
            path = argument
    return path, addresses


def _tables(path: str) -> Tables:
    with inside(name_of(path), ": "):
        return read_tables(load(path))


def _routes(path: str) -> Tables:
    """The --routes file: our own format as a whole, or the table that `ip` printed."""
    with inside(name_of(path), ": "):
        data = load(path)
        if isinstance(data, list):
            return Tables(routes=read_linux(data))
        whole = read_tables(data)
        if not whole.routes.table.routes:
            raise InputError("routes", "missing; --routes is for a file with routes")
        return whole


def _check(asked: Tables, path: str | None, routes_path: str | None) -> None:
    if routes_path is not None and not asked.destinations:
        command = f"vpnedu lookup --routes {routes_path} {EXAMPLE}"
        raise InputError(name_of(routes_path), f"no destination to look up; type: {command}")
    if path is not None and not (asked.packets or asked.destinations):
        rule = "neither packets nor destinations, so nothing is asked; add some, or type: "
        raise InputError(name_of(path), f"{rule}vpnedu lookup {path} {EXAMPLE}")


def _tell(asked: Tables, routes_path: str) -> None:
    """On stderr, beside the answers: what of the machine's table they are not about."""
    notes = list(asked.routes.notes)
    versions = {row.prefix.version for row in asked.routes.table.routes}
    for missing in sorted({address.version for address in asked.destinations} - versions):
        if isinstance(asked.routes, LinuxRoutes):
            command = "ip -json route show" if missing == 4 else "ip -6 -json route show"
            notes.append(f"no IPv{missing} route in it; `{command}` prints those")
    for note in notes:
        sys.stderr.write(plain(f"{name_of(routes_path)}: {note}") + "\n")
