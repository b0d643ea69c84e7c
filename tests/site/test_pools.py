"""The scripts that carry questions: complete, the same each time, and written once."""

import json
import re
import shutil
import subprocess
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from vpnedu.network.addresses import InputError
from vpnedu.quiz.bank import Bank, Objective
from vpnedu.quiz.drill import VARIANTS
from vpnedu.quiz.generators import GENERATORS, generate
from vpnedu.quiz.inputs import Choice, One
from vpnedu.quiz.question import Question
from vpnedu.simulation.scenarios import scenario
from vpnedu.site import pools
from vpnedu.widgets.modules import STATIC

NAMES = list(GENERATORS)[:3]
RUN = scenario("fails-open").run(0)


def question(name: str, run: bool) -> Question:
    answer = One((Choice("yes", "Yes", True, "So."), Choice("no", "No", False, "Not so.")))
    text = "Is it </script> so? \u2028"
    return Question(
        name, "single", text, answer, "Because.", "RFC 4301", "see", 1, trace=RUN if run else None
    )


BANK = Bank(
    "a", "A", (Objective("see", "see", "s"),), (question("q1", True), question("q2", False))
)


def values(text: str) -> Any:
    """What a pool's script leaves behind, read without running it."""
    found = re.fullmatch(
        r'\(globalThis\.vpneduPools \?\?= \{\}\)\["[\w.-]+"\] = (.*);\n', text, re.S
    )
    assert found
    return json.loads(found[1])


@pytest.fixture
def few(monkeypatch: pytest.MonkeyPatch) -> None:
    """A book of three generators and one bank."""
    monkeypatch.setattr(pools, "GENERATORS", {name: GENERATORS[name] for name in NAMES})
    monkeypatch.setattr(pools, "banks", lambda: {"a": BANK})


def app(folder: Path) -> Any:
    return SimpleNamespace(doctreedir=str(folder / ".doctrees"), outdir=str(folder / "html"))


def built(folder: Path) -> dict[str, str]:
    pools.write(app(folder))
    found = (folder / "html" / "_static" / "vpnedu" / "pools").iterdir()
    return {path.name: path.read_text(encoding="utf-8") for path in found}


@pytest.mark.parametrize("name", NAMES)
def test_a_pool_holds_every_variant_and_its_figures_in_their_places(name: str) -> None:
    scripts = dict(pools.drill_scripts(name))
    questions = values(scripts.pop(name))
    assert [one["id"] for one in questions] == [f"{name}-{seed}" for seed in range(VARIANTS)]
    figures = [None] * VARIANTS
    for key, text in scripts.items():
        first = int(key.removeprefix(f"{name}.figures-")) * pools.FIGURES
        figures[first : first + pools.FIGURES] = values(text)
    for seed, (one, figure) in enumerate(zip(questions, figures, strict=True)):
        assert "figure" not in one
        assert one.get("run", False) is (generate(name, seed).trace is not None)
        assert bool(figure) is one.get("run", False)
        if figure:
            assert figure["id"] == f"fig-{name}-{one['id']}"


def test_a_generator_without_runs_has_no_figures() -> None:
    scripts = dict(pools.drill_scripts("x", lambda _, seed: question(f"x-{seed}", False)))
    assert list(scripts) == ["x"]


def test_the_exam_has_all_chapters_and_the_figures_of_each_apart() -> None:
    scripts = dict(pools.scripts({}, {"a": BANK}))
    assert list(scripts) == ["exam", "exam.figures-a"]
    [quiz] = values(scripts["exam"])
    assert [one.get("run") for one in quiz["questions"]] == [True, None]
    assert list(values(scripts["exam.figures-a"])) == ["q1"]


@pytest.mark.usefixtures("few")
def test_a_build_writes_the_same_bytes_as_another(tmp_path: Path) -> None:
    assert built(tmp_path / "one") == built(tmp_path / "other")


@pytest.mark.usefixtures("few")
def test_a_second_build_writes_nothing_anew(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = built(tmp_path)
    shutil.rmtree(tmp_path / "html")
    monkeypatch.setattr(pools, "scripts", lambda *_: pytest.fail("made again"))
    assert built(tmp_path) == first


@pytest.mark.usefixtures("few")
def test_changed_sources_make_them_anew_and_leave_nothing_old(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    built(tmp_path)
    monkeypatch.setattr(pools, "state", lambda: "other")
    monkeypatch.setattr(pools, "scripts", lambda *_: iter([pools.script("new", [])]))
    shutil.rmtree(tmp_path / "html")
    assert list(built(tmp_path)) == ["new.js"]
    assert [path.name for path in (tmp_path / ".vpnedu-pools").iterdir()] == ["other"]


@pytest.mark.usefixtures("few")
def test_a_build_that_was_broken_off_is_begun_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: Any) -> Any:
        yield pools.script("half", [])
        raise InputError("bank", "is broken")

    whole = pools.scripts
    monkeypatch.setattr(pools, "scripts", broken)
    with pytest.raises(InputError):
        built(tmp_path)
    monkeypatch.setattr(pools, "scripts", whole)
    assert "half.js" not in built(tmp_path)


def test_the_state_follows_the_code_and_the_banks(
    monkeypatch: pytest.MonkeyPatch, tmp_path
) -> None:
    before = pools.state()
    assert pools.state() == before
    bank = tmp_path / "quizzes" / "a.toml"
    bank.parent.mkdir()
    bank.write_text("one")
    monkeypatch.setattr(pools, "files", lambda: {"a": bank})
    one = pools.state()
    bank.write_text("two")
    assert len({before, one, pools.state()}) == 3


def test_the_page_counts_on_as_many_figures_and_variants() -> None:
    sources, drilling = (
        (STATIC / name).read_text(encoding="utf-8") for name in ("sources.js", "drilling.js")
    )
    assert f"const FIGURES = {pools.FIGURES};" in sources
    assert f"const CARRIED = {VARIANTS};" in drilling


@pytest.mark.skipif(not shutil.which("node"), reason="Node.js is not installed")
def test_a_script_runs_and_leaves_what_was_put_in() -> None:
    name, text = pools.script("exam", [question("q1", False).to_dict()])
    done = subprocess.run(
        ["node", "-e", f"{text} console.log(JSON.stringify(globalThis.vpneduPools.{name}))"],
        capture_output=True,
        text=True,
        check=True,
    )
    assert json.loads(done.stdout) == values(text)


def test_the_page_of_drills_tells_how_many_there_are() -> None:
    page = Path(__file__).parents[2] / "chapters" / "drills.ipynb"
    assert VARIANTS == 40
    assert "carries forty questions of each kind" in page.read_text(encoding="utf-8")
