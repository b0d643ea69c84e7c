"""Grades for a class from whatever it handed in.

Each file is read, its form is made again, and its answers are marked; what can't be is put into
quarantine, and the rest of the class goes on. Then, for every learner: mark, pick what counts, take
off lateness; overrides come last. No step gives more than the total: a slot's mark is at most all
of its points, and overrides and what a regrade leaves are held to it. Files go under the name of
the learner under whom a platform handed them over, whatever they say themselves; but one that is
of another's form counts only where the learner handed in none of their own.

The order of the files changes nothing: grades stand in the order of the roster, what was
quarantined by source, flags by learner (as on the roster), source and code.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import lcm

from vpnedu.classroom.collecting.intake import Collected
from vpnedu.classroom.collecting.submissions import read
from vpnedu.classroom.grading.marker import Marker, Problem, Response
from vpnedu.classroom.grading.overrides import Override, overridden
from vpnedu.classroom.grading.picking import counted, in_order, mean
from vpnedu.classroom.grading.policies import Policy
from vpnedu.classroom.grading.results import Flag, Grade, Graded, Quarantined, Results
from vpnedu.classroom.grading.rules import Rule, dropped, markings
from vpnedu.classroom.grading.times import lasted
from vpnedu.classroom.issuing.keys import Key
from vpnedu.classroom.issuing.rosters import Learner
from vpnedu.network.addresses import quoted
from vpnedu.quiz.paper import Paper
from vpnedu.quiz.strict import Unreadable, short

# Denominators of scores up to this one are added up as whole numbers.
FINEST = 16


@dataclass(frozen=True, slots=True)
class _Came:
    """A submission, whose form it was made on, and what to say of it: codes with words."""

    graded: Graded
    form: str
    notes: tuple[tuple[str, str], ...]


def graded(
    items: Iterable[Collected],
    key: Key,
    policy: Policy,
    *,
    rules: Sequence[Rule] = (),
    fixed: Paper | None = None,
    overrides: Sequence[Override] = (),
) -> Results:
    """Everybody's grade from `items`, marked by `key` and counted by `policy`.

    For a regrade `rules` change the marking, by the questions of `fixed` where they say so.
    """
    desk = _Desk(key, policy.applied(key), rules, fixed)
    for item in items:
        desk.take(item)
    return overridden(desk.results(), overrides)


class _Desk:
    """Takes what was collected, a file at a time, and keeps of it what grades are made of."""

    def __init__(self, key: Key, policy: Policy, rules: Sequence[Rule], fixed: Paper | None):
        self._key, self._policy = key, policy
        self._marker = Marker(key, markings(key, rules, fixed))
        self._dropped = dropped(key, rules)
        self._sums = _Sums(key.paper, self._dropped)
        self._came: defaultdict[str, list[_Came]] = defaultdict(list)
        self._quarantined: list[Quarantined] = []

    def take(self, item: Collected) -> None:
        """Mark a file, or put it into quarantine."""
        try:
            if item.refused is not None:
                raise item.refused
            self._mark(item)
        except Unreadable as wrong:
            bad = Quarantined(item.source, wrong.code, str(wrong), learner=item.owner)
            self._quarantined.append(bad)

    def _mark(self, item: Collected) -> None:
        given = read(item.data)
        form = self._marker.form(given)
        learner = self._key.by_id.get(item.owner or form.learner.id)
        if learner is None:
            rule = f"{short(item.owner)}, who handed it over, is not"
            raise Unreadable("not-on-roster", rule, "learner")
        marked = self._marker.mark(form, given.answers)
        if marked.problems:
            self._quarantined.append(_partly(item.source, learner.id, marked.problems))
        share, late = self._policy.late(learner.id, item.received, item.late)
        graded_ = Graded(
            source=item.source,
            digest=given.digest,
            learner=learner.id,
            received=item.received,
            clock=item.clock,
            responses=marked.responses,
            points=self._sums.of(marked.responses),
            share=share,
            late=late,
        )
        odd = _odd(given.repaired, form.learner, learner, item.stranger)
        notes = (*self._timing(item, graded_), *odd)
        self._came[learner.id].append(_Came(graded_, form.learner.id, notes))

    def _timing(self, item: Collected, one: Graded) -> Iterator[tuple[str, str]]:
        if item.received is None:
            yield "no-time", "nothing tells when it came"
        if item.late and not one.late:
            yield "late-mark", "the platform marked it late; here it counts as in time"
        if self._policy.closed(one.learner, item.received):
            yield "after-cutoff", f"came {lasted(one.late)} late, after the cutoff: worth nothing"
        elif one.late:
            how = "the platform marked it late" if item.received is None else lasted(one.late)
            yield "late", f"{how}; it keeps {one.share} of its points"

    def results(self) -> Results:
        """All grades, with everything there is to say of them."""
        flags = list(self._shared())
        grades = tuple(self._grade(learner, flags) for learner in self._key.learners)
        places = {learner.id: place for place, learner in enumerate(self._key.learners)}
        flags.sort(key=lambda flag: (places[flag.learner], flag.source, flag.code, flag.words))
        quarantined = sorted(self._quarantined, key=lambda one: (one.source, one.code, one.rule))
        return Results(self._key, grades, tuple(quarantined), tuple(flags), self._dropped)

    def _grade(self, learner: Learner, flags: list[Flag]) -> Grade:
        # Taken out: of a class of thousands nothing needs to be there twice.
        came = self._unique(self._came.pop(learner.id, ()), flags)
        for one in came:
            flags += (Flag(learner.id, one.graded.source, *note) for note in one.notes)
        submissions = in_order(one.graded for one in came)
        policy = self._policy
        may = [
            at for at, one in enumerate(submissions) if not policy.closed(learner.id, one.received)
        ]
        # Whoever calls a file by another's name must not take the place of what that one made.
        if own := {one.graded.source for one in came if not _stranger(one)}:
            may = [at for at in may if submissions[at].source in own]
        picked = counted(submissions, may, policy.pick, policy.attempts)
        for place in may[policy.attempts :] if policy.attempts else ():
            words = f"the policy lets {policy.attempts} count, and this one came after them"
            flags.append(Flag(learner.id, submissions[place].source, "too-many", words))
        if len(submissions) > 1:
            which = ", ".join(submissions[place].source for place in picked) or "none of them"
            words = f"{len(submissions)} different submissions; what counts: {which}"
            flags.append(Flag(learner.id, submissions[0].source, "several", words))
        points = mean([submissions[place].worth for place in picked])
        return Grade(learner, submissions, picked, points)

    def _unique(self, came: Sequence[_Came], flags: list[Flag]) -> list[_Came]:
        """The submissions without those that are the same as another.

        Of equal ones that stays whose clock is believed most, and then the one that came first.
        """
        if len(came) < 2:
            return list(came)
        kept: dict[str, _Came] = {}
        for one in sorted(came, key=self._belief):
            first = kept.setdefault(one.graded.digest, one)
            if first is not one:
                copies = sum(other.graded.digest == one.graded.digest for other in came)
                words = f"is one of {copies} copies of a file; graded is {first.graded.source}"
                flags.append(Flag(one.graded.learner, one.graded.source, "duplicate", words))
        return list(kept.values())

    def _belief(self, one: _Came) -> tuple[int, int, str]:
        times, graded_ = self._policy.times, one.graded
        place = times.index(graded_.clock) if graded_.clock in times else len(times)
        return place, graded_.received or 0, graded_.source

    def _shared(self) -> Iterator[Flag]:
        """A flag for each submission whose form came under more than one name."""
        owners: dict[str, set[str]] = {}
        strange = {one.form for came in self._came.values() for one in came if _stranger(one)}
        users = [one for came in self._came.values() for one in came if one.form in strange]
        for one in users:
            owners.setdefault(one.form, set()).add(one.graded.learner)
        for one in users:
            if others := sorted(owners[one.form] - {one.graded.learner}):
                words = f"the form of {one.form} came from {', '.join(others)} too"
                yield Flag(one.graded.learner, one.graded.source, "shared-form", words)


class _Sums:
    """Adds up the points of submissions: in whole numbers, and each sum is kept only once."""

    def __init__(self, paper: Paper, gone: frozenset[str]):
        points = [Fraction(0) if one.name in gone else one.points for one in paper.slots]
        self._scale = lcm(*range(1, FINEST + 1), *(one.denominator for one in points))
        self._units = [int(one * self._scale) for one in points]
        self._known: dict[int, Fraction] = {}

    def of(self, responses: Sequence[Response]) -> Fraction:
        """The points of the responses to all slots."""
        whole, rest = 0, Fraction(0)
        for unit, response in zip(self._units, responses, strict=True):
            score = response.mark.score
            if numerator := score.numerator:
                parts, over = divmod(unit * numerator, score.denominator)
                whole += parts
                if over:
                    rest += Fraction(over, score.denominator)
        if rest:
            return (whole + rest) / self._scale
        if whole not in self._known:
            self._known[whole] = Fraction(whole, self._scale)
        return self._known[whole]


def _partly(source: str, learner: str, problems: Sequence[Problem]) -> Quarantined:
    """One row for a file of which some answers could not be marked, with all of their slots."""
    rule = "; ".join(f"{one.slot} ({one.code}): {one.rule}" for one in problems)
    return Quarantined(source, problems[0].code, rule, graded=True, learner=learner)


def _odd(
    repaired: Sequence[str], form: Learner, owner: Learner, stranger: str
) -> Iterator[tuple[str, str]]:
    if repaired:
        yield "repaired", f"had to be mended: {', '.join(repaired)}"
    if form is not owner:
        yield "id-mismatch", f"is of the form of {form.id}; graded for {owner.id}, who sent it"
    if stranger:
        told = f"came from {quoted(stranger)}, who can't be told by the roster"
        yield "unknown-owner", f"{told}; graded for {owner.id}, whose form it is"


def _stranger(one: _Came) -> bool:
    return one.form != one.graded.learner
