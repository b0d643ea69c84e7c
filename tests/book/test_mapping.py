"""The map of the book: this book's own, and what is told of one that contradicts itself."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import nbformat
import pytest

from vpnedu.book.mapping import BookMap, book_map, figures_in
from vpnedu.network.addresses import InputError

TOC = """format: jb-book
root: chapters/intro
parts:
  - caption: First
    chapters:
      - file: chapters/a
      - file: chapters/b
  - caption: Second
    chapters:
      - file: chapters/c
"""
PACE = "[pace]\nwords_a_minute = 100\nminutes_a_figure = 2\n"
A = '[page.a]\nquestion = "What is a?"\n'
B = '[page.b]\nquestion = "What is b?"\nneeds = ["a"]\n'
C = '[page.c]\nquestion = "Where is it?"\nneeds = ["b"]\ntime = "a look"\n'
STEPS = '[[path]]\nid = "new"\nname = "I am new"\nsteps = [{steps}]\n'


def path(*pages: str) -> str:
    """A reading path through `pages`."""
    steps = ", ".join(f'{{ page = "{page}", why = "it is next" }}' for page in pages)
    return STEPS.format(steps=steps)


WHOLE = PACE + A + B + C + path("a", "c")
Maps = Callable[[str], BookMap]


@pytest.fixture
def maps(tmp_path: Path) -> Maps:
    """Reads a map of a book of three pages: `a` has two figures and 400 words, `c` is Markdown."""
    chapters = tmp_path / "chapters"
    chapters.mkdir()
    (tmp_path / "_toc.yml").write_text(TOC, encoding="utf-8")
    (chapters / "b.md").write_text("# B\n\nFew words.\n", encoding="utf-8")
    (chapters / "c.md").write_text("# C, and more\n\nFew words.\n", encoding="utf-8")
    notebook = nbformat.v4.new_notebook()
    html = '<vpn-figure id="fig-x"></vpn-figure><vpn-figure still></vpn-figure>'
    table = f"<table><tr><td>{'cell ' * 100}</td></tr></table>"
    instrument = '<vpn-bytes class="instrument" id="fig-y"></vpn-bytes><vpn-quiz id="quiz">'
    notebook.cells = [
        nbformat.v4.new_markdown_cell(
            "# A\n\n" + "word " * 299 + "\n\n## Sources\n\n" + "x " * 999
        ),
        *(shown(text) for text in (html, table, instrument)),
    ]
    nbformat.write(notebook, chapters / "a.ipynb")

    def read(text: str) -> BookMap:
        (chapters / "map.toml").write_text(text, encoding="utf-8")
        return book_map(chapters)

    return read


def shown(html: str) -> Any:
    output = nbformat.v4.new_output("display_data", {"text/html": html, "text/plain": "x"})
    return nbformat.v4.new_code_cell("x", outputs=[output])


def test_this_book_has_a_map_whose_pages_need_only_what_stands_before_them() -> None:
    pages = book_map().pages
    order = list(pages)
    for page in pages.values():
        assert all(order.index(need) < order.index(page.name) for need in page.needs), page.name


def test_this_book_has_a_way_for_a_beginner_an_examinee_an_engineer_and_a_teacher() -> None:
    book = book_map()
    assert [one.id for one in book.paths] == ["beginner", "exam", "engineer", "teacher"]
    beginner = book.paths[0]
    seen: set[str] = set()
    for page, _ in beginner.steps:
        assert seen >= set(book.pages[page].needs), f"a beginner gets to {page} too early"
        seen.add(page)


def test_every_taught_chapter_stands_on_a_path_and_says_why() -> None:
    book = book_map()
    on_paths = {page for one in book.paths for page, _ in one.steps}
    taught = [page.name for part in book.parts[:4] for page in part.pages]
    assert set(taught) <= on_paths
    # A clause, not a sentence: it stands behind the page's title and a colon.
    assert not [why for one in book.paths for _, why in one.steps if why.endswith(".")]


def test_parts_and_titles_come_from_the_book_and_needs_work_both_ways(maps: Maps) -> None:
    book = maps(WHOLE)
    assert [(part.name, [page.title for page in part.pages]) for part in book.parts] == [
        ("First", ["A", "B"]),
        ("Second", ["C, and more"]),
    ]
    assert book.needing("a") == ("b",)
    assert book.needing("c") == ()


def test_minutes_count_words_tables_and_figures_but_neither_sources_nor_quizzes(maps: Maps) -> None:
    book = maps(WHOLE)
    # 400 words at 100 a minute and two figures at 2 minutes: 8, which is nearest to 10.
    assert (book.pages["a"].minutes, book.pages["b"].minutes) == (10, 5)
    assert maps(WHOLE.replace("= 2", "= 5")).pages["a"].minutes == 15
    assert maps(WHOLE.replace("= 100", "= 20")).pages["a"].minutes == 25
    assert (book.pages["c"].minutes, book.pages["c"].time) == (0, "a look")
    assert book.minutes(book.paths[0]) == 10


@pytest.mark.usefixtures("maps")
def test_pictures_beside_questions_are_no_figures(tmp_path: Path) -> None:
    assert figures_in(tmp_path / "chapters" / "a.ipynb") == 2
    assert figures_in(tmp_path / "chapters" / "b.md") == 0


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (PACE + A + B + path("a"), "map.toml: page c: it is missing, and stands in _toc.yml"),
        (WHOLE + A.replace("page.a", "page.abc"), "page abc: there is no 'abc' in _toc.yml"),
        (WHOLE.replace('["a"]', '["q"]'), "page b: needs: there is no 'q' in the map"),
        (WHOLE.replace('["a"]', "[1]"), "page b: needs: there is no 1 in the map"),
        (WHOLE.replace('["a"]', '"a"'), "page b: needs: 'a' won't do"),
        (WHOLE.replace('["a"]', '["c"]'), "page b: needs: b needs c needs b: nobody could begin"),
        (WHOLE.replace('["a"]', '["b"]'), "page b: needs: b needs b"),
        (WHOLE.replace("What is a?", "About a"), "page a: question: 'About a' asks nothing"),
        (WHOLE.replace('question = "What is a?"', ""), "page a: question: it is missing"),
        (WHOLE.replace('time = "a look"', "time = 5"), "page c: time: 5 won't do"),
        (WHOLE.replace("time =", "tiem ="), "page c: tiem: no such field"),
        (WHOLE.replace("= 100", "= 0"), "pace: words_a_minute: 0 is not above 0"),
        (WHOLE.replace("words_a_minute = 100", ""), "pace: words_a_minute: it is missing"),
        (PACE + A + B + C, "map.toml: path: it is missing"),
        (PACE + A + B + C + path(), "path new: steps: [] won't do"),
        (PACE + A + B + C + path("a", "z"), "path new: steps: there is no 'z' in the map"),
        (PACE + A + B + C + path("a", "a"), "path new: steps: 'a' stands there twice"),
        (PACE + A + B + C + path("b", "a"), "path new: steps: 'b' needs 'a', which comes later"),
        (WHOLE.replace("why =", "because ="), "path new: steps: because: no such field"),
        (WHOLE.replace("it is next", ""), "path new: steps: why: '' won't do"),
        (WHOLE + path("b"), "path new: it stands there twice"),
        (WHOLE + "[extra]\n", "map.toml: extra: no such field"),
        ("page = ", "map.toml: "),
    ],
)
def test_what_is_wrong_is_told_by_page_field_and_rule(maps: Maps, text: str, message: str) -> None:
    with pytest.raises(InputError) as wrong:
        maps(text)
    assert message in str(wrong.value)


def test_a_page_of_the_map_without_a_file_is_told(maps: Maps, tmp_path: Path) -> None:
    (tmp_path / "chapters" / "b.md").unlink()
    with pytest.raises(InputError, match="page b: there is no chapters/b"):
        maps(WHOLE)
