"""The same elements in a notebook: no pools there, the kernel writes every question."""

import json
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from vpnedu.book.banks import banks
from vpnedu.quiz.generators import GENERATORS
from vpnedu.widgets.engine import answer as answers
from vpnedu.widgets.modules import STATIC, javascript
from vpnedu.widgets.practice_html import drills_html, exam_html, progress_html
from vpnedu.widgets.protocol import Conversation

pytestmark = pytest.mark.browser

HOST = "http://live.test/"
# What anywidget hands to a widget's module: a model with a value, and messages to and from Python.
PAGE = """<!doctype html><html lang="en"><head><title>live</title></head><body><main></main>
<script type="module">
import widget from "./live.js";
let heard;
const model = {
  get: (name) => ({ html: window.HTML, records: {} })[name], set() {}, save_changes() {},
  on: (_, listener) => { heard = listener; },
  send: async (message) => heard(await window.askPython(message)),
};
window.HTML = await (await fetch("widget.html")).text();
widget.render({ model, el: document.querySelector("main") });
</script></body></html>"""
CHOICES = next(name for name, one in GENERATORS.items() if one.topic == "selectors")

Opens = Callable[..., Page]


@pytest.fixture
def asked() -> list[dict[str, Any]]:
    """What the page has asked Python for."""
    return []


@pytest.fixture
def opens_live(context: BrowserContext, asked: list[dict[str, Any]]) -> Iterator[Opens]:
    """Opens one element, else the drills of one generator, in a page that stands for a notebook."""

    def reply(message: dict[str, Any]) -> dict[str, Any]:
        asked.append(message["request"])
        said: list[dict[str, Any]] = []
        talk = Conversation(answers, said.append)
        talk.hear(message)
        while talk.work():
            pass
        return said[-1]

    files: dict[str, tuple[str, str]] = {
        "page.html": (PAGE, "text/html"),
        "live.js": (javascript("quiz_live"), "text/javascript"),
    }
    wrong: list[str] = []
    context.expose_function("askPython", reply)
    context.on("weberror", lambda error: wrong.append(str(error.error)))

    def answer(route: Any) -> None:
        body, kind = files[route.request.url.removeprefix(HOST)]
        route.fulfill(body=body, content_type=f"{kind}; charset=utf-8")

    def open_page(element: str = "drills", html: str | None = None) -> Page:
        files["widget.html"] = (html or drills_html([GENERATORS[CHOICES]]), "text/plain")
        tab = context.new_page()
        tab.route(f"{HOST}**", answer)
        tab.goto(f"{HOST}page.html")
        tab.add_style_tag(content=(STATIC / "vpnedu.css").read_text(encoding="utf-8"))
        tab.locator(f"vpn-{element}[ready]").wait_for()
        return tab

    yield open_page
    assert wrong == []


def test_the_kernel_writes_the_questions_and_their_seeds_don_t_end(
    opens_live: Opens, asked: list[dict[str, Any]]
) -> None:
    tab = opens_live()
    tab.get_by_role("button", name="Start").click()
    tab.locator(".q-card").wait_for()
    head = json.loads(tab.evaluate("localStorage.getItem('vpnedu:1:drills')"))
    assert asked == [{"drill": CHOICES, "seed": str(head["now"]["number"])}]
    tab.get_by_role("radio").first.check()
    tab.get_by_role("button", name="Check", exact=True).click()
    expect(tab.get_by_role("button", name="Next question")).to_be_visible()
    # A notebook has no pages to link to.
    expect(tab.locator(".q-source a")).to_have_count(0)
    tab.get_by_role("button", name="Play this run").click()
    tab.locator(".q-run vpn-figure[ready]").wait_for()
    assert len(asked) == 1, "the figure came with its question"


def test_a_kernel_that_refuses_is_told_with_its_reason(opens_live: Opens) -> None:
    tab = opens_live()
    tab.evaluate("document.querySelector('vpn-drills').generators[0].name = 'gone'")
    tab.get_by_role("button", name="Start").click()
    expect(tab.get_by_role("alert")).to_contain_text("there is no 'gone'")
    expect(tab.get_by_role("button", name="Try again")).to_be_visible()


def test_an_exam_is_sat_in_a_notebook_too(opens_live: Opens) -> None:
    tab = opens_live("exam", exam_html(banks()))
    tab.get_by_label("Exam number").fill("7")
    tab.get_by_label("Questions").select_option("10")
    tab.get_by_role("button", name="Start").click()
    expect(tab.locator(".q-card")).to_have_count(10)
    tab.get_by_role("button", name="Hand in", exact=True).click()
    tab.get_by_role("button", name="Hand in as it is").click()
    expect(tab.get_by_role("group", name="Result")).to_contain_text("0 of 10 points")


def test_a_file_is_marked_anew_by_the_books_questions_in_a_notebook_too(opens_live: Opens) -> None:
    question = banks()["route-based"].questions[0]
    claim = {"status": "incorrect", "score": "0"}
    record = {"rev": question.revision, "answer": question.answer.key, "checked": True, "tries": 1,
              "hints": 0, "first": claim, "last": claim, "seed": 0}  # fmt: skip
    file = {"schema": "vpnedu-progress/1", "drills": {}, "exam": None,
            "quizzes": {"route-based": {question.id: record}}}  # fmt: skip
    tab = opens_live("progress", progress_html(banks()))
    buffer = {"name": "mine.json", "mimeType": "application/json"}
    tab.get_by_label("Import a file").set_input_files(
        files=buffer | {"buffer": json.dumps(file).encode()}  # type: ignore[arg-type]
    )
    expect(tab.locator(".p-score").first).to_contain_text("1 right, 1 point")
