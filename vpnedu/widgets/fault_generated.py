"""*Find the fault* without end: a network and its fault, drawn by a number.

`{"fault_case": "4711"}` gives `{"case"}`: what `fault_telling.told` tells of a case, and besides
its `probes` and `ends`, the `tunnel` that is looked at, and the `scene` of the network as planned.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from vpnedu.network.addresses import InputError
from vpnedu.network.topology import Topology
from vpnedu.simulation.chance import Chance
from vpnedu.simulation.journey import send
from vpnedu.simulation.negotiation import told as told_of
from vpnedu.simulation.scenarios.building import Preset
from vpnedu.widgets.fault_breaking import BREAKS, Broken
from vpnedu.widgets.fault_cases import Case, Cast, Probe, pinging
from vpnedu.widgets.fault_networks import Plan, drawn
from vpnedu.widgets.fault_observed import SILENCE, Observed
from vpnedu.widgets.fault_suspects import SUSPECTS
from vpnedu.widgets.fault_telling import told
from vpnedu.widgets.fault_words import elsewhere, noticed, story
from vpnedu.widgets.scene import scenes

HIGHEST_SEED = 999_999
# How often a network is drawn anew where its fault can't be seen, or told from another.
TRIES = 50


def fault_case_answer(request: Mapping[str, Any]) -> dict[str, Any]:
    """The case that `request` asks for; InputError where its number is none."""
    value = request.get("fault_case")
    if not (isinstance(value, str) and value.isascii() and value.isdigit() and len(value) <= 6):
        rule = f"the network's number is a whole number from 0 to {HIGHEST_SEED}"
        raise InputError("fault_case", rule)
    seed = int(value)
    case, plan = drawn_case(seed)
    seen = Observed(case.topology, case.cast)
    planned = plan.topology()
    sent = send(planned, case.cast.probes[0].packet(planned), title="The network")
    more = {
        "probes": [probe.label for probe in case.cast.probes],
        "ends": [*case.cast.ends],
        "tunnel": case.cast.tunnel,
        "scene": scenes(sent),
    }
    return {"case": told(case, seen, f"fault-{seed}") | more}


def fault_case(seed: int) -> Case:
    """The broken network of a number: the same number, the same network."""
    return drawn_case(seed)[0]


def drawn_case(seed: int) -> tuple[Case, Plan]:
    """The case of a number, and its network as it was planned."""
    answer = Chance(seed, "fault").pick([*BREAKS])
    for attempt in range(TRIES):
        chance = Chance(seed, f"fault/{attempt}")
        broken = BREAKS[answer](drawn(chance), chance)
        seen = Observed(broken.topology, _cast(broken.plan))
        if _solvable(seen, answer):
            return _case(seed, answer, broken, seen, chance), broken.plan
    raise InputError("fault_case", f"there is no network {seed}; take another number")


def _solvable(seen: Observed, answer: str) -> bool:
    """Whether something fails, and just one suspect has no alibi."""
    if not any(seen.outcome(probe) == SILENCE for probe in seen.between):
        return False
    return [name for name, one in SUSPECTS.items() if not one.alibi(seen)] == [answer]


def _cast(plan: Plan) -> Cast:
    here, there = (tuple(host.name for host in site.people) for site in (plan.near, plan.far))
    pairs = [(one, other) for one in here for other in there]
    probes = pinging([*pairs, *(pair[::-1] for pair in pairs)], port=plan.port)
    hub = next(site for site in (plan.near, plan.far) if site.name == plan.hub)
    further = [(hub.people[0].name, site.people[0].name) for site in plan.others]
    probes += tuple(Probe(*ends) for pair in further for ends in (pair, pair[::-1]))
    return Cast(plan.tunnel, (plan.near.gateway, plan.far.gateway), (here, there), probes)


def _case(seed: int, answer: str, broken: Broken, seen: Observed, chance: Chance) -> Case:
    headline, sentence = noticed(seen)
    said = (sentence, elsewhere(seen, broken), story(answer, broken, chance))
    return Case(
        f"Network {seed}: {headline}",
        " ".join(filter(None, said)),
        seen.topology,
        answer,
        broken.cure,
        _plays(seen),
        seen.cast,
    )


def _plays(seen: Observed) -> tuple[Preset, ...]:
    """The runs that show the fault: one that fails, and one that fares better if there is one."""
    silent = [probe for probe in seen.between if seen.outcome(probe) == SILENCE]
    failing = min(silent, key=lambda probe: probe.length)
    tunnel = seen.topology.tunnel(seen.cast.tunnel)
    if seen.ike.state != "up":
        return (_preset(failing, seen.topology, told_of(seen.topology, tunnel)),)
    rest = (probe for probe in seen.between if seen.answered(probe))
    other = next(rest, next((probe for probe in silent if probe.source == failing.target), None))
    return tuple(_preset(probe, seen.topology) for probe in (failing, other) if probe)


def _preset(probe: Probe, topology: Topology, changes: Sequence[Any] = ()) -> Preset:
    packet = probe.packet(topology)
    return Preset(probe.label, packet, topology, tuple(changes), answered=True)
