"""A class of any size whose points are known, with as many broken hand-ins as one asks for.

The same seed makes the same class, and the same bytes. What a learner's answers are worth is known
because they were made to be (`known_answers`), never by marking them.
"""

import hashlib
import json
import random
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cache, cached_property
from pathlib import Path
from typing import Any

from tests.classroom.known_answers import Known, known_answers
from tests.classroom.malformed import KINDS, Body, HandIn, sealed
from tests.classroom.raw_zips import Raw, dos_time, write_zip
from vpnedu.book.banks import bank
from vpnedu.classroom.collecting.submissions import SCHEMA
from vpnedu.classroom.issuing.forms import Form
from vpnedu.classroom.issuing.keys import Key
from vpnedu.classroom.issuing.rosters import Learner
from vpnedu.quiz.generators import generate
from vpnedu.quiz.paper import Paper, Slot
from vpnedu.quiz.question import Question

SLOTS = 20
POOL = 10
GENERATORS = ("largest-packet", "subnet-count", "prefix-ends", "replay-window", "ike-order")
GIVEN = ("Ada", "Zoë", "Jürgen", "Mary Ann", "Seán", "Łucja", "Chinua", "李")
FAMILY = ("Lovelace", "O'Brien", "van der Berg", "Þórsdóttir", "Nguyễn", "Smith-Jones", "娜")
# When all of it reached the learning platform, by the clock there.
RECEIVED = dos_time(2026, 12, 1, 18, 30)


@cache
def sample_paper() -> Paper:
    """Twenty slots: a chapter's questions, with every kind of answer, and pools of variants."""
    asked = bank("what-is-a-vpn").questions[: SLOTS - len(GENERATORS)]
    pools: list[tuple[str, tuple[Question, ...]]]
    pools = [(question.id, (question,)) for question in asked]
    pools += [(name, tuple(generate(name, seed) for seed in range(POOL))) for name in GENERATORS]
    points = (Fraction(1), Fraction(2), Fraction(1, 2))
    slots = (Slot(*one, points[at % len(points)]) for at, one in enumerate(pools))
    return Paper("week3", "Week 3", tuple(slots))


def learner(place: int) -> Learner:
    """The learner at `place` of the roster."""
    name = f"{GIVEN[place % len(GIVEN)]} {FAMILY[place // len(GIVEN) % len(FAMILY)]}"
    numbers = {"canvas": str(50_000 + place), "moodle": str(7_000_000 + place)}
    return Learner(f"s{place:06}", name, **numbers)


