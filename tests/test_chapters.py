"""What holds for every chapter as it is committed. That its outputs are true, nbval proves."""

import re
from collections import Counter
from pathlib import Path
from statistics import median

import nbformat
import pytest
import yaml

from vpnedu.book.banks import bank, files
from vpnedu.site import notebooks
from vpnedu.widgets.quiz_html import quiz_html
from vpnedu.widgets.quizzes import compiled_bank

ROOT = Path(__file__).parents[1]
CHAPTERS = sorted((ROOT / "chapters").glob("*.ipynb"))
TAUGHT = (
    "what-is-a-vpn",
    "inside-the-tunnel",
    "connection-types",
    "vpn-gateways",
    "policy-based",
    "route-based",
    "choosing-a-gateway-type",
    "active-standby",
    "active-active",
    "expressroute-failover",
    "zone-redundant",
    "designing-for-availability",
    "build-it",
    "troubleshooting",
    "misconceptions",
)
WORDS = range(1200, 2501)
# Every byte, every message and every sum of a tunnel: two sittings, with four figures to rest at.
TWO_SITTINGS = {"inside-the-tunnel": range(2500, 3101)}
LONGEST_CELL, USUAL_CELL = 12, 5

every_chapter = pytest.mark.parametrize("path", CHAPTERS, ids=lambda path: path.stem)

# A folder of one machine, or where an object lay in its memory.
MACHINE = re.compile(
    r"/(?:home|root|Users|tmp|work)/\w|site-packages|[A-Z]:\\\\|\bat 0x[0-9a-f]{6}"
)
# Written so that this line does not match itself.
OTHER_HOSTS = re.compile(
    r"py[p]i\.org|python[h]osted|np[m]js\.|deb[.]debian|js[d]elivr|un[p]kg|cdn[j]s|google[a]pis|g[s]tatic"
)
NOT_SHIPPED = {".git", ".venv", "_build", "dist", "__pycache__"}


def cells(path: Path, kind: str) -> list[nbformat.NotebookNode]:
    """The code or the markdown cells of a chapter."""
    return [cell for cell in nbformat.read(path, as_version=4).cells if cell.cell_type == kind]


def prose(path: Path) -> str:
    """The text of a chapter as its reader sees it, without the addresses of links."""
    text = "\n\n".join(cell.source for cell in cells(path, "markdown"))
    return re.sub(r"\]\([^)]*\)|<[^>]+>", "]", text)


def outputs(path: Path) -> list[nbformat.NotebookNode]:
    """All outputs of a chapter, in order."""
    return [output for cell in cells(path, "code") for output in cell.outputs]


def listed() -> list[str]:
    """The files that _toc.yml names, in order."""
    toc = yaml.safe_load((ROOT / "_toc.yml").read_text())
    chapters = [entry["file"] for part in toc["parts"] for entry in part["chapters"]]
    return [toc["root"], *chapters]


def test_the_toc_lists_each_chapter_once() -> None:
    files = [path for path in (ROOT / "chapters").iterdir() if path.suffix in (".ipynb", ".md")]
    assert Counter(listed()) == Counter(f"chapters/{path.stem}" for path in files)


def test_the_taught_chapters_are_there() -> None:
    assert {*TAUGHT, "intro"} <= {path.stem for path in CHAPTERS}


@every_chapter
def test_a_chapter_is_committed_as_the_normaliser_writes_it(path: Path) -> None:
    assert notebooks.is_normal(path), "run `make notebooks`"


@every_chapter
def test_cells_are_short(path: Path) -> None:
    lengths = [len(cell.source.splitlines()) for cell in cells(path, "code")]
    assert max(lengths, default=0) <= LONGEST_CELL
    assert median(lengths or [0]) <= USUAL_CELL


@every_chapter
def test_no_cell_hides_its_value_with_a_semicolon(path: Path) -> None:
    # nbval runs cells without history, where IPython does not see the semicolon.
    assert not [cell.source for cell in cells(path, "code") if cell.source.endswith(";")]


@every_chapter
def test_a_chapter_ran_without_error_and_shows_something(path: Path) -> None:
    assert outputs(path)
    assert not [output for output in outputs(path) if output.output_type == "error"]
    assert not [output for output in outputs(path) if output.get("name") == "stderr"]


@every_chapter
def test_every_output_is_one_that_nbval_compares_and_a_terminal_can_print(path: Path) -> None:
    for output in outputs(path):
        data = output.get("data", {})
        assert not {"image/png", "image/jpeg"} & set(data), "draw as SVG"
        assert data.get("text/plain", "").strip() or not data


@every_chapter
def test_a_picture_has_words_for_who_cannot_see_it(path: Path) -> None:
    for cell in cells(path, "code"):
        if any("image/svg+xml" in output.get("data", {}) for output in cell.outputs):
            image = cell.metadata.get("mystnb", {}).get("image", {})
            assert image.get("alt"), f"metadata mystnb.image.alt is missing: {cell.source}"


@every_chapter
def test_a_chapter_names_no_machine(path: Path) -> None:
    assert not MACHINE.findall(path.read_text(encoding="utf-8"))


@every_chapter
def test_a_figure_has_a_name_of_its_own(path: Path) -> None:
    html = "".join(output.get("data", {}).get("text/html", "") for output in outputs(path))
    names = re.findall(r'<vpn-figure[^>]*\bid="([^"]+)"', html)
    # A picture beside a question stands still, and has no moments to link to.
    played = html.count("<vpn-figure") - html.count("<vpn-figure still")
    assert len(names) == played, "a figure without id has no address"
    assert len(names) == len(set(names))


@every_chapter
def test_a_page_shows_its_figures_and_not_their_python(path: Path) -> None:
    for cell in cells(path, "code"):
        html = "".join(output.get("data", {}).get("text/html", "") for output in cell.outputs)
        shows_figure = re.search("<vpn-", html) is not None
        assert ("remove-input" in cell.metadata.get("tags", [])) >= shows_figure, cell.source


@pytest.mark.parametrize("path", [path for path in CHAPTERS if path.stem in TAUGHT], ids=str)
def test_a_chapter_has_the_length_of_one_sitting_and_its_sources(path: Path) -> None:
    assert len(re.findall(r"\w[\w'’./:-]*", prose(path))) in TWO_SITTINGS.get(path.stem, WORDS)
    _, heading, sources = prose(path).partition("\n## Sources")
    assert heading, "a chapter ends in its sources"
    assert re.search(r"\b20\d\d\b", sources), "a source has a date"


def test_no_shipped_file_names_a_registry_or_a_content_network() -> None:
    shipped = [path for path in ROOT.rglob("*") if not NOT_SHIPPED & set(path.parts)]
    for path in filter(Path.is_file, shipped):
        text = path.read_bytes().decode("utf-8", errors="ignore")
        assert not OTHER_HOSTS.findall(text), path


@pytest.mark.parametrize("name", TAUGHT)
def test_a_chapter_asks_its_reader_what_its_bank_holds(name: str) -> None:
    path = next(path for path in CHAPTERS if path.stem == name)
    assert name in files(), f"write chapters/quizzes/{name}.toml"
    asked = [cell.source for cell in cells(path, "code") if f'quiz("{name}")' in cell.source]
    assert len(asked) == 1
    page = "".join(output.get("data", {}).get("text/html", "") for output in outputs(path))
    assert quiz_html(compiled_bank(bank(name))) in page, "run `make notebooks`"
