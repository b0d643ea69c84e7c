"""The ledger: every file that was collected has a line, and no line can be changed unseen."""

import hashlib
import json
from fractions import Fraction

import pytest

from vpnedu.classroom.collecting.intake import Collected
from vpnedu.classroom.collecting.ledger import (
    Row,
    Watched,
    compared,
    hash_of,
    head_of,
    read_ledger,
    rows_of,
)
from vpnedu.classroom.grading.results import Grade, Graded, Quarantined, Results
from vpnedu.classroom.issuing.keys import Key
from vpnedu.classroom.issuing.rosters import Learner
from vpnedu.classroom.telling.outputs import Chain
from vpnedu.network.addresses import InputError
from vpnedu.quiz.generators import generate
from vpnedu.quiz.paper import Paper, Slot

KEY = Key(
    Paper("week", "Week", (Slot("a", (generate("tcp-mss", 1),)),)),
    bytes(32),
    (Learner("ada"), Learner("ben")),
    "2026-11-23T08:00:00Z",
)


def row(source: str, data: str, learner: str = "ada", outcome: str = "graded") -> Row:
    graded = Graded(source, "ab" * 32, learner, 1, "zip", (), Fraction(1))
    return Row(source, hashlib.sha256(data.encode()).digest(), outcome, learner, graded)


ROWS = [row("a.json", "one"), row("b.json", "two", "ben"), row("c.json", "three", "", "empty")]
LEDGER = "".join(Chain("").grown(ROWS))


def grown(text: str, rows: list[Row]) -> str:
    return "".join(Chain(text).grown(rows))


def test_a_row_is_made_of_every_file_that_was_read() -> None:
    items = [
        Collected("a.json", b"one", 7, "zip", "ada", False, None),
        Collected("b.json", b"", 8, "zip", "", False, None),
    ]
    watched = Watched(items)
    assert list(watched) == items
    graded = Graded("a.json", "ab" * 32, "ada", 7, "zip", (), Fraction(1))
    grades = (Grade(KEY.learners[0], (graded,), (0,), Fraction(1)),)
    results = Results(KEY, grades, (Quarantined("b.json", "empty", "is empty"),), ())
    first, second = (one.to_dict() for one in rows_of(results, watched.hashes))
    assert (first["learner"], first["outcome"], first["received"]) == ("ada", "graded", 7)
    assert first["file"] == hashlib.sha256(b"one").hexdigest()
    assert len(first["receipt"]) == 12
    assert (second["source"], second["outcome"], second["learner"]) == ("b.json", "empty", "")


def test_the_same_files_again_add_nothing() -> None:
    assert grown(LEDGER, ROWS) == LEDGER
    assert len(list(read_ledger(LEDGER))) == len(ROWS)
    chain = Chain("")
    assert ("".join(chain.grown(ROWS)), chain.lines) == (LEDGER, len(ROWS))
    assert chain.head == head_of(LEDGER) == hash_of(LEDGER.splitlines()[-1])


def test_new_files_are_added_behind_what_is_there() -> None:
    longer = grown(LEDGER, [*ROWS, row("d.json", "four")])
    assert longer.startswith(LEDGER)
    assert [one["source"] for one in read_ledger(longer)][-1] == "d.json"


@pytest.mark.parametrize("line", range(3))
@pytest.mark.parametrize("field", ["source", "file", "learner", "receipt", "outcome", "prev"])
def test_no_line_but_the_last_can_be_changed_unseen(line: int, field: str) -> None:
    lines = LEDGER.splitlines()
    data = json.loads(lines[line])
    data[field] = "0" * 64 if data[field] != "0" * 64 else "1" * 64
    lines[line] = json.dumps(data, sort_keys=True, separators=(",", ":"))
    if line < 2 or field == "prev":
        with pytest.raises(InputError, match=f"ledger: line {line + (field != 'prev') + 1}"):
            list(read_ledger("\n".join(lines)))
    else:
        # Nothing follows the last line: its hash, which every run records, shows the change.
        assert hash_of(lines[-1]) != hash_of(LEDGER.splitlines()[-1])


def test_no_line_can_be_taken_out_or_put_elsewhere() -> None:
    first, second, third = LEDGER.splitlines()
    for lines in ([second, third], [first, third], [first, third, second], [first, first, second]):
        with pytest.raises(InputError, match="does not follow"):
            list(read_ledger("\n".join(lines)))


@pytest.mark.parametrize("line", ["{", "[]", '{"prev": "' + "0" * 64 + '"}'])
def test_what_is_no_ledger_is_refused(line: str) -> None:
    with pytest.raises(InputError, match="ledger: line 1: is no"):
        list(read_ledger(line))


def test_a_file_changed_since_it_was_collected_is_flagged() -> None:
    now = [row("a.json", "another"), *ROWS[1:]]
    [flag] = compared(LEDGER, now)
    assert (flag.code, flag.learner, flag.source) == ("changed-file", "ada", "a.json")


def test_a_submission_that_another_took_the_place_of_is_flagged() -> None:
    now = [row("a (1).json", "another"), *ROWS[1:]]
    [flag] = compared(LEDGER, now)
    assert (flag.code, flag.learner, flag.source) == ("replaced", "ada", "a.json")


def test_a_file_that_is_gone_is_flagged() -> None:
    [flag] = compared(LEDGER, ROWS[1:])
    assert (flag.code, flag.learner) == ("gone", "ada")


def test_a_file_that_only_moved_is_not_flagged() -> None:
    moved = [row("new/a.json", "one"), *ROWS[1:]]
    assert compared(LEDGER, moved) == ()
    assert compared(LEDGER, ROWS) == compared("", ROWS) == ()


def test_files_of_one_name_are_told_apart() -> None:
    items = [Collected("a.json", data) for data in (b"one", b"two", b"three")]
    watched = Watched(items)
    assert [one.source for one in watched] == ["a.json", "a.json (2)", "a.json (3)"]
    assert len(set(watched.hashes.values())) == 3


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("learner", "nobody\ud800"),
        ("source", "\udfff"),
        ("learner", 5),
        ("outcome", None),
        ("source", ["a.json"]),
        ("file", "zz"),
        ("file", 0),
    ],
)
def test_a_last_line_that_no_run_can_have_written_is_refused(field: str, value: object) -> None:
    lines = LEDGER.splitlines()
    changed = json.dumps({**json.loads(lines[-1]), field: value})
    text = "\n".join([*lines[:-1], changed])
    for look in (compared, grown):
        with pytest.raises(InputError, match="ledger: line 3: is no row of a ledger"):
            look(text, ROWS)


def test_a_line_that_is_nested_without_end_is_refused() -> None:
    with pytest.raises(InputError, match="ledger: line 4: is not JSON"):
        compared(LEDGER + "[" * 100_000, ROWS)
