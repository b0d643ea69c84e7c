"""Questions that the engine writes: each a pure function of a seed.

To add one: a function `make(chance) -> Question` in a module here, and its `Generator` in that
module's `GENERATORS`.
"""

from dataclasses import replace

from vpnedu.network.addresses import InputError
from vpnedu.quiz.generators import choosing, reckoning, surviving
from vpnedu.quiz.generators.generator import Generator
from vpnedu.quiz.question import Question
from vpnedu.simulation.chance import Chance

__all__ = ["GENERATORS", "Generator", "generate"]

GENERATORS: dict[str, Generator] = {
    one.name: one for one in (*choosing.GENERATORS, *reckoning.GENERATORS, *surviving.GENERATORS)
}


def generate(name: str, seed: int) -> Question:
    """The question that the generator called `name` writes for `seed`; its id tells both."""
    if name not in GENERATORS:
        raise InputError("generator", f"there is no {name!r}; there are {', '.join(GENERATORS)}")
    question = GENERATORS[name].make(Chance(seed, f"quiz/{name}"))
    return replace(question, id=f"{name}-{seed}", objective=name)
