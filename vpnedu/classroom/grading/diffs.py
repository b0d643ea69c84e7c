"""What changed between two runs of grading, learner by learner and slot by slot."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from fractions import Fraction

from vpnedu.classroom.grading.picking import by_slot
from vpnedu.classroom.grading.results import Flag, Grade, Results, shown
from vpnedu.network.addresses import InputError


@dataclass(frozen=True, slots=True)
class Difference:
    """Points that a learner had for a slot and has now, and the same for the whole grade.

    `slot` is empty for what no slot tells: what was set by hand, or left as it was.
    """

    learner: str
    slot: str
    old: Fraction
    new: Fraction
    total_old: Fraction
    total_new: Fraction


def differences(before: Results, after: Results) -> tuple[Difference, ...]:
    """Everything that differs, in the order of the roster and of the slots."""
    slots = [[slot.name for slot in one.key.paper.slots] for one in (before, after)]
    learners = [[grade.learner.id for grade in one.grades] for one in (before, after)]
    if slots[0] != slots[1] or learners[0] != learners[1]:
        raise InputError("regrade", "is of another paper or another class: nothing to compare")
    names = (*slots[0], "")
    return tuple(
        Difference(old.learner.id, slot, had, has, old.points, new.points)
        for old, new in zip(before.grades, after.grades, strict=True)
        for slot, had, has in zip(names, _parts(before, old), _parts(after, new), strict=True)
        if had != has
    )


def _parts(results: Results, grade: Grade) -> Iterator[Fraction]:
    """What each slot gives, and then the rest of the points."""
    slots = by_slot(results, grade)
    yield from slots
    yield grade.points - sum(slots)


def no_lower(before: Results, after: Results) -> Results:
    """`after` a regrade with nobody's points lower than `before`, and a flag where they were.

    Nobody has more than the total, which is less than it was where a slot was dropped. Both are
    without overrides; these go upon what comes out.
    """
    grades, flags = [], []
    for old, new in zip(before.grades, after.grades, strict=True):
        kept = min(old.points, after.total)
        if kept > new.points:
            words = f"the regrade gives {shown(new.points)}; {shown(kept)} were left"
            source = new.graded[new.counted[0]].source if new.counted else ""
            flags.append(Flag(new.learner.id, source, "not-lowered", words))
        grades.append(replace(new, points=max(kept, new.points)))
    return replace(after, grades=tuple(grades), flags=(*after.flags, *flags))