@dataclass(frozen=True)
class SampleClass:
    """The class of `key`. `kinds` tells by a learner's place how that learner's hand-in is broken;
    whoever isn't in it handed in a good one.
    """

    key: Key
    seed: int
    kinds: Mapping[int, str]

    @property
    def learners(self) -> tuple[Learner, ...]:
        return self.key.learners

    @cached_property
    def expected(self) -> Counter[str]:
        """How many rows of quarantine have which code."""
        return Counter(code for kind in self.kinds.values() if (code := KINDS[kind].code))

    @cached_property
    def truth(self) -> dict[str, Fraction | None]:
        """Points by learner; None for who handed in nothing that can be marked."""
        return {form.learner.id: self._points(at, form) for at, form in enumerate(self._forms())}

    def hand_ins(self) -> Iterator[HandIn]:
        """What everybody handed in, in the order of the roster."""
        for place, form in enumerate(self._forms()):
            body = self._body(place, form)
            who = f"{body['quiz']}.{form.learner.id}.{self.key.attempt}"
            good = HandIn(f"{who}.vpnq.json", sealed(body))
            kind = self.kinds.get(place)
            yield KINDS[kind].make(good, body, form) if kind else good

    def write_folder(self, folder: Path) -> tuple[Path, ...]:
        """Write every hand-in to a file in `folder`; the paths to collect."""
        folder.mkdir()
        for one in self.hand_ins():
            (folder / one.name).write_bytes(one.data)
        return (folder,)

    def write_zip(self, path: Path, naming: str) -> tuple[Path, ...]:
        """Write what Moodle or Canvas lets teachers download, by `naming`; the path to collect."""
        named = zip(self.learners, self.hand_ins(), strict=True)
        members = (
            Raw(_NAMINGS[naming](who, one.name, at), one.data, time=RECEIVED)
            for at, (who, one) in enumerate(named)
        )
        with path.open("wb") as file:
            write_zip(file, members)
        return (path,)

    def write_jsonl(self, path: Path) -> tuple[Path, ...]:
        """Write a hand-in a line, and zips, which no line can hold, beside it in a folder."""
        zips = path.with_suffix(".zips")
        zips.mkdir()
        with path.open("wb") as file:
            for one in self.hand_ins():
                if one.data.startswith(b"PK"):
                    (zips / one.name).write_bytes(one.data)
                else:
                    file.write(_line(one.data) + b"\n")
        return path, zips

    @cached_property
    def _known(self) -> list[list[tuple[Known, ...]]]:
        """By slot and variant what may be answered."""
        return [[known_answers(one) for one in slot.pool] for slot in self.key.paper.slots]

    def _forms(self) -> Iterator[Form]:
        return (Form(self.key, one) for one in self.learners)

    def _picks(self, place: int) -> bytes:
        """A byte of chance for each slot."""
        text = f"{self.seed}/{place}".encode()
        return hashlib.shake_256(text).digest(len(self.key.paper.slots))

    def _chosen(self, place: int, form: Form) -> Iterator[tuple[int, Known | None]]:
        """The slots and what is answered there; one in sixteen is left blank."""
        for slot, pick in enumerate(self._picks(place)):
            known = self._known[slot][form.variants[slot]]
            yield slot, known[pick // 16 % len(known)] if pick % 16 else None

    def _points(self, place: int, form: Form) -> Fraction | None:
        kind = KINDS[self.kinds[place]] if place in self.kinds else None
        if kind and kind.lost is None:
            return None
        lost = kind.lost if kind and kind.lost else ()
        slots = self.key.paper.slots
        worth = [
            slots[at].points * one.score
            for at, one in self._chosen(place, form)
            if one and at not in lost
        ]
        return sum(worth, Fraction(0))

    def _body(self, place: int, form: Form) -> Body:
        """A submission without its digest."""
        key = self.key
        answers: dict[str, Any] = {
            form.slot_labels[slot]: one.write(form.labels(slot))
            for slot, one in self._chosen(place, form)
            if one
        }
        return {
            "schema": SCHEMA,
            "quiz": key.paper.name,
            "issue": key.issue,
            "form": form.id,
            "tag": form.tag,
            "learner": form.learner.id,
            "attempt": key.attempt,
            "client": {"app": "form 1", "saved": "2026-12-01T17:05:00Z", "zone": "Europe/Zürich"},
            "answers": answers,
        }


def class_of(
    count: int, seed: int = 1, malformed: Mapping[str, float] | None = None
) -> SampleClass:
    """A class of `count`; of each kind in `malformed` (`KINDS`) that share of it, rounded."""
    rates = malformed or {}
    kinds = [kind for kind, rate in rates.items() for _ in range(round(rate * count))]
    places = random.Random(seed).sample(range(count), len(kinds))
    secret = hashlib.sha256(str(seed).encode()).digest()
    learners = tuple(map(learner, range(count)))
    key = Key(sample_paper(), secret, learners, "2026-11-24T08:00:00Z", "2026-12-01T22:59:00Z")
    return SampleClass(key, seed, dict(zip(places, kinds, strict=True)))


def _line(data: bytes) -> bytes:
    """A hand-in as one line: as it is, or where it has lines itself in an envelope."""
    if data.strip() and b"\n" not in data:
        return data
    return json.dumps({"text": data.decode()}).encode()


def _by_moodle(who: Learner, file: str, _at: int) -> str:
    name = who.name.replace("'", "")
    return f"{name}_{who.moodle}_assignsubmission_file_/{file}"


def _by_canvas(who: Learner, file: str, at: int) -> str:
    """Every tenth came late."""
    given, _, family = who.name.partition(" ")
    name = "".join(sign for sign in f"{family}{given}".lower() if sign.isalnum())
    return f"{name}{'_LATE' * (at % 10 == 0)}_{who.canvas}_{90_000 + at}_{file}"


_NAMINGS: dict[str, Callable[[Learner, str, int], str]] = {
    "moodle": _by_moodle,
    "canvas": _by_canvas,
}
