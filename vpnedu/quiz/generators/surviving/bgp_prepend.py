"""What prepending does to BGP's choice: who wins after it, and how much of it is enough."""

from collections.abc import Callable
from dataclasses import replace
from ipaddress import IPv4Address, ip_network
from itertools import count

from vpnedu.quiz.generators.generator import Generator
from vpnedu.quiz.generators.surviving.shared import OWNERS, hints, number
from vpnedu.quiz.inputs import Choice, One
from vpnedu.quiz.numbers import Number
from vpnedu.quiz.question import Question, Table
from vpnedu.simulation.best_path import Judged, Path, best, prepended
from vpnedu.simulation.chance import Chance
from vpnedu.simulation.effects import capital

OFFICES = ("10.1.0.0/16", "10.12.0.0/15", "172.16.64.0/18", "192.168.40.0/21")
# Who announces the prefix, who hears of it, and in which AS that one is.
PEOPLE = (
    ("device", "the cloud gateway", 65515),
    ("router", "the provider's edge", 64500),
    ("branch", "the head office's router", 65030),
)
TIMES = ("not at all", "once", "twice", "three times", "four times", "five times", "six times")


def make(chance: Chance) -> Question:
    return chance.pick((_who_wins, _how_often))(chance)


def _announced(chance: Chance, count: int, what: str) -> list[Path]:
    """Paths of `count` neighbours to one prefix, of local preference 100 and all lengths."""
    prefix = ip_network(chance.pick(OFFICES))
    ids = chance.shuffled(range(10, 250, 10))
    return [
        Path(
            prefix,
            (65001 + place, *(64496 + (place + n) % 8 for n in range(chance.below(3)))),
            IPv4Address(f"192.0.2.{ids[place]}"),
            IPv4Address(f"192.0.2.{ids[place]}"),
            f"{what} {place + 1}",
        )
        for place in range(count)
    ]


def _lengthened(path: Path, times: int) -> Path:
    first = path.as_path[0]
    assert isinstance(first, int), "no path here begins with a set"
    return replace(path, as_path=prepended(path.as_path, first, times))


WINS = (
    "{owner} announces its network `{prefix}` by three paths, and {judge} prefers {first}. From "
    "now on each of them prepends its own number as often as the table's last column says. Which "
    "path does {judge} use then?",
    "The network `{prefix}` of {owner} can be reached by three paths. The table has them as they "
    "were; its last column says how often each will from now on prepend its own AS. Which one does "
    "{judge} prefer after that?",
)


def _who_wins(chance: Chance) -> Question:
    what, judge, own = chance.pick(PEOPLE)
    before = _announced(chance, 3, what)
    if chance.below(4) == 0:
        liked = chance.below(3)
        before[liked] = replace(before[liked], local_preference=200)
    first = best(before, own).candidates[0].path
    # Whoever would win prepends; sometimes another one does so too.
    times = {path.via: 0 for path in before} | {first.via: 1 + chance.below(4)}
    if chance.below(2):
        times[chance.pick([path.via for path in before if path is not first])] = chance.below(3)
    after = [_lengthened(path, times[path.via]) for path in before]
    judged = {one.path.via: one for one in best(after, own).candidates}
    text = chance.pick(WINS).format(
        owner=chance.pick(OWNERS), prefix=first.prefix, judge=judge, first=first.via
    )
    choices = tuple(_choice(path, judged, first.via, times) for path in after)
    return _question(
        "single",
        text,
        One(choices, ordered=True),
        _reasons(list(judged.values())),
        _table(before, times),
        "Write each AS path as it is sent, and count the numbers in it.",
        "Local preference is asked before the length; the lowest BGP identifier breaks a tie.",
    )


def _question(
    kind: str, text: str, answer: One | Number, explain: str, table: Table, *helps: str
) -> Question:
    objective = "predict what AS-path prepending does to the choice of a path"
    reference = "RFC 4271, 9.1.2.2; Active/active: Answers that come back another way"
    helped = hints(*helps)
    return Question(
        "", kind, capital(text), answer, explain, reference, objective, 2, helped, table
    )


