"""Drills, exam and progress: what a page without scripts has, and what the kernel answers."""

import json
import re
from html.parser import HTMLParser
from typing import Any

import pytest

from vpnedu.book import banks as reader
from vpnedu.network.addresses import InputError
from vpnedu.quiz.bank import Bank, Objective
from vpnedu.quiz.generators import GENERATORS, generate
from vpnedu.quiz.inputs import Choice, One
from vpnedu.quiz.question import Question, grade
from vpnedu.simulation.scenarios import scenario
from vpnedu.widgets import drills, exam, practice, progress
from vpnedu.widgets.engine import answer
from vpnedu.widgets.practice_html import (
    by_topic,
    chosen,
    drills_html,
    exam_html,
    progress_html,
)

EVIL = '</script><script>alert(1)</script><img src=x onerror="alert(1)">'


def question(name: str, objective: str, run: bool = False) -> Question:
    choices = (Choice("yes", f"Yes {EVIL}", True, "So."), Choice("no", "No", False, "Not so."))
    trace = scenario("fails-open").run(0) if run else None
    return Question(
        name, "single", f"Is it {name}? {EVIL}", One(choices), "Because.", "RFC 4301", objective, 1,
        trace=trace,
    )  # fmt: skip


def sample() -> dict[str, Bank]:
    see = Objective("see", f"see it {EVIL}", "a-tunnel-you-can-route-to")
    tell = Objective("tell", "tell it", "which-route-wins")
    asked = (question("first", "see", run=True), question("second", "tell"))
    routes = Bank("route-based", f"Routes {EVIL}", (see, tell), asked)
    return {
        "route-based": routes,
        "policy-based": Bank("policy-based", "Policies", (see,), asked[:1]),
    }


@pytest.fixture
def book(monkeypatch: pytest.MonkeyPatch) -> dict[str, Bank]:
    """Two small banks in place of the book's."""
    known = sample()
    monkeypatch.setattr(reader, "banks", lambda: known)
    monkeypatch.setattr(reader, "bank", lambda name: known[name])
    monkeypatch.setattr(practice, "banks", lambda: known)
    return known


class Tags(HTMLParser):
    """Counts the elements, and keeps the links and the data."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.links: list[str] = []
        self.data = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.links += [value or "" for name, value in attrs if name == "href"]

    def handle_data(self, data: str) -> None:
        if self.tags and self.tags[-1] == "script" and not self.data:
            self.data = data


def data_of(html: str) -> Any:
    return json.loads(Tags(html).data)


@pytest.mark.parametrize("make", [exam_html, progress_html])
def test_no_text_of_a_bank_becomes_html(make: Any) -> None:
    seen = Tags(make(sample()))
    assert seen.tags.count("script") == 1
    assert "img" not in seen.tags
    assert EVIL in json.dumps(json.loads(seen.data)).replace('\\"', '"')


@pytest.mark.parametrize("make", [exam_html, progress_html])
def test_without_scripts_every_objective_leads_to_its_section(make: Any) -> None:
    links = Tags(make(sample())).links
    assert [link for link in links if "#" in link] == [
        "route-based.html#a-tunnel-you-can-route-to",
        "route-based.html#which-route-wins",
        "policy-based.html#a-tunnel-you-can-route-to",
    ]


def test_the_catalogue_tells_what_a_draw_needs_and_no_answer() -> None:
    html = exam_html(sample())
    [routes, _] = data_of(html)["quizzes"]
    assert routes["questions"][0] == {
        "id": "first",
        "rev": question("first", "see", run=True).revision,
        "objective": "see",
    }
    assert "Is it" not in html


def test_without_scripts_each_generator_asks_once_and_hides_its_answer() -> None:
    html = drills_html(list(GENERATORS.values()))
    assert html.count('class="q-answers"') == len(GENERATORS)
    assert [one["name"] for one in data_of(html)["generators"]] == list(GENERATORS)
    assert "vpnedu quiz drill" in html


def test_topics_can_be_chosen_and_one_that_is_not_there_is_told() -> None:
    topic = next(iter(GENERATORS.values())).topic
    assert {one.topic for one in chosen([topic])} == {topic}
    assert chosen([]) == list(GENERATORS.values())
    with pytest.raises(InputError, match=r"topics: there is no 'cooking'; there are "):
        chosen(["cooking"])


def test_generators_of_a_topic_stand_together() -> None:
    grouped = by_topic(GENERATORS.values())
    assert sum(map(len, grouped.values())) == len(GENERATORS)
    assert all(one.topic == topic for topic, members in grouped.items() for one in members)


@pytest.mark.usefixtures("book")
@pytest.mark.parametrize("make", [drills, exam, progress])
def test_a_cell_carries_the_live_view_the_page_and_the_text(make: Any) -> None:
    widget, again = make(), make()
    data, _ = widget._repr_mimebundle_()
    assert "application/vnd.jupyter.widget-view+json" in data
    assert data["text/html"] == again._repr_mimebundle_()[0]["text/html"]
    assert data["text/plain"].strip()
    assert not re.search(r"<\w", data["text/plain"].replace(EVIL, ""))


@pytest.mark.parametrize("name", list(GENERATORS)[:6])
def test_the_kernel_writes_a_drilled_question_and_sends_its_figure_apart(name: str) -> None:
    reply = answer({"drill": name, "seed": "54321"})
    asked = generate(name, 54321)
    assert reply["question"]["id"] == asked.id
    assert reply["question"]["rev"] == asked.revision
    assert "figure" not in reply["question"]
    assert bool(reply["figure"]) is (asked.trace is not None) is reply["question"].get("run", False)
    assert grade(asked, asked.answer.key).status == "correct"


@pytest.mark.usefixtures("book")
def test_the_kernel_sends_the_exams_questions_and_each_figure_when_it_is_wanted() -> None:
    [routes, policies] = answer({"exam": "bank"})["quizzes"]
    assert [one["id"] for one in routes["questions"]] == ["first", "second"]
    assert [one.get("run", False) for one in routes["questions"]] == [True, False]
    assert policies["title"] == "Policies"
    figure = answer({"exam": "route-based", "question": "first"})["figure"]
    assert figure["presets"][0]["runs"][0]["trace"]["events"]
    assert answer({"exam": "route-based", "question": "second"})["figure"] is None


@pytest.mark.usefixtures("book")
@pytest.mark.parametrize(
    ("request_", "field"),
    [
        ({"drill": "cooking", "seed": "1"}, "generator"),
        ({"drill": next(iter(GENERATORS)), "seed": "-1"}, "seed"),
        ({"drill": next(iter(GENERATORS)), "seed": 5}, "seed"),
        ({"drill": next(iter(GENERATORS)), "seed": "9" * 5000}, "seed"),
        ({"drill": ["a"]}, "seed"),
        ({"exam": "route-based", "question": "third"}, "question"),
        ({"exam": "route-based"}, "question"),
    ],
)
def test_a_wrong_request_is_answered_with_what_is_wrong(request_, field) -> None:
    with pytest.raises(InputError) as wrong:
        answer(request_)
    assert wrong.value.field == field


@pytest.mark.usefixtures("book")
def test_the_widget_answers_the_page() -> None:
    widget = exam()
    replies: list[dict[str, Any]] = []
    widget.send = replies.append
    widget._asked(widget, {"v": 1, "id": 7, "request": {"exam": "bank"}}, [])
    assert replies == [{"v": 1, "id": 7, "answer": answer({"exam": "bank"})}]
