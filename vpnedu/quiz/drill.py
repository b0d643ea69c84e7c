"""Which generator a drill asks next: what went wrong comes back soon, what is sure seldom.

Leitner's boxes, one for each generator, from 0 (never asked) to 5 (sure). The page chooses by the
same rules (`widgets/static/drilling.js`); `tests/quiz/drill_vectors.json` holds both together.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from vpnedu.network.addresses import InputError
from vpnedu.simulation.chance import Chance

SURE = 5
# How many others come before a generator that went wrong is asked again.
REST = 2
# A page carries this many questions of each generator, numbered from 0; an engine writes as many
# more of them.
VARIANTS = 40
MORE = 60_000


@dataclass(frozen=True, slots=True)
class Drill:
    """What is known of a learner and one generator. `last` is the step it was asked in, from 1."""

    box: int = 0
    right: int = 0
    wrong: int = 0
    last: int = 0

    @property
    def missed(self) -> bool:
        """Whether the last answer was not right: a right one never leaves box 1 after a wrong."""
        return self.box == 1 and self.wrong > 0


NEW = Drill()


def after(record: Drill, right: bool, step: int, *, helped: bool = False) -> Drill:
    """`record` after the answer of `step`: right moves it up, not right back to box 1.

    Whoever was `helped` by a hint and then right stays where they were: that proves nothing yet.
    """
    if not right:
        return Drill(1, record.right, record.wrong + 1, step)
    box = max(record.box, 1) if helped else min(record.box + 1, SURE)
    return Drill(box, record.right + 1, record.wrong, step)


def step_of(records: Mapping[str, Drill]) -> int:
    """The step that comes next, from 1."""
    return 1 + max((record.last for record in records.values()), default=0)


def next_of(
    records: Mapping[str, Drill], generators: Sequence[str], step: int, chance: Chance
) -> str:
    """The generator to ask in `step`: never the same twice in a row, if there is another.

    One that went wrong returns once two others were asked. Otherwise chance draws, and each box
    halves how often a generator comes.
    """
    if not generators:
        raise InputError("topics", "choose at least one")
    known = {name: records.get(name, NEW) for name in generators}
    free = [name for name in generators if not 0 < known[name].last == step - 1] or [*generators]
    missed = [name for name in free if known[name].missed]
    due = [name for name in missed if known[name].last < step - REST]
    if due:
        return min(due, key=lambda name: known[name].last)
    rested = [name for name in free if name not in missed] or free
    weights = [2 ** (SURE - known[name].box) for name in rested]
    drawn = chance.below(sum(weights))
    while drawn >= weights[0]:
        drawn -= weights.pop(0)
    return rested[len(rested) - len(weights)]


def variant_of(seed: int, generator: str, asked: int, *, endless: bool = False) -> int:
    """Which of a generator's questions comes after `asked` others: all come before one repeats.

    Where it is `endless`, an engine writes more once all that a page carries were asked.
    """
    if not endless or asked < VARIANTS:
        order = Chance(seed, f"drill/{generator}").shuffled(range(VARIANTS))
        return order[asked % VARIANTS]
    order = Chance(seed, f"drill/{generator}/more").shuffled(range(MORE))
    return VARIANTS + order[(asked - VARIANTS) % MORE]
