"""What a document comes to: a network with a packet, or a design with a run."""

from dataclasses import dataclass

from vpnedu.network.addresses import InputError
from vpnedu.network.topology import Topology
from vpnedu.simulation.designs.plan import Design
from vpnedu.simulation.documents import limits
from vpnedu.simulation.documents.designs import ABOUT as ABOUT_DESIGN
from vpnedu.simulation.documents.designs import TOP as TOP_DESIGN
from vpnedu.simulation.documents.designs import Run, check_work, design_of, run_of
from vpnedu.simulation.documents.networks import ABOUT as ABOUT_NETWORK
from vpnedu.simulation.documents.networks import TOP as TOP_NETWORK
from vpnedu.simulation.documents.networks import topology_of
from vpnedu.simulation.documents.parts import Part
from vpnedu.simulation.documents.sends import Send, sending
from vpnedu.simulation.failover import simulate
from vpnedu.simulation.faults import planned
from vpnedu.simulation.profiles import profile
from vpnedu.simulation.scenarios.building import Scenario
from vpnedu.simulation.trace import Trace

HEAD = ("vpnedu", "kind", "title")
NO_FAULT = Run()


@dataclass(frozen=True)
class NetworkDocument:
    """A network: its topology, its title, and the packet that it asks to be sent, if any."""

    title: str
    topology: Topology
    send: Send | None = None

    @property
    def scenario(self) -> Scenario:
        """The network as a scenario, for whatever takes one; its name is its title."""
        return Scenario(self.title, self.title, "", self.topology, ())

    def trace(self, send: Send | None = None) -> Trace:
        """The run of `send`, or of the document's own packet; InputError names the field."""
        chosen = send or self.send
        if chosen is None:
            raise InputError("source", "is missing; the document has no packet of its own")
        return chosen.through(self.scenario)


@dataclass(frozen=True)
class DesignDocument:
    """A high-availability design, its title, and the run that it asks for."""

    title: str
    design: Design
    run: Run = NO_FAULT

    def trace(self, run: Run | None = None) -> Trace:
        """The run `run`, or the document's own; InputError names `faults.1`, or the field."""
        chosen = run or self.run
        timers = profile(chosen.profile).setting(dict(chosen.settings))
        check_work(self.design, timers, chosen.until)
        self.check_faults(chosen)
        return simulate(
            self.design,
            chosen.faults,
            profile=timers,
            until=chosen.until,
            seed=chosen.seed,
        )

    def check_faults(self, run: Run) -> None:
        """InputError names `faults.1` where the second fault can't strike the design then."""
        for place in range(len(run.faults)):
            try:
                planned(run.faults[: place + 1], self.design, run.until)
            except InputError as wrong:
                raise InputError(f"faults.{place}", f"{wrong.field}: {wrong.rule}") from None


def read(document: object, at: str = "") -> NetworkDocument | DesignDocument:
    """What `document`, JSON-ready data of anybody's making, says.

    InputError names the value that breaks a rule by its path, such as
    `gateways.0.routes.3.prefix`, in front of it `at` where one is given. Nothing else is raised,
    whatever `document` is.
    """
    whole = Part(document, at)
    if not isinstance(document, dict):
        whole.wrong("a document is an object, with vpnedu, kind and title")
    kind = _head(whole, document)
    if kind == "network":
        found = whole.table((*HEAD, *TOP_NETWORK), ABOUT_NETWORK)
        topology = topology_of(found, whole)
        send = sending(found["send"]) if "send" in found else None
        return NetworkDocument(found["title"].name(limits.TITLE), topology, send)
    found = whole.table((*HEAD, *TOP_DESIGN), ABOUT_DESIGN)
    title = found["title"].name(limits.TITLE)
    run = run_of(found["run"]) if "run" in found else NO_FAULT
    return DesignDocument(title, design_of(title, found), run)


def _head(whole: Part, document: dict[object, object]) -> str:
    """The document's kind, once its version is one that is known here."""
    version = whole.at("vpnedu", document.get("vpnedu"))
    if "vpnedu" not in document:
        version.wrong("is missing; it is the version of the format, 1")
    if version.whole(1, 2**31) != limits.VERSION:
        version.wrong(f"is made for another vpnedu; this one reads version {limits.VERSION}")
    kind = whole.at("kind", document.get("kind"))
    return kind.one_of(("network", "design"))
