"""The engine's answers about documents: networks and designs that a reader made or changed.

A document stands in a request where a name could: `"document": {…}`, or `"documents": [{…}, {…}]`
for two on one clock. What is wrong with one is an InputError whose field is a path,
`document.gateways.0.routes.3.prefix` or `documents.1.title`; what is wrong with the packet or the
faults is told as of a request with names: "port", "fault-2".

| request | answer | by |
|---|---|---|
| `{"document_of": {"scenario": name, "preset": 0}}`, `{"document_of": {"design": name}}` | `{"document", "documents"}` | `document_of` |
| `{"document": {…}, "source", "destination", "protocol", "port", "length"}` | `{"preset", "scenes"}` | `sent` |
| `{"document": {…}, "faults", "profile", "settings", "seed", "until"}` | `{"preset", "scenes"}` | `struck` |
| either of the two | by the document's kind | `run` |
| `{"draw": {…}}` | `{"scene", "kind", "trace"}`: how it looks before anything runs | `drawn` |
| `{"config": {…}, "target", "gateway", "explain"}` | `{"files", "secrets", "losses", "advice"}` | `configured` |

A packet or a run that the request leaves out is the document's own. What `"answered"` and
`"fragment"` are, where a packet leaves them out, is told in the document, too.
"""  # noqa: E501

from collections.abc import Mapping, Sequence
from typing import Any

from vpnedu.network.addresses import InputError
from vpnedu.simulation.designs import design
from vpnedu.simulation.documents import (
    DesignDocument,
    NetworkDocument,
    Run,
    Send,
    check_work,
    design_written,
    limits,
    read,
    run_of,
    scenario_written,
)
from vpnedu.simulation.documents.parts import Part
from vpnedu.simulation.profiles import number, profile
from vpnedu.simulation.recorder import Recorder
from vpnedu.simulation.scenarios import scenario
from vpnedu.simulation.trace import Trace
from vpnedu.simulation.world.picture import nodes, tunnel_lines
from vpnedu.widgets import engine
from vpnedu.widgets.engine import FIELDS, packet_asked, played
from vpnedu.widgets.figure import Show
from vpnedu.widgets.scene import scenes

Request = Mapping[str, Any]
Answer = dict[str, Any]
RUN = ("faults", "profile", "settings", "seed", "until")
OPTIONS = {"--for": "target", "--gateway": "gateway"}
MOST = 2  # stages of a figure


def run(request: Request) -> Answer:
    """The run that a request with documents asks for: a packet's, or one with faults."""
    read_documents = _documents(request)
    if isinstance(read_documents[0], DesignDocument):
        return _struck(request, read_documents)
    return _sent(request, read_documents)


def sent(request: Request) -> Answer:
    """The packet of a request, or the documents' own, through one network or two."""
    return _sent(request, _documents(request))


def struck(request: Request) -> Answer:
    """The faults of a request, or the documents' own, in one design or two."""
    return _struck(request, _documents(request))


def document_of(request: Request) -> Answer:
    """The documents of what the book has by name, with the packet or the run of its figure."""
    asked = request.get("document_of")
    if not isinstance(asked, Mapping):
        raise InputError("document_of", "names a scenario with its preset, or a design")
    if "design" in asked:
        run = run_of(Part({k: asked[k] for k in RUN if k in asked}, "document_of"))
        made = [design_written(design(name), run) for name in _names(asked, "design")]
    else:
        place = asked.get("preset", 0)
        names = [*_names(asked, "scenario"), *_names(asked, "scenarios")]
        made = [_scenario_written(name, place) for name in names]
    if not made:
        raise InputError("document_of", "names a scenario with its preset, or a design")
    return {"document": made[0], "documents": made}


def drawn(request: Request) -> Answer:
    """The scenes of a document that nothing has happened in yet."""
    document = read(request.get("draw"), "document")
    if isinstance(document, NetworkDocument):
        trace = Recorder(document.topology, document.title).trace()
    else:
        plan = document.design
        lines = tunnel_lines(plan)
        trace = Trace(plan.title, "internet", nodes(plan), lines, (), (), document.run.until)
    kind = "network" if isinstance(document, NetworkDocument) else "design"
    return {"scene": scenes(trace), "kind": kind, "trace": trace.to_dict()}


