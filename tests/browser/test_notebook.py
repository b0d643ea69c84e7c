"""A figure and a quiz in JupyterLab: the same modules, live, with the notebook's kernel."""

import json
import os
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import nbformat
import pytest
from playwright.sync_api import BrowserContext, Page, expect

from vpnedu.book.banks import bank as bank_of

pytestmark = pytest.mark.browser

CELL = """from vpnedu import play
play("two-sites-policy-based", anchor="fig-a", caption="Notice.", ask="fate")"""
QUIZ = """from vpnedu.widgets import quiz
asked = quiz("route-based")
asked"""
RESULT = "{name: mark.status for name, mark in asked.results().items() if mark.status != 'blank'}"
STARTS_WITHIN = 60  # seconds


def address_of(server: subprocess.Popen[bytes], runtime: Path) -> str:
    """Where the server answers: it tells its address in a file once it has a port."""
    until = time.monotonic() + STARTS_WITHIN
    while True:
        try:
            told = json.loads((runtime / f"jpserver-{server.pid}.json").read_text())
            urllib.request.urlopen(f"{told['url']}api", timeout=5).close()
            return str(told["url"])
        except (OSError, ValueError):
            if time.monotonic() > until or server.poll() is not None:
                raise
            time.sleep(0.1)


@pytest.fixture(scope="module")
def lab(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """JupyterLab on this machine only, with one notebook and settings of its own."""
    folder = tmp_path_factory.mktemp("lab")
    kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
    notebook = nbformat.v4.new_notebook(
        cells=[nbformat.v4.new_code_cell(cell) for cell in (CELL, QUIZ, RESULT)],
        metadata={"kernelspec": kernel},
    )
    nbformat.write(notebook, folder / "figure.ipynb")
    # Where JupyterLab keeps its settings, and IPython its history: nothing of this machine's.
    names = ("JUPYTER_CONFIG_DIR", "JUPYTER_RUNTIME_DIR", "IPYTHONDIR")
    own = {name: str(folder / name.lower()) for name in names}
    server = subprocess.Popen(
        [
            *(sys.executable, "-m", "jupyterlab", "--no-browser", "--allow-root"),
            *(f"--ServerApp.root_dir={folder}", "--ip=127.0.0.1", "--port=0"),
            "--IdentityProvider.token=",
        ],
        env={**os.environ, **own},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    yield f"{address_of(server, folder / 'jupyter_runtime_dir')}lab/tree/figure.ipynb"
    server.terminate()
    server.wait(timeout=30)


@pytest.fixture
def notebook(context: BrowserContext, lab: str) -> Page:
    """The notebook, run from top to bottom."""
    tab = context.new_page()
    tab.goto(lab)
    tab.get_by_text("Python 3 (ipykernel) | Idle").or_(
        tab.get_by_text("Python 3 | Idle")
    ).wait_for()
    tab.get_by_role("menuitem", name="Run", exact=True).click()
    tab.get_by_role("menuitem", name="Run All Cells", exact=True).click()
    tab.locator("vpn-figure[ready]").wait_for()
    return tab


def test_a_figure_is_live_in_a_notebook(notebook: Page) -> None:
    figure = notebook.locator("vpn-figure[ready]")
    figure.locator(".frame").focus()
    notebook.keyboard.press("End")
    expect(figure.locator(".controls a")).to_have_text("8 of 8")
    # In JupyterLab's command mode "2" would make the cell a heading; in a figure it is an answer.
    notebook.keyboard.press("2")
    expect(figure.locator(".choices button").nth(1)).to_have_attribute("aria-pressed", "true")
    expect(notebook.locator(".jp-MarkdownCell")).to_have_count(0)

    figure.locator("input[name=destination]").fill("10.3.0.9")
    figure.get_by_role("button", name="Send").click()
    expect(figure.locator(".choose select")).to_have_value("yours: Ana to 10.3.0.9, tcp 80")

    figure.locator("input[name=port]").fill("99999")
    figure.get_by_role("button", name="Send").click()
    expect(figure.get_by_role("alert")).to_have_text(
        "'99999' is not a port; ports run from 0 to 65535"
    )
    expect(figure.locator(".choose select")).to_have_value("yours: Ana to 10.3.0.9, tcp 80")


def test_a_quiz_is_live_in_a_notebook_and_python_reads_what_was_answered(notebook: Page) -> None:
    quiz = notebook.locator("vpn-quiz[ready]")
    bank = bank_of("route-based")
    typed = next(one for one in bank.questions if one.answer.name in ("typed", "number"))
    card = quiz.locator(f"#quiz-route-based-{typed.id}")
    field = card.get_by_role("textbox")
    field.click()
    # In JupyterLab's command mode digits and letters are commands, and Enter is to edit the cell.
    notebook.keyboard.type(typed.answer.key)
    notebook.keyboard.press("Enter")
    expect(card.locator(".q-verdict")).to_contain_text("Right")
    expect(notebook.locator(".jp-MarkdownCell")).to_have_count(0)
    result = notebook.locator(".jp-CodeCell").last
    result.locator(".jp-InputArea").click()
    notebook.keyboard.press("Control+Enter")
    expect(result.locator(".jp-OutputArea")).to_contain_text(f"{{'{typed.id}': 'correct'}}")
