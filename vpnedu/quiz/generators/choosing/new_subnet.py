"""Does a packet arrive after a subnet was added, and if not, where is it lost?"""

from itertools import pairwise

from vpnedu.network.addresses import written
from vpnedu.network.gateways import Gateway
from vpnedu.quiz.generators.choosing.routes import via
from vpnedu.quiz.generators.choosing.sites import hint, sentence, told
from vpnedu.quiz.generators.choosing.subnets import World
from vpnedu.quiz.generators.choosing.worlds import drawn
from vpnedu.quiz.generators.generator import Generator
from vpnedu.quiz.inputs import Choice, One
from vpnedu.quiz.question import Question, Table
from vpnedu.simulation.chance import Chance
from vpnedu.simulation.events import Flight, Lookup
from vpnedu.simulation.journey import send
from vpnedu.simulation.trace import Trace

NAME = "new-subnet-arrives"


def make(chance: Chance) -> Question:
    """Policies edited at no, one or both ends; or routes, typed in or learned."""
    world = drawn(chance)
    run = send(world.topology, world.plan.sent, title="A new subnet", changes=world.changes)
    return Question(
        NAME,
        "predict",
        f"{world.told}\n\n{told(chance, world.plan.sender, world.plan.sent)} {chance.pick(ASKS)}",
        One(tuple(chance.shuffled(_choices(world, run)))),
        " ".join((world.because, *_asked(run), _end(run))),
        REFERENCES.get(world.kind, ROUTES),
        NAME,
        3,
        (hint(HINTS[world.kind]),),
        _tables(world),
        run,
        picture=True,
    )


ASKS = (
    "Does it arrive?",
    "Does the packet arrive, and if not, where is it lost?",
    "How far does it get?",
)
ROUTES = "RFC 1812, 5.2.4.3; Route-based gateways: A new subnet, twice"
REFERENCES = {"policies": "RFC 4301, 4.4.1 and 5; RFC 7296, 2.9"}
HINTS = {
    "policies": "A row must hold the packet at the sender's end, and at the receiver's as well.",
    "static": "Look for the longest prefix that holds the destination, gateway by gateway.",
    "learned": "A gateway that has heard nothing of a subnet still has a default route.",
}


def _end(run: Trace) -> str:
    return "So it arrives." if run.verdict.kind == "delivered" else sentence(run.verdict.reason)


def _asked(run: Trace) -> list[str]:
    """What the gateways found in their tables, in the engine's words."""
    return [sentence(event.reason) for event in run.events if isinstance(event, Lookup)]


def _tables(world: World) -> Table:
    """The tables of all gateways on the way, as they are now."""
    gateways = [world.topology.gateway(name) for name in world.way]
    caption = "The tables of the gateways, as they are now"
    if world.kind == "policies":
        columns: tuple[str, ...] = ("gateway", "local", "remote", "then")
        rows = [row for gateway in gateways for row in _policies(gateway)]
    else:
        columns = ("gateway", "prefix", "via", "source")
        rows = [row for gateway in gateways for row in _routes(gateway)]
    return Table(caption, columns, tuple(rows))


def _policies(gateway: Gateway) -> list[tuple[str, ...]]:
    rows = [
        (
            gateway.name,
            written(p.selector.local),
            written(p.selector.remote),
            f"protect, {p.tunnel}",
        )
        for p in gateway.policies.policies
    ]
    return [*rows, (gateway.name, "any", "any", gateway.policies.default)]


def _routes(gateway: Gateway) -> list[tuple[str, ...]]:
    return [(gateway.name, str(r.prefix), via(r), r.origin) for r in gateway.routes.routes]


def _outcome(run: Trace, world: World) -> str:
    """What became of the packet, as the id of a choice."""
    if run.verdict.kind == "delivered":
        return "arrives"
    if run.verdict.node != "internet":
        return f"dropped-{world.way.index(run.verdict.node)}"
    last = next(e for e in run.events if isinstance(e, Flight) and e.target == "internet")
    return f"unsealed-{world.way.index(last.source)}"


def _choices(world: World, run: Trace) -> list[Choice]:
    way = world.way
    texts = {"arrives": "It arrives.", "dropped-0": f"The {way[0]} drops it."}
    for place, (_, gateway) in enumerate(pairwise(way), 1):
        texts[f"dropped-{place}"] = f"It gets as far as the {gateway}, which drops it."
    for place, gateway in enumerate(way[:-1]):
        texts[f"unsealed-{place}"] = f"It leaves the {gateway} unsealed, and the internet drops it."
    if len(way) > 2:
        del texts["dropped-1"], texts["dropped-0"]
    right = _outcome(run, world)
    return [
        Choice(_id(name, world), text, name == right, _says(name, right, world, run))
        for name, text in texts.items()
    ]


def _id(name: str, world: World) -> str:
    """The id of an outcome: who lets the packet down, by its part in the story."""
    if name == "arrives":
        return name
    what, place = name.split("-")
    parts = ("sender", "receiver") if len(world.way) == 2 else ("sender", "hub", "receiver")
    return f"{what}-by-{parts[int(place)]}"


def _says(name: str, right: str, world: World, run: Trace) -> str:
    if name == right:
        why = world.because if name == "arrives" else _asked(run)[-1]
        return f"{why} {_end(run)}"
    what = name.split("-")[0]
    place = int(name.partition("-")[2] or len(world.way))
    stopped = int(right.partition("-")[2] or len(world.way))
    if what == "arrives":
        carries = "both lists hold" if world.kind == "policies" else "is sent into it"
        return f"A tunnel that stands carries only what {carries}. {_end(run)}"
    if place > stopped:
        return f"It does not get as far as the {world.way[place]}. {_end(run)}"
    return _passed(what, place, right, world)


def _passed(what: str, place: int, right: str, world: World) -> str:
    """Why nothing happens to the packet at this gateway, or something else does."""
    gateway = world.way[place]
    if what == "unsealed" and world.kind == "policies":
        return "What no row holds is discarded here; it does not fall back to clear text."
    if what == "unsealed" and right == f"dropped-{place}":
        return f"The blackhole route is longer than the default route, so the {gateway} drops it."
    if what == "unsealed":
        return f"The {gateway} has a route into a tunnel that is longer than its default route."
    if right == f"unsealed-{place}":
        return f"The {gateway} knows no tunnel for it, but its default route holds every address."
    if place == len(world.way) - 1:
        return f"The {gateway} serves the network that the packet is for, and delivers it."
    return f"The {gateway} finds the packet in its table, and seals it."


GENERATOR = Generator(
    NAME,
    "Predict whether a new subnet is reached, and where packets are lost",
    "routes",
    "route-based",
    "a-new-subnet-twice",
    make,
)
