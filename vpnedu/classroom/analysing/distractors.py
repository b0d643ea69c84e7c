"""What was picked in each question and by whom, and the wrong answers that were given most.

In a pool the variants with the same choices are told together, and each other one by itself.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from vpnedu.classroom.analysing.columns import Column, Columns, Group, Tally
from vpnedu.classroom.analysing.measures import rounded, said
from vpnedu.classroom.analysing.offered import offered, parts, picked
from vpnedu.classroom.telling.tables import Cell
from vpnedu.quiz.inputs import Byte, Many, One
from vpnedu.quiz.numbers import Mistake
from vpnedu.quiz.prose import plain
from vpnedu.quiz.question import Input, Question

# A wrong choice that fewer pick does no work (Haladyna and Downing, Educational and Psychological
# Measurement 53, 1993).
RARE_SHARE = 0.05
# Of ticks, pairs and variants there are many to compare, some of which draw the stronger by
# chance: there only a difference of more than two standard errors is told.
ERRORS = 2
MOST_WRONG = 5

RARE, WRONG_KEY = "rare", "likely-wrong-key"
FLAGS = {
    RARE: "almost nobody picks it",
    WRONG_KEY: "draws stronger students than what the key calls right",
}


@dataclass(frozen=True, slots=True)
class Pick:
    """Something that could be picked: a choice, a field of bytes, or an option for an item `part`.

    `chosen` of `n` students picked it. `rest` is the mean of their points in all other slots,
    `others` that of the students who answered something else.
    """

    slot: str
    variants: tuple[int, ...]
    part: str
    id: str
    text: str
    right: bool
    n: int
    chosen: int
    rest: float | None
    others: float | None
    flags: tuple[str, ...] = ()

    @property
    def share(self) -> float:
        """The share of students who picked it."""
        return self.chosen / self.n


@dataclass(frozen=True, slots=True)
class Wrong:
    """A wrong answer to what is typed or put in order, as it was understood.

    `mistake` is the id of the mistake that a question knows it for, and `says` what it says to it.
    In a pool all answers for which a mistake is known by that id are told together.
    """

    slot: str
    read: str
    mistake: str
    says: str
    count: int
    n: int
    rest: float


def picks(taken_in: Columns) -> tuple[Pick, ...]:
    """All that could be picked in every slot, in the paper's order."""
    found: list[Pick] = []
    for column, tallies in zip(taken_in.columns, taken_in.tallies, strict=True):
        for variants in _alike(column):
            got = [tally for tally in tallies if tally.response.variant in variants]
            if got:
                found += _picks(column, variants, got, taken_in)
    return tuple(found)


def _alike(column: Column) -> list[tuple[int, ...]]:
    """The variants that offer the same things to pick, together; none that offer nothing."""
    groups: dict[object, list[int]] = {}
    for variant, question in enumerate(column.slot.pool):
        offers = tuple(offered(question.answer))
        if offers:
            groups.setdefault(offers, []).append(variant)
    return [tuple(group) for group in groups.values()]


def _picks(
    column: Column, variants: tuple[int, ...], tallies: Sequence[Tally], taken_in: Columns
) -> Iterator[Pick]:
    answer = column.slot.pool[variants[0]].answer
    n = sum(tally.count for tally in tallies)
    # Who left all blank picked nothing. The mark may be a regrade's, that gives points to everyone.
    given = [
        t for t in tallies if answer.mark(t.response.answer).status not in ("blank", "invalid")
    ]
    few = isinstance(answer, One | Byte) and len(column.slot.pool) == 1
    for item, part in parts(answer):
        sides = [_sides(answer, item, offer[1], given) for offer in part]
        keys = [inside for (inside, _), offer in zip(sides, part, strict=True) if offer[3]]
        for (inside, outside), (about, name, text, right) in zip(sides, part, strict=True):
            flags = [RARE] if not right and inside.count < RARE_SHARE * n else []
            if isinstance(answer, Many):
                # Everyone ticks or not: who ticks is held against who does not.
                better, worse = (outside, [inside]) if right else (inside, [outside])
            else:
                better, worse = inside, [] if right else keys
            if any(better.above(group, 0 if few else ERRORS) for group in worse):
                flags.append(WRONG_KEY)
            yield Pick(
                *(column.slot.name, variants, about, name, text, right, n, inside.count),
                rest=taken_in.points(inside.mean) if inside.count else None,
                others=taken_in.points(outside.mean) if outside.count else None,
                flags=tuple(flags),
            )


