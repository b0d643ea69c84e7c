"""What is broken ends in one row that says why, and costs nobody else a point."""

from collections import Counter
from dataclasses import replace
from datetime import UTC
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.classroom.class_of import SampleClass, class_of
from tests.classroom.malformed import KINDS, MENDED, PARTLY, REFUSED
from tests.classroom.test_class_of import hand_over
from vpnedu.classroom.collecting.intake import collected
from vpnedu.classroom.collecting.submissions import Submission, read
from vpnedu.classroom.grading.codes import CODES
from vpnedu.classroom.grading.desk import graded
from vpnedu.classroom.grading.policies import Policy
from vpnedu.classroom.grading.results import Results
from vpnedu.quiz.strict import Unreadable

WAYS = ("folder", "moodle", "canvas", "lines")
GOOD = next(class_of(1).hand_ins()).data


def results_of(one: SampleClass, way: str, folder: Path) -> Results:
    """What comes of a class that handed in all it has."""
    paths = hand_over(one, way, folder)
    return graded(collected(paths, one.learners, UTC), one.key, Policy())


def codes_of(results: Results) -> Counter[str]:
    return Counter(row.code for row in results.quarantined)


def check_points(results: Results, one: SampleClass) -> None:
    """Everybody has the points that are known, and who handed in nothing readable has none."""
    got = {g.learner.id: g.points if g.graded else None for g in results.grades}
    assert got == one.truth


@pytest.mark.parametrize("way", WAYS)
def test_a_class_with_everything_wrong_is_counted_to_the_file(tmp_path: Path, way: str) -> None:
    one = class_of(210, 7, dict.fromkeys(KINDS, 3 / 210))
    results = results_of(one, way, tmp_path)
    assert codes_of(results) == one.expected
    assert set(one.expected.values()) >= {3, 6}
    check_points(results, one)


@pytest.mark.parametrize("kind", REFUSED)
def test_what_cannot_be_read_is_one_row(tmp_path: Path, kind: str) -> None:
    one = class_of(3, 2, {kind: 1 / 3})
    results = results_of(one, "moodle", tmp_path)
    (row,) = results.quarantined
    assert row.code == REFUSED[kind].code
    assert not row.graded
    (broken,) = one.kinds
    assert f"_{one.learners[broken].moodle}_" in row.source
    check_points(results, one)


@pytest.mark.parametrize("kind", PARTLY)
def test_what_is_partly_broken_is_graded_for_the_rest(tmp_path: Path, kind: str) -> None:
    one = class_of(3, 2, {kind: 1 / 3})
    results = results_of(one, "folder", tmp_path)
    (row,) = results.quarantined
    assert (row.code, row.graded) == (PARTLY[kind].code, True)
    assert all(one.truth.values())
    check_points(results, one)


@pytest.mark.parametrize("kind", MENDED)
def test_what_can_be_mended_costs_nothing(tmp_path: Path, kind: str) -> None:
    one = class_of(3, 2, {kind: 1 / 3})
    results = results_of(one, "canvas", tmp_path)
    assert not results.quarantined
    assert all(one.truth.values())
    check_points(results, one)


def test_every_code_has_a_way_to_be_planted() -> None:
    # A file that can't be opened is tried in test_intake.
    assert {kind.code for kind in KINDS.values()} - {""} == CODES.keys() - {"unreadable"}


def outcome(data: bytes) -> str | Submission:
    """The submission in a file, or the code of what is wrong with it."""
    try:
        return replace(read(data), repaired=())
    except Unreadable as wrong:
        return wrong.code


@given(st.binary(max_size=400))
def test_any_bytes_are_refused_with_a_known_code(data: bytes) -> None:
    assert outcome(data) in CODES


@given(st.data())
def test_a_changed_file_is_refused_or_says_the_same(data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(GOOD)))
    end = data.draw(st.integers(start, min(start + 40, len(GOOD))))
    new = data.draw(st.binary(max_size=20) | st.sampled_from([b'{"', b"[[", b"NaN", b"\\ud800"]))
    found = outcome(GOOD[:start] + new + GOOD[end:])
    assert found == outcome(GOOD) if isinstance(found, Submission) else found in CODES


@pytest.mark.parametrize("kind", ["zip-bomb", "deep-zip", "path-escape", "encrypted-zip"])
def test_a_zip_in_a_folder_is_as_safe_as_one_that_was_named(tmp_path: Path, kind: str) -> None:
    one = class_of(2, 2, {kind: 1 / 2})
    (place,) = one.kinds
    bad = [*one.hand_ins()][place]
    (tmp_path / bad.name).write_bytes(bad.data)
    for path in (tmp_path, tmp_path / bad.name):
        (item,) = collected([path], one.learners, UTC)
        assert item.refused is not None
        assert item.refused.code == KINDS[kind].code
