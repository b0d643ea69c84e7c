"""The pages that one looks things up in are complete, and what they tell to type works."""

import re
import shlex
from collections import Counter
from pathlib import Path

import nbformat
import pytest
import yaml

import vpnedu
from vpnedu.book.banks import bank
from vpnedu.book.facts import all_tables
from vpnedu.cli import main
from vpnedu.simulation.profile_data import PROFILES

ROOT = Path(__file__).parents[2]
CHAPTERS = ROOT / "chapters"
PAGES = ("misconceptions", "facts-and-limits", "how-this-book-works")
BLOCK = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
LINK = re.compile(r"\]\(([\w-]+\.(?:ipynb|md))?#([\w-]+)\)")


def sources(name: str, kind: str) -> list[str]:
    path = CHAPTERS / name
    if path.suffix == ".md":
        return [path.read_text(encoding="utf-8")]
    cells = nbformat.read(path, as_version=4).cells
    return [cell.source for cell in cells if cell.cell_type == kind]


def headings(name: str) -> dict[str, str]:
    """What a link into a page can lead to, by its anchor."""
    text = re.sub(r"^```.*?^```$", "", "\n".join(sources(name, "markdown")), flags=re.M | re.S)
    found = re.findall(r"^#+ (.+)$", text, re.MULTILINE)
    heads = {re.sub(r"[^\w -]", "", head.lower()).replace(" ", "-"): head for head in found}
    return heads | (cited() if name == "references.md" else {})


def cited() -> dict[str, str]:
    """The entries of the bibliography, which the page of references shows, by their anchors."""
    files = sorted((CHAPTERS / "references").glob("*.bib"))
    text = "\n".join(path.read_text(encoding="utf-8") for path in files)
    return {key: key for key in re.findall(r"^@\w+\{([\w-]+),", text, re.MULTILINE)}


@pytest.mark.parametrize("page", PAGES)
def test_every_section_that_a_page_links_to_is_there(page: str) -> None:
    text = "\n".join(sources(f"{page}.ipynb", "markdown"))
    for target, anchor in LINK.findall(text):
        assert anchor in headings(target or f"{page}.ipynb"), (target, anchor)


# Facts and limits


def test_every_table_of_facts_stands_on_the_page_once() -> None:
    code = "\n".join(sources("facts-and-limits.ipynb", "code"))
    shown = re.findall(r'^facts\("([^"]+)", "([^"]+)"\)\.dated\(\)$', code, re.MULTILINE)
    assert Counter(shown) == Counter(all_tables())


def test_every_profile_stands_on_the_page() -> None:
    code = "\n".join(sources("facts-and-limits.ipynb", "code"))
    shown = re.findall(r"^profile_table\((.*)\)\.dated\(\)$", code, re.MULTILINE)
    assert [re.findall(r'"([^"]+)"', names) for names in shown] == [sorted(PROFILES, key=order)]


def order(name: str) -> int:
    return list(PROFILES).index(name)


def test_the_page_shows_a_date_in_every_row() -> None:
    cells = nbformat.read(CHAPTERS / "facts-and-limits.ipynb", as_version=4).cells
    html = "".join(
        output.get("data", {}).get("text/html", "")
        for cell in cells
        if cell.source.endswith(".dated()")
        for output in cell.outputs
    )
    rows = re.findall(r"<tr><th scope=\"row\">.*?</tr>", html)
    assert len(rows) > 50
    assert not [row for row in rows if not re.search(r"<td>[^<]*(\d{4}|date)[^<]*</td></tr>", row)]


# Misconceptions


def misconceptions() -> dict[str, str]:
    text = "\n\n".join(sources("misconceptions.ipynb", "markdown"))
    _, *parts = re.split(r"^### (.+)$", text.partition("\n## Questions")[0], flags=re.MULTILINE)
    return dict(zip(parts[::2], parts[1::2], strict=True))


def test_all_forty_eight_misconceptions_are_there() -> None:
    assert len(misconceptions()) == 48


