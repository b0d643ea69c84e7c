"""A student's page: the own grade and how it came about, and every question with its answer.

There is nothing of anybody else on it. A class's mean is told only if a teacher gives it.
"""

from collections.abc import Collection
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from html import escape
from typing import Any
from zoneinfo import ZoneInfo

from vpnedu.classroom.collecting.submissions import receipt
from vpnedu.classroom.grading.results import DIGITS, Grade, Graded, shown
from vpnedu.classroom.grading.times import lasted, told
from vpnedu.classroom.issuing.forms import Form, form_data
from vpnedu.classroom.issuing.keys import Key
from vpnedu.classroom.telling.own_answers import answer_html
from vpnedu.classroom.telling.pages import facts, page, prose, table

# How an answer fared: the look of the words, their sign, and the words.
STATUS = {
    "correct": ("right", "✓", "right"),
    "partial": ("part", "◐", "partly right"),
    "incorrect": ("wrong", "✕", "not right"),
    "blank": ("soft", "–", "not answered"),
    "invalid": ("wrong", "!", "could not be read"),
}


@dataclass(frozen=True, slots=True)
class Telling:
    """What the pages of a class have in common.

    `dropped` are the names of slots that count for nobody, `digits` are those of points, `mean` is
    the class's mean in points where students may know it. Of the learners `unread` a file came that
    could not be marked at all.
    """

    zone: ZoneInfo
    dropped: Collection[str] = ()
    digits: int = DIGITS
    mean: Fraction | None = None
    unread: Collection[str] = ()

    def points(self, points: Fraction) -> str:
        """Points as they are told."""
        return _points(points, self.digits)


# A class has few different points.
_points = lru_cache(maxsize=20_000)(shown)
_product = lru_cache(maxsize=20_000)(Fraction.__mul__)


def feedback_html(key: Key, grade: Grade, telling: Telling) -> str:
    """The page of the student whose `grade` it is."""
    form = Form(key, grade.learner)
    counted = [grade.graded[place] for place in grade.counted]
    # What was shown is the same for all hand-ins of a form.
    slots = form_data(form)["slots"] if counted else []
    parts = [_head(key, grade, telling), _how(grade, telling)]
    for number, one in enumerate(counted, start=1):
        of = f" (hand-in {number} of {len(counted)} that count)" if len(counted) > 1 else ""
        parts.append(f"<h2>Your answers{of}</h2>\n")
        parts += [_card(form, slot, at, one, telling) for at, slot in enumerate(slots, start=1)]
    body = "".join(parts)
    return page(key.paper.title, body, figures="<vpn-figure" in body)


def _head(key: Key, grade: Grade, telling: Telling) -> str:
    learner = grade.learner
    slots = (one.points for one in key.paper.slots if one.name not in telling.dropped)
    total = sum(slots, Fraction(0))
    percent = f"<small>{shown(100 * grade.points / total, 1)} %</small>" if total else ""
    own = f"{telling.points(grade.points)} of {telling.points(total)} points{percent}"
    pairs = [("Your grade", own)]
    if telling.mean is not None:
        pairs.append(("The class’s mean", f"{telling.points(telling.mean)} points"))
    who = f"{learner.name} ({learner.id})" if learner.name else learner.id
    return f'<p class="soft">{escape(who)}</p>\n{facts(pairs)}'


def _how(grade: Grade, telling: Telling) -> str:
    """How the grade came about."""
    said = []
    if grade.override:
        said.append(f"Your teacher set this grade by hand: {escape(grade.override)}")
    if not grade.graded:
        came = grade.learner.id in telling.unread
        what = (
            "A file came under your name, and could not be read."
            if came
            else "No file of yours could be graded: none came, or none that could be read."
        )
        said.append(f"{what} Show your teacher the file that the form saved, and its receipt code.")
    elif not grade.counted:
        said.append("What you handed in arrived, and none of it counts.")
    if len(grade.counted) > 1:
        said.append(f"Of {len(grade.counted)} hand-ins that count, the grade is their mean.")
    words = "".join(f"<p>{one}</p>" for one in said)
    if not grade.graded:
        return f'<div class="note">{words}</div>\n'
    rows = [
        _hand_in(one, place in grade.counted, telling) for place, one in enumerate(grade.graded)
    ]
    columns = ("received", "receipt", "points", "lateness", "worth", "counts")
    return f"<h2>How it came about</h2>{words}\n" + table("What you handed in", columns, rows)


def _hand_in(one: Graded, counts: bool, telling: Telling) -> tuple[str, ...]:
    when = "nothing tells when" if one.received is None else told(one.received, telling.zone)
    late = "in time" if one.share == 1 else f"{shown(100 * one.share, 1)} % is left"
    if one.late:
        late = f"{lasted(one.late)} late: {late if one.share != 1 else 'nothing is taken off'}"
    return (
        *(escape(when), f"<code>{receipt(one.digest)}</code>", telling.points(one.points)),
        *(escape(late), telling.points(one.worth), "yes" if counts else "no"),
    )


def _card(form: Form, slot: dict[str, Any], number: int, one: Graded, telling: Telling) -> str:
    """A question with the own answer; `slot` is what the form showed."""
    place = form.slot_labels.index(slot["slot"])
    name, worth = form.key.paper.slots[place].name, form.key.paper.slots[place].points
    question, response = form.question(place), one.responses[place]
    look, sign, words = STATUS[response.mark.status]
    points = f"{telling.points(_product(response.mark.score, worth))} of {telling.points(worth)}"
    if name in telling.dropped:
        points = "counts for nobody"
    ids = form.ids(place)
    order = [ids[choice["id"]] for choice in slot.get("choices", ())]
    data = slot.get("table")
    cells = [[escape(cell) for cell in row] for row in data["rows"]] if data else []
    shown_table = table(data["caption"], data["columns"], cells) if data else ""
    return (
        f'<section class="card"><h3 class="about"><span>Question {number}</span><span>'
        f'<span class="{look}">{sign} {words}</span> · {points}</span></h3>'
        f'<div class="text">{prose(question.text)}</div>{shown_table}{slot.get("picture", "")}'
        f'{answer_html(question, response, order)}<div class="why">{prose(question.explain)}'
        f'<p class="soft small">{escape(question.reference)}</p></div></section>\n'
    )
