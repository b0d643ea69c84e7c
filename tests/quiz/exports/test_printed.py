"""The printed exam: read back from its PDFs, which keep the key to themselves."""

import re
from dataclasses import replace
from functools import cache
from io import BytesIO

import pytest
from pypdf import PdfReader
from pypdf.generic import StreamObject

from tests.quiz.exports.answering import every_credit
from vpnedu.classroom.pictures import images
from vpnedu.quiz.bank import Bank
from vpnedu.quiz.exports.export import Export
from vpnedu.quiz.exports.printed import printed
from vpnedu.quiz.exports.sheets import drawn, lines_of, sheet_of, to_write
from vpnedu.quiz.generators import GENERATORS, generate
from vpnedu.quiz.inputs import Many, One
from vpnedu.quiz.paper import Paper, Slot
from vpnedu.quiz.prose import plain
from vpnedu.quiz.question import Question

EXAM, SHEET, KEY = ".exam.pdf", ".answer-sheet.pdf", ".key.pdf"


@cache
def pools() -> Paper:
    """Pools of two variants, of every fourth generator."""
    names = list(GENERATORS)[::4]
    slots = [Slot(name, tuple(generate(name, seed) for seed in range(2))) for name in names]
    return Paper("pools", "Generated", tuple(slots))


def read(export: Export, ending: str) -> PdfReader:
    [data] = [data for name, data in export.files.items() if name.endswith(ending)]
    return PdfReader(BytesIO(data), strict=True)


def text(reader: PdfReader) -> str:
    """All words of a PDF, without the spaces that its lines would need."""
    return squeezed("".join(page.extract_text() for page in reader.pages))


def squeezed(words: str) -> str:
    return re.sub(r"[\s\u200b]", "", words)


def streams(reader: PdfReader) -> bytes:
    """Everything that is in a PDF, unpacked."""
    found = [reader.get_object(number) for number in range(1, len(reader.xref[0]) + 1)]
    parts = [repr(thing).encode() for thing in found]
    return b"".join([*parts, *(t.get_data() for t in found if isinstance(t, StreamObject))])


def moved(question: Question) -> Question:
    """The question with another choice right, if it has choices."""
    answer = question.answer
    if isinstance(answer, One):
        at = next(at for at, choice in enumerate(answer.choices) if not choice.right)
        choices = tuple(replace(c, right=at == n) for n, c in enumerate(answer.choices))
    elif isinstance(answer, Many):
        choices = tuple(replace(c, right=not c.right) for c in answer.choices)
    else:
        return question
    return replace(question, answer=replace(answer, choices=choices), explain="Otherwise.")


@pytest.fixture(scope="module")
def exam(every_kind: Bank) -> Export:
    paper = Paper.of(every_kind)
    return printed(paper, images(paper))


def test_all_that_is_asked_is_on_the_exam(every_kind: Bank, exam: Export) -> None:
    paper, said = Paper.of(every_kind), text(read(exam, EXAM))
    for number, slot in enumerate(paper.slots, start=1):
        sheet = sheet_of(paper, slot, 0, seed=1)
        assert squeezed(f"{number}.") in said
        assert squeezed(plain(sheet.question.text)) in said
        for letter, (_, words) in zip("abcdef", sheet.lettered, strict=False):
            assert squeezed(f"{letter}) {plain(words)}") in said
    assert "4500009c000040004032d3f7c6336401" in said
    assert squeezed("Head office 10.0.0.0/16 (hub gateway 198.51.100.1") in said
    assert squeezed("Name ____") in said


def test_the_key_tells_the_letters_and_why(every_kind: Bank, exam: Export) -> None:
    paper, said = Paper.of(every_kind), text(read(exam, KEY))
    for number, slot in enumerate(paper.slots, start=1):
        sheet = sheet_of(paper, slot, 0, seed=1)
        if sheet.lettered:
            assert squeezed(f"{number}. {to_write(sheet)} {slot.name}") in said
        assert squeezed(plain(sheet.question.explain)) in said
        assert all(squeezed(plain(line.says)) in said for line in lines_of(sheet))


