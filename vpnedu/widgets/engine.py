"""The engine's answers: a reader's own packet, or faults of one's own, become one more run.

How a page asks and is answered: `vpnedu.widgets.protocol`. Practice asks for questions in the same
way (`vpnedu.widgets.practice_engine`), and what takes a document of one's own is told in
`vpnedu.widgets.document_engine`.

A request for a packet is `{"scenarios": [names], "preset": place, "source", "destination",
"protocol", "port", "length"}`: the network is that of the preset, the packet one's own, all of it
text. It may also have "source_port", and "sender", who sends it where the source is forged; and
"answered", whether the answer is sent too, and "fragment", whether routers may cut it: true or
false.

A request for faults is `{"design": [names], "faults": [texts], "profile", "settings": {timer:
text}, "seed", "until"}`. The answer is `{"preset", "scenes"}`, as in a figure's data; what is wrong
is an InputError that names the field, "fault-2" for the second of the faults.
"""

from collections.abc import Mapping, Sequence
from importlib import import_module
from typing import Any, cast

from vpnedu.network.addresses import InputError
from vpnedu.network.packets import WITH_PORTS, parse_protocol
from vpnedu.simulation.designs import Design, design
from vpnedu.simulation.failover import simulate
from vpnedu.simulation.faults import planned
from vpnedu.simulation.scenarios import scenario
from vpnedu.widgets.failover import label_of
from vpnedu.widgets.figure import Figure, Show
from vpnedu.widgets.protocol import Slices

FIELDS = ("source", "destination", "protocol", "port", "length")
MOST_FAULTS = 6
MOST_SETTINGS = 40
LONGEST = 3600.0


# What else a request can be, by a member that tells it, and the function that answers it. It is
# imported when it is first wanted: a page that sends a packet needs no questions.
ANSWERED_BY = {
    "drill": "practice_engine.questions",
    "exam": "practice_engine.questions",
    "fault_case": "fault_generated.fault_case_answer",
    "code": "code_engine.answered",
    "timers": "failover.timers_of",
    "strikes": "sandbox_engine.strikes",
    "file": "sandbox_engine.file",
    "years": "sandbox_engine.years",
    "document_of": "document_engine.document_of",
    "draw": "document_engine.drawn",
    "config": "document_engine.configured",
    "document": "document_engine.run",
    "documents": "document_engine.run",
}


def answer(request: Mapping[str, Any]) -> dict[str, Any] | Slices:
    """The run that `request` asks for; InputError names the field that is wrong."""
    for member, where in ANSWERED_BY.items():
        if member in request:
            module, _, function = where.partition(".")
            answered = getattr(import_module(f"vpnedu.widgets.{module}"), function)(request)
            return cast("dict[str, Any] | Slices", answered)
    show, names = _struck(request) if "design" in request else _sent(request)
    return played(show, names)


def played(show: Show, names: tuple[str, ...]) -> dict[str, Any]:
    """The answer that shows `show`, with a name for each of its stages."""
    data = Figure("", "", "", names, (show,)).to_dict()
    return {"preset": data["presets"][0], "scenes": data["scenes"]}


def _sent(request: Mapping[str, Any]) -> tuple[Show, tuple[str, ...]]:
    """A packet of the reader's own, through one network or two."""
    chosen = [scenario(name) for name in texts(request, "scenarios", 2)]
    if not chosen:
        raise InputError("scenarios", "names no scenario")
    place = request.get("preset", 0)
    for one in chosen:
        if type(place) is not int or place not in range(len(one.presets)):
            raise InputError("preset", f"{one.name} has no preset {place!r}")
    sent, label = packet_asked(request)
    traces = tuple(one.send(**sent, preset=place) for one in chosen)
    return Show(label, traces), tuple(one.title for one in chosen)


