"""The commands that ask: `vpnedu quiz take`, `drill` and `exam`."""

from dataclasses import replace
from typing import Annotated

import typer

from vpnedu.book.banks import bank, banks
from vpnedu.cli import exchanging, issuing, marking, quiz_files
from vpnedu.cli.options import whole
from vpnedu.cli.plain import clipped, nearest
from vpnedu.cli.quizzing import HELP, Ended, Session, scores, tell
from vpnedu.network.addresses import InputError
from vpnedu.quiz.drill import NEW, Drill, after, next_of, step_of
from vpnedu.quiz.exam import HIGHEST_SEED, draw
from vpnedu.quiz.tally import tallied
from vpnedu.simulation.chance import Chance

app = typer.Typer(no_args_is_help=True, help="Answer the book's questions, or check your own.")
Seed = Annotated[
    str,
    typer.Option(metavar="N", help="The same number gives the same questions in the same order."),
]


@app.command()
def take(
    name: Annotated[str, typer.Argument(help="A chapter's name, such as route-based.")],
    seed: Seed = "1",
) -> None:
    """Take a chapter's quiz here in the terminal; the score comes at its end."""
    asked = bank(name)
    session = Session(whole(seed, "--seed"))
    tell(f"{asked.title}: {len(asked.questions)} questions. {HELP}")
    try:
        for place, question in enumerate(asked.questions, start=1):
            session.ask(question, f"Question {place} of {len(asked.questions)}")
    except Ended:
        tell("")
    marks = {(name, question): mark for question, mark in session.marks.items()}
    scores(tallied({name: asked}, marks))


@app.command()
def drill(
    topics: Annotated[
        list[str] | None,
        typer.Argument(metavar="[TOPIC]...", help="Topics, or names of generators; all if none."),
    ] = None,
    seed: Seed = "1",
) -> None:
    """One question after another, written by the engine; what went wrong comes back soon."""
    # Imported here, and below: sixty modules that no other command needs at its start.
    from vpnedu.quiz.generators import GENERATORS, generate

    names = _chosen(topics or [])
    number = whole(seed, "--seed")
    session, chance = Session(number), Chance(number, "drill")
    records: dict[str, Drill] = {}
    tell(f"Questions without end on {len(names)} things. {HELP}")
    try:
        while True:
            step = step_of(records)
            name = next_of(records, names, step, chance)
            record = records.get(name, NEW)
            question = generate(name, number + step)
            mark = session.ask(question, f"{step}. {GENERATORS[name].title}")
            right, helped = mark.status == "correct", session.hints > 0
            # A question passed over tells nothing of its reader; it only counts as asked.
            skipped = mark.status == "blank"
            records[name] = (
                replace(record, last=step) if skipped else after(record, right, step, helped=helped)
            )
    except Ended:
        tell("")
    for name, record in records.items():
        asked = record.right + record.wrong
        standing = f"{record.right} of {asked} right" if asked else "only skipped"
        tell(f"{standing}: {GENERATORS[name].title}")


def _chosen(topics: list[str]) -> list[str]:
    """The generators of the topics, or those that are named."""
    from vpnedu.quiz.generators import GENERATORS

    if not topics:
        return list(GENERATORS)
    known = tuple(dict.fromkeys([*(one.topic for one in GENERATORS.values()), *GENERATORS]))
    for topic in topics:
        if topic not in known:
            rule = f"there is no {clipped(topic, 40)!r}; nearest: {nearest(topic, known)}"
            raise InputError("topic", rule)
    return [n for n, one in GENERATORS.items() if n in topics or one.topic in topics]


@app.command()
def exam(
    seed: Seed = "1",
    count: Annotated[
        str | None,
        typer.Option(metavar="N", help="How many questions; one for each objective unless told."),
    ] = None,
) -> None:
    """An exam over the whole book, drawn by objective."""
    known = banks()
    most = sum(len(one.questions) for one in known.values())
    number = whole(count, "--count", 1, most) if count else None
    drawn = draw(known, whole(seed, "--seed", 0, HIGHEST_SEED), number)
    session = Session(whole(seed, "--seed", 0, HIGHEST_SEED))
    tell(f"Exam {seed}: {len(drawn)} questions. {HELP}")
    marks = {}
    try:
        for place, (quiz, name) in enumerate(drawn, start=1):
            question = next(one for one in known[quiz].questions if one.id == name)
            marks[quiz, name] = session.ask(question, f"Question {place} of {len(drawn)}")
    except Ended:
        tell("")
    scores(tallied(known, marks, drawn))


app.command()(quiz_files.show)
app.command()(quiz_files.check)
app.command()(quiz_files.schema)
app.command()(issuing.issue)
app.command()(issuing.rehearse)
app.command()(issuing.audit)
app.command()(marking.grade)
app.command()(marking.regrade)
app.command()(marking.gradebook)
app.command()(exchanging.export)
app.command(name="import")(exchanging.import_)
