"""GIFT: gift-pegjs, which is not ours, reads every file, and sees what is right as we do."""

import json
import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.quiz.exports.answering import pictures
from tests.quiz.exports.moodle_reader import seen
from vpnedu.quiz.bank import Bank
from vpnedu.quiz.exports.export import Export
from vpnedu.quiz.exports.gift import escaped, gift
from vpnedu.quiz.inputs import Byte, Choice, Item, Many, One, Order, Pairs
from vpnedu.quiz.numbers import Number
from vpnedu.quiz.paper import Paper, Slot
from vpnedu.quiz.prose import plain
from vpnedu.quiz.question import Question
from vpnedu.quiz.typed import Typed

ROOT = Path(__file__).parents[3]
DATA = Path(__file__).parent / "data"
RECORD = os.environ.get("RECORD") == "1"
NODE = shutil.which("node")
# Where `npm install --prefix` put other people's readers.
READERS = Path(os.environ.get("VPNEDU_READERS", ROOT / "_build" / "readers"))

Read = dict[str, Any]


def parsed(texts: list[str]) -> list[list[Read]]:
    """What gift-pegjs sees in each text; a skip where it is not installed, if not in CI."""
    if not NODE or not (READERS / "node_modules" / "gift-pegjs").is_dir():
        missing = f"gift-pegjs is not in {READERS.name}"
        assert os.environ.get("CI") != "true", missing
        pytest.skip(missing)
    done = subprocess.run(
        [NODE, ROOT / "tests" / "readers" / "gift.mjs", READERS],
        input=json.dumps(texts), capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    read: list[list[Read]] = json.loads(done.stdout)
    return read


def text_of(export: Export) -> str:
    (data,) = export.files.values()
    return data.decode()


def what(export: Export, slot: str) -> str:
    return "\n".join(loss.what for loss in export.losses if loss.slot == slot)


def asked(answer: object, kind: str = "single", text: str = "Which?") -> Paper:
    question = Question("q", kind, text, answer, "So.", "RFC 4301", "see", 2)  # type: ignore[arg-type]
    return Paper("small", "Small", (Slot("one", (question,)),))


def words(text: str) -> str:
    return " ".join(plain(text).split())


def agree(question: Question, read: Read) -> None:
    """Fail if the type, what is right or what it is worth is not what gift-pegjs sees."""
    answer = question.answer
    choices = [
        (seen(one["text"]), one["right"], one["weight"])
        for one in read.get("choices") or []
        if isinstance(one["text"], str)
    ]
    if isinstance(answer, One) and question.kind == "true-false":
        assert (read["type"], read["isTrue"]) == ("TF", answer.key == "true")
    elif isinstance(answer, One):
        assert read["type"] == "MC"
        assert choices == [(words(one.text), one.right, None) for one in answer.choices]
    elif isinstance(answer, Many):
        share = round(100 / len(answer.key), 5)
        assert read["type"] == "MC"
        assert choices == [
            (words(one.text), False, share if one.right else -share) for one in answer.choices
        ]
    elif isinstance(answer, Pairs | Order):
        assert read["type"] == "Matching"
        pairs = [(seen(left), decoded(right)) for left, right in read["pairs"] if left]
        assert pairs == expected_pairs(answer)
    elif isinstance(answer, Typed):
        assert read["type"] == "Short"
        taken = [plain_of(text) for text, _, weight in choices if weight == 100]
        assert all(answer.mark(text).status == "correct" for text in taken)
        assert plain_of(answer.key) in taken
        wrong = [plain_of(text) for text, _, weight in choices if weight == 0]
        assert all(answer.mark(text).score == 0 for text in wrong)
    else:
        agree_on_numbers(answer, read)


def decoded(partner: str) -> str:
    """A partner as it is meant: gift-pegjs 1.0.2 leaves its own names of escaped signs in it."""
    return re.sub(r"&&(\d{3});", lambda match: chr(int(match[1])), partner)


def plain_of(text: str) -> str:
    return text.replace(r"\*", "*")


def expected_pairs(answer: Pairs | Order) -> list[tuple[str, str]]:
    if isinstance(answer, Order):
        places = ("1st", "2nd", "3rd", "4th", "5th", "6th", "7th", "8th")
        return [(words(step.text), at) for step, at in zip(answer.steps, places, strict=False)]
    texts = dict(answer.options)
    return [(words(item.text), words(texts[item.option])) for item in answer.items]


def agree_on_numbers(answer: object, read: Read) -> None:
    assert read["type"] == "Numerical"
    right = [one for one in read["choices"] if one["weight"] is None]
    assert len(right) == 1
    near = right[0]["text"]
    low, high = (near["number"] - near["range"], near["number"] + near["range"])
    if isinstance(answer, Byte):
        field = next(field for field in answer.fields if field.right)
        assert (low, high) == (field.first, field.last)
        assert len(read["choices"]) == len(answer.fields)
    else:
        assert isinstance(answer, Number)
        assert low == pytest.approx(float(answer.value - answer.tolerance), abs=1e-8)
        assert high == pytest.approx(float(answer.value + answer.tolerance), abs=1e-8)
        assert len(read["choices"]) == 1 + len(answer.mistakes)


def test_gift_pegjs_sees_every_question_as_it_is_meant(every_paper: list[Paper]) -> None:
    exports = [gift(paper, {}) for paper in every_paper]
    for paper, read in zip(every_paper, parsed([text_of(one) for one in exports]), strict=True):
        found = iter(read)
        for slot in paper.slots:
            for place, question in enumerate(slot.pool):
                seen_there = next(found)
                assert seen_there["id"] == f"vpnedu:{slot.name}:v{place}"
                agree(question, seen_there)
        assert next(found, None) is None


NASTY = (
    "a=b",
    "~x",
    "#y",
    "{z}",
    "c:\\n",
    "\\",
    "::",
    "%50%",
    "[plain]x",
    "->",
    "//",
    "&&058;",
    "####",
)


def test_no_sign_of_gift_in_a_text_is_read_as_a_sign() -> None:
    choices = tuple(Choice(f"c{n}", text, n == 0, f"{text} so.") for n, text in enumerate(NASTY))
    items = (Item("a", "l -> r = x", "p", "So."), Item("b", "{m}", "q", "So."))
    options = (("p", "a -> b ~ c"), ("q", "%10% \\ # }"), ("r", "= d"))
    papers = [
        asked(One(choices), text=" ".join(NASTY)),
        asked(Many(choices), "multiple", "$CATEGORY: x"),
        asked(Pairs(items, options), "matching", "// not a comment"),
        asked(Typed("words", ("%50% = x ~ y # {z} \\ :",)), "text", "[html] ::x:: {"),
    ]
    reads = parsed([text_of(gift(paper, {})) for paper in papers])
    for paper, read in zip(papers, reads, strict=True):
        (only,) = read
        question = paper.slots[0].pool[0]
        agree(question, only)
        assert seen(only["stem"]) == words(question.text)


def test_what_cant_be_escaped_is_left_out_and_told() -> None:
    for text in ("a -> b", "[html]x", "a &&058; b", "&&123;", "&&010"):
        export = gift(asked(Typed("words", (text,)), "text"), {})
        assert "left out" in what(export, "one")
        assert "Moodle XML" in what(export, "one")
        assert text_of(export) == ""


def test_a_pool_is_a_category_and_points_pictures_and_hints_are_told_to_be_lost(
    every_paper: list[Paper],
) -> None:
    for paper in every_paper:
        export = gift(paper, pictures(paper))
        for slot in paper.slots:
            losses = what(export, slot.name)
            assert ("random question" in losses) == (len(slot.pool) > 1)
            assert ("picture" in losses) == any(q.picture for q in slot.pool)
            assert ("hints" in losses) == any(q.hints for q in slot.pool)
            assert ("points" in losses) == (slot.points != Fraction(1))


def unescaped(text: str) -> Iterator[str]:
    """A text read as Moodle does: a backslash and the sign after it stand for the sign."""
    for pair in re.findall(r"\\[\\#=~{}:n]|[^\\]", text):
        yield {"\\n": "\n"}.get(pair, pair[-1])


@given(st.text(st.one_of(st.sampled_from("\\#=~{}:n\n"), st.characters(exclude_categories=("C",)))))
def test_escapes_are_undone_by_reading_them_and_leave_no_sign_bare(text: str) -> None:
    there = escaped(text)
    assert "".join(unescaped(there)) == text
    assert "\n" not in there
    assert not re.search(r"[#=~{}:]", re.sub(r"\\[\\#=~{}:n]", "", there))


def test_the_sample_bank_is_written_as_recorded(every_kind: Bank) -> None:
    paper = Paper.of(every_kind)
    export = gift(paper, {})
    assert gift(paper, {}) == export
    losses = "".join(f"{loss}\n" for loss in export.losses)
    for name, text in (("every-kind.gift.txt", text_of(export)), ("gift-losses.txt", losses)):
        if RECORD:
            (DATA / name).write_text(text, encoding="utf-8")
        assert (DATA / name).read_text(encoding="utf-8") == text
