"""A class of fifty, from the roster to the grades: each has what its answers are known to be worth.

Three sit at a browser, with the files that `vpnedu quiz issue` wrote. The others' answers are made
to be worth what they are; nothing here marks an answer to know.
"""

import csv
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import BrowserContext

from tests.browser.classroom.answering import by_pointer, saved
from tests.classroom.known_answers import known_answers
from vpnedu.classroom.collecting.submissions import SCHEMA, canonical, digest_of
from vpnedu.classroom.issuing.forms import Form
from vpnedu.classroom.issuing.keys import Key, read_key
from vpnedu.cli import main

pytestmark = pytest.mark.browser

PLAN = """
title = "Week 3"
[[slot]]
bank = "what-is-a-vpn"
[[slot]]
generator = "largest-packet"
pool = 6
points = 2
[[slot]]
generator = "prefix-ends"
pool = 6
points = "1/2"
"""
COUNT = 50
# Who sits at a browser, and which of the slots, by place, are answered there, all of them right.
AT_A_BROWSER: dict[int, Callable[[int], bool]] = {
    0: lambda _: True,
    1: lambda place: place % 2 == 0,
    2: lambda place: place == 3,
}


def issued(folder: Path) -> Key:
    (folder / "week3.toml").write_text(PLAN, encoding="utf-8")
    lines = ["id,name", *(f"s{place:02},Student {place}" for place in range(COUNT))]
    (folder / "roster.csv").write_text("\n".join(lines), encoding="utf-8")
    run("issue", folder / "week3.toml", "--roster", folder / "roster.csv", "--out", folder / "out")
    return read_key((folder / "out" / "teacher" / "key.json").read_text(encoding="utf-8"))


def run(*words: object) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["quiz", *map(str, words)])
    assert not ended.value.code


def at_a_browser(
    window: BrowserContext, page: Path, form: Form, answers: Callable[[int], bool]
) -> tuple[str, bytes, Fraction]:
    """Answer a form in a window; the file that it saves, and what it is worth."""
    tab = window.new_page()
    tab.goto(page.as_uri())
    tab.locator("vpn-quiz[ready]").wait_for()
    slots = form.key.paper.slots
    chosen = [place for place in range(len(slots)) if answers(place)]
    for place in chosen:
        by_pointer(tab, form, slots[place].name, form.question(place).answer.key)
    worth = sum((slots[place].points for place in chosen), Fraction(0))
    if len(chosen) == len(slots):
        return *saved(tab), worth
    tab.get_by_role("button", name="Save my answers", exact=True).click()
    return *saved(tab, "Save as it is"), worth


def made_up(form: Form, chosen: int) -> tuple[str, bytes, Fraction]:
    """A file with answers whose worth is known because they were made so."""
    answers: dict[str, Any] = {}
    worth = Fraction(0)
    for place, slot in enumerate(form.key.paper.slots):
        known = known_answers(form.question(place))
        one = known[(chosen + 7 * place) % len(known)]
        answers[form.slot_labels[place]] = one.write(form.labels(place))
        worth += one.score * slot.points
    data = {
        "schema": SCHEMA, "quiz": "week3", "issue": form.key.issue, "form": form.id,
        "tag": form.tag, "learner": form.learner.id, "attempt": 1, "client": {}, "answers": answers,
    }  # fmt: skip
    name = f"week3.{form.learner.id}.1.vpnq.json"
    return name, canonical(data | {"digest": digest_of(data)}), worth


def test_fifty_students_get_the_grades_that_their_answers_are_worth(
    windows: Callable[..., BrowserContext], tmp_path: Path
) -> None:
    key = issued(tmp_path)
    assert len(key.learners) == COUNT
    window, truth = windows(), {}
    came_in = tmp_path / "in"
    came_in.mkdir()
    for place, learner in enumerate(key.learners):
        form, page = Form(key, learner), tmp_path / "out" / "forms" / f"{learner.id}.html"
        if place in AT_A_BROWSER:
            name, data, worth = at_a_browser(window, page, form, AT_A_BROWSER[place])
        else:
            name, data, worth = made_up(form, place)
        (came_in / name).write_bytes(data)
        truth[learner.id] = worth
    run("grade", came_in, "--key", tmp_path / "out/teacher/key.json", "--out", tmp_path / "graded")
    with (tmp_path / "graded" / "grades.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    got = {row["id"]: Fraction(row["points"]) for row in rows}
    # Points are written with two decimals.
    assert {name: abs(got[name] - worth) <= Fraction(1, 200) for name, worth in truth.items()} == (
        dict.fromkeys(truth, True)
    )
    assert {row["status"] for row in rows} == {"graded"}
    assert len(set(got.values())) > 10, "a class whose grades are all alike proves little"
    assert got["s00"] == key.paper.points
    quarantine = (tmp_path / "graded" / "quarantine.csv").read_text(encoding="utf-8")
    assert quarantine == "id,file,code,why,rest_graded\n"
