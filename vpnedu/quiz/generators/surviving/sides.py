"""Situations in which each side notices by itself: active instances, two devices, a circuit."""

from vpnedu.quiz.generators.surviving.shared import OWNERS
from vpnedu.quiz.generators.surviving.situations import (
    BACK,
    THERE,
    Case,
    Situation,
    Wait,
    liveness,
    moment,
    probes,
    situation,
)
from vpnedu.simulation.chance import Chance
from vpnedu.simulation.effects import capital

BY_DEVICE = "Packets {} are the device's to turn away, and it hears nothing of the platform's "
BY_DEVICE += "probes."
BY_PLATFORM = "Packets {} are sent by the virtual network, and the platform's probes tell it; the "
BY_PLATFORM += "device's questions change only what the device sends."


def instance(chance: Chance) -> Situation:
    """One of two active instances is gone, by itself or with its zone."""
    design = chance.pick(("active-active", "zonal", "zone-redundant"))
    owner, zone = chance.pick(OWNERS), design == "zone-redundant"
    probing, after, every = probes(chance)
    asking, asked = liveness(chance, "device 1", "instance 1")
    update, direction = chance.pick((1, 3, 5, 20, 40, 50)), chance.pick((THERE, BACK))
    settings = {**probing, **asking, "fabric-update": (update, update)}
    struck = "zone 1 is lost, and instance 1 with it" if zone else "instance 1 crashes"
    where = ", one in each of two zones" if zone else ""
    stories = (
        f"The device of {owner} has a tunnel to each of the two instances of an active/active "
        f"gateway{where}: tunnel 1 to instance 1, tunnel 2 to instance 2. Then {struck}.",
        f"{capital(owner)} shares its traffic between tunnel 1, to instance 1 of an active/active "
        f"gateway, and tunnel 2, to instance 2. One night {struck}.",
    )
    told, there = chance.pick(stories), direction == THERE
    case = Case(
        design, "zone-loss" if zone else "instance-crash", moment(chance), settings, direction
    )
    moved = Wait("redirect", "until the virtual network uses a changed route", update)
    seed = 1 + chance.below(10_000)
    if there:
        first, misled = "device 1 hears from instance 1 for the last time", BY_DEVICE
        return situation(
            told, struck, case, first, asked, [every, moved], misled.format(direction), seed
        )
    first = "instance 1 leaves a health probe unanswered for the first time"
    misled = BY_PLATFORM.format(direction)
    return situation(told, struck, case, first, [after, moved], asked, misled, seed)


def device(chance: Chance) -> Situation:
    """One of two devices at the site dies."""
    design = chance.pick(("two-devices", "dual-redundancy"))
    direction = chance.pick((THERE, BACK))
    asking, asked = liveness(chance, "instance 1", "device 1")
    hello, misses = chance.pick((1, 2, 3, 5, 10)), 2 + chance.below(4)
    settings = {**asking, "lan-hello": hello, "lan-misses": misses}
    owner = chance.pick(OWNERS)
    gateway = "an active/standby" if design == "two-devices" else "an active/active"
    stories = (
        f"{capital(owner)} has two devices at its office, with tunnels to {gateway} gateway. "
        "Device 1 dies; device 2 goes on.",
        f"Two devices serve the office of {owner}, and greet each other all the time. The gateway "
        f"in the cloud is {gateway} one. One device dies: device 1.",
    )
    story, at, seed = chance.pick(stories), moment(chance), 1 + chance.below(10_000)
    case = Case(design, "device-loss", at, settings, direction)
    if direction == THERE:
        greeted = "further greetings that do not come, until the office believes it"
        first = "device 1 does not send a greeting that was due"
        misled = "The gateway's questions change what the gateway sends; the office has its own "
        misled += "witness, the greetings."
        waits = [Wait("detect", greeted, hello, misses - 1)]
        return situation(story, "device 1 dies", case, first, waits, asked, misled, seed)
    every = Wait(
        "detect", "missing greetings that make a device dead for the office", hello, misses
    )
    misled = "The greetings stay inside the office; the gateway must find out by its own questions."
    first = "instance 1 hears from device 1 for the last time"
    return situation(story, "device 1 dies", case, first, asked, [every], misled, seed)


CIRCUITS = (
    "{owner} has a private circuit, and beside it a VPN that is used only when the circuit is "
    "gone. A digger cuts the circuit. Router 1 is the office's end of it, location 1 the "
    "provider's.",
    "The private circuit of {owner}, between router 1 and the peering location 1, is cut. A tunnel "
    "over the internet waits as the way out, up and with its routes known.",
)


def circuit(chance: Chance) -> Situation:
    """A private circuit is cut, with a VPN beside it."""
    direction, bfd = chance.pick((THERE, BACK)), chance.below(2) == 0
    hold, pause = chance.pick((30, 60, 90, 120, 180)), chance.pick((0.3, 0.5, 1))
    misses, update = 3 + chance.below(3), chance.pick((6, 15, 25, 35, 45))
    settings = {
        "circuit-hold-time": hold, "circuit-keepalive": hold // 3,
        "circuit-update": (update, update),
        "bfd": bfd, "bfd-interval": pause, "bfd-multiplier": misses,
    }  # fmt: skip
    who, far = ("router 1", "location 1") if direction == THERE else ("location 1", "router 1")
    held = Wait("detect", "the hold time on the circuit, which both ends go by", hold)
    probed = Wait("detect", "missing BFD packets that mean a dead path", pause, misses)
    here = Wait("redirect", "until the office's routers use a changed route", 0.05)
    there = Wait("redirect", "until the virtual network uses a changed route", update)
    mine, other = (here, there) if direction == THERE else (there, here)
    misled = "BFD tells BGP, so nobody waits for the hold time."
    at = 65 + chance.below(300) / 10
    return situation(
        capital(chance.pick(CIRCUITS).format(owner=chance.pick(OWNERS))),
        "the circuit is cut",
        Case("expressroute-failover", "circuit-cut", at, settings, direction),
        f"{who} hears {'BFD' if bfd else 'BGP'} from {far} for the last time",
        [probed if bfd else held, mine],
        [held, other] if bfd else [other],
        misled if bfd else "Each side moves its own packets, and waits for itself alone.",
        1 + chance.below(10_000),
    )
