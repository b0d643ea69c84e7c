"""What a class was told about time and attempts: a policy, read from TOML.

| field | what it says | where it is missing |
|---|---|---|
| `zone` | IANA name of the zone whose clocks times without an offset go by | UTC |
| `due` | until when to hand in: "2026-12-01 23:59", or a date and time of TOML | the key's |
| `grace` | how long after that nothing is lost yet, such as "10 min" | none |
| `cutoff` | a moment after which nothing counts any more | never |
| `attempts` | how many hand-ins count at most; the first so many do | any number |
| `pick` | which of them counts: latest, first, best or average | latest |
| `times` | which clocks to believe, the best first, of lms, zip and file | all three, so |
| `digits` | to how many decimals points are rounded where they are shown | 2 |
| `[late] kind` | none, step (once) or per-day (for each day that has begun) | none |
| `[late] share` | the share that is lost, once or for each day: "1/10" or "10%" | must be there |
| `[late] floor` | the share that lateness always leaves, up to the cutoff | 0 |
| `[extensions]` | for a learner's id a due date of their own; the cutoff moves along | nobody's |

Grading marks, then picks what counts, and then takes off lateness; nothing exceeds the total.
Days of lateness begin at the end of grace. A hand-in whose time nothing tells counts as in time;
one that the platform marked late loses the least that lateness costs (a step, or one day), unless
the learner has an extension, of which the platform's mark may not know.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from fractions import Fraction
from functools import cached_property
from zoneinfo import ZoneInfo

from vpnedu.classroom.collecting.submissions import canonical
from vpnedu.classroom.grading.picking import PICKS
from vpnedu.classroom.grading.policy_fields import (
    CLOCKS,
    extensions,
    late_fields,
    policy_fields,
    values,
)
from vpnedu.classroom.grading.results import DIGITS
from vpnedu.classroom.grading.times import instant, lasted, nearest, started_days, told, zone_of
from vpnedu.classroom.issuing.keys import Key
from vpnedu.network.addresses import InputError
from vpnedu.quiz.reading.problems import Problems
from vpnedu.quiz.reading.toml_text import toml

UTC = ZoneInfo("UTC")
ALL, NOTHING = Fraction(1), Fraction(0)


@dataclass(frozen=True, slots=True)
class Lateness:
    """What being late costs: `share` once or for each started day, but `floor` is always left."""

    kind: str = "none"
    share: Fraction = NOTHING
    floor: Fraction = NOTHING

    def left(self, days: int) -> Fraction:
        """The share of the points that is left after so many started days, one at least."""
        times = {"none": 0, "step": 1, "per-day": days}[self.kind]
        return max(ALL - self.share * times, self.floor)

    def told(self) -> str:
        """The sentence for students."""
        if self.kind == "none":
            return "What comes later still counts in full."
        if self.kind == "step":
            return f"What comes later loses {_percent(ALL - self.left(1))} of its points."
        most = f", but keeps at least {_percent(self.floor)} of them" if self.floor else ""
        lost = _percent(self.share)
        return f"What comes later loses {lost} of its points for every day that has begun{most}."


@dataclass(frozen=True)
class Policy:
    """The rules by which hand-ins become grades. Moments are seconds since 1970 UTC.

    `attempts` is None where any number counts, `due` and `cutoff` where there is none.
    """

    zone: ZoneInfo = UTC
    due: int | None = None
    grace: int = 0
    cutoff: int | None = None
    lateness: Lateness = Lateness()
    extensions: tuple[tuple[str, int], ...] = ()
    attempts: int | None = None
    pick: str = "latest"
    times: tuple[str, ...] = CLOCKS
    digits: int = DIGITS

    def applied(self, key: Key) -> "Policy":
        """The policy for a class: with the key's due date where it has none of its own.

        InputError where it contradicts itself then, or names a learner who is not in the class.
        """
        for learner, _ in self.extensions:
            if learner not in key.by_id:
                rule = f"there is no learner {learner!r}{nearest(learner, key.by_id)}"
                raise InputError("policy: extensions", rule)
        if self.due is not None or not key.due:
            return self
        policy = replace(self, due=instant(key.due, UTC))
        for field, rule in policy.contradictions():
            raise InputError(f"policy: {field}", rule)
        return policy

    def contradictions(self) -> tuple[tuple[str, str], ...]:
        """Which fields don't go together, and why not."""
        if self.due is None:
            return ()
        found = []
        if self.cutoff is not None and self.cutoff < self.due + self.grace:
            rule = f"{self._told(self.cutoff)} is before the end of due and grace"
            found.append(("cutoff", rule))
        for learner, due in self.extensions:
            if due < self.due:
                rule = f"{self._told(due)} is before the due date of the others"
                found.append((f"extensions: {learner}", rule))
        return tuple(found)

    def late(self, learner: str, received: int | None, marked: bool) -> tuple[Fraction, int]:
        """The share of its points that a hand-in keeps, and how many seconds late it is.

        It is late by what came after the end of grace, or after the cutoff where nothing is due.
        One that only the platform's mark (`marked`) calls late is one second late.
        """
        end = self._end
        if received is None or end is None:
            marked = marked and learner not in dict(self.extensions)
            return (self.lateness.left(1), 1) if marked else (ALL, 0)
        end += self._more.get(learner, 0)
        if received <= end:
            return ALL, 0
        if self.closed(learner, received):
            return NOTHING, received - end
        return self.lateness.left(started_days(end, received, self.zone)), received - end

    def closed(self, learner: str, received: int | None) -> bool:
        """Whether it came after the cutoff, so that it can't count."""
        if received is None or self.cutoff is None:
            return False
        return received > self.cutoff + self._more.get(learner, 0)

    def told(self) -> tuple[str, ...]:
        """The rules in sentences for students; nobody's extension is told."""
        lines = []
        if self.due is not None:
            grace = f", or up to {lasted(self.grace)} later" if self.grace else ""
            lines.append(f"Hand in by {self._told(self.due)}{grace}.")
            lines.append(self.lateness.told())
        if self.cutoff is not None:
            lines.append(f"After {self._told(self.cutoff)} nothing counts any more.")
        if lines:
            lines.append("If you were given more time, these dates move for you by as much.")
        if self.attempts == 1:
            return (*lines, "You can hand in once.")
        times = "more than once" if self.attempts is None else f"up to {self.attempts} times"
        return (*lines, f"You can hand in {times}: {PICKS[self.pick][0]}.")

    @property
    def fingerprint(self) -> str:
        """Sixteen hex digits that are the same for the same rules, however they were written."""
        data = {field.name: str(getattr(self, field.name)) for field in fields(self)}
        late = self.lateness
        data["lateness"] = f"{late.kind} {late.share} {late.floor}"
        data["extensions"] = str(sorted(self.extensions))
        return hashlib.sha256(canonical(data)).hexdigest()[:16]

    @cached_property
    def _more(self) -> Mapping[str, int]:
        """By how much each extension moves the end of grace and the cutoff, in seconds."""
        due = self.due
        return {} if due is None else {name: moved - due for name, moved in self.extensions}

    @property
    def _end(self) -> int | None:
        return self.cutoff if self.due is None else self.due + self.grace

    def _told(self, moment: int) -> str:
        return told(moment, self.zone)


def _percent(part: Fraction) -> str:
    return f"{part * 100}%" if (part * 100).denominator == 1 else str(part)


def read_policy(text: str, file: str = "policy.toml") -> Policy:
    """The policy that the text of a TOML file tells.

    BankError lists everything that is wrong, a line each: file: field: rule.
    """
    data = toml(text, file)
    problems = Problems(file)
    zone = values({"zone": data.pop("zone", "UTC")}, {"zone": zone_of}, problems).get("zone", UTC)
    tables = {}
    for name in ("late", "extensions"):
        tables[name] = data.pop(name, {})
        if not isinstance(tables[name], dict):
            problems.add(name, f"it must be a table, begun by [{name}]")
            tables[name] = {}
    late = late_fields(tables["late"], problems.inside("late"))
    moved = extensions(tables["extensions"], zone, problems.inside("extensions"))
    found = values(data, policy_fields(zone), problems)
    policy = Policy(zone, lateness=Lateness(**late), extensions=(*sorted(moved.items()),), **found)
    for field, rule in policy.contradictions():
        problems.add(field, rule)
    problems.raised()
    return policy
