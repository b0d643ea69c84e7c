"""The exam: questions of the whole book, drawn by objective, the same for everyone with a seed.

The page draws by the same rules (`widgets/static/drawing.js`); `tests/quiz/exam_vectors.json`
holds both together. Its result is `tally.tallied`: what a score is worth is a teacher's to say.
"""

from collections.abc import Mapping

from vpnedu.network.addresses import InputError
from vpnedu.quiz.bank import Bank
from vpnedu.quiz.tally import Place
from vpnedu.simulation.chance import Chance

HIGHEST_SEED = 999_999


def draw(banks: Mapping[str, Bank], seed: int, count: int | None = None) -> tuple[Place, ...]:
    """The places of the questions that `seed` draws, in the order of the book.

    One question for each objective; with `count`, that many, from all chapters alike: first one
    for an objective that has none yet, and when all have one, any other.
    """
    if not 0 <= seed <= HIGHEST_SEED:
        raise InputError("seed", f"is a whole number from 0 to {HIGHEST_SEED:,}")
    if count is not None and count < 1:
        raise InputError("count", "an exam has at least one question")
    queues = {name: _queues(bank, seed) for name, bank in banks.items()}
    if count is None:
        count = sum(len(first) for first, _ in queues.values())
    chapters = Chance(seed, "exam").shuffled(list(banks))
    taken: dict[str, set[str]] = {name: set() for name in banks}
    for turn in (0, 1):
        while sum(map(len, taken.values())) < count:
            left = [name for name in chapters if queues[name][turn]]
            if not left:
                break
            # The one with fewest so far; of equal ones the first in the order that was drawn.
            name = min(left, key=lambda name: len(taken[name]))
            taken[name].add(queues[name][turn].pop(0))
    return tuple(
        (name, question.id)
        for name, bank in banks.items()
        for question in bank.questions
        if question.id in taken[name]
    )


def _queues(bank: Bank, seed: int) -> tuple[list[str], list[str]]:
    """The questions in the order they are taken: one for each objective, then the others."""
    # A stream for each chapter: a question more in one changes nothing in the others.
    chance = Chance(seed, f"exam/{bank.name}")
    first = [
        chance.pick(known)
        for objective in chance.shuffled(bank.objectives)
        if (known := [one.id for one in bank.questions if one.objective == objective.id])
    ]
    others = [one.id for one in bank.questions if one.id not in first]
    return first, chance.shuffled(others)
