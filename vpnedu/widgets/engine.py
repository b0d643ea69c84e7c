"""The engine's answers: a reader's own packet, or faults of one's own, become one more run.

Practice asks for questions in the same way: see `vpnedu.widgets.practice_engine`.

A request for a packet is `{"scenario", "source", "destination", "protocol", "port", "length"}`, all
text. A request for faults is `{"design": [names], "faults": [texts], "profile", "settings": {timer:
text}, "seed", "until"}`. The answer is `{"preset", "scenes"}`, as in a figure's data; what is wrong
is an InputError that names the field, "fault-2" for the second of the faults.
"""

from collections.abc import Mapping
from typing import Any

from vpnedu.network.addresses import InputError
from vpnedu.network.packets import WITH_PORTS, parse_protocol
from vpnedu.simulation.designs import design
from vpnedu.simulation.failover import simulate
from vpnedu.simulation.faults import planned
from vpnedu.simulation.scenarios import scenario
from vpnedu.widgets.failover import label_of
from vpnedu.widgets.figure import Figure, Show

FIELDS = ("scenario", "source", "destination", "protocol", "port", "length")
MOST_FAULTS = 6
LONGEST = 3600.0


def answer(request: dict[str, Any]) -> dict[str, Any]:
    """The run that `request` asks for; InputError names the field that is wrong."""
    if "drill" in request or "exam" in request:
        # Imported here: a figure needs no questions.
        from vpnedu.widgets.practice_engine import questions

        return questions(request)
    show, names = _struck(request) if "design" in request else _sent(request)
    data = Figure("", "", "", names, (show,)).to_dict()
    return {"preset": data["presets"][0], "scenes": data["scenes"]}


def replied(content: Mapping[str, Any]) -> dict[str, Any]:
    """The reply to a page's message `{"id", "request"}`: the answer, or what is wrong."""
    reply: dict[str, Any] = {"id": content.get("id")}
    try:
        reply["answer"] = answer(content.get("request", {}))
    except InputError as wrong:
        reply["error"] = {"field": wrong.field, "message": wrong.rule}
    return reply


def _sent(request: Mapping[str, Any]) -> tuple[Show, tuple[str, ...]]:
    """A packet of the reader's own."""
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
    return Show(f"{label} {port}" if port else label, (trace,)), (chosen.title,)


def _struck(request: Mapping[str, Any]) -> tuple[Show, tuple[str, ...]]:
    """Faults of the reader's own, in one design or two."""
    names, faults = _texts(request, "design", 2), _texts(request, "faults", MOST_FAULTS)
    plans = [design(name) for name in names]
    until, seed = _number(request, "until"), int(_number(request, "seed"))
    if until > LONGEST:
        raise InputError("until", f"{until:g} s is too long to draw; {LONGEST:g} s at most")
    for place in range(len(faults)):
        _check_faults(faults[: place + 1], place, plans, until)
    settings = {str(name): text for name, text in dict(request.get("settings") or {}).items()}
    profile = _text(request, "profile")
    traces = tuple(
        simulate(name, faults, profile=profile, until=until, seed=seed, settings=settings)
        for name in names
    )
    changed = "".join(f", {name} {value}" for name, value in settings.items())
    label = f"yours: {label_of(traces[0])}; {profile}{changed}, seed {seed}"
    return Show(label, traces), tuple(plan.title.partition(":")[0] for plan in plans)


def _check_faults(texts: list[str], place: int, plans: list[Any], until: float) -> None:
    """What is wrong with the fault at `place`, after those before it, is told of its field."""
    for plan in plans:
        try:
            planned(texts, plan, until)
        except InputError as wrong:
            raise InputError(f"fault-{place + 1}", f"{wrong.field}: {wrong.rule}") from None


def _text(request: Mapping[str, Any], name: str) -> str:
    value = request.get(name, "")
    if not isinstance(value, str) or len(value) > 100:
        raise InputError(name, "must be text of at most 100 characters")
    return value


def _texts(request: Mapping[str, Any], name: str, most: int) -> list[str]:
    values = request.get(name, [])
    if not isinstance(values, list) or len(values) > most:
        raise InputError(name, f"must be at most {most} texts")
    return [_text({name: value}, name) for value in values]


def _number(request: Mapping[str, Any], name: str) -> float:
    text = _text(request, name)
    if not (text.isascii() and text.replace(".", "", 1).isdigit() and len(text) <= 9):
        raise InputError(name, f"{text!r} is not a number")
    return float(text)