def configured(request: Request) -> Answer:
    """The configuration files of a document for one kind of tool."""
    # Imported here: a figure needs no configuration.
    from vpnedu.configuring.of_document import configured as made_of

    document = read(request.get("config"), "document")
    gateway = engine.text(request, "gateway") or None
    try:
        made = made_of(document, engine.text(request, "target"), gateway, at="document")
    except InputError as wrong:
        raise _of_page(wrong) from None
    explain = request.get("explain") is True
    return {
        "files": [
            {"name": file.name, "text": file.explained if explain else file.text}
            for file in made.files
        ],
        "secrets": list(made.secrets),
        "losses": list(made.losses),
        "advice": list(made.advice),
    }


def _of_page(wrong: InputError) -> InputError:
    """What the command line's options are called in a request; the rest is the document's."""
    if wrong.field in OPTIONS:
        return InputError(OPTIONS[wrong.field], wrong.rule)
    if wrong.field.startswith("document."):
        return wrong
    return InputError("document", f"{wrong.field}: {wrong.rule}")


def _documents(request: Request) -> list[NetworkDocument | DesignDocument]:
    """The documents of a request, all of one kind."""
    if "document" in request:
        return [read(request["document"], "document")]
    listed = request.get("documents")
    if not isinstance(listed, list) or not 1 <= len(listed) <= MOST:
        raise InputError("documents", f"must be a list of one or {MOST} documents")
    found = [read(one, f"documents.{place}") for place, one in enumerate(listed)]
    if len({type(one) for one in found}) > 1:
        raise InputError("documents.1.kind", "the two are not of one kind; a figure shows one kind")
    return found


def _sent(request: Request, documents: Sequence[NetworkDocument | DesignDocument]) -> Answer:
    networks = [one for one in documents if isinstance(one, NetworkDocument)]
    if len(networks) < len(documents):
        raise InputError("document.kind", "a design takes faults; packets go through a network")
    own = networks[0].send
    if any(key in request for key in FIELDS):
        asked, label = _asked_packet(request, own)
        traces = tuple(network.scenario.send(**asked) for network in networks)
    elif own is not None:
        label = f"{own.source} to {own.destination}, {own.protocol}"
        traces = tuple(network.trace(own) for network in networks)
    else:
        raise InputError("source", "is missing; the document has no packet of its own")
    return played(Show(label, traces), tuple(network.title for network in networks))


def _asked_packet(request: Request, own: Send | None) -> tuple[Answer, str]:
    """The packet of a request; how it is treated is as in the document, unless told."""
    usual = own or Send("", "")
    treated = {"fragment": usual.fragment, "answered": usual.answered}
    asked, label = packet_asked({**treated, **request})
    least, most = limits.LENGTH
    if not least <= asked["length"] <= most:
        rule = f"{asked['length']} bytes; a document's packet has {least} to {most}"
        raise InputError("length", rule)
    return asked, label


def _struck(request: Request, documents: Sequence[NetworkDocument | DesignDocument]) -> Answer:
    designs = [one for one in documents if isinstance(one, DesignDocument)]
    if len(designs) < len(documents):
        raise InputError("document.kind", "a network takes packets; faults strike a design")
    filled = {**_asked(designs[0].run), **{key: request[key] for key in RUN if key in request}}
    if not isinstance(filled["settings"], Mapping):
        raise InputError("settings", "must be timers with their values")
    timers = profile(engine.text(filled, "profile")).setting(filled["settings"])
    until = number("until", engine.text(filled, "until"))
    for one in designs:
        check_work(one.design, timers, until)
    return played(*engine.struck(filled, [one.design for one in designs]))


def _asked(run: Run) -> dict[str, Any]:
    """A document's run as a request tells it, all in text."""
    words = {True: "yes", False: "no"}
    settings = {
        timer: words[value] if isinstance(value, bool) else str(value)
        for timer, value in run.settings
    }
    return {
        "faults": list(run.faults),
        "profile": run.profile,
        "settings": settings,
        "seed": str(run.seed),
        "until": str(run.until),
    }


def _names(asked: Mapping[str, Any], key: str) -> list[str]:
    """One name, or a list of them."""
    value = asked.get(key, [])
    return engine.texts({key: [value] if isinstance(value, str) else value}, key, MOST)


def _scenario_written(name: str, place: object) -> Answer:
    chosen = scenario(name)
    if isinstance(place, bool) or not isinstance(place, int):
        raise InputError("preset", "is a scenario's packet by its place, from 0")
    if not 0 <= place < len(chosen.presets):
        raise InputError("preset", f"{name} has no preset {place}")
    return scenario_written(chosen, place)