@pytest.mark.parametrize("ending", [EXAM, SHEET])
def test_nothing_of_the_key_is_in_what_students_get(
    every_kind: Bank, exam: Export, ending: str
) -> None:
    reader = read(exam, ending)
    said, inside = text(reader), streams(reader)
    for question in every_kind.questions:
        secrets = [question.explain, *(hint.text for hint in question.hints)]
        secrets += [choice.says for choice in getattr(question.answer, "choices", ())]
        for secret in filter(None, secrets):
            assert squeezed(plain(secret)) not in said
            assert plain(secret).encode() not in inside
    assert "✓" not in said
    assert not {"/JavaScript", "/EmbeddedFiles", "/AcroForm"} & set(reader.trailer["/Root"])


@pytest.mark.parametrize("ending", [EXAM, SHEET])
def test_what_students_get_is_the_same_whatever_is_right(every_kind: Bank, ending: str) -> None:
    for paper in (Paper.of(every_kind), every_credit(every_kind)):
        slots = tuple(replace(s, pool=tuple(map(moved, s.pool))) for s in paper.slots)
        one, two = printed(paper, {}), printed(replace(paper, slots=slots), {})
        assert one.files[f"{paper.name}{ending}"] == two.files[f"{paper.name}{ending}"]
        assert one.files[f"{paper.name}{KEY}"] != two.files[f"{paper.name}{KEY}"]


def test_the_sheet_has_room_for_every_answer(every_kind: Bank, exam: Export) -> None:
    said = text(read(exam, SHEET))
    parts = ["1abc____/1", "2abc____/1", "3ab____/1", "4inB____/1", "5____/1", "612____/1"]
    parts += ["71.2.3.____/1", "10byte____/1"]
    assert all(part in said for part in parts)
    assert len(every_kind.questions) == said.count("____/1")


def test_pages_are_counted_and_fonts_come_along(exam: Export) -> None:
    for ending in (EXAM, SHEET, KEY):
        reader = read(exam, ending)
        for number, page in enumerate(reader.pages, start=1):
            assert squeezed(f"{number} of {len(reader.pages)}") in squeezed(page.extract_text())
            fonts = [font.get_object() for font in page["/Resources"]["/Font"].values()]
            used = [font for font in fonts if font["/BaseFont"] != "/Helvetica"]
            assert all("/FontFile2" in font["/FontDescriptor"] for font in used)
            assert used


def test_signs_of_the_trade_are_in_the_font(every_kind: Bank) -> None:
    [first, *_] = every_kind.questions
    signs = "→ ↔ ⇄ ✓ ✕ ≤ ≥ × − ± µ ° … “a” ‘b’ – — é ß λ Δ ≈ ∞"
    paper = Paper("p", "Tüv & <b>", (Slot("s", (replace(first, text=signs),)),))
    said = text(read(printed(paper, {}), EXAM))
    assert squeezed(signs) in said
    assert squeezed("Tüv & <b>") in said


def test_a_question_is_not_parted_by_a_page(every_kind: Bank) -> None:
    [first, *_] = every_kind.questions
    paper = Paper("p", "P", tuple(Slot(f"s{at}", (first,)) for at in range(9)))
    reader = read(printed(paper, {}), EXAM)
    assert len(reader.pages) > 1
    for page in reader.pages:
        said = squeezed(page.extract_text())
        assert said.count("Atablesends") == said.count("Answer:") > 0


def test_a_question_longer_than_a_page_is_printed_all_the_same(every_kind: Bank) -> None:
    [first, *_] = every_kind.questions
    long = replace(first, text="\n\n".join(f"Line {at} of it." for at in range(120)))
    reader = read(printed(Paper("p", "P", (Slot("s", (long,)),)), {}), EXAM)
    assert len(reader.pages) > 2
    said = text(reader)
    assert all(f"Line{at}ofit." in said for at in range(120))


def test_a_seed_gives_the_same_bytes_and_another_one_other_variants() -> None:
    paper = pools()
    once = printed(paper, {}, seed=3)
    assert printed(paper, {}, seed=3) == once
    picks = {seed: [drawn(paper, slot, seed) for slot in paper.slots] for seed in (3, 4)}
    assert picks[3] != picks[4]
    said = text(read(once, EXAM))
    for place, slot in zip(picks[3], paper.slots, strict=True):
        assert squeezed(plain(slot.pool[place].text)) in said
    told = [str(loss) for loss in once.losses]
    assert f"{paper.slots[0].name}: one of its 2 variants is asked, by seed 3" in told