def _sides(answer: Input, item: str, name: str, given: Sequence[Tally]) -> tuple[Group, Group]:
    """Those who picked something, and those who answered and did not."""
    sides: tuple[list[Tally], list[Tally]] = ([], [])
    for tally in given:
        sides[not picked(answer, item, name, tally.response.answer)].append(tally)
    return Group.of(sides[0]), Group.of(sides[1])


def wrongs(taken_in: Columns) -> tuple[Wrong, ...]:
    """The wrong answers that were typed, or put in order, most often, by slot; most first."""
    found: list[Wrong] = []
    for column, tallies in zip(taken_in.columns, taken_in.tallies, strict=True):
        given = [
            tally
            for tally in tallies
            if not any(offered(column.slot.pool[tally.response.variant].answer))
        ]
        n = sum(tally.count for tally in given)
        groups: dict[tuple[str, str], list[Tally]] = {}
        for tally in given:
            if tally.response.mark.status in ("incorrect", "partial"):
                groups.setdefault(_name(column, tally), []).append(tally)
        every = [_wrong(column, name, alike, n, taken_in) for name, alike in groups.items()]
        found += sorted(every, key=lambda one: (-one.count, one.mistake, one.read))[:MOST_WRONG]
    return tuple(found)


def _known(question: Question, tally: Tally) -> Mistake | None:
    """The mistake that the question knows an answer for."""
    says = tally.response.mark.says
    mistakes = getattr(question.answer, "mistakes", ())
    return next((one for one in mistakes if one.id in says), None)


def _name(column: Column, tally: Tally) -> tuple[str, str]:
    """What an answer is counted by: its mistake where one is known, else how it was understood."""
    mistake = _known(column.slot.pool[tally.response.variant], tally)
    read = tally.response.mark.read
    if mistake is None:
        return "", read
    return mistake.id, read if len(column.slot.pool) == 1 else ""


def _wrong(
    column: Column, name: tuple[str, str], alike: Sequence[Tally], n: int, taken_in: Columns
) -> Wrong:
    group = Group.of(alike)
    first = min(alike, key=lambda tally: (tally.response.variant, tally.response.mark.read))
    mistake = _known(column.slot.pool[first.response.variant], first)
    return Wrong(
        slot=column.slot.name,
        read=name[1],
        mistake=name[0],
        says=plain(mistake.says) if mistake else "",
        count=group.count,
        n=n,
        rest=taken_in.points(group.mean),
    )


_PICKS = (
    *("slot", "variants", "part", "choice", "text", "right", "n", "chosen", "share", "mean_rest"),
    *("mean_rest_of_others", "flags"),
)


def picks_rows(found: Sequence[Pick]) -> tuple[tuple[str, ...], list[tuple[Cell, ...]]]:
    """The columns and rows of a table of all that could be picked."""
    return _PICKS, [
        (
            *(
                one.slot,
                " ".join(map(str, one.variants)),
                one.part,
                one.id,
                one.text,
                said(one.right),
            ),
            *(one.n, one.chosen, *map(rounded, (one.share, one.rest, one.others))),
            " ".join(one.flags),
        )
        for one in found
    ]


_WRONGS = ("slot", "answer", "mistake", "count", "n", "share", "mean_rest")


def wrongs_rows(found: Sequence[Wrong]) -> tuple[tuple[str, ...], list[tuple[Cell, ...]]]:
    """The columns and rows of a table of the wrong answers that were given most."""
    return _WRONGS, [
        (
            *(one.slot, one.read, one.mistake, one.count, one.n),
            *(rounded(one.count / one.n), rounded(one.rest)),
        )
        for one in found
    ]
