"""Which of several BGP paths is best, and why each other one lost."""

from collections.abc import Callable
from dataclasses import replace

from vpnedu.quiz.generators.generator import Generator
from vpnedu.quiz.generators.surviving.paths import INSIDE, LADDER, looping, losing, winning
from vpnedu.quiz.generators.surviving.shared import OWNERS, hints
from vpnedu.quiz.inputs import Choice, One
from vpnedu.quiz.question import Question, Table
from vpnedu.simulation.best_path import Judged, Path, best
from vpnedu.simulation.chance import Chance
from vpnedu.simulation.effects import capital

# What paths are said to come over; by the set, so that a question speaks of one kind of thing.
WAYS = (
    ("tunnel 1", "tunnel 2", "tunnel 3", "tunnel 4", "tunnel 5"),
    ("circuit A", "circuit B", "tunnel 1", "tunnel 2", "tunnel 3"),
    ("router north", "router south", "router east", "router west", "router centre"),
)
SCENES = (
    "A router of {owner}, in AS {own}, has been told {count} ways to `{prefix}`. Multipath is off, "
    "so one path carries everything. Which one?",
    "{Owner} has its VPN device in AS {own}. The device's BGP table holds {count} paths to "
    "`{prefix}`, as below. Multipath is off. Which path is best?",
    "“Why does everything for `{prefix}` go *that* way?” asks the new administrator of {owner}, "
    "whose routers are in AS {own}. The table has the {count} paths that the router knows. Which "
    "of them does it use, with multipath off?",
)
# What tempts, and what somebody believes who is tempted: a later step decides too early.
LURES = {
    "AS path": "Its AS path is the shortest, but length is asked only among paths of equal local "
    "preference.",
    "origin": "Its origin looks better, but origin is asked only after local preference and the "
    "length of the AS path.",
    "MED": "Its low MED does not help: MED comes after local preference, AS path and origin, and "
    "is compared only between paths from the same neighbouring AS.",
    "IGP cost": "Its next hop is nearer, but the nearest exit is asked for only when everything "
    "before it is equal.",
    "BGP identifier": "Its BGP identifier is low, but that breaks only the very last ties.",
    "loop": "Its high local preference does not save it: loops are thrown out before any two "
    "paths are compared.",
}
COLUMNS: tuple[tuple[str, Callable[[Path], str]], ...] = (
    ("local preference", lambda path: str(path.local_preference)),
    ("AS path", lambda path: " ".join(map(str, path.as_path))),
    ("origin", lambda path: path.origin.name),
    ("MED", lambda path: str(path.med)),
    ("peer", lambda path: "external" if path.external else "internal"),
    ("IGP cost", lambda path: str(path.igp_cost)),
    ("BGP identifier", lambda path: str(path.router_id)),
)


def make(chance: Chance) -> Question:
    steps = LADDER if chance.below(4) else INSIDE
    deepest, count = chance.below(len(steps)), 3 + chance.below(3)
    owner, own = chance.pick(OWNERS), 65001 + chance.below(400)
    paths, lures = _paths(chance, steps, deepest, own, count)
    judged = {one.path.via: one for one in best(paths, own).candidates}
    scene = chance.pick(SCENES)
    return Question(
        "",
        "single",
        scene.format(
            owner=owner, Owner=capital(owner), own=own, count=count, prefix=paths[0].prefix
        ),
        One(tuple(_choice(judged[p.via], judged, lures[p.via]) for p in paths), ordered=True),
        _explained(list(judged.values())),
        "RFC 4271, 9.1.2.2",
        "pick the best of several BGP paths, and say why the others lose",
        2 if deepest < 2 else 3,
        hints(
            "Ask one thing after another, and strike out paths each time: local preference, "
            "length of the AS path, origin, MED.",
            f"What parts the last two is this: {steps[deepest]}.",
        ),
        _table(paths),
    )


def _paths(
    chance: Chance, steps: tuple[str, ...], deepest: int, own: int, count: int
) -> tuple[list[Path], dict[str, str]]:
    """The paths in the order of the table, and what could tempt to take each."""
    # One rival holds out to the deepest step; the others fall there or before.
    falls = [steps[deepest], *(steps[chance.below(deepest + 1)] for _ in range(count - 2))]
    winner = winning(chance, steps, falls)
    rivals = [losing(chance, winner, steps, fall, at) for at, fall in enumerate(falls)]
    if chance.below(4) == 0:
        rivals[-1] = looping(chance, winner, own, count)
    order, ways = chance.shuffled([(winner, ""), *rivals]), chance.pick(WAYS)
    paths = [replace(path, via=way) for (path, _), way in zip(order, ways, strict=False)]
    return paths, {way: lure for (_, lure), way in zip(order, ways, strict=False)}


def _choice(one: Judged, judged: dict[str, Judged], lure: str) -> Choice:
    via = one.path.via
    right = one is next(iter(judged.values()))
    if right:
        says = f"{capital(via)} holds out longest; against the last rival {one.reason}."
    else:
        says = f"{capital(via)} loses: {one.reason}. {LURES[lure]}"
    return Choice(via.replace(" ", "-").lower(), f"the path over {via}", right, says)


def _explained(judged: list[Judged]) -> str:
    winner, *others = judged
    lost = "; ".join(f"{one.path.via} loses, since {one.reason}" for one in reversed(others))
    return (
        "A router compares step by step, and a path that has lost at one step is out, however good "
        f"it is at a later one. Here {lost}. What stays is {winner.path.via}."
    )


def _table(paths: list[Path]) -> Table:
    """What the paths differ in; and their AS paths, since MED asks where a path comes from."""
    shown = [
        (name, cell)
        for name, cell in COLUMNS
        if name == "AS path" or len({cell(path) for path in paths}) > 1
    ]
    rows = tuple((path.via, *(cell(path) for _, cell in shown)) for path in paths)
    caption = f"The paths to {paths[0].prefix}. Whatever is not shown is equal for all."
    return Table(caption, ("over", *(name for name, _ in shown)), rows)


BGP_PATH = Generator(
    "bgp-path",
    "Pick the best of several BGP paths",
    "BGP",
    "active-active",
    "answers-that-come-back-another-way",
    make,
)