def _choice(path: Path, judged: dict[str, Judged], first: str, times: dict[str, int]) -> Choice:
    one, name = judged[path.via], capital(path.via)
    rank = list(judged).index(path.via)
    if rank == 0:
        says = f"{name} is best: {one.reason}."
    elif path.via == first:
        says = f"{name} was best before it prepended. Now {one.reason}."
    elif times[path.via]:
        says = f"{name} prepends too, so count its path anew: {one.reason}."
    else:
        says = f"That {path.via} prepends nothing is not enough: {one.reason}."
    return Choice(path.via.replace(" ", "-"), f"the path of {path.via}", rank == 0, says)


def _reasons(judged: list[Judged]) -> str:
    lines = [f"{one.path.via}: {one.reason}" for one in judged]
    return (
        "Each time that an AS stands in a path counts, so prepending makes a path longer; it is "
        f"asked only where local preferences are equal. {capital('; '.join(lines))}."
    )


def _table(paths: list[Path], times: dict[str, int] | None = None) -> Table:
    columns: list[tuple[str, Callable[[Path], str]]] = [
        ("announced by", lambda path: path.via),
        ("AS path before", lambda path: " ".join(map(str, path.as_path))),
        ("local preference", lambda path: str(path.local_preference)),
        ("BGP identifier", lambda path: str(path.router_id)),
    ]
    if times is not None:
        columns.append(("prepends its AS", lambda path: TIMES[times[path.via]]))
    rows = tuple(tuple(cell(path) for _, cell in columns) for path in paths)
    caption = f"Paths to {paths[0].prefix}. Whatever is not shown is equal for all."
    return Table(caption, tuple(name for name, _ in columns), rows)


OFTEN = (
    "{owner} wants its `{prefix}` to be reached by {other}; {first} is to be the reserve. At "
    "present {judge} prefers {first}. How many times more, at least, must {first} put its own AS "
    "in front of its path?",
    "The line of {first} is expensive, so {owner} would rather be sent its packets for "
    "`{prefix}` by {other}. Only prepending is possible. How many more times must {first} at "
    "least repeat its own AS, so that {judge} turns to {other}?",
)


def _how_often(chance: Chance) -> Question:
    what, judge, own = chance.pick(PEOPLE)
    paths = _announced(chance, 2, what)
    first = best(paths, own).candidates[0].path
    other = next(path for path in paths if path is not first)
    other = _lengthened(other, chance.below(3))
    least = next(
        n for n in count() if best([_lengthened(first, n), other], own).candidates[0].path is other
    )
    text = chance.pick(OFTEN).format(
        owner=chance.pick(OWNERS),
        prefix=other.prefix,
        judge=judge,
        first=first.via,
        other=other.via,
    )
    return _question(
        "numeric",
        text,
        _often(first, other, least),
        _enough(first, other, least, own),
        _table([other if path.via == other.via else path for path in paths]),
        "Count the numbers in each of the two AS paths. How many has the longer one more?",
        "At equal length the lower BGP identifier wins. Is that the wanted path?",
    )


def _often(first: Path, other: Path, least: int) -> Number:
    own, length = len(first.as_path), len(other.as_path)
    tie = f"With {length - own} both paths are {length} long"
    wrong = (
        (
            "tie-wins",
            length - own,
            f"{tie}, and a tie goes to the lower BGP identifier: still {first.via}.",
        ),
        (
            "tie-loses",
            length - own + 1,
            f"{tie}, which is enough already: {other.via} has the lower BGP identifier.",
        ),
        (
            "whole-path",
            own + least,
            "That is the length of the whole path afterwards. Asked for is what is added.",
        ),
        (
            "other-length",
            length,
            f"That is the length of the other path. {capital(first.via)} has {own} already.",
        ),
    )
    return number(least, 0, "0", "times", wrong)


def _enough(first: Path, other: Path, least: int, own: int) -> str:
    fewer = best([_lengthened(first, least - 1), other], own).candidates[0]
    enough = best([_lengthened(first, least), other], own).candidates[0]
    return (
        f"With {least - 1} more {first.via} is still best: {fewer.reason}. With {least} more "
        f"{other.via} is: {enough.reason}."
    )


BGP_PREPEND = Generator(
    "bgp-prepend",
    "Predict what prepending does to a path",
    "BGP",
    "active-active",
    "answers-that-come-back-another-way",
    make,
)
