"""What the built site tells the rest of the web, and the notebooks that it hands out."""

from pathlib import Path
from types import SimpleNamespace
from typing import Any
from xml.etree import ElementTree

import nbformat
import pytest
from docutils import nodes
from sphinx.errors import ExtensionError

from vpnedu.site import launching, publishing

ORDER = ("chapters/intro", "chapters/a&b", "chapters/last")


def site(tmp_path: Path, **config: str) -> Any:
    """A built book of three pages, the first two of which are notebooks."""
    source = tmp_path / "source"
    (source / "chapters").mkdir(parents=True)
    (tmp_path / "out").mkdir()
    for page in ORDER[:2]:
        cells = [nbformat.v4.new_markdown_cell("# Title"), nbformat.v4.new_code_cell("1 + 1")]
        nbformat.write(nbformat.v4.new_notebook(cells=cells), source / f"{page}.ipynb")
    settings = {
        "html_baseurl": "",
        "html_title": "Book",
        "root_doc": ORDER[0],
        "vpnedu_repository": "",
        "vpnedu_branch": "main",
        "vpnedu_published": "gh-pages",
    }
    return SimpleNamespace(
        config=SimpleNamespace(**settings | config),
        srcdir=source,
        outdir=tmp_path / "out",
        builder=SimpleNamespace(get_target_uri=lambda page: f"{page}.html"),
        env=SimpleNamespace(
            found_docs=set(ORDER),
            toctree_includes={ORDER[0]: list(ORDER[1:])},
            titles={page: nodes.title(text=page.upper()) for page in ORDER},
            doc2path=lambda page: f"{page}.md" if page == ORDER[2] else f"{page}.ipynb",
        ),
    )


def offered(app: Any, page: str) -> str:
    context = {
        "body": "<section><h1>Title</h1><p>Text</p></section>",
        "pathto": lambda p, _: f"../{p}",
    }
    launching.offer(app, page, "page.html", context, None)
    return str(context["body"])


def test_the_sitemap_lists_every_page_once_in_the_books_order(tmp_path: Path) -> None:
    app = site(tmp_path, html_baseurl="https://example.org/book")
    publishing.write_sitemap(app, None)
    root = ElementTree.parse(app.outdir / "sitemap.xml").getroot()
    assert [place.text for place in root.iter() if place.tag.endswith("loc")] == [
        f"https://example.org/book/{page}.html" for page in ORDER
    ]
    assert "https://example.org/book/sitemap.xml" in (app.outdir / "robots.txt").read_text()


def test_a_book_without_an_address_has_neither_sitemap_nor_cards(tmp_path: Path) -> None:
    app = site(tmp_path)
    publishing.write_sitemap(app, None)
    assert list(app.outdir.iterdir()) == []
    for base, left_out in (("", True), ("https://example.org/", False)):
        app.config.html_baseurl = base
        context: dict[str, Any] = {"meta": None}
        publishing.unshared(app, ORDER[0], "page.html", context, None)
        assert ("ogp_disable" in (context["meta"] or {})) is left_out


@pytest.mark.parametrize(("base", "root"), [("", "/"), ("https://example.org/book/", "/book/")])
def test_the_page_for_lost_readers_links_every_page_from_the_hosts_root(
    tmp_path: Path, base: str, root: str
) -> None:
    app = site(tmp_path, html_baseurl=base)
    publishing.write_missing(app, None)
    text = (app.outdir / "404.html").read_text(encoding="utf-8")
    for link in ("chapters/intro.html", "chapters/a&amp;b.html", "chapters/last.html"):
        assert f'href="{root}{link}"' in text
    assert "CHAPTERS/A&amp;B" in text


def test_every_chapter_can_be_downloaded_and_only_chapters_that_are_notebooks(
    tmp_path: Path,
) -> None:
    app = site(tmp_path)
    launching.write(app, None)
    names = {path.name for path in (app.outdir / "notebooks").iterdir()}
    assert names == {"intro.ipynb", "a&b.ipynb"}
    assert '<a href="../notebooks/intro.ipynb" download>' in offered(app, ORDER[0])
    assert "notebook-links" not in offered(app, ORDER[2])
    copy = nbformat.read(app.outdir / "notebooks" / "intro.ipynb", as_version=4)
    assert [cell.source for cell in copy.cells] == ["# Title", "1 + 1"]


def test_where_the_repository_is_known_a_chapter_opens_elsewhere_and_brings_the_book_along(
    tmp_path: Path,
) -> None:
    app = site(tmp_path, vpnedu_repository="owner/name", vpnedu_branch="v1/x")
    body = offered(app, ORDER[0])
    assert "/v2/gh/owner/name/v1%2Fx?urlpath=lab%2Ftree%2Fchapters%2Fintro.ipynb" in body
    assert "/github/owner/name/blob/gh-pages/notebooks/intro.ipynb" in body
    assert body.index("Title") < body.index("Download") < body.index("Text")
    launching.write(app, None)
    copy = nbformat.read(app.outdir / "notebooks" / "intro.ipynb", as_version=4)
    assert "--branch v1/x https://github.com/owner/name" in copy.cells[1].source


@pytest.mark.parametrize(
    "name", ["owner", "https://example.org/owner/name", "owner/na me", "/name"]
)
def test_what_is_no_repository_ends_the_build_and_says_where_it_stands(
    tmp_path: Path, name: str
) -> None:
    app = site(tmp_path, vpnedu_repository=name)
    with pytest.raises(ExtensionError, match=r"_config\.yml: vpnedu_repository"):
        offered(app, ORDER[0])


def test_nothing_is_written_after_a_build_that_failed(tmp_path: Path) -> None:
    app = site(tmp_path, html_baseurl="https://example.org/")
    for finish in (publishing.write_sitemap, publishing.write_missing, launching.write):
        finish(app, ValueError("broken"))
    assert list(app.outdir.iterdir()) == []
