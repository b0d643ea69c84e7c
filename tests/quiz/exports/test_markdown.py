"""Papers as Markdown, read back by somebody else's reader of CommonMark."""

import re
from dataclasses import replace
from html import unescape

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from tests.quiz.exports.answering import papers, pictures
from vpnedu.quiz.bank import Bank
from vpnedu.quiz.exports.markdown import markdown, one_line, paragraphs
from vpnedu.quiz.exports.sheets import lines_of, sheet_of, to_write
from vpnedu.quiz.paper import Paper, Slot
from vpnedu.quiz.prose import blocks, plain
from vpnedu.quiz.prose_html import inline
from vpnedu.quiz.question import Table

READER = MarkdownIt("commonmark").enable("table")
# What could be markup, next to letters, signs and spaces.
SIGNS = st.text(st.sampled_from("a1é *_`[]()<>&|~$\\#-+=.!:\"'\n"), max_size=24)


def shown(text: str) -> str:
    """What a reader sees of Markdown."""
    return unescape(re.sub("<[^>]*>", "", READER.render(text))).strip()


def seen(prose: str) -> str:
    return " ".join(plain(prose).split())


@given(SIGNS)
def test_prose_reads_as_it_was_written_whatever_signs_are_in_it(prose: str) -> None:
    assert " ".join(shown("\n\n".join(paragraphs(prose))).split()) == seen(prose)


@given(SIGNS)
def test_stress_and_code_come_out_where_they_were(prose: str) -> None:
    html = "".join(re.findall(r"</?(?:code|em|strong)>", READER.render(one_line(prose))))
    assert html == "".join(re.findall(r"</?(?:code|em|strong)>", inline(blocks(prose))))


@given(st.lists(SIGNS.filter(str.strip), min_size=2, max_size=4))
def test_no_cell_of_a_table_breaks_out(cells: list[str]) -> None:
    row = "| " + " | ".join(map(one_line, cells)) + " |"
    html = READER.render("\n".join([row, "|" + " --- |" * len(cells), row]))
    found = re.findall(r"<td>(.*?)</td>", html, re.DOTALL)
    assert [" ".join(unescape(re.sub("<[^>]*>", "", cell)).split()) for cell in found] == [
        seen(cell) for cell in cells
    ]


def test_every_question_and_answer_is_there(every_kind: Bank) -> None:
    for paper in papers(every_kind)[::-4]:
        files = markdown(paper, pictures(paper)).files
        asked, key = (
            " ".join(shown(files[f"{paper.name}{end}"].decode()).split())
            for end in (".md", ".key.md")
        )
        for slot in paper.slots:
            for place, question in enumerate(slot.pool):
                sheet = sheet_of(paper, slot, place)
                assert seen(question.text) in asked
                assert all(seen(text) in asked for _, text in sheet.lettered)
                assert seen(question.explain) in key
                assert all(seen(line.says) in key for line in lines_of(sheet))


def test_the_letters_of_the_key_are_those_of_the_questions(every_kind: Bank) -> None:
    paper = Paper.of(every_kind)
    files = markdown(paper, {}).files
    for slot in paper.slots[:3]:
        [question] = slot.pool
        right = to_write(sheet_of(paper, slot, 0))
        assert f"**Right:** {right}" in files["every-kind.key.md"].decode()
        texts = {seen(choice.text) for choice in question.answer.choices if choice.right}  # type: ignore[attr-defined]
        asked = files["every-kind.md"].decode()
        assert all(
            re.search(rf"- \*\*[{right.replace(' ', '')}]:\*\* {re.escape(text)}\n", asked)
            for text in texts
        )


def test_the_questions_do_not_tell_what_is_right(every_kind: Bank) -> None:
    [first, *_] = every_kind.questions
    flipped = tuple(replace(c, right=not c.right) for c in first.answer.choices[:2])  # type: ignore[attr-defined]
    other = replace(
        first, answer=replace(first.answer, choices=(*flipped, first.answer.choices[2]))
    )  # type: ignore[attr-defined, type-var]
    one, two = (markdown(Paper("p", "P", (Slot("s", (q,)),)), {}).files for q in (first, other))
    assert one["p.md"] == two["p.md"]
    assert one["p.key.md"] != two["p.key.md"]


def test_pictures_are_files_beside_the_text(every_kind: Bank) -> None:
    paper = Paper.of(every_kind)
    export = markdown(paper, pictures(paper))
    text = export.files["every-kind.md"].decode()
    named = re.findall(r"\]\((images/\S+\.png)\)", text)
    assert sorted(named) == sorted(name for name in export.files if name.endswith(".png"))
    assert len(named) == 2
    assert r"![two gateways \& a \<cloud\>](images/8-1.png)" in text


def test_what_is_lost_is_told_once_a_slot(every_kind: Bank) -> None:
    paper = Paper.of(every_kind)
    told = [str(loss) for loss in markdown(paper, {}).losses]
    assert len(told) == len(set(told))
    assert "which-tunnel: its picture is left out: no image of it was given" in told
    assert not [
        line for line in map(str, markdown(paper, pictures(paper)).losses) if "image" in line
    ]


def test_a_table_is_a_pipe_table(every_kind: Bank) -> None:
    [first, *_] = every_kind.questions
    table = Table("About", ("a | b", "c"), (("`x | y`", "**z**"),))
    paper = Paper("p", "P", (Slot("s", (replace(first, table=table),)),))
    html = READER.render(markdown(paper, {}).files["p.md"].decode())
    assert "<th>a | b</th>" in html
    assert "<td><code>x | y</code></td>" in html
    assert "<td><strong>z</strong></td>" in html


@pytest.mark.parametrize("turned", [False, True])
def test_the_same_paper_is_the_same_bytes(every_kind: Bank, turned: bool) -> None:
    paper = Paper.of(every_kind)
    images = dict(sorted(pictures(paper).items(), reverse=turned))
    assert markdown(paper, images) == markdown(paper, pictures(paper))
