"""The engine's answers: a reader's own packet becomes one more run of a figure.

A request is `{"scenario", "source", "destination", "protocol", "port", "length"}`, all text. The
answer is `{"preset", "scenes"}`, as in a figure's data, or an error `{"field", "message"}`.
"""

from typing import Any

from vpnedu.network.addresses import InputError
from vpnedu.network.packets import WITH_PORTS, parse_protocol
from vpnedu.simulation.scenarios import scenario
from vpnedu.widgets.figure import Figure, Show

FIELDS = ("scenario", "source", "destination", "protocol", "port", "length")


def answer(request: dict[str, Any]) -> dict[str, Any]:
    """The run that `request` asks for; InputError names the field that is wrong."""
    values = {name: _text(request, name) for name in FIELDS}
    chosen = scenario(values["scenario"])
    number = parse_protocol(values["protocol"])
    port = values["port"] or None
    if number is not None and number not in WITH_PORTS:
        port = None
    length = values["length"]
    if not (length.isascii() and length.isdigit() and len(length) <= 6):
        raise InputError("length", f"{length!r} is not a number of bytes")
    trace = chosen.send(
        values["source"], values["destination"], values["protocol"], port, length=int(length)
    )
    label = f"yours: {values['source']} to {values['destination']}, {values['protocol']}"
    show = Show(f"{label} {port}" if port else label, (trace,))
    data = Figure("", "", "", (chosen.title,), (show,)).to_dict()
    return {"preset": data["presets"][0], "scenes": data["scenes"]}


def _text(request: dict[str, Any], name: str) -> str:
    value = request.get(name, "")
    if not isinstance(value, str) or len(value) > 100:
        raise InputError(name, "must be text of at most 100 characters")
    return value
