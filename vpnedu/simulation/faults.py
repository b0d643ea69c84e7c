"""Faults: what can go wrong in a design, and how. To add one: an entry in `FAULTS`."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from difflib import get_close_matches
from functools import partial
from math import isfinite

from vpnedu.network.addresses import InputError, quoted
from vpnedu.simulation.designs.plan import OFFICE, Design
from vpnedu.simulation.profiles import number
from vpnedu.simulation.world import striking
from vpnedu.simulation.world.running import Running

Act = Callable[[Running, str], None]
Targets = Callable[[Design], tuple[str, ...]]

LOSS = 0.3


@dataclass(frozen=True, slots=True)
class Fault:
    """One kind of fault. `words` is a clause with the target's name in it; `begin` and `end` do
    it and mend it, which `over` tells; `targets` are what it can strike in a design, the usual
    one first; where `breaks`, a target is dead meanwhile and can't be struck again; where `seen`,
    its lane shows it, and nothing more needs to be told. `brief` is for a menu on a phone, which
    has room for some thirty letters.
    """

    brief: str
    words: str
    targets: Targets
    begin: Act
    end: Act
    breaks: bool = False
    seen: bool = False
    over: str = "{} is mended"


@dataclass(frozen=True, slots=True)
class Planned:
    """A fault with its target and time: it begins at `at` seconds and is mended at `until`, None
    where it never is."""

    name: str
    target: str
    at: float
    until: float | None

    @property
    def words(self) -> str:
        """What happens, as a clause."""
        return FAULTS[self.name].words.format(self.target)

    @property
    def over(self) -> str:
        """What happens when it is mended, as a clause."""
        return FAULTS[self.name].over.format(self.target)


def _all(kind: str) -> Targets:
    return lambda design: design.things[kind]


def _broken(brief: str, words: str, kind: str) -> Fault:
    def begin(run: Running, target: str) -> None:
        run.ground.broke(target, words.format(target))

    def end(run: Running, target: str) -> None:
        run.ground.mended(target)

    if kind == "tunnel":
        return Fault(
            brief, words, _all(kind), begin, end, True, over="the way of {} is there again"
        )
    return Fault(brief, words, _all(kind), begin, end, breaks=True, seen=True)


def _waiting(design: Design) -> tuple[str, ...]:
    """What waits unused: the tunnels beside a circuit, or else the standby instances."""
    if design.circuits:
        return design.things["tunnel"]
    shared = [g for g in design.gateways if g.mode == "active/standby"]
    return tuple(i.name for gateway in shared for i in gateway.instances[1:])


FAULTS: dict[str, Fault] = {
    "planned-maintenance": Fault(
        "{} maintained",
        "{} is taken into maintenance",
        _all("instance"),
        striking.maintain,
        striking.maintained,
        True,
        True,
    ),
    "instance-crash": _broken("{} crashes", "{} has crashed", "instance"),
    "instance-hang": Fault(
        "{} hangs", "{} hangs", _all("instance"), striking.hang, striking.unhang, True, True
    ),
    "tunnel-cut": _broken("{} cut", "the way of {} is cut", "tunnel"),
    "device-loss": _broken("{} dies", "{} is dead", "device"),
    "provider-loss": _broken("{} fails", "{} is down", "provider"),
    "circuit-cut": _broken("{} cut", "{} is cut", "circuit"),
    "location-loss": _broken("{} lost", "{} is lost", "location"),
    "zone-loss": _broken("{} lost", "{} is lost", "zone"),
    "region-loss": _broken("{} lost", "{} is lost", "region"),
    "route-withdrawn": Fault(
        "{} withdraws",
        "{} withdraws its route by mistake",
        _all("device"),
        striking.withdraw,
        striking.announce,
        over="{} has its route again",
    ),
    "asymmetric-return": Fault(
        "stateful firewalls",
        "firewalls at the {} begin to ask for the request",
        lambda design: (OFFICE,) if len(design.things["device"]) > 1 else (),
        partial(striking.stateful, on=True),
        partial(striking.stateful, on=False),
        over="firewalls at the {} no longer ask for the request",
    ),
    "more-specific": Fault(
        "longer prefix",
        "{} announces a longer prefix",
        lambda design: tuple(g.name for g in design.gateways) if design.circuits else (),
        striking.specific,
        striking.general,
        over="{} takes the longer prefix back",
    ),
    "timer-mismatch": Fault(
        "{} timers",
        "the session in {} gets other timers at one end",
        lambda design: design.things["tunnel"] if design.bgp else (),
        striking.mismatch,
        striking.match,
        over="the session in {} gets its old timers back",
    ),
    "dead-standby": Fault(
        "{} dead", "{} dies unnoticed", _waiting, striking.spoil, striking.unspoil, breaks=True
    ),
    "packet-loss": Fault(
        "{} lossy",
        "{} loses packets by chance",
        _all("provider"),
        partial(striking.lossy, part=LOSS),
        partial(striking.lossy, part=0.0),
        over="{} loses no more packets",
    ),
}


def fault_name(text: str) -> str:
    """The name in the text of a fault: "tunnel-cut" in "tunnel-cut#2@30:60"."""
    return text.strip().partition("@")[0].partition("#")[0]


def applies(text: str, design: Design) -> bool:
    """Whether a fault, "tunnel-cut" or "tunnel-cut#2@30", has something to strike in the design."""
    targets = _known(fault_name(text)).targets(design)
    number = text.strip().partition("@")[0].partition("#")[2]
    return number in map(str, range(1, len(targets) + 1)) if number else bool(targets)


def planned(texts: Iterable[str], design: Design, until: float) -> tuple[Planned, ...]:
    """The faults that `texts` ask for, in order of time: "instance-crash@30", "tunnel-cut#2@30:60".

    A text is NAME@SECONDS, with #N for the N-th thing of its kind and :FOR for how long.
    InputError names the text and the rule: an unknown name, a time outside the run, a target that
    is dead already.
    """
    faults = sorted((_parsed(text, design, until) for text in texts), key=lambda fault: fault.at)
    for place, fault in enumerate(faults):
        for earlier in faults[:place]:
            _check_alive(fault, earlier, design)
    return tuple(faults)


def _known(name: str) -> Fault:
    if name in FAULTS:
        return FAULTS[name]
    near = get_close_matches(name, FAULTS, n=3, cutoff=0.3) or list(FAULTS)[:3]
    raise InputError("fault", f"there is no {quoted(name)}; nearest: {', '.join(near)}")


def _parsed(text: str, design: Design, until: float) -> Planned:
    head, given, times = text.strip().partition("@")
    name, numbered, number = head.partition("#")
    targets = _known(name).targets(design)
    if not given:
        raise InputError(name, "when? write NAME@SECONDS, or NAME@SECONDS:FOR")
    if not targets:
        raise InputError(name, f"there is nothing in {design.name} that it could strike")
    if numbered and number not in map(str, range(1, len(targets) + 1)):
        rule = (
            f"there is no number {quoted(number)}; there are {len(targets)}: {', '.join(targets)}"
        )
        raise InputError(name, rule)
    start, lasts, length = times.partition(":")
    at = _seconds(name, start)
    if at >= until:
        raise InputError(name, f"begins at {at:g} s, but the run ends at {until:g} s")
    end = at + _seconds(name, length) if lasts else None
    if end == at:
        raise InputError(name, "a fault that lasts 0 s is none")
    return Planned(name, targets[int(number) - 1 if numbered else 0], at, end)


def _seconds(name: str, text: str) -> float:
    seconds = number(name, text)
    if not isfinite(seconds) or seconds < 0:
        raise InputError(
            name,
            f"{seconds:g} s is not possible: no fault begins before 0 s or ends before it begins",
        )
    return abs(seconds)


def _check_alive(fault: Planned, earlier: Planned, design: Design) -> None:
    """A thing that is dead, alone or with what it rests on, cannot be struck once more; and
    nothing can be struck by the same fault twice at a time."""
    lasts = earlier.until is None or earlier.until > fault.at
    again = (earlier.name, earlier.target) == (fault.name, fault.target)
    if not lasts or not (FAULTS[earlier.name].breaks or again):
        return
    at: str | None = fault.target
    while at is not None and at != earlier.target:
        at = design.rests_on.get(at)
    if at is None:
        return
    since = f"{earlier.name}@{earlier.at:g} has struck {earlier.target}"
    rule = f"cannot strike {fault.target} at {fault.at:g} s: {since}, which lasts still"
    raise InputError(fault.name, rule)
