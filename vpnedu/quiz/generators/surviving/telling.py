"""Faults and how designs end under them, in words: as choices, and as feedback."""

from vpnedu.quiz.generators.surviving.endings import PLANS, Ending, ending
from vpnedu.simulation.designs.plan import Design
from vpnedu.simulation.effects import capital
from vpnedu.simulation.faults import applies, fault_name, planned

MEANS = (
    "A design *gets over* a fault if in the end packets of all conversations arrive, in both "
    "directions, although nobody mends anything. How many seconds that takes does not matter here."
)
_CLAUSES = {
    "planned-maintenance": "{} is taken into planned maintenance",
    "instance-crash": "{} crashes",
    "instance-hang": "{} hangs: it answers every question, and forwards nothing",
    "tunnel-cut": "the way of {} through the internet is cut",
    "device-loss": "{} dies",
    "provider-loss": "{} fails",
    "circuit-cut": "the {} is cut",
    "location-loss": "{} of the circuit is lost",
    "zone-loss": "{} is lost",
    "region-loss": "{} is lost",
    "route-withdrawn": "{} withdraws its route by mistake",
    "asymmetric-return": "firewalls at the {} begin to let in only answers to requests that they "
    "saw go out",
    "dead-standby": "{} has been dead for days, unnoticed",
}
# Why a design with nothing in reserve does not get over a fault, and what one might have thought.
_LOST = {
    "instance-crash": "A spare is of no use once it is gone as well.",
    "instance-hang": "Every probe is answered, so nobody turns away from it, whoever stands ready.",
    "tunnel-cut": "No tunnel is left for the packets, however well the machines are.",
    "device-loss": "More instances in the cloud do not help a site that has lost its last device.",
    "provider-loss": "Without a provider no tunnel leaves the site, however many end there.",
    "circuit-cut": "What is resilient inside the circuit does not help when its cable is gone.",
    "location-loss": "The circuit ends there, so the circuit goes with it.",
    "zone-loss": "Two instances in one zone share its fate.",
    "region-loss": "All there is of the gateway is in that region, whatever is doubled inside it.",
    "route-withdrawn": "Every machine is well, but nobody else tells the network a way to the "
    "office.",
    "asymmetric-return": "No tunnel is down, so nothing switches; answers that come back by the "
    "other device are dropped for good.",
    "dead-standby": "The failover happens as designed, and leads to something dead.",
}
_KEPT = {
    "planned-maintenance": "Whoever takes it away tells the others first.",
    "instance-crash": "There is another instance, and the platform turns to it by itself.",
    "tunnel-cut": "There is another tunnel, and both ends notice that one is silent.",
    "device-loss": "There is another way out of the site, and it is found without help.",
    "provider-loss": "The other line leaves by another provider.",
    "circuit-cut": "The VPN waits with its routes known, and is used as soon as the silence is "
    "noticed.",
    "location-loss": "The VPN does not pass that place.",
    "zone-loss": "An instance in another zone goes on.",
    "region-loss": "A gateway in another region goes on.",
    "route-withdrawn": "A withdrawal is told at once, and another way is still announced.",
}
_UNTOUCHED = "It does not hit what carries the packets."
# With nothing left of the gateway that served, it is not the platform that finds another way.
_BOTH_INSTANCES = ({"instance-crash", "instance-crash#2"}, {"dead-standby", "instance-crash"})


def possible(faults: tuple[str, ...], design: Design) -> bool:
    """Whether all `faults` can strike the design, one after the other."""
    if not all(applies(fault, design) for fault in faults):
        return False
    texts = (f"{fault}@{place}" for place, fault in enumerate(faults))
    return len(planned(texts, design, 10)) == len(faults)


def clause(faults: tuple[str, ...], design: Design) -> str:
    """What happens, as a clause: "instance 1 crashes, and then device 1 dies"."""
    told = planned((f"{fault}@{place}" for place, fault in enumerate(faults)), design, 10)
    return ", and then ".join(_CLAUSES[one.name].format(one.target) for one in told)


def verdict(plan: str, faults: tuple[str, ...]) -> str:
    """How a plan ends under faults, from its run, and why."""
    end = ending(plan, faults)
    if not end.survives:
        return f"To the end packets are lost: {end.cause}. {_reason(faults, end)}"
    if end.gap:
        way = f"After a gap packets arrive again, over {end.way}."
        two = len(PLANS[plan][1].gateways) > 1 and set(faults) in _BOTH_INSTANCES
        return f"{way} {_KEPT['region-loss'] if two else _reason(faults, end)}"
    return f"Not one packet is lost. {_reason(faults, end)}"


def _reason(faults: tuple[str, ...], end: Ending) -> str:
    names = [fault_name(fault) for fault in faults]
    if not end.survives:
        # Of several faults the last one took what was left, but for a standby dead before.
        deciding = "dead-standby" if "dead-standby" in names else names[-1]
        return _LOST[deciding]
    if not end.gap and names[0] not in ("planned-maintenance", "route-withdrawn"):
        return _UNTOUCHED
    return _KEPT.get(names[-1], _UNTOUCHED)


def headline(plan: str) -> str:
    """A plan in words, to begin a sentence with."""
    return capital(PLANS[plan][0])
