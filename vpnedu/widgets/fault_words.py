"""What people say of a broken network: what they notice, and what has happened of late.

What they notice follows from what was observed. What has happened fits many faults, so that nobody
learns the answers by the stories.
"""

from vpnedu.network.topology import Network
from vpnedu.simulation.chance import Chance
from vpnedu.widgets.fault_breaking import Broken
from vpnedu.widgets.fault_cases import Probe
from vpnedu.widgets.fault_observed import Observed

TABLES = ("keys", "no-child", "narrowed", "way-back", "nat", "overlap")
WIRES = ("peer", "port", "esp", "mtu", "nat")
STORIES = (
    ("This is the first day of {spoke}.", (*TABLES, *WIRES)),
    ("Nobody has touched anything, say both sides.", (*TABLES, *WIRES)),
    ("{gateway} was replaced on Sunday, and set up from its written documentation.", TABLES[:-1]),
    ("{gateway} was put behind another firewall on Friday.", WIRES),
    ("{site} has moved, and its internet connection is the landlord's.", WIRES),
    ("{site} and {other} belonged to two firms until last month.", TABLES),
)
OF_HOUSES = STORIES[4][0]  # a virtual network has no landlord


def story(answer: str, broken: Broken, chance: Chance) -> str:
    """What has happened of late."""
    plan, site = broken.plan, broken.site
    spoke = plan.far if plan.near.name == plan.hub else plan.near
    fitting = [words for words, faults in STORIES if answer in faults]
    told = chance.pick([w for w in fitting if site.kind == "site" or w not in OF_HOUSES])
    other = plan.opposite(site).name
    return told.format(spoke=spoke.name, gateway=site.gateway, site=site.name, other=other)


def noticed(seen: Observed) -> tuple[str, str]:
    """A headline and a sentence: who can do what, and who cannot."""
    one, other = (site.name for site in seen.sites)
    if seen.answered(*seen.pings):
        return (
            "mail works, files don't",
            f"What is small passes between {one} and {other} at once. What is large hangs, in "
            "both directions, and a ping is answered.",
        )
    tcp = [probe for probe in seen.between if probe.kind == "tcp"]
    if not any(map(seen.answered, seen.pings)):
        if seen.answered(*tcp):
            return (
                "programs work, pings don't",
                f"Every program works between {one} and {other}, in both directions. Pings get no "
                "answer, so the monitoring says that all is down.",
            )
        return _silent(seen)
    return _some(seen)


def _silent(seen: Observed) -> tuple[str, str]:
    """Nobody has an answer; some of what was asked may have arrived."""
    one, other = (site.name for site in seen.sites)
    lost = next((probe for probe in seen.pings if seen.arrived(probe)), None)
    if lost is None:
        return "nothing passes", f"Nothing passes between {one} and {other}."
    return (
        "nobody gets an answer",
        f"{lost.target} does see requests from {lost.source} come in. {lost.source} says that "
        "nobody answers.",
    )


def _some(seen: Observed) -> tuple[str, str]:
    """Some are answered: those of one side, or all but one person."""
    left = [probe for probe in seen.pings if not seen.answered(probe)]
    for probe in seen.pings:
        back = Probe(probe.target, probe.source)
        if seen.answered(probe) and not seen.answered(back):
            here, there = _homes(seen, probe)
            return (
                "they can call us",
                f"All in {here.name} work with {there.name} as always. Nobody in {there.name} can "
                f"open anything in {here.name}.",
            )
    crowd = max(seen.cast.people, key=len)
    out = next(name for name in crowd if all(name in (p.source, p.target) for p in left))
    happy = next(name for name in crowd if name != out)
    site = seen.topology.home_of(seen.topology.find_host(out))
    return (
        f"it works, but not for {out}",
        f"{happy} says that the VPN is fine. {out}, in {site.name} too, reaches nobody at the "
        "other end of it.",
    )


def _homes(seen: Observed, probe: Probe) -> tuple[Network, Network]:
    topology = seen.topology
    source, target = (topology.find_host(name) for name in (probe.source, probe.target))
    return topology.home_of(source), topology.home_of(target)


def elsewhere(seen: Observed, broken: Broken) -> str:
    """How the other sites fare, "" where there are none."""
    hub = broken.plan.hub
    fares: dict[bool, list[str]] = {True: [], False: []}
    for site in broken.plan.others:
        names = {host.name for host in site.people}
        pings = (p for p in seen.cast.probes if names & {p.source, p.target})
        fares[seen.answered(*pings)].append(site.name)
    told = []
    if fares[True]:
        told.append(f"Pings between {hub} and {_listed(fares[True])} are answered.")
    if fares[False]:
        told.append(f"There is trouble between {hub} and {_listed(fares[False])}, too.")
    return " ".join(told)


def _listed(names: list[str]) -> str:
    return names[0] if len(names) == 1 else "the other sites"
