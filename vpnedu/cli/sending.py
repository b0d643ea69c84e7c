"""`vpnedu send`: a packet from words on the command line, through a scenario."""

from vpnedu.cli import documents
from vpnedu.cli.fields import inside
from vpnedu.network.addresses import InputError, parse_address
from vpnedu.network.packets import LONGEST
from vpnedu.simulation.designs import DESIGNS
from vpnedu.simulation.scenarios import Scenario, scenario
from vpnedu.simulation.trace import Trace

# What the engine calls a field, and what the reader typed.
OPTIONS = {"length": "--size", "port": "--port", "protocol": "--protocol"}


def run(
    name: str,
    source: str | None,
    destination: str | None,
    *,
    protocol: str,
    port: str | None,
    size: str,
    fragment: bool,
    anywhere: bool,
) -> Trace:
    """The trace of one packet through the scenario or document called `name`."""
    if source is None and documents.is_document(name):
        if (protocol, port, size, fragment, anywhere) != ("tcp", None, "100", False, False):
            raise InputError("source", "say who sends, and to whom; options are of that packet")
        found = documents.network(name)
        with inside(name, ": send."):
            return found.trace()
    if source is None or destination is None:
        raise InputError("destination" if source else "source", "say who sends, and to whom")
    chosen = _named(name)
    target = _target(chosen, destination, anywhere)
    try:
        return chosen.send(
            source, target, protocol, port, length=_size(size), dont_fragment=not fragment
        )
    except InputError as wrong:
        raise InputError(OPTIONS.get(wrong.field, wrong.field), wrong.rule) from None


def _named(name: str) -> Scenario:
    if documents.is_document(name):
        return documents.network(name).scenario
    if name in DESIGNS:
        raise InputError("scenario", f"{name} runs over time: vpnedu simulate {name}")
    return scenario(name)


def _size(text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) <= len(str(LONGEST))):
        raise InputError("length", f"{text!r} is not a number of bytes; a packet has 20 to 65535")
    return int(text)


def _target(chosen: Scenario, destination: str, anywhere: bool) -> str:
    """The destination, once it is somebody's, or lies in a network of the scenario."""
    try:
        return str(chosen.topology.find_host(destination, "destination").address)
    except InputError as unknown:
        try:
            address = parse_address(destination)
        except InputError:
            raise unknown from None
        if anywhere or any(network.holds(address) for network in chosen.topology.networks):
            return str(address)
        rule = f"{unknown.rule}; --anywhere sends it all the same"
        raise InputError("destination", rule) from None