def packet_asked(request: Mapping[str, Any]) -> tuple[dict[str, Any], str]:
    """The packet of a request as `Scenario.send` takes it, and what to call it."""
    values = {name: text(request, name) for name in (*FIELDS, "source_port", "sender")}
    length = values.pop("length")
    if not (length.isascii() and length.isdigit() and len(length) <= 6):
        raise InputError("length", f"{length!r} is not a number of bytes")
    number = parse_protocol(values["protocol"])
    if number is not None and number not in WITH_PORTS:
        values |= {"port": "", "source_port": ""}
    sent = values | {name: values[name] or None for name in ("port", "source_port", "sender")}
    flags = {name: _flag(request, name) for name in ("answered", "fragment")}
    how = {"length": int(length), "answered": flags["answered"]}
    return sent | how | {"dont_fragment": not flags["fragment"]}, _called(values, flags)


def _called(values: Mapping[str, str], flags: Mapping[str, bool]) -> str:
    """What a packet of the reader's own is called in the figure's menu."""
    port = f" {values['port']}" if values["port"] else ""
    told = (
        f"yours: {values['source']} to {values['destination']}, {values['protocol']}{port}",
        f"from port {values['source_port']}" if values["source_port"] else "",
        f"sent by {values['sender']}" if values["sender"] else "",
        "answered" if flags["answered"] else "",
        "may be cut" if flags["fragment"] else "",
    )
    return ", ".join(filter(None, told))


def _struck(request: Mapping[str, Any]) -> tuple[Show, tuple[str, ...]]:
    """Faults of the reader's own, in one design or two."""
    return struck(request, [design(name) for name in texts(request, "design", 2)])


def struck(request: Mapping[str, Any], plans: Sequence[Design]) -> tuple[Show, tuple[str, ...]]:
    """The faults, timers and lengths of `request` in each of `plans`, on one clock."""
    if not plans:
        raise InputError("design", "names no design")
    faults = texts(request, "faults", MOST_FAULTS)
    until, seed = _number(request, "until"), int(_number(request, "seed"))
    if until > LONGEST:
        raise InputError("until", f"{until:g} s is too long to draw; {LONGEST:g} s at most")
    for place in range(len(faults)):
        _check_faults(faults[: place + 1], place, plans, until)
    settings, profile = _settings(request), text(request, "profile")
    traces = tuple(
        simulate(plan, faults, profile=profile, until=until, seed=seed, settings=settings)
        for plan in plans
    )
    changed = "".join(f", {name} {value}" for name, value in settings.items())
    label = f"yours: {label_of(traces[0])}; {profile}{changed}, seed {seed}"
    return Show(label, traces), tuple(plan.title.partition(":")[0] for plan in plans)


def _check_faults(faults: list[str], place: int, plans: Sequence[Design], until: float) -> None:
    """What is wrong with the fault at `place`, after those before it, is told of its field."""
    for plan in plans:
        try:
            planned(faults, plan, until)
        except InputError as wrong:
            raise InputError(f"fault-{place + 1}", f"{wrong.field}: {wrong.rule}") from None


def _settings(request: Mapping[str, Any]) -> dict[str, str]:
    given = request.get("settings", {})
    if not isinstance(given, Mapping) or len(given) > MOST_SETTINGS:
        raise InputError("settings", f"must be at most {MOST_SETTINGS} timers with their values")
    return {str(name): text(given, name) for name in given}


def text(request: Mapping[str, Any], name: str) -> str:
    """The text called `name` in a request, empty where there is none."""
    value = request.get(name, "")
    if not isinstance(value, str) or len(value) > 100:
        raise InputError(name, "must be text of at most 100 characters")
    return value


def _flag(request: Mapping[str, Any], name: str) -> bool:
    value = request.get(name, False)
    if not isinstance(value, bool):
        raise InputError(name, "must be true or false")
    return value


def texts(request: Mapping[str, Any], name: str, most: int) -> list[str]:
    """The list of texts called `name` in a request, at most `most` of them."""
    values = request.get(name, [])
    if not isinstance(values, list) or len(values) > most:
        raise InputError(name, f"must be at most {most} texts")
    return [text({name: value}, name) for value in values]


def _number(request: Mapping[str, Any], name: str) -> float:
    given = text(request, name)
    if not (given.isascii() and given.replace(".", "", 1).isdigit() and len(given) <= 9):
        raise InputError(name, f"{given!r} is not a number")
    return float(given)
