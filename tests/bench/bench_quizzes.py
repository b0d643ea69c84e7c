"""How fast questions are written and answers marked, and how marking grows with their number."""

from statistics import median
from time import perf_counter

from vpnedu.book.banks import banks
from vpnedu.quiz.generators import GENERATORS, generate
from vpnedu.quiz.question import Question, grade

SEEDS = 60
ANSWERS = (1_000, 10_000, 100_000)


def written() -> None:
    """The time of one question of each generator, and of the slowest beside the budget."""
    for name in GENERATORS:
        times = []
        for seed in range(SEEDS):
            start = perf_counter()
            generate(name, seed)
            times.append((perf_counter() - start) * 1e3)
        middle, worst = median(times), max(times)
        print(f"{name:28} median {middle:6.2f} ms, worst of {SEEDS}: {worst:6.2f} ms")


def compared(question: Question) -> float:
    """How much longer marking takes than comparing the answer with the key as text."""
    key = question.answer.key
    text = str(key)
    start = perf_counter()
    for _ in range(1000):
        grade(question, key)
    ours = perf_counter() - start
    start = perf_counter()
    for _ in range(1000):
        assert str(key) == text
    return ours / (perf_counter() - start)


def growth() -> None:
    """Answers marked by the second, over the whole bank in turn."""
    questions = [question for one in banks().values() for question in one.questions]
    keyed = [(question, question.answer.key) for question in questions]
    for count in ANSWERS:
        start = perf_counter()
        for place in range(count):
            grade(*keyed[place % len(keyed)])
        took = perf_counter() - start
        print(f"{count:7,} answers: {took:6.2f} s, {count / took:8,.0f} a second")
    ratios = {question.answer.name: compared(question) for question in questions}
    for name, ratio in sorted(ratios.items()):
        print(f"marking {name:7} takes {ratio:5.1f} times as long as comparing two texts")


def main() -> None:
    """Print all of it."""
    print("Questions")
    written()
    growth()