@pytest.mark.parametrize("wrong", misconceptions())
def test_a_misconception_is_a_sentence_with_the_truth_a_section_and_a_source(wrong: str) -> None:
    assert re.fullmatch(r"“.+”", wrong)
    truth, arrow, told = misconceptions()[wrong].strip().partition("\\\n→ ")
    assert arrow
    assert truth.strip()
    teaching = re.match(r"\[.+?\]\([\w-]+\.ipynb#[\w-]+\) · \*(.+?)\*", told)
    assert teaching, "→ [section](page#anchor) · *source*"
    dated = re.search(r"\b(19|20)\d\d\b|undated|reasoning|arithmetic", teaching[1])
    assert dated or "as above" in teaching[1] or "25.02" in teaching[1], teaching[1]


def test_the_questions_ask_for_every_group_of_misconceptions() -> None:
    text = "\n\n".join(sources("misconceptions.ipynb", "markdown"))
    groups = [
        head
        for head, body in re.findall(r"^## (.+)\n+(.*)$", text, re.MULTILINE)
        if body.startswith("### ")
    ]
    anchors = {objective.section for objective in bank("misconceptions").objectives}
    assert anchors == {head.lower().replace(" ", "-") for head in groups}


# How this book works


def blocks(language: str) -> list[str]:
    text = "\n\n".join(sources("how-this-book-works.ipynb", "markdown"))
    return [body for kind, body in BLOCK.findall(text) if kind == language]


def test_the_bank_that_the_page_shows_is_accepted_and_the_commands_work(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    [example] = blocks("toml")
    Path("mill.toml").write_text(example, encoding="utf-8")
    lines = [line for block in blocks("text") for line in block.splitlines()]
    text = "\n".join(sources("how-this-book-works.ipynb", "markdown"))
    spoken = re.findall(r"`(vpnedu [^`]+)`", text)
    commands = [line for line in lines + spoken if line.startswith("vpnedu ")]
    assert len(commands) >= 4
    for command in commands:
        if "mill-and-shop" in command:  # known once a reader has added it
            continue
        with pytest.raises(SystemExit) as ended:
            main(shlex.split(command)[1:])
        assert not ended.value.code, command
    assert Path("lms", "mill.xml").exists()


def test_a_bank_without_objectives_is_told_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    [example] = blocks("toml")
    Path("mill.toml").write_text(example.replace('objective = "weigh"\n', ""), encoding="utf-8")
    with pytest.raises(SystemExit) as ended:
        main(["quiz", "check", "mill.toml"])
    told = capsys.readouterr()
    assert ended.value.code == 2
    assert "sealed-300: objective" in told.out + told.err


def test_what_the_page_says_about_the_picture_of_a_broken_network_is_so() -> None:
    code = sources("how-this-book-works.ipynb", "code")
    start = next(place for place, cell in enumerate(code) if "Tunnel" in cell)
    cells = "\n".join(cell for cell in code[start : start + 4] if "draw" not in cell)
    fates = {}
    for address, policy in (("10.42.0.9", 16), ("10.42.0.9", 24), ("10.42.7.9", 24)):
        changed = cells.replace("10.42.0.9", address)
        changed = changed.replace(
            'policies = [("10.42.0.0/16"', f'policies = [("10.42.0.0/{policy}"'
        )
        names: dict[str, object] = {}
        exec(changed.replace("print(send(topology, sent))", "ended = send(topology, sent)"), names)
        fates[address, policy] = type(names["ended"].verdict).__name__  # type: ignore[attr-defined]
    assert fates == {
        ("10.42.0.9", 16): "Delivered",
        ("10.42.0.9", 24): "Delivered",
        ("10.42.7.9", 24): "Dropped",
    }


def test_the_citation_is_of_this_version_and_its_licences() -> None:
    cited = yaml.safe_load((ROOT / "CITATION.cff").read_text(encoding="utf-8"))
    assert {"cff-version", "message", "title", "authors"} <= cited.keys()
    assert cited["version"] == cited["preferred-citation"]["version"] == vpnedu.__version__
    assert cited["license"] == ["MIT", "CC-BY-4.0"]
    text = "\n".join(sources("how-this-book-works.ipynb", "markdown"))
    assert f"version {vpnedu.__version__}, 2026" in text
    assert cited["authors"][0]["name"] in text
